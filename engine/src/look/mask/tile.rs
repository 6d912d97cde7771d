//! The texels of a chart's tile, and boxes of them.

use std::ops::Range;

use carmine_shaders::Chart;
use glam::Vec2;

/// The texels of a chart's tile.
pub(super) struct Tile {
    pub width: usize,
    pub height: usize,
    /// Chart position of the first texel's centre.
    pub first: Vec2,
    /// Chart units from texel to texel; y may fall.
    pub step: Vec2,
    /// Columns that are drawn; the others mirror them.
    pub columns: usize,
}

/// Columns and rows of texels.
pub(super) struct Rect {
    pub columns: Range<usize>,
    pub rows: Range<usize>,
}

impl Rect {
    /// How many texels it has.
    pub fn area(&self) -> usize {
        self.columns.len() * self.rows.len()
    }
}

impl Tile {
    pub fn new(chart: Chart, is_mirrored: bool) -> Self {
        let size = chart.tile().1;
        let (width, height) = (size.x as usize, size.y as usize);
        let texel = size.as_vec2().recip();
        let first = chart.position(0.5 * texel);
        let step = chart.position(1.5 * texel) - first;
        Self { width, height, first, step, columns: if is_mirrored { width.div_ceil(2) } else { width } }
    }

    pub fn position(&self, column: usize, row: usize) -> Vec2 {
        self.first + Vec2::new(column as f32, row as f32) * self.step
    }

    /// The texels whose centres lie in a box of the chart.
    pub fn rect(&self, low: Vec2, high: Vec2) -> Rect {
        let (a, b) = ((low - self.first) / self.step, (high - self.first) / self.step);
        let (low, high) = (a.min(b).ceil(), a.max(b).floor() + 1.0);
        // `as` takes what is below zero as zero.
        let range = |low: f32, high: f32, count: usize| low.min(count as f32) as usize..high.min(count as f32) as usize;
        Rect { columns: range(low.x, high.x, self.columns), rows: range(low.y, high.y, self.height) }
    }

    pub fn whole(&self) -> Rect {
        Rect { columns: 0..self.columns, rows: 0..self.height }
    }
}
