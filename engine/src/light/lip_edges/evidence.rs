//! What the picture shows along the columns, and what an edge at each place of a column would cost by it.

use std::array::from_fn;

use carmine_shaders::cpu::lab_from_linear_srgb;
use glam::{Vec2, Vec3};

use super::COLUMNS;
use super::columns::Columns;
use super::path::{Costs, FIRST, FORBIDDEN, PLACES, distance};
use crate::frame::Frame;
use crate::srgb;

/// Samples along a column.
pub(super) const SAMPLES: usize = 32;
/// How far a column reaches into the mouth and over the skin, in widths of the mouth.
const INWARDS: f32 = -FIRST;
const OUTWARDS: f32 = 0.14;
/// A single sample says no more than this for or against lip: reflections and hairs are outliers.
const SAYS_MOST: f32 = 4.0;
/// Weight of what samples say, per width of the mouth.
const WEIGHT: f32 = 40.0;
/// Standard deviations of the landmarks' error at the outer edge and at the opening, in widths of the mouth.
pub(super) const OUTER_SIGMA: f32 = 0.05;
pub(super) const INNER_SIGMA: f32 = 0.045;

/// A value for each sample of each column.
pub(super) type PerSample<T> = [[T; SAMPLES]; COLUMNS];

/// Distances between a column's samples, in widths of the mouth.
pub(super) fn spacing(columns: &Columns, column: usize) -> f32 {
    (INWARDS + columns.thickness[column] + OUTWARDS) / SAMPLES as f32
}

/// Where a column's samples begin.
fn first(columns: &Columns, column: usize) -> f32 {
    -columns.thickness[column] - INWARDS
}

/// The places of a column's samples on it.
pub(super) fn places(columns: &Columns, column: usize) -> [f32; SAMPLES] {
    let (first, spacing) = (first(columns, column), spacing(columns, column));
    from_fn(|sample| first + spacing * (sample as f32 + 0.5))
}

/// What the frame shows along the columns, in CIE L\*a\*b\*.
pub(super) fn sample(frame: &Frame<'_>, columns: &Columns, seen: &mut PerSample<Vec3>) {
    for (column, seen) in seen.iter_mut().enumerate() {
        for (lab, place) in seen.iter_mut().zip(places(columns, column)) {
            *lab = lab_at(frame, columns.at(column, place));
        }
    }
}

/// Bilinear between pixels, whose centres lie at halves.
pub(super) fn lab_at(frame: &Frame<'_>, position_px: Vec2) -> Vec3 {
    let last = Vec2::new((frame.width() - 1) as f32, (frame.height() - 1) as f32);
    let at = (position_px - 0.5).clamp(Vec2::ZERO, last);
    let (corner, part) = (at.floor(), at.fract());
    let next = (corner + 1.0).min(last);
    let pixel = |x: f32, y: f32| srgb::linear(frame.rgb_at(x as u32, y as u32));
    let row = |y: f32| pixel(corner.x, y).lerp(pixel(next.x, y), part.x);
    lab_from_linear_srgb(row(corner.y).lerp(row(next.y), part.y))
}

/// Which edge is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Edge {
    /// Lip inside of it, skin outside.
    Outer,
    /// The mouth's opening inside of it, lip outside.
    Opening,
}

/// Fills the costs of an edge at each place. `inside` and `outside`: what a sample costs on either side of the edge.
pub(super) fn edge_costs(
    edge: Edge,
    columns: &Columns,
    inside: &PerSample<f32>,
    outside: &PerSample<f32>,
    costs: &mut Costs,
) {
    for (column, costs) in costs.iter_mut().enumerate() {
        let (thickness, spacing) = (columns.thickness[column], spacing(columns, column));
        // Where the landmarks' edge lies on the column, and how far from it the edge may be.
        let (landmark, sigma, least, most) = match edge {
            Edge::Outer => (0.0, OUTER_SIGMA, -0.6 * thickness, f32::MAX),
            Edge::Opening => (-thickness, INNER_SIGMA, -0.5 * columns.gap[column] - 0.004, 0.6 * thickness),
        };
        // Cost of an edge before each sample, and after the last.
        let mut sums = [0.0; SAMPLES + 1];
        for sample in 0..SAMPLES {
            let says = (inside[column][sample] - outside[column][sample]).clamp(-SAYS_MOST, SAYS_MOST);
            sums[sample + 1] = sums[sample] + says * spacing * WEIGHT;
        }
        let first = first(columns, column);
        *costs = from_fn(|place: usize| {
            let from_landmark = distance(place);
            if from_landmark < least || from_landmark > most {
                return FORBIDDEN;
            }
            let at = ((landmark + from_landmark - first) / spacing).clamp(0.0, SAMPLES as f32);
            let below = (at as usize).min(SAMPLES - 1);
            let evidence = sums[below] + (sums[below + 1] - sums[below]) * (at - below as f32);
            evidence + 0.5 * (from_landmark / sigma).powi(2)
        });
        // A lip so thin that every place is forbidden keeps its landmarks.
        if costs.iter().all(|cost| *cost >= FORBIDDEN) {
            *costs = from_fn(|place: usize| if distance(place).abs() < 0.0025 { 0.0 } else { FORBIDDEN });
        }
    }
}

const _: () = assert!(PLACES <= u8::MAX as usize);
