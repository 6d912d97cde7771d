//! What a network may ask for. A host's manifest vouches for a file's bytes, not for its sense: some hundred bytes of ONNX can
//! ask for any amount of memory or time.
//!
//! 1. Before tract builds a graph, which computes what depends on constants alone: tensors no larger than the file, no
//!    other files, no graphs within nodes, and constants only from operators whose output is bounded by their inputs.
//! 2. Before it is run, when every shape is known: the sizes of all activations, and the multiplications.

use std::collections::HashMap;

use tract_onnx::pb::{GraphProto, ModelProto, NodeProto, TensorProto};
use tract_onnx::prelude::{TypedModel, TypedNode};
use tract_onnx::tract_core::ops::cnn;
use tract_onnx::tract_core::ops::einsum::EinSum;

/// Operators of a network. The bundled ones have about 200.
const MOST_NODES: usize = 4096;
/// Values that may be computed from constants alone, beside four for each byte of the file.
const MOST_CONSTANT_VALUES: usize = 1 << 20;
/// Values of all activations together: half a gibibyte. The bundled landmark model has six million.
const MOST_VALUES: usize = 1 << 27;
/// Multiplications of one run: about a second on one core.
const MOST_MULTIPLICATIONS: usize = 1 << 33;

/// Their output has at most as many values as their largest input.
const NO_LARGER: &[&str] = &[
    "Abs",
    "Cast",
    "Ceil",
    "Clip",
    "DequantizeLinear",
    "Exp",
    "Flatten",
    "Floor",
    "HardSigmoid",
    "HardSwish",
    "Identity",
    "LeakyRelu",
    "Log",
    "Neg",
    "QuantizeLinear",
    "Reciprocal",
    "ReduceMax",
    "ReduceMean",
    "ReduceMin",
    "ReduceProd",
    "ReduceSum",
    "Relu",
    "Reshape",
    "Round",
    "Sigmoid",
    "Slice",
    "Split",
    "Sqrt",
    "Squeeze",
    "Tanh",
    "Transpose",
    "Unsqueeze",
];
/// Their output has at most as many values as the product of their inputs'.
const PRODUCT: &[&str] =
    &["Add", "Div", "Equal", "Gather", "Gemm", "MatMul", "Max", "Min", "Mul", "Pow", "Sub", "Where"];
/// Values of a shape: tensors of more axes than this are unheard of.
const SHAPE_VALUES: usize = 64;

/// Refuses a file that could make tract compute or allocate much more than the file has bytes.
pub(super) fn check_file(model: &ModelProto, bytes: usize) -> Result<(), String> {
    let graph = model.graph.as_ref().ok_or("it holds no graph")?;
    if !model.functions.is_empty() || !graph.sparse_initializer.is_empty() {
        return Err("it holds functions or sparse tensors, which are not read: export it without".into());
    }
    if graph.node.len() > MOST_NODES {
        return Err(format!("it has {} operators, at most {MOST_NODES} are read", graph.node.len()));
    }
    let attributes = || graph.node.iter().flat_map(|node| &node.attribute);
    if attributes().any(|attribute| attribute.g.is_some() || !attribute.graphs.is_empty()) {
        return Err("it has a graph within an operator (Loop, If, Scan), which is not read".into());
    }
    let tensors = || graph.initializer.iter().chain(attributes().flat_map(|a| a.t.iter().chain(&a.tensors)));
    if tensors().any(|tensor| tensor.data_location.is_some_and(|place| place != 0) || !tensor.external_data.is_empty())
    {
        return Err("it keeps tensors in other files, which no hash covers: export it as one file".into());
    }
    let claimed = tensors().fold(0_usize, |sum, tensor| sum.saturating_add(volume(tensor)));
    if claimed > bytes {
        return Err(format!("its tensors claim {claimed} values in {bytes} bytes"));
    }
    let most = MOST_CONSTANT_VALUES.saturating_add(bytes.saturating_mul(4));
    let folded = folded_values(graph)?;
    if folded > most {
        return Err(format!("it computes up to {folded} values from constants: fold them before"));
    }
    Ok(())
}

fn volume(tensor: &TensorProto) -> usize {
    tensor
        .dims
        .iter()
        .fold(1, |volume: usize, &side| volume.saturating_mul(usize::try_from(side).unwrap_or(usize::MAX)))
}

/// Most values that are computed when the graph is built.
fn folded_values(graph: &GraphProto) -> Result<usize, String> {
    let mut constants: HashMap<&str, usize> = graph.initializer.iter().map(|t| (&*t.name, volume(t))).collect();
    let mut sum = 0_usize;
    for node in &graph.node {
        let Some(values) = constant_values(node, &constants)? else { continue };
        sum = sum.saturating_add(values.saturating_mul(node.output.len()));
        constants.extend(node.output.iter().map(|name| (&**name, values)));
    }
    Ok(sum)
}

/// Most values of each output if all of the operator's inputs are constants; `None` if it has others.
fn constant_values(node: &NodeProto, constants: &HashMap<&str, usize>) -> Result<Option<usize>, String> {
    let kind = &*node.op_type;
    if matches!(kind, "Shape" | "Size") {
        return Ok(Some(SHAPE_VALUES));
    }
    if kind == "Constant" {
        let values = |a: &tract_onnx::pb::AttributeProto| {
            a.t.as_ref().map_or(1, volume).max(a.ints.len()).max(a.floats.len()).max(a.strings.len())
        };
        return Ok(Some(node.attribute.iter().map(values).max().unwrap_or(1)));
    }
    let inputs: Option<Vec<usize>> =
        node.input.iter().filter(|name| !name.is_empty()).map(|name| constants.get(&**name).copied()).collect();
    let Some(inputs) = inputs else { return Ok(None) };
    if NO_LARGER.contains(&kind) && !inputs.is_empty() {
        return Ok(inputs.into_iter().max());
    }
    if PRODUCT.contains(&kind) && !inputs.is_empty() {
        return Ok(Some(inputs.into_iter().fold(1, |product: usize, values| product.saturating_mul(values.max(1)))));
    }
    if kind == "Concat" {
        return Ok(Some(inputs.into_iter().fold(0, usize::saturating_add)));
    }
    Err(format!("it computes a constant with {}, which can be of any size: fold it before", short(kind)))
}

