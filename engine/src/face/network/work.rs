//! What a step has to do, for rooflines.

use super::pack::Dense;
use super::plan::{Plan, Step};

/// One step's work, as the network's file asks for it, filling left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// What it is: `stem`, `block`, `strided block` or `head`.
    pub kind: &'static str,
    /// Side of its output in pixels.
    pub side: usize,
    /// Multiplications, each with an addition.
    pub multiply_adds: usize,
    /// Bytes of weights, and of the planes that it reads and writes.
    pub bytes: usize,
    /// The same, a plane that it writes over counted once: what would have to fit a cache.
    pub held_bytes: usize,
}

impl Work {
    pub(super) fn of(step: &Step, plan: &Plan) -> Self {
        let plane = |at: usize| plan.planes[at].height * plan.planes[at].width * plan.planes[at].channels;
        let inputs = |dense: &Dense, channels: usize| dense.kernel[0] * dense.kernel[1] * channels;
        let (kind, side, multiply_adds, weights, planes) = match step {
            Step::Stem(stem) => {
                let weights = inputs(&stem.dense, plan.planes[0].channels) * stem.dense.channels;
                let side = plan.planes[stem.to].width;
                ("stem", side, side * plan.planes[stem.to].height * weights, weights, plane(0) + plane(stem.to))
            }
            Step::Block(block) => {
                let (from, to) = (plan.planes[block.from], plan.planes[block.to]);
                let inner = block.inner.channels;
                let squeeze = block.squeeze.as_ref().map_or(0, |dense| inputs(dense, from.channels) * inner);
                let weights = squeeze + 9 * inner + inner * to.channels;
                let kind = if block.pooled { "strided block" } else { "block" };
                (kind, to.width, to.height * to.width * weights, weights, plane(block.from) + plane(block.to))
            }
            Step::Head(head) => {
                let weights = inputs(&head.dense, plan.planes[head.from].channels) * head.dense.channels;
                ("head", head.grid[1], head.grid[0] * head.grid[1] * weights, weights, plane(head.from))
            }
        };
        let twice = match step {
            Step::Block(block) if block.from == block.to => plane(block.to),
            _ => 0,
        };
        let bytes = |floats: usize| floats * size_of::<f32>();
        Self { kind, side, multiply_adds, bytes: bytes(weights + planes), held_bytes: bytes(weights + planes - twice) }
    }
}
