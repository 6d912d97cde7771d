//! Shapes become the thickness of a coat on every texel of a chart's tile.
//!
//! In: shapes, lowest first. Out: coats, 0 to 1, rows from the tile's top.
//!
//! 1. The brush draws each shape's presence, 0 to 1, into its bounding box.
//! 2. The texture reduces it in places.
//! 3. It is combined with the coat so far: added as 1 − (1 − a)(1 − b), the maximum, or removed inside or outside.
//! 4. In a mirrored mask the second half repeats the first.

use carmine_shaders::Chart;

use super::brush::{self, Brush};
use super::shape::{MaskOp, Shape, Shapes};
use super::tile::{Rect, Tile};
use crate::look::Wing;

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

/// What [`draw`] costs, in texels that are filled evenly.
pub(super) fn cost(shapes: &Shapes, chart: Chart) -> usize {
    let tile = Tile::new(chart, shapes.is_mirrored);
    shapes.list.iter().map(|shape| brush::cost(&tile, shape)).sum()
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
