//! Pictures of channels as the executor keeps them.

use bytemuck::{Pod, Zeroable};

/// A processor's cache line, so that no vector straddles two.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C, align(64))]
struct Line([f32; 16]);

/// Floats that start on a cache line.
#[derive(Debug, Default)]
pub(super) struct Aligned(Vec<Line>);

impl Aligned {
    /// At least `count` zeros.
    pub fn zeros(count: usize) -> Self {
        Self(vec![Line([0.0; 16]); count.div_ceil(16)])
    }

    pub fn floats(&self) -> &[f32] {
        bytemuck::cast_slice(&self.0)
    }

    pub fn floats_mut(&mut self) -> &mut [f32] {
        bytemuck::cast_slice_mut(&mut self.0)
    }
}

/// Height, width, channels and what lies around them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PlaneShape {
    pub height: usize,
    pub width: usize,
    /// Channels that mean something.
    pub channels: usize,
    /// Floats from one pixel to the next; those beyond `channels` are zero.
    pub step: usize,
    /// Zero pixels on each side.
    pub margin: usize,
}

impl PlaneShape {
    /// Floats from one row to the next.
    pub fn row_step(&self) -> usize {
        (self.width + 2 * self.margin) * self.step
    }

    /// Place of a pixel; rows and columns reach `margin` beyond the picture.
    pub fn at(&self, row: isize, column: isize) -> usize {
        let margin = self.margin as isize;
        ((row + margin) as usize) * self.row_step() + ((column + margin) as usize) * self.step
    }

    fn floats(&self) -> usize {
        (self.height + 2 * self.margin) * self.row_step()
    }
}

/// Rows of pixels of channels, with a margin of zeros, or towards a neighbouring strip of its rows.
#[derive(Debug, Default)]
pub(super) struct Plane {
    pub shape: PlaneShape,
    data: Aligned,
}

impl Plane {
    pub fn new(shape: PlaneShape) -> Self {
        Self { shape, data: Aligned::zeros(shape.floats()) }
    }

    pub fn floats(&self) -> &[f32] {
        self.data.floats()
    }

    pub fn floats_mut(&mut self) -> &mut [f32] {
        self.data.floats_mut()
    }

    /// A row with its margins.
    pub fn row_mut(&mut self, row: isize) -> &mut [f32] {
        let (start, row_step) = (self.shape.at(row, -(self.shape.margin as isize)), self.shape.row_step());
        &mut self.floats_mut()[start..start + row_step]
    }

    /// A row with its margins.
    pub fn row(&self, row: isize) -> &[f32] {
        let start = self.shape.at(row, -(self.shape.margin as isize));
        &self.floats()[start..start + self.shape.row_step()]
    }
}
