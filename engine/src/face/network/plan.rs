//! What is to be done for one picture, step by step.

use super::pack::{Dense, Depthwise};
use super::plane::PlaneShape;

/// A network as steps over planes. Plane 0 is the input.
#[derive(Debug)]
pub(super) struct Plan {
    pub planes: Vec<PlaneShape>,
    pub steps: Vec<Step>,
    /// Floats in each output.
    pub outputs: Vec<usize>,
}

#[derive(Debug)]
pub(super) enum Step {
    Stem(Stem),
    Block(Block),
    Head(Head),
}

/// A convolution from the input.
#[derive(Debug)]
pub(super) struct Stem {
    pub dense: Dense,
    pub to: usize,
}

/// The block that these networks repeat: (squeeze, slope,) depthwise, expand, add the skip, slope.
#[derive(Debug)]
pub(super) struct Block {
    pub squeeze: Option<Dense>,
    pub depthwise: Depthwise,
    pub expand: Dense,
    pub from: usize,
    /// May be `from`.
    pub to: usize,
    /// The skip is the largest of 2 × 2 pixels.
    pub pooled: bool,
    /// What the depthwise convolution reads, if it is not `from`.
    pub inner: PlaneShape,
    /// Floats from pixel to pixel between the depthwise convolution and the expansion.
    pub between: usize,
}

/// A convolution whose results are an output's, or a part of it.
#[derive(Debug)]
pub(super) struct Head {
    pub dense: Dense,
    pub from: usize,
    /// Rows and columns of results.
    pub grid: [usize; 2],
    pub output: usize,
    pub offset: usize,
    /// Results go through a sigmoid.
    pub sigmoid: bool,
}
