//! Recognises activations in a graph: ReLU, and PReLU spelled out in plain operators.
//!
//! In: a graph and a node. Out: the activation's operand and its slopes, one per channel. ReLU is `max(x, 0)`, so a
//! PReLU of slope 0; a PReLU is spelled out as `slope · x + (1 − slope) · relu(x)` (by `models/convert.py`).

use crate::face::executor::graph::{Graph, Node, Operator};

/// How far a PReLU's slope and its complement may miss a sum of 1, by rounding to f32.
const ROUNDING: f32 = 1e-5;

/// What an activation applies to, and how.
pub(super) struct Activation {
    /// Node of the operand.
    pub operand: usize,
    /// One per channel: what a negative value is multiplied by.
    pub slopes: Vec<f32>,
}

/// The activation whose result is node `at`.
pub(super) fn activation(graph: &Graph, at: usize) -> Option<Activation> {
    let channels = *graph.nodes[at].shape.get(1)?;
    if let Some(operand) = relu(graph, at) {
        return Some(Activation { operand, slopes: vec![0.0; channels] });
    }
    let Node { operator: Operator::Add, inputs, .. } = &graph.nodes[at] else { return None };
    let &[a, b] = &inputs[..] else { return None };
    let (a, b) = (scaled(graph, a, channels)?, scaled(graph, b, channels)?);
    prelu(graph, &a, &b).or_else(|| prelu(graph, &b, &a))
}

/// A value times a constant of its own per channel.
struct Scaled<'g> {
    value: usize,
    factors: &'g [f32],
}

fn scaled(graph: &Graph, at: usize, channels: usize) -> Option<Scaled<'_>> {
    let Node { operator: Operator::Mul, inputs, .. } = &graph.nodes[at] else { return None };
    let &[a, b] = &inputs[..] else { return None };
    let product = |value: usize, factor: usize| match &graph.nodes[factor].operator {
        Operator::Constant(factors) if graph.nodes[factor].shape == [1, channels, 1, 1] => {
            Some(Scaled { value, factors })
        }
        _ => None,
    };
    product(a, b).or_else(|| product(b, a))
}

/// `direct` is `slope · x`, `rectified` is `(1 − slope) · relu(x)`.
fn prelu(graph: &Graph, direct: &Scaled<'_>, rectified: &Scaled<'_>) -> Option<Activation> {
    let complements =
        direct.factors.iter().zip(rectified.factors).all(|(slope, rest)| (slope + rest - 1.0).abs() <= ROUNDING);
    (relu(graph, rectified.value) == Some(direct.value) && complements)
        .then(|| Activation { operand: direct.value, slopes: direct.factors.to_vec() })
}

/// The operand of `max(x, 0)`.
fn relu(graph: &Graph, at: usize) -> Option<usize> {
    let Node { operator: Operator::Max, inputs, .. } = &graph.nodes[at] else { return None };
    let &[a, b] = &inputs[..] else { return None };
    let is_zero = |at: usize| match &graph.nodes[at].operator {
        Operator::Constant(values) => values.iter().all(|&value| value == 0.0),
        _ => false,
    };
    let operand = if is_zero(b) { a } else { is_zero(a).then_some(b)? };
    (graph.nodes[operand].shape == graph.nodes[at].shape).then_some(operand)
}
