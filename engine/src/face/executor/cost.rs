//! What each fused operator costs in arithmetic and memory traffic, for rooflines.

use super::feature_map::FeatureMapShape;
use super::pack::PackedConv;
use super::plan::{ExecutionPlan, FusedOp};

/// One fused operator's arithmetic and bytes, as the network's file asks for it: channels that are filled up to whole
/// vectors do not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpCost {
    /// `stem`, `block`, `strided block` or `head`.
    pub kind: &'static str,
    /// Side of its output in pixels.
    pub side: usize,
    /// Multiplications, each with an addition.
    pub multiply_adds: usize,
    /// Bytes of weights, and of the feature maps that it reads and writes.
    pub bytes: usize,
    /// The same, a feature map that it overwrites counted once: what would have to fit a cache.
    pub working_set_bytes: usize,
}

impl OpCost {
    pub(super) fn of(op: &FusedOp, plan: &ExecutionPlan) -> Self {
        let shape = |buffer: usize| plan.buffers[buffer];
        let floats = |buffer: usize| pixels(shape(buffer)) * shape(buffer).channels;
        let (kind, side, multiply_adds, weights) = match op {
            FusedOp::Stem(stem) => {
                let (weights, to) = (weights(&stem.conv, shape(0).channels), shape(stem.dst));
                ("stem", to.width, pixels(to) * weights, weights)
            }
            FusedOp::Block(block) => {
                let (from, to, inner) = (shape(block.src), shape(block.dst), block.inner.channels);
                let squeeze = block.squeeze.as_ref().map_or(0, |conv| weights(conv, from.channels));
                let weights = squeeze + 9 * inner + inner * to.channels;
                let kind = if block.pooled_skip { "strided block" } else { "block" };
                (kind, to.width, pixels(to) * weights, weights)
            }
            FusedOp::Head(head) => {
                let weights = weights(&head.conv, shape(head.src).channels);
                ("head", head.columns, head.rows * head.columns * weights, weights)
            }
        };
        let (src, dst) = (op.src(), op.dst());
        let overwritten = if dst == Some(src) { floats(src) } else { 0 };
        let moved = weights + floats(src) + dst.map_or(0, floats);
        let bytes = |floats: usize| floats * size_of::<f32>();
        Self { kind, side, multiply_adds, bytes: bytes(moved), working_set_bytes: bytes(moved - overwritten) }
    }
}

fn pixels(shape: FeatureMapShape) -> usize {
    shape.height * shape.width
}

fn weights(conv: &PackedConv, input_channels: usize) -> usize {
    conv.kernel[0] * conv.kernel[1] * input_channels * conv.channels
}
