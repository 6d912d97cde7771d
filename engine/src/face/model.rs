//! The interface to a network, whatever runtime executes it, and its input tensor.

use std::fmt::Debug;

use super::FaceError;

/// A network's input, to be filled: one RGB picture, rows top down.
#[derive(Debug)]
pub(super) struct InputTensor<'a> {
    /// All rows. The gaps between rows are not part of the picture and are left unchanged.
    pub values: &'a mut [f32],
    /// From one row's first value to the next row's: three a pixel, or more.
    pub row_stride: usize,
}

impl<'a> InputTensor<'a> {
    /// The rows of a picture of `side` by `side` pixels.
    #[inline(always)]
    pub(super) fn rows_of_square(self, side: usize) -> impl Iterator<Item = &'a mut [f32]> {
        self.values.chunks_mut(self.row_stride).take(side).map(move |row| &mut row[..side * 3])
    }
}

/// A network with one picture as input and arrays of numbers as outputs. Tests of the tracker implement it without a
/// network.
pub(super) trait Model: Debug + Send {
    /// The input, to be filled before each run.
    fn input(&mut self) -> Result<InputTensor<'_>, FaceError>;

    /// Computes the outputs from the input. Allocates nothing of its own.
    fn run(&mut self) -> Result<(), FaceError>;

    /// Overwrites the input and the outputs with zeros.
    fn zeroize(&mut self) -> Result<(), FaceError>;

    /// Output number `index` of the last run; empty before the first.
    fn output(&self, index: usize) -> &[f32];
}
