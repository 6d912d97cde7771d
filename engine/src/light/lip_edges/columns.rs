//! Columns across the lips: lines from inside the mouth to the skin, all around it.

use glam::Vec2;

use super::{COLUMNS, PIECES};
use crate::catmull_rom;
use crate::face::{FittedFace, rings};
use crate::light::landmark_points::points_px;

/// Times that neighbouring directions are averaged: they turn by a right angle at the corners.
const TURNS: usize = 1;

/// Where the columns lie. A place on a column is a distance from the landmarks' outer edge in widths of the mouth,
/// positive towards the skin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// From corner to corner, in pixels.
    pub width_px: f32,
    /// The landmarks' outer edge, in `frame_px`.
    pub outer: [Vec2; COLUMNS],
    /// The landmarks' edge of the opening, in `frame_px`.
    pub inner: [Vec2; COLUMNS],
    /// Unit vectors towards the skin.
    pub outwards: [Vec2; COLUMNS],
    /// From the opening's edge to the outer one along the column, in widths of the mouth.
    pub thickness: [f32; COLUMNS],
    /// How far the lips are apart at the opening, in widths of the mouth.
    pub gap: [f32; COLUMNS],
}

impl Columns {
    /// Of a face whose mouth has a width.
    pub fn of(face: &FittedFace) -> Option<Self> {
        let (outer, inner) = (points_px(face, &rings::LIPS_OUTER), points_px(face, &rings::LIPS_INNER));
        let width_px = outer[0].distance(outer[10]);
        if !(width_px.is_finite() && width_px > 1.0) {
            return None;
        }
        let (outer, inner) = (ring(&outer), ring(&inner));
        let mut outwards: [Vec2; COLUMNS] =
            std::array::from_fn(|column| (outer[column] - inner[column]).normalize_or_zero());
        for _ in 0..TURNS {
            let before = outwards;
            for (column, to) in outwards.iter_mut().enumerate() {
                let [last, next] = [column + COLUMNS - 1, column + 1].map(|column| before[column % COLUMNS]);
                *to = (last + before[column] * 2.0 + next).normalize_or_zero();
            }
        }
        let thickness = std::array::from_fn(|k| ((outer[k] - inner[k]).dot(outwards[k]) / width_px).max(0.0));
        let mut columns = Self { width_px, outer, inner, outwards, thickness, gap: [0.0; COLUMNS] };
        columns.gap = std::array::from_fn(|k| {
            let [here, across] = [k, opposite(k)].map(|k| columns.at(k, -thickness[k]));
            here.distance(across) / width_px
        });
        Some(columns)
    }

    /// A place on a column, in `frame_px`.
    pub fn at(&self, column: usize, place: f32) -> Vec2 {
        self.outer[column] + self.outwards[column] * (place * self.width_px)
    }
}

/// The other lip's column.
pub(super) fn opposite(column: usize) -> usize {
    (COLUMNS - column) % COLUMNS
}

/// Whether a column crosses the lower lip.
pub(super) fn is_lower(column: usize) -> bool {
    column < COLUMNS / 2
}

/// A smooth closed curve through the landmarks.
fn ring(points: &[Vec2; 20]) -> [Vec2; COLUMNS] {
    std::array::from_fn(|column| {
        let landmark = column / PIECES;
        let [a, b, c, d] = [landmark + 19, landmark, landmark + 1, landmark + 2].map(|index| points[index % 20]);
        catmull_rom::between(a, b, c, d, (column % PIECES) as f32 / PIECES as f32)
    })
}
