//! All memory that running a plan takes.

use super::plan::{Block, Plan, Step};
use super::plane::{Aligned, Plane};
use crate::zeroize;

/// Pictures up to this width are worked on whole; of wider ones only three rows of inner activations are kept, so
/// that they stay in the nearest cache.
const WHOLE_WIDTH: usize = 16;
/// Rows that lie before the inner activations: those above and below the picture.
pub(super) const OUTER_ROWS: usize = 2;

/// Memory for some steps of a plan over a strip of the picture.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// As the plan numbers them; those that the steps do not touch are empty.
    pub planes: Vec<Plane>,
    pub outputs: Vec<Vec<f32>>,
    /// Inner activations: rows with margins, after [`OUTER_ROWS`].
    pub inner: Aligned,
    /// Between depthwise convolution and expansion, and heads' results in whole vectors.
    pub between: Aligned,
}

impl Memory {
    /// For `steps` over one of `strips` equal strips of the picture.
    pub fn new(plan: &Plan, steps: &[Step], lanes: usize, strips: usize) -> Self {
        let mut memory = Self::default();
        memory.planes.resize_with(plan.planes.len(), Plane::default);
        let (mut inner, mut between) = (0, 0);
        for step in steps {
            for plane in step.planes() {
                let mut shape = plan.planes[plane];
                shape.height /= strips;
                if memory.planes[plane].shape != shape {
                    memory.planes[plane] = Plane::new(shape);
                }
            }
            match step {
                Step::Stem(_) => {}
                Step::Block(block) => {
                    let to = memory.planes[block.to].shape;
                    let rows = to.height * block.depthwise.stride;
                    // One vector more: the last pixel of a narrow row ends in the middle of one.
                    inner = inner.max((OUTER_ROWS + slots(block, rows)) * block.inner.row_step() + lanes);
                    let at_once = if whole(block) { to.height } else { 1 };
                    between = between.max(at_once * to.width * block.between + lanes);
                }
                Step::Head(head) => {
                    between = between.max(head.grid[1] * head.dense.channels.next_multiple_of(lanes));
                }
            }
        }
        memory.outputs = plan.outputs.iter().map(|&count| vec![0.0; count]).collect();
        (memory.inner, memory.between) = (Aligned::zeros(inner), Aligned::zeros(between));
        memory
    }

    /// Overwrites all values with zeros.
    pub fn zeroize(&mut self) {
        self.planes.iter_mut().for_each(|plane| zeroize::overwrite(plane.floats_mut(), 0.0));
        self.outputs.iter_mut().for_each(|output| zeroize::overwrite(output, 0.0));
        zeroize::overwrite(self.inner.floats_mut(), 0.0);
        zeroize::overwrite(self.between.floats_mut(), 0.0);
    }
}

/// Whether all rows of a block are worked on at once.
pub(super) fn whole(block: &Block) -> bool {
    block.inner.width <= WHOLE_WIDTH
}

/// Rows of inner activations that are kept, of `rows` in all.
pub(super) fn slots(block: &Block, rows: usize) -> usize {
    if whole(block) { rows } else { 3 }
}