fn short(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// Refuses a network whose activations or multiplications are beyond every face network's.
pub(super) fn check_work(model: &TypedModel) -> Result<(), String> {
    let (mut values, mut multiplications) = (0_usize, 0_usize);
    for node in model.nodes() {
        for output in &node.outputs {
            let volume = concrete(output.fact.shape.as_concrete().ok_or("a shape in it is not fixed")?);
            values = values.saturating_add(volume);
        }
        multiplications = multiplications.saturating_add(work(model, node));
    }
    if values > MOST_VALUES {
        return Err(format!("its activations have {values} values, at most {MOST_VALUES} are computed"));
    }
    if multiplications > MOST_MULTIPLICATIONS {
        return Err(format!("it takes {multiplications} multiplications, at most {MOST_MULTIPLICATIONS} are made"));
    }
    Ok(())
}

fn concrete(shape: &[usize]) -> usize {
    shape.iter().fold(1, |volume: usize, side| volume.saturating_mul(*side))
}

/// Multiplications, or what takes as long; more rather than less.
fn work(model: &TypedModel, node: &TypedNode) -> usize {
    let output = node.outputs.first().and_then(|output| output.fact.shape.as_concrete()).map_or(0, concrete);
    let input = |at: usize| {
        let outlet = node.inputs.get(at)?;
        model.outlet_fact(*outlet).ok()?.shape.as_concrete().map(concrete)
    };
    let inputs = (0..node.inputs.len()).filter_map(input).fold(0, usize::saturating_add);
    let each = if let Some(conv) = node.op_as::<cnn::Conv>() {
        input(1).unwrap_or(usize::MAX) / conv.pool_spec.output_channels.max(1)
    } else if let Some(pool) = node.op_as::<cnn::MaxPool>() {
        concrete(&pool.pool_spec.kernel_shape)
    } else if let Some(pool) = node.op_as::<cnn::SumPool>() {
        concrete(&pool.pool_spec.kernel_shape)
    } else if node.op_is::<EinSum>() {
        input(0).unwrap_or(1).min(input(1).unwrap_or(1))
    } else {
        1
    };
    output.saturating_mul(each.max(1)).saturating_add(inputs)
}

#[cfg(test)]
mod tests {
    use carmine_models::{ModelId, VerifiedModel};
    use tract_onnx::prelude::Framework;

    use super::*;

    fn proto(id: ModelId) -> (ModelProto, usize) {
        let model = VerifiedModel::embedded(id).unwrap();
        (tract_onnx::onnx().proto_model_for_read(&mut model.bytes()).unwrap(), model.bytes().len())
    }

    fn refusal(change: impl FnOnce(&mut GraphProto)) -> String {
        let (mut model, bytes) = proto(ModelId::FaceDetector);
        change(model.graph.as_mut().unwrap());
        check_file(&model, bytes).unwrap_err()
    }

    fn node(kind: &str, inputs: &[&str], output: &str) -> NodeProto {
        let inputs = inputs.iter().map(|name| (*name).to_owned()).collect();
        NodeProto { op_type: kind.into(), input: inputs, output: vec![output.into()], ..NodeProto::default() }
    }

    fn tensor(name: &str, dims: &[i64]) -> TensorProto {
        TensorProto { name: name.into(), dims: dims.to_vec(), data_type: 7, ..TensorProto::default() }
    }

    #[test]
    fn the_bundled_networks_are_well_within() {
        for id in ModelId::ALL {
            let (model, bytes) = proto(id);
            check_file(&model, bytes / 2).unwrap();
        }
    }

    #[test]
    fn bombs_are_refused_before_anything_is_computed() {
        assert!(refusal(|graph| graph.initializer.push(tensor("t", &[1 << 40, 1 << 40]))).contains("claim"));
        assert!(refusal(|graph| graph.initializer.push(tensor("t", &[-1]))).contains("claim"));
        let external = TensorProto { data_location: Some(1), ..tensor("t", &[1]) };
        assert!(refusal(|graph| graph.initializer.push(external)).contains("other files"));
        for kind in ["ConstantOfShape", "Expand", "Tile", "Range", "Pad", "Resize", "Conv", "Loop"] {
            let fill = refusal(|graph| {
                graph.initializer.push(tensor("n", &[1]));
                graph.node.push(node(kind, &["n"], "filled"));
            });
            assert!(fill.contains(kind), "{fill}");
        }
        let doubled = refusal(|graph| {
            graph.initializer.push(tensor("d0", &[1]));
            graph.node.extend((0..60).map(|i| node("Concat", &[&*format!("d{i}"); 2], &format!("d{}", i + 1))));
        });
        assert!(doubled.contains("from constants"), "{doubled}");
        let outer = refusal(|graph| {
            graph.initializer.extend([tensor("a", &[1 << 16, 1]), tensor("b", &[1, 1 << 16])]);
            graph.node.push(node("Mul", &["a", "b"], "product"));
        });
        assert!(outer.contains("from constants"), "{outer}");
        let many = refusal(|graph| graph.node.extend(vec![node("Relu", &["input"], "r"); MOST_NODES]));
        assert!(many.contains("operators"), "{many}");
    }
}
