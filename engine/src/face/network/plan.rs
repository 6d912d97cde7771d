//! What is to be done for one picture, step by step.

use super::pack::{Dense, Depthwise};
use super::plane::PlaneShape;

/// Rows below which a strip is not worth its meetings.
const LEAST_ROWS: usize = 4;

/// A network as steps over planes. Plane 0 is the input.
#[derive(Debug)]
pub(super) struct Plan {
    pub planes: Vec<PlaneShape>,
    pub steps: Vec<Step>,
    /// Floats in each output.
    pub outputs: Vec<usize>,
}

impl Plan {
    /// How many steps, from the first on, can be done in so many strips: those whose results leave each strip a few rows.
    pub fn strippable(&self, strips: usize) -> usize {
        let fits = |rows: usize| rows.is_multiple_of(strips) && rows / strips >= LEAST_ROWS;
        let done = |step: &Step| match step {
            // Strips of the input and of the result have to begin at the same place.
            Step::Stem(stem) => {
                let rows = self.planes[stem.to].height;
                fits(rows) && rows * stem.dense.stride == self.planes[0].height
            }
            Step::Block(block) => fits(self.planes[block.to].height),
            Step::Head(head) => fits(head.grid[0]) && head.dense.kernel == [1, 1],
        };
        self.steps.iter().position(|step| !done(step)).unwrap_or(self.steps.len())
    }
}

#[derive(Debug)]
pub(super) enum Step {
    Stem(Stem),
    Block(Box<Block>),
    Head(Head),
}

impl Step {
    /// The planes that it reads or writes.
    pub fn planes(&self) -> [usize; 2] {
        match self {
            Self::Stem(stem) => [0, stem.to],
            Self::Block(block) => [block.from, block.to],
            Self::Head(head) => [head.from, head.from],
        }
    }
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
    /// What the depthwise convolution reads: squeezed activations, or `from` itself.
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
