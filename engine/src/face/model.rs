use std::fmt::Debug;

use super::FaceError;

/// A network with one picture in and rows of numbers out: all that the tracker knows of models, so that a test
/// can follow faces without one.
pub(super) trait Model: Debug + Send {
    /// The input's values, to be filled before each run: RGB, rows top down.
    fn input(&mut self) -> Result<&mut [f32], FaceError>;

    /// Computes the outputs from the input. Allocates nothing of its own.
    fn run(&mut self) -> Result<(), FaceError>;

    /// Overwrites the input and the outputs with zeros.
    fn forget(&mut self) -> Result<(), FaceError>;

    /// Output number `index` of the last run; empty before the first.
    fn output(&self, index: usize) -> &[f32];
}
