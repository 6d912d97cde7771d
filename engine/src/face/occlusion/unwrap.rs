//! Unwraps a face: its colours in a frame, cell by cell of the canonical uv.
//!
//! In: a frame and a fitted face. Out: per cell its colour, its normal, and whether it is seen.
//! 1. Per cell, the mesh's barycentric weights give its place in the frame and its normal.
//! 2. Mean linear colour of four places in the cell.
//! 3. Convert to log luminance, log R/G and log B/G, in which a change of the light is additive.

use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

use super::canonical_grid::{CanonicalGrid, Cell};
use super::grid::{
    CELLS, CellMask, CellValues, cell_mask, cell_values, neighbours, uv_of, zeroize_mask, zeroize_values,
};
use crate::face::FittedFace;
use crate::frame::Frame;
use crate::{srgb, zeroize};

/// Log luminance, log R/G and log B/G.
pub(super) const CHANNELS: usize = 3;

/// Added to linear colours before their logarithm: below it a camera shows noise.
const NOISE_FLOOR: f32 = 0.01;
/// Least cosine between normal and view of a cell that is used: 66°. Beyond it the outlines of mesh and face differ by
/// about the size of a cell.
const FACING_MIN: f32 = 0.4;
/// Farther from the middle than this (in u) a cell that faces away is the face's outline; nearer it is the nose's.
const OUTLINE_U: f32 = 0.2;
/// How far covering is continued into unseen cells, in cells.
const CONTINUE_CELLS: usize = 3;

/// One frame's face, unwrapped.
#[derive(Debug)]
pub(super) struct Unwrapped {
    /// Log luminance, log R/G, log B/G.
    pub colour: [CellValues; CHANNELS],
    /// Linear red, green and blue.
    pub linear: [CellValues; 3],
    pub luminance: CellValues,
    /// Unit normals in camera space.
    pub normal: Box<[Vec3; CELLS]>,
    /// Cosine between normal and the camera's axis. The direction to the cell would be more exact if the field of view
    /// were known; with the default one it would lose chins at the picture's bottom.
    pub facing: CellValues,
    /// Inside the frame and facing the camera.
    pub seen: CellMask,
    /// Where occluders come in: the mesh's outline and the frame's edge.
    pub edge: CellMask,
}

impl Default for Unwrapped {
    fn default() -> Self {
        Self {
            colour: std::array::from_fn(|_| cell_values()),
            linear: std::array::from_fn(|_| cell_values()),
            luminance: cell_values(),
            normal: Box::new([Vec3::ZERO; CELLS]),
            facing: cell_values(),
            seen: cell_mask(),
            edge: cell_mask(),
        }
    }
}

impl Unwrapped {
    pub fn zeroize(&mut self) {
        let Self { colour, linear, luminance, normal, facing, seen, edge } = self;
        colour.iter_mut().chain(linear).chain([luminance, facing]).for_each(zeroize_values);
        zeroize::overwrite(&mut normal[..], Vec3::ZERO);
        [seen, edge].into_iter().for_each(zeroize_mask);
    }

    /// Replaces all by what `frame` shows of `face`.
    pub fn take(&mut self, canonical: &CanonicalGrid, frame: &Frame<'_>, face: &FittedFace) {
        let last = Vec2::new((frame.width() - 1) as f32, (frame.height() - 1) as f32);
        self.seen.fill(false);
        self.linear.iter_mut().for_each(|channel| channel.fill(0.0));
        self.edge.copy_from_slice(&canonical.border[..]);
        for cell in &canonical.cells {
            let index = cell.index;
            let blend = |weights: [f32; 3]| {
                let at = |i: usize| face.landmarks_px[cell.corners[i]].truncate() * weights[i];
                at(0) + at(1) + at(2)
            };
            let normal = |i: usize| face.normals_camera[cell.corners[i]] * cell.weights[i];
            self.normal[index] = (normal(0) + normal(1) + normal(2)).normalize_or(Vec3::Z);
            self.facing[index] = self.normal[index].z;
            let centre = blend(cell.weights);
            let inside = Vec2::ZERO.cmple(centre).all() && centre.cmple(last).all();
            self.seen[index] = inside && self.facing[index] > FACING_MIN;
            self.edge[index] |= !inside || (!self.seen[index] && (uv_of(index).x - 0.5).abs() > OUTLINE_U);
            if inside {
                let linear = mean(frame, centre, cell, blend, last);
                for (channel, value) in self.linear.iter_mut().zip(linear.to_array()) {
                    channel[index] = value;
                }
            }
        }
        self.take_logarithms();
    }

