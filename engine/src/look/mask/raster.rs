use std::ops::Range;

use carmine_shaders::Chart;
use glam::Vec2;

use super::brush::Brush;
use super::shape::{MaskOp, Shape, Shapes};
use crate::look::Wing;

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

impl Tile {
    fn new(chart: Chart, is_mirrored: bool) -> Self {
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

/// Draws shapes into a chart's tile: coats 0 to 1 per texel, rows from the tile's top.
pub(super) fn draw(shapes: &Shapes, chart: Chart, wing: Option<Wing>) -> Vec<f32> {
    let tile = Tile::new(chart, shapes.is_mirrored);
    let mut coats = vec![0.0_f32; tile.width * tile.height];
    let mut brush = Brush::new(&tile);
    for shape in &shapes.list {
        let rect = brush.draw(shape, wing);
        combine(shape, &rect, &brush, &mut coats);
    }
    for row in coats.chunks_exact_mut(tile.width) {
        for column in tile.columns..tile.width {
            row[column] = row[tile.width - 1 - column];
        }
    }
    coats
}

fn combine(shape: &Shape, rect: &Rect, brush: &Brush<'_>, coats: &mut [f32]) {
    let tile = brush.tile;
    let strength = shape.strength;
    for (row, coats) in coats.chunks_exact_mut(tile.width).enumerate() {
        let columns = if rect.rows.contains(&row) { rect.columns.clone() } else { 0..0 };
        if shape.op == MaskOp::Keep {
            // Outside the rectangle the shape is nowhere.
            let outside = 1.0 - strength;
            coats[..columns.start].iter_mut().for_each(|coat| *coat *= outside);
            coats[columns.end..].iter_mut().for_each(|coat| *coat *= outside);
        }
        let values = &brush.values[row * tile.width..][columns.clone()];
        for ((column, coat), value) in columns.clone().zip(&mut coats[columns]).zip(values) {
            let mut value = *value;
            if let Some(texture) = shape.texture.filter(|_| value > 0.0) {
                value *= texture.kept(tile.position(column, row));
            }
            *coat = match shape.op {
                MaskOp::Add => 1.0 - (1.0 - *coat) * (1.0 - value * strength),
                MaskOp::Max => coat.max(value * strength),
                MaskOp::Cut => *coat * (1.0 - value * strength),
                MaskOp::Keep => *coat * (1.0 - strength + value * strength),
            };
        }
    }
}
