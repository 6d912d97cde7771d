use std::sync::LazyLock;

use carmine_shaders::cpu::{linear_from_srgb, luminance};
use glam::{Vec2, Vec3};

use super::atlas::{Atlas, Cell};
use super::grid::{self, CellMask, Plane, mask, plane};
use super::{CELLS, uv_of};
use crate::face::FittedFace;
use crate::frame::Frame;
use crate::zeroize;

/// Added to linear colours before their logarithm: below it a camera shows noise.
const FLOOR: f32 = 0.01;
/// Cosine between normal and view from which on a cell is looked at: 66°. Farther round the mesh's outline and the
/// face's differ by as much as the cells measure.
pub(super) const MIN_FACING: f32 = 0.4;
/// Farther from the middle than this (in u) a cell that faces away is the face's outline; nearer it is the nose's.
const OUTLINE_U: f32 = 0.2;

/// How far what covers the face goes on unseen, in cells.
const CONTINUE_CELLS: usize = 3;

/// One frame's face, laid flat.
#[derive(Debug)]
pub(super) struct Unwrapped {
    /// Log luminance, log R/G, log B/G.
    pub colour: [Plane; 3],
    pub luminance: Plane,
    /// Unit normals in camera space.
    pub normal: Box<[Vec3; CELLS]>,
    /// Cosine between normal and the camera's axis. That to the cell would be righter if the camera's field of view
    /// were known; taken from the default one it loses chins at the picture's bottom.
    pub facing: Plane,
    /// Inside the frame and facing the camera.
    pub seen: CellMask,
    /// Where something in front of the face comes in: the mesh's outline and the frame's edge.
    pub edge: CellMask,
}

impl Default for Unwrapped {
    fn default() -> Self {
        Self {
            colour: std::array::from_fn(|_| plane()),
            luminance: plane(),
            normal: Box::new([Vec3::ZERO; CELLS]),
            facing: plane(),
            seen: mask(),
            edge: mask(),
        }
    }
}

/// sRGB decoding of every 8-bit value.
static LINEAR: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|value| linear_from_srgb(Vec3::splat(value as f32 / 255.0)).x));

impl Unwrapped {
    pub fn zeroize(&mut self) {
        let Self { colour, luminance, normal, facing, seen, edge } = self;
        colour.iter_mut().chain([luminance, facing]).for_each(grid::zeroize);
        zeroize::overwrite(&mut normal[..], Vec3::ZERO);
        [seen, edge].into_iter().for_each(|cells| zeroize::overwrite(&mut cells[..], false));
    }

    /// Replaces all by what `frame` shows of `face`.
    pub fn take(&mut self, atlas: &Atlas, frame: &Frame<'_>, face: &FittedFace) {
        let last = Vec2::new((frame.width() - 1) as f32, (frame.height() - 1) as f32);
        self.seen.fill(false);
        self.colour.iter_mut().for_each(|plane| plane.fill(0.0));
        self.edge.copy_from_slice(&atlas.border[..]);
        for cell in &atlas.cells {
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
            self.seen[index] = inside && self.facing[index] > MIN_FACING;
            self.edge[index] |= !inside || (!self.seen[index] && (uv_of(index).x - 0.5).abs() > OUTLINE_U);
            if inside {
                let linear = mean(frame, centre, cell, blend, last);
                for (plane, value) in self.colour.iter_mut().zip(linear.to_array()) {
                    plane[index] = value;
                }
            }
        }
        self.take_logarithms();
    }

    /// What covers the face goes on where the face turns away and nothing can be told.
    pub fn continue_unseen(&self, atlas: &Atlas, covered: &mut [bool; CELLS], before: &mut [bool; CELLS]) {
        for (covered, seen) in covered.iter_mut().zip(self.seen.iter()) {
            *covered &= seen;
        }
        for _ in 0..CONTINUE_CELLS {
            before.copy_from_slice(&covered[..]);
            for cell in atlas.cells.iter().map(|cell| cell.index).filter(|&cell| !self.seen[cell]) {
                covered[cell] |= grid::neighbours(cell).any(|near| before[near]);
            }
        }
    }

    /// From linear red, green, blue to the channels.
    fn take_logarithms(&mut self) {
        let [red_part, green_part, blue_part] = [Vec3::X, Vec3::Y, Vec3::Z].map(luminance);
        let [first, second, third] = &mut self.colour;
        let planes = first.iter_mut().zip(second.iter_mut()).zip(third.iter_mut()).zip(self.luminance.iter_mut());
        for (((first, second), third), level) in planes {
            let (red, green, blue) = (*first, *second, *third);
            *level = red * red_part + green * green_part + blue * blue_part;
            let green = ln(green + FLOOR);
            (*first, *second, *third) = (ln(*level + FLOOR), ln(red + FLOOR) - green, ln(blue + FLOOR) - green);
        }
    }
}

/// Natural logarithm of a positive number within 1e-4, without a call so that it runs on many cells at once.
fn ln(value: f32) -> f32 {
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
        sum += Vec3::from(frame.rgb_at(at.x as u32, at.y as u32).map(|value| LINEAR[usize::from(value)]));
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