    /// The cells on the mesh that are seen.
    pub fn seen_cells(&self, canonical: &CanonicalGrid) -> impl Iterator<Item = usize> {
        canonical.indices().filter(|&cell| self.seen[cell])
    }

    /// Continues the covering where the face turns away and cannot be measured.
    pub fn continue_unseen(&self, canonical: &CanonicalGrid, covered: &mut [bool; CELLS], before: &mut [bool; CELLS]) {
        for (covered, seen) in covered.iter_mut().zip(self.seen.iter()) {
            *covered &= seen;
        }
        for _ in 0..CONTINUE_CELLS {
            before.copy_from_slice(&covered[..]);
            for cell in canonical.indices().filter(|&cell| !self.seen[cell]) {
                covered[cell] |= neighbours(cell).any(|near| before[near]);
            }
        }
    }

    /// From linear red, green, blue to the channels.
    fn take_logarithms(&mut self) {
        logarithms(&self.linear, NOISE_FLOOR, &mut self.colour, &mut self.luminance);
    }
}

/// Log luminance, log R/G and log B/G of linear colours, each with `floor` added, and their luminance.
pub(super) fn logarithms(
    [red, green, blue]: &[CellValues; 3],
    floor: f32,
    [first, second, third]: &mut [CellValues; CHANNELS],
    luminances: &mut CellValues,
) {
    let [red_part, green_part, blue_part] = [Vec3::X, Vec3::Y, Vec3::Z].map(luminance);
    let from = red.iter().zip(green.iter()).zip(blue.iter());
    let to = first.iter_mut().zip(second.iter_mut()).zip(third.iter_mut()).zip(luminances.iter_mut());
    for (((&red, &green), &blue), (((first, second), third), level)) in from.zip(to) {
        *level = red * red_part + green * green_part + blue * blue_part;
        let green = ln(green + floor);
        *first = ln(*level + floor);
        *second = ln(red + floor) - green;
        *third = ln(blue + floor) - green;
    }
}

/// Natural logarithm of a positive number within 5e-4, without a function call so that loops are vectorised.
pub(super) fn ln(value: f32) -> f32 {
    let bits = value.to_bits() as i32;
    let exponent = (bits - 0x3f2a_aaab) >> 23;
    let x = f32::from_bits((bits - (exponent << 23)) as u32) - 1.0;
    let series = x * (1.0 + x * (-0.5 + x * (0.333_33 + x * (-0.25 + x * (0.2 + x * (-0.1667 + x * 0.1429))))));
    series + exponent as f32 * std::f32::consts::LN_2
}

/// Mean linear colour of four places in a cell; those outside the frame take its nearest pixel.
fn mean(frame: &Frame<'_>, centre: Vec2, cell: &Cell, blend: impl Fn([f32; 3]) -> Vec2, last: Vec2) -> Vec3 {
    let [right, down] = cell.quarter.map(&blend);
    let mut sum = Vec3::ZERO;
    for at in [centre - right - down, centre + right - down, centre - right + down, centre + right + down] {
        let at = at.round().clamp(Vec2::ZERO, last);
        sum += srgb::linear(frame.rgb_at(at.x as u32, at.y as u32));
    }
    sum / 4.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_close() {
        for step in 1..20_000 {
            let value = step as f32 * 1e-4;
            assert!((ln(value) - value.ln()).abs() < 5e-4, "{value}: {} {}", ln(value), value.ln());
        }
    }
}
