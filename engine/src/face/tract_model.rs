//! Reads ONNX models through tract, and runs those that the executor does not know.
//!
//! In: a verified model. Out: a [`Model`] that the tracker can run.
//!
//! 1. tract parses the file and derives every shape; tensors that the manifest does not declare are refused, and so is
//!    what asks for too much memory or time ([`limits`]).
//! 2. The typed graph is lowered to plain operators ([`lower`]), for the [`Executor`] to fuse.
//! 3. Where it cannot, tract runs the model operator by operator.
//!
//! Only this file and its submodule use tract.

mod limits;
mod lower;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use carmine_models::{ModelId, TensorSpec, VerifiedModel};
use tract_onnx::prelude::{
    Datum, DatumExt, Framework, InferenceModel, InferenceModelExt, IntoRunnable, IntoTValue, OutletId, Tensor,
    TractError, TractResult, TypedFact, TypedModel, TypedOp, tvec,
};
use tract_onnx::tract_core::plan::SimpleState;

use super::FaceError;
use super::executor::{Executor, Graph, InstructionSet};
use super::executor_model::ExecutorModel;
use super::model::{InputTensor, Model};
use crate::zeroize;

use self::lower::lower;

type State = SimpleState<TypedFact, Box<dyn TypedOp>>;

/// A verified ONNX model run by tract on the CPU.
#[derive(Debug)]
pub(super) struct TractModel {
    id: ModelId,
    shape: Vec<usize>,
    state: State,
    /// Shared with tract only during a run, so that the next frame can be written in place.
    input: Arc<Tensor>,
    outputs: Vec<Vec<f32>>,
}

/// Reads a model whose bytes match their hash, and refuses it if its tensors are not what its spec declares. Networks
/// that the [`Executor`] knows run on that, others on tract.
pub(super) fn load(model: &VerifiedModel<'_>, threads: usize) -> Result<Box<dyn Model>, FaceError> {
    let typed = read(model)?;
    let graph = lowered(model.id(), &typed)?;
    // A host's manifest may vouch for a network whose weights do not fit their shapes.
    let executor = catch_unwind(AssertUnwindSafe(|| Executor::new(&graph, InstructionSet::best(), threads)))
        .unwrap_or_else(|_| Err("the executor could not be prepared".into()));
    match executor {
        Ok(executor) => Ok(Box::new(ExecutorModel::new(model.id(), executor))),
        Err(reason) => {
            log::warn!("model {} runs several times as slowly as it could: {reason}", model.id());
            Ok(Box::new(TractModel::from_typed(model, typed)?))
        }
    }
}

/// A model in the executor's plain operators.
pub(super) fn lowered_graph(model: &VerifiedModel<'_>) -> Result<Graph, FaceError> {
    lowered(model.id(), &read(model)?)
}

fn lowered(id: ModelId, model: &TypedModel) -> Result<Graph, FaceError> {
    guarded(id, || lower(model).map_err(|error| format!("{error:#}")))
}

fn read(model: &VerifiedModel<'_>) -> Result<TypedModel, FaceError> {
    guarded(model.id(), || typed(model.bytes(), &model.spec().input, &model.spec().outputs))
}

/// Turns panics into errors: tract panics on some malformed graphs, and a host's manifest may vouch for one.
fn guarded<T>(id: ModelId, work: impl FnOnce() -> Result<T, String>) -> Result<T, FaceError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err("the parser panicked".into()))
        .map_err(|reason| FaceError::Load { model: id, reason })
}

impl TractModel {
    /// Loads any network to be run by tract, operator by operator: the fallback of [`load`], and the executor's
    /// reference.
    pub(super) fn load(model: &VerifiedModel<'_>) -> Result<Self, FaceError> {
        Self::from_typed(model, read(model)?)
    }

    fn from_typed(model: &VerifiedModel<'_>, typed: TypedModel) -> Result<Self, FaceError> {
        let (id, spec) = (model.id(), model.spec());
        let state = guarded(id, || runnable(typed))?;
        let input = Tensor::zero::<f32>(&spec.input.shape)
            .map_err(|error| FaceError::Load { model: id, reason: format!("{error:#}") })?;
        let outputs = spec.outputs.iter().map(|output| vec![0.0; output.shape.iter().product()]).collect();
        Ok(Self { id, shape: spec.input.shape.clone(), state, input: Arc::new(input), outputs })
    }

