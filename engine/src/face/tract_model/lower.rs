//! Lowers a graph as tract reads and checks it to the plain operators of [`executor`](super::super::executor).
//!
//! In: tract's typed model, every shape known. Out: a [`Graph`] with the same nodes in the same order.
//!
//! 1. Constants, also behind casts, become their values.
//! 2. Convolutions, pooling, padding and so on become an [`Operator`] if they are of the one form that the executor may
//!    know: two-dimensional, undilated, channels first.
//! 3. Anything else becomes [`Operator::Other`], so that the executor can name it.

use tract_onnx::prelude::{Datum, OutletId, TractResult, TypedModel, TypedNode};
use tract_onnx::tract_core::ops::array::{Pad, PadMode, TypedConcat};
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::cast::Cast;
use tract_onnx::tract_core::ops::change_axes::AxisOp;
use tract_onnx::tract_core::ops::cnn::{self, KernelFormat, MaxPool, PoolSpec};
use tract_onnx::tract_core::ops::nn::DataFormat;

use crate::face::executor::{Conv, Graph, Node, Operator};

/// Every operator of a typed model. What has no counterpart, or no fixed shape, becomes [`Operator::Other`].
pub(super) fn lower(model: &TypedModel) -> TractResult<Graph> {
    let mut nodes = Vec::with_capacity(model.nodes().len());
    for node in model.nodes() {
        let shape = node.outputs.first().and_then(|output| output.fact.shape.as_concrete());
        let operator = match shape {
            Some(_) => operator(model, node)?,
            None => Operator::Other(node.op.name().into()),
        };
        let inputs = node.inputs.iter().map(|outlet| outlet.node).collect();
        nodes.push(Node { operator, inputs, shape: shape.unwrap_or_default().to_vec() });
    }
    Ok(Graph { nodes, outputs: model.output_outlets()?.iter().map(|outlet| outlet.node).collect() })
}

fn operator(model: &TypedModel, node: &TypedNode) -> TractResult<Operator> {
    let other = || Operator::Other(node.op.name().into());
    if let Some(values) = constant(model, node.id.into()) {
        return Ok(Operator::Constant(values));
    }
    if let Some(conv) = node.op_as::<cnn::Conv>() {
        return Ok(self::conv(model, node, conv).map_or_else(other, Operator::Conv));
    }
    if let Some(pool) = node.op_as::<MaxPool>() {
        let halves = geometry(&pool.pool_spec) == Some(PoolGeometry { kernel: [2, 2], strides: [2, 2], pads: [0; 4] });
        return Ok(if halves && pool.with_index_outputs.is_none() { Operator::MaxPool2 } else { other() });
    }
    if let Some(pad) = node.op_as::<Pad>() {
        let zero = matches!(&pad.mode, PadMode::Constant(value)
            if value.cast_to_scalar::<f32>().is_ok_and(|value| value == 0.0));
        let channels_only = matches!(&pad.pads[..], [(0, 0), (0, _), (0, 0), (0, 0)]);
        return Ok(if zero && channels_only { Operator::PadChannels } else { other() });
    }
    if let Some(TypedBinOp(op, None)) = node.op_as::<TypedBinOp>() {
        return Ok(match op.name() {
            "Add" => Operator::Add,
            "Mul" => Operator::Mul,
            "Max" => Operator::Max,
            _ => other(),
        });
    }
    if let Some(axis) = node.op_as::<AxisOp>() {
        return Ok(match axis {
            &AxisOp::Move(from, to) => Operator::MoveAxis { from, to },
            AxisOp::Add(_) | AxisOp::Rm(_) | AxisOp::Reshape(..) => Operator::Reshape,
        });
    }
    if let Some(concat) = node.op_as::<TypedConcat>() {
        return Ok(Operator::Concat { axis: concat.axis });
    }
    Ok(match &*node.op.name() {
        "Source" => Operator::Input,
        "Sigmoid" => Operator::Sigmoid,
        _ => other(),
    })
}

fn conv(model: &TypedModel, node: &TypedNode, conv: &cnn::Conv) -> Option<Conv> {
    let PoolGeometry { kernel, strides, pads } = geometry(&conv.pool_spec)?;
    let channels = conv.pool_spec.output_channels;
    let weights = constant(model, *node.inputs.get(1)?)?;
    let mut bias = constant(model, *node.inputs.get(2)?)?;
    if bias.len() == 1 {
        bias = vec![bias[0]; channels];
    }
    let plain = conv.kernel_fmt == KernelFormat::OIHW && conv.q_params.is_none() && bias.len() == channels;
    let whole = weights.len() * conv.group == channels * conv.pool_spec.input_channels * kernel[0] * kernel[1];
    (plain && whole).then_some(Conv { weights, bias, kernel, strides, pads, groups: conv.group })
}

/// What a convolution or pooling reads for each output pixel.
#[derive(PartialEq, Eq)]
struct PoolGeometry {
    /// Rows, columns.
    kernel: [usize; 2],
    strides: [usize; 2],
    /// Above, left, below, right.
    pads: [usize; 4],
}

/// `None` unless it is two-dimensional, undilated and channels first.
fn geometry(spec: &PoolSpec) -> Option<PoolGeometry> {
    let pair = |values: &[usize]| <[usize; 2]>::try_from(values).ok();
    let kernel = pair(&spec.kernel_shape)?;
    let strides = spec.strides.as_deref().map_or(Some([1, 1]), pair)?;
    let undilated = spec.dilations.as_deref().is_none_or(|dilations| dilations.iter().all(|&by| by == 1));
    let pads = match &spec.padding {
        cnn::PaddingSpec::Valid => [0; 4],
        cnn::PaddingSpec::Explicit(before, after) | cnn::PaddingSpec::ExplicitOnnxPool(before, after, false) => {
            let ([above, left], [below, right]) = (pair(before)?, pair(after)?);
            [above, left, below, right]
        }
        _ => return None,
    };
    (undilated && spec.data_format == DataFormat::NCHW).then_some(PoolGeometry { kernel, strides, pads })
}

/// The values of an outlet that are known beforehand, if they are f32.
fn constant(model: &TypedModel, outlet: OutletId) -> Option<Vec<f32>> {
    let node = model.node(outlet.node);
    if node.op_as::<Cast>().is_some_and(|cast| cast.to == f32::datum_type()) {
        return constant(model, *node.inputs.first()?);
    }
    let tensor = node.outputs.get(outlet.slot)?.fact.konst.as_ref()?;
    if tensor.datum_type() != f32::datum_type() {
        return None;
    }
    Some(tensor.try_as_plain_ram().ok()?.as_slice::<f32>().ok()?.to_vec())
}
