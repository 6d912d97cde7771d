use std::panic::{AssertUnwindSafe, catch_unwind};

use carmine_models::{ModelId, TensorSpec, VerifiedModel};
use tract_onnx::prelude::*;
use tract_onnx::tract_core::plan::SimpleState;

use super::FaceError;
use super::model::{Model, Rows};
use crate::forget;

type State = SimpleState<TypedFact, Box<dyn TypedOp>>;

/// A verified ONNX model run by tract on the CPU.
#[derive(Debug)]
pub(super) struct TractModel {
    id: ModelId,
    shape: Vec<usize>,
    state: State,
    /// Shared with tract only while it runs, so that the next frame can be written over this one.
    input: Arc<Tensor>,
    outputs: Vec<Vec<f32>>,
}

impl TractModel {
    /// Parses a model whose bytes match their hash, and refuses it if its tensors are not what its spec declares.
    pub(super) fn load(model: &VerifiedModel<'_>) -> Result<Self, FaceError> {
        let id = model.id();
        let failed = |reason: String| FaceError::Load { model: id, reason };
        let spec = model.spec();
        // tract panics on some malformed graphs. A verified one is whole, but a host may have signed nonsense.
        let state = catch_unwind(AssertUnwindSafe(|| parse(model.bytes(), &spec.input, &spec.outputs)))
            .map_err(|_| failed("the parser panicked".into()))?
            .map_err(failed)?;
        let input = Tensor::zero::<f32>(&spec.input.shape).map_err(|error| failed(format!("{error:#}")))?;
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
    fn input(&mut self) -> Result<Rows<'_>, FaceError> {
        let failed = |error: TractError| FaceError::Run { model: self.id, reason: format!("{error:#}") };
        // A run that failed half-way may have kept the tensor.
        if Arc::get_mut(&mut self.input).is_none() {
            self.input = Arc::new(Tensor::zero::<f32>(&self.shape).map_err(failed)?);
        }
        let Some(tensor) = Arc::get_mut(&mut self.input) else {
            return Err(FaceError::Run { model: self.id, reason: "its input is in use".into() });
        };
        let values = tensor.to_plain_array_view_mut::<f32>().map_err(failed)?;
        let gaps = || FaceError::Run { model: self.id, reason: "its input has gaps".into() };
        Ok(Rows { values: values.into_slice().ok_or_else(gaps)?, row_step: self.shape[2] * 3 })
    }

    fn run(&mut self) -> Result<(), FaceError> {
        let id = self.id;
        let failed = |reason: String| FaceError::Run { model: id, reason };
        catch_unwind(AssertUnwindSafe(|| self.compute()))
            .map_err(|_| failed("the runtime panicked".into()))?
            .map_err(|error| failed(format!("{error:#}")))
    }

    fn forget(&mut self) -> Result<(), FaceError> {
        self.outputs.iter_mut().for_each(|values| forget::overwrite(values, 0.0));
        forget::overwrite(self.input()?.values, 0.0);
        Ok(())
    }

    fn output(&self, index: usize) -> &[f32] {
        self.outputs.get(index).map_or(&[], Vec::as_slice)
    }
}

fn parse(bytes: &[u8], input: &TensorSpec, outputs: &[TensorSpec]) -> Result<State, String> {
    let text = |error: TractError| format!("{error:#}");
    let mut graph = tract_onnx::onnx().model_for_read(&mut &*bytes).map_err(text)?;
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
    let model = graph.into_optimized().map_err(text)?;
    for (index, spec) in outputs.iter().enumerate() {
        let fact = model.output_fact(index).map_err(text)?;
        if fact.datum_type != f32::datum_type() || fact.shape.as_concrete() != Some(&*spec.shape) {
            return Err(format!("output {} is {fact:?}, its spec says f32 {:?}", spec.name, spec.shape));
        }
    }
    model.into_runnable().and_then(|plan| plan.spawn()).map_err(text)
}