    fn compute(&mut self) -> TractResult<()> {
        let results = self.state.run(tvec!(self.input.clone().into_tvalue()))?;
        for (to, from) in self.outputs.iter_mut().zip(&results) {
            let from = from.try_as_plain_ram()?;
            to.copy_from_slice(from.as_slice::<f32>()?);
        }
        Ok(())
    }
}

impl Model for TractModel {
    fn input(&mut self) -> Result<InputTensor<'_>, FaceError> {
        let failed = |error: TractError| FaceError::Run { model: self.id, reason: format!("{error:#}") };
        // A run that failed may still hold the tensor.
        if Arc::get_mut(&mut self.input).is_none() {
            self.input = Arc::new(Tensor::zero::<f32>(&self.shape).map_err(failed)?);
        }
        let Some(tensor) = Arc::get_mut(&mut self.input) else {
            return Err(FaceError::Run { model: self.id, reason: "its input is in use".into() });
        };
        let values = tensor.to_plain_array_view_mut::<f32>().map_err(failed)?;
        let gaps = || FaceError::Run { model: self.id, reason: "its input has gaps".into() };
        Ok(InputTensor { values: values.into_slice().ok_or_else(gaps)?, row_stride: self.shape[2] * 3 })
    }

    fn run(&mut self) -> Result<(), FaceError> {
        let id = self.id;
        let failed = |reason: String| FaceError::Run { model: id, reason };
        catch_unwind(AssertUnwindSafe(|| self.compute()))
            .map_err(|_| failed("the runtime panicked".into()))?
            .map_err(|error| failed(format!("{error:#}")))
    }

    fn zeroize(&mut self) -> Result<(), FaceError> {
        self.outputs.iter_mut().for_each(|values| zeroize::overwrite(values, 0.0));
        zeroize::overwrite(self.input()?.values, 0.0);
        Ok(())
    }

    fn output(&self, index: usize) -> &[f32] {
        self.outputs.get(index).map_or(&[], Vec::as_slice)
    }
}

/// The model as tract reads it, its tensors as declared, every shape known.
fn typed(bytes: &[u8], input: &TensorSpec, outputs: &[TensorSpec]) -> Result<TypedModel, String> {
    let text = |error: TractError| format!("{error:#}");
    let onnx = tract_onnx::onnx();
    let proto = onnx.proto_model_for_read(&mut &*bytes).map_err(text)?;
    limits::check_file(&proto, bytes.len())?;
    let mut graph = onnx.model_for_proto_model(&proto).map_err(text)?;
    let labels = |graph: &InferenceModel, outlets: &[OutletId]| -> Vec<String> {
        outlets
            .iter()
            .map(|&outlet| graph.outlet_label(outlet).unwrap_or(&graph.node(outlet.node).name).to_owned())
            .collect()
    };
    let found = (labels(&graph, &graph.inputs), labels(&graph, &graph.outputs));
    let declared = (vec![input.name.clone()], outputs.iter().map(|output| output.name.clone()).collect::<Vec<_>>());
    if found != declared {
        return Err(format!("its tensors are called {found:?}, its spec says {declared:?}"));
    }
    graph.set_input_fact(0, f32::fact(&input.shape).into()).map_err(text)?;
    let model = graph.into_typed().map_err(text)?;
    limits::check_work(&model)?;
    for (index, spec) in outputs.iter().enumerate() {
        let fact = model.output_fact(index).map_err(text)?;
        if fact.datum_type != f32::datum_type() || fact.shape.as_concrete() != Some(&*spec.shape) {
            return Err(format!("output {} is {fact:?}, its spec says f32 {:?}", spec.name, spec.shape));
        }
    }
    Ok(model)
}

fn runnable(model: TypedModel) -> Result<State, String> {
    model.into_optimized().and_then(|model| model.into_runnable()?.spawn()).map_err(|error| format!("{error:#}"))
}
