//! What the picture shows along the columns, and what an edge at each place of a column would cost by it.

use std::array::from_fn;

use carmine_shaders::cpu::lab_from_linear_srgb;
use glam::{Vec2, Vec3};

use super::COLUMNS;
use super::columns::Columns;
use super::path::{Costs, FIRST, FORBIDDEN, distance};
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

/// Colours of a column's samples in CIE L\*a\*b\*, each channel for itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColumnColours(pub [[f32; SAMPLES]; 3]);

impl ColumnColours {
    pub const BLANK: Self = Self([[0.0; SAMPLES]; 3]);

    pub fn at(&self, sample: usize) -> Vec3 {
        Vec3::from(self.0.map(|channel| channel[sample]))
    }
}

/// What the frame shows along the columns.
pub(super) fn sample(frame: &Frame<'_>, columns: &Columns, seen: &mut [ColumnColours; COLUMNS]) {
    for (column, seen) in seen.iter_mut().enumerate() {
        let places = places(columns, column);
        for (sample, place) in places.into_iter().enumerate() {
            let linear = linear_at(frame, columns.at(column, place));
            (0..3).for_each(|channel| seen.0[channel][sample] = linear[channel]);
        }
        to_lab(seen);
    }
}

/// As [`lab_from_linear_srgb`], of many colours at once and with a cube root that is quick and off by 1e-5 at most.
fn to_lab(ColumnColours([first, second, third]): &mut ColumnColours) {
    for sample in 0..SAMPLES {
        let (r, g, b) = (first[sample], second[sample], third[sample]);
        // Over the white point.
        let x = 0.433_953 * r + 0.376_219 * g + 0.189_828 * b;
        let y = 0.212_673 * r + 0.715_152 * g + 0.072_175 * b;
        let z = 0.017_758 * r + 0.109_476 * g + 0.872_765 * b;
        let [x, y, z] = [x, y, z].map(lab_root);
        (first[sample], second[sample], third[sample]) = (116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z));
    }
}

/// The function of CIE L\*a\*b\*: a cube root with a straight piece near zero.
#[inline]
fn lab_root(t: f32) -> f32 {
    let t_root = t.max(1e-4);
    // A third of the exponent, then two steps of Newton's method.
    let mut root = f32::from_bits(t_root.to_bits() / 3 + 0x2a51_19f2);
    for _ in 0..2 {
        root = (2.0 * root + t_root / (root * root)) * (1.0 / 3.0);
    }
    if t > 216.0 / 24389.0 { root } else { (24389.0 / 27.0 * t + 16.0) / 116.0 }
}

/// One colour of the frame.
pub(super) fn lab_at(frame: &Frame<'_>, position_px: Vec2) -> Vec3 {
    lab_from_linear_srgb(linear_at(frame, position_px))
}

/// Bilinear between pixels.
fn linear_at(frame: &Frame<'_>, position_px: Vec2) -> Vec3 {
    let last = Vec2::new((frame.width() - 1) as f32, (frame.height() - 1) as f32);
    let at = position_px.clamp(Vec2::ZERO, last);
    let (corner, part) = (at.floor(), at.fract());
    let next = (corner + 1.0).min(last);
    let pixel = |x: f32, y: f32| srgb::linear(frame.rgb_at(x as u32, y as u32));
    let row = |y: f32| pixel(corner.x, y).lerp(pixel(next.x, y), part.x);
    row(corner.y).lerp(row(next.y), part.y)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_conversion_agrees_with_the_exact_one() {
        for step in 0..=10_000 {
            let t = step as f32 / 10_000.0;
            let colour = Vec3::new(t, (t * 7.0).fract(), (t * 31.0).fract());
            let mut colours = ColumnColours::BLANK;
            (0..3).for_each(|channel| colours.0[channel][5] = colour[channel]);
            to_lab(&mut colours);
            let exact = lab_from_linear_srgb(colour);
            assert!(colours.at(5).distance(exact) < 0.05, "{colour} {} {exact}", colours.at(5));
        }
    }
}
