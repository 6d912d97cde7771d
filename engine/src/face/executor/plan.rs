//! The execution plan of a network: fused operators in order, and the buffers that they read and write.

use super::feature_map::FeatureMapShape;
use super::pack::{PackedConv, PackedDepthwise};

/// Rows below which a strip costs more in synchronisation than it saves.
const MIN_STRIP_ROWS: usize = 4;

/// Fused operators over buffers. Buffer 0 is the input.
#[derive(Debug)]
pub(super) struct ExecutionPlan {
    pub buffers: Vec<FeatureMapShape>,
    pub ops: Vec<FusedOp>,
    /// Floats in each of the network's outputs.
    pub output_lengths: Vec<usize>,
}

impl ExecutionPlan {
    /// How many operators, from the first on, can be computed in `strips` strips: while each strip of the result has at
    /// least [`MIN_STRIP_ROWS`] whole rows.
    pub fn splittable_ops(&self, strips: usize) -> usize {
        let splits = |rows: usize| rows.is_multiple_of(strips) && rows / strips >= MIN_STRIP_ROWS;
        let splittable = |op: &FusedOp| match op {
            // Strips of the input and of the result have to begin at the same row.
            FusedOp::Stem(stem) => {
                let rows = self.buffers[stem.dst].height;
                splits(rows) && rows * stem.conv.stride == self.buffers[0].height
            }
            FusedOp::Block(block) => splits(self.buffers[block.dst].height),
            FusedOp::Head(head) => splits(head.rows) && head.conv.kernel == [1, 1],
        };
        self.ops.iter().position(|op| !splittable(op)).unwrap_or(self.ops.len())
    }
}

/// Several operators of the graph that are computed in one pass.
#[derive(Debug)]
pub(super) enum FusedOp {
    Stem(Stem),
    Block(Box<ResidualBlock>),
    Head(Head),
}

impl FusedOp {
    /// The buffer that it reads.
    pub fn src(&self) -> usize {
        match self {
            Self::Stem(_) => 0,
            Self::Block(block) => block.src,
            Self::Head(head) => head.src,
        }
    }

    /// The buffer that it writes. Heads write to an output instead.
    pub fn dst(&self) -> Option<usize> {
        match self {
            Self::Stem(stem) => Some(stem.dst),
            Self::Block(block) => Some(block.dst),
            Self::Head(_) => None,
        }
    }
}

/// The first convolution with its activation. Reads the input.
#[derive(Debug)]
pub(super) struct Stem {
    pub conv: PackedConv,
    /// Buffer of the result.
    pub dst: usize,
}

/// The residual block that these networks repeat: (squeeze, activation,) depthwise, expansion, add the skip,
/// activation.
#[derive(Debug)]
pub(super) struct ResidualBlock {
    /// 1 × 1, or 2 × 2 with stride 2, with its activation.
    pub squeeze: Option<PackedConv>,
    pub depthwise: PackedDepthwise,
    /// 1 × 1, with the block's last activation.
    pub expand: PackedConv,
    /// Buffer that is read.
    pub src: usize,
    /// Buffer that is written. May be `src`.
    pub dst: usize,
    /// The skip is a 2 × 2 max-pooling.
    pub pooled_skip: bool,
    /// What the depthwise convolution reads: squeezed activations, or `src` itself. Its results have the same pixel
    /// stride.
    pub inner: FeatureMapShape,
}

/// A convolution whose results are an output's, or a part of it.
#[derive(Debug)]
pub(super) struct Head {
    pub conv: PackedConv,
    /// Buffer that is read.
    pub src: usize,
    /// Rows and columns of results.
    pub rows: usize,
    pub columns: usize,
    /// Which of the network's outputs, and the first float in it.
    pub output: usize,
    pub output_offset: usize,
    /// Results go through a sigmoid.
    pub sigmoid: bool,
}
