//! Feature maps as the executor stores them: channels last (NHWC without the batch), zero padding included, on cache
//! lines.

use bytemuck::{Pod, Zeroable};

/// A cache line; aligned so that no vector straddles two.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C, align(64))]
struct CacheLine([f32; 16]);

/// Floats that start on a cache line.
#[derive(Debug, Default)]
pub(super) struct AlignedFloats(Vec<CacheLine>);

impl AlignedFloats {
    /// At least `count` zeros.
    pub fn zeros(count: usize) -> Self {
        Self(vec![CacheLine([0.0; 16]); count.div_ceil(16)])
    }

    pub fn floats(&self) -> &[f32] {
        bytemuck::cast_slice(&self.0)
    }

    pub fn floats_mut(&mut self) -> &mut [f32] {
        bytemuck::cast_slice_mut(&mut self.0)
    }
}

/// Height, width, channels, and how they lie in memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FeatureMapShape {
    pub height: usize,
    pub width: usize,
    /// Channels of the network.
    pub channels: usize,
    /// Floats from one pixel to the next; those beyond `channels` are zero.
    pub pixel_stride: usize,
    /// Zero pixels on each side.
    pub padding: usize,
}

impl FeatureMapShape {
    /// Floats from one row to the next.
    pub fn row_stride(&self) -> usize {
        (self.width + 2 * self.padding) * self.pixel_stride
    }

    /// Index of a pixel's first float; rows and columns reach `padding` beyond the map.
    pub fn offset(&self, row: isize, column: isize) -> usize {
        let padding = self.padding as isize;
        ((row + padding) as usize) * self.row_stride() + ((column + padding) as usize) * self.pixel_stride
    }

    fn floats(&self) -> usize {
        (self.height + 2 * self.padding) * self.row_stride()
    }
}

/// One feature map, or one strip of it. The padding holds zeros; towards a neighbouring strip it holds that strip's
/// outermost row.
#[derive(Debug, Default)]
pub(super) struct FeatureMap {
    pub shape: FeatureMapShape,
    data: AlignedFloats,
}

impl FeatureMap {
    pub fn new(shape: FeatureMapShape) -> Self {
        Self { shape, data: AlignedFloats::zeros(shape.floats()) }
    }

    pub fn floats(&self) -> &[f32] {
        self.data.floats()
    }

    pub fn floats_mut(&mut self) -> &mut [f32] {
        self.data.floats_mut()
    }

    /// A row with its padding.
    pub fn row_mut(&mut self, row: isize) -> &mut [f32] {
        let (start, row_stride) = (self.shape.offset(row, -(self.shape.padding as isize)), self.shape.row_stride());
        &mut self.floats_mut()[start..start + row_stride]
    }

    /// A row with its padding.
    pub fn row(&self, row: isize) -> &[f32] {
        let start = self.shape.offset(row, -(self.shape.padding as isize));
        &self.floats()[start..start + self.shape.row_stride()]
    }
}
