//! The workspace: all memory that running a plan takes, allocated once.
//!
//! In: a plan, and in how many strips it is computed. Out: its buffers, outputs, line buffer and scratch. Strips each
//! have a workspace of their own.

use super::feature_map::{AlignedFloats, FeatureMap};
use super::plan::{ExecutionPlan, FusedOp, ResidualBlock};
use crate::zeroize;

/// Of feature maps up to this width all rows of inner activations are kept, so that weights are read once; of wider
/// ones only a ring of rows, so that activations stay in the nearest cache.
const ALL_ROWS_MAX_WIDTH: usize = 16;
/// Rows of the ring: what a 3 × 3 kernel reads.
const RING_ROWS: usize = 3;
/// Rows at the start of the line buffer for those above and below this strip: zeros, or the neighbours' rows.
pub(super) const HALO_ROWS: usize = 2;

/// Memory for some operators of a plan over one strip.
#[derive(Debug, Default)]
pub(super) struct Workspace {
    /// As the plan numbers them; those that the operators do not touch are empty.
    pub buffers: Vec<FeatureMap>,
    pub outputs: Vec<Vec<f32>>,
    /// Inner activations of the block at work: [`HALO_ROWS`], then its own rows, all with padding at their ends.
    pub line_buffer: AlignedFloats,
    /// Results of depthwise convolutions before the expansion, and of heads in whole vectors.
    pub scratch: AlignedFloats,
}

impl Workspace {
    /// For `ops` over one of `strips` equal strips.
    pub fn new(plan: &ExecutionPlan, ops: &[FusedOp], lanes: usize, strips: usize) -> Self {
        let mut workspace = Self::default();
        workspace.buffers.resize_with(plan.buffers.len(), FeatureMap::default);
        let (mut line_buffer, mut scratch) = (0, 0);
        for op in ops {
            for buffer in [Some(op.src()), op.dst()].into_iter().flatten() {
                let mut shape = plan.buffers[buffer];
                shape.height /= strips;
                if workspace.buffers[buffer].shape != shape {
                    workspace.buffers[buffer] = FeatureMap::new(shape);
                }
            }
            match op {
                FusedOp::Stem(_) => {}
                FusedOp::Block(block) => {
                    let to = workspace.buffers[block.dst].shape;
                    let rows = HALO_ROWS + line_buffer_rows(block, to.height * block.depthwise.stride);
                    // One vector more: the last pixel of a narrow row ends in the middle of one.
                    line_buffer = line_buffer.max(rows * block.inner.row_stride() + lanes);
                    let at_once = if keeps_all_rows(block) { to.height } else { 1 };
                    scratch = scratch.max(at_once * to.width * block.inner.pixel_stride + lanes);
                }
                FusedOp::Head(head) => {
                    scratch = scratch.max(head.columns * head.conv.channels.next_multiple_of(lanes));
                }
            }
        }
        workspace.outputs = plan.output_lengths.iter().map(|&count| vec![0.0; count]).collect();
        (workspace.line_buffer, workspace.scratch) = (AlignedFloats::zeros(line_buffer), AlignedFloats::zeros(scratch));
        workspace
    }

    /// Overwrites all values with zeros.
    pub fn zeroize(&mut self) {
        self.buffers.iter_mut().for_each(|buffer| zeroize::overwrite(buffer.floats_mut(), 0.0));
        self.outputs.iter_mut().for_each(|output| zeroize::overwrite(output, 0.0));
        zeroize::overwrite(self.line_buffer.floats_mut(), 0.0);
        zeroize::overwrite(self.scratch.floats_mut(), 0.0);
    }
}

/// Whether all rows of a block's inner activations are kept, and all its rows computed at once.
pub(super) fn keeps_all_rows(block: &ResidualBlock) -> bool {
    block.inner.width <= ALL_ROWS_MAX_WIDTH
}

/// Rows of inner activations that are kept, of `rows` in all. Row `r` lies at `r` modulo this.
pub(super) fn line_buffer_rows(block: &ResidualBlock, rows: usize) -> usize {
    if keeps_all_rows(block) { rows } else { RING_ROWS }
}
