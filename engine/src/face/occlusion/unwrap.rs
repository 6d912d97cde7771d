use std::sync::LazyLock;

use carmine_shaders::cpu::{linear_from_srgb, luminance};
use glam::{Vec2, Vec3};

use super::atlas::{Atlas, Cell};
use super::grid::{Mask, Plane, mask, plane};
use super::{CELLS, uv_of};
use crate::face::FittedFace;
use crate::frame::Frame;

/// Added to linear colours before their logarithm: below it a camera shows noise.
const FLOOR: f32 = 0.01;
/// Cosine between normal and view from which on a cell is looked at: 66°. Farther round the mesh's outline and the
/// face's differ by as much as the cells measure.
pub(super) const MIN_FACING: f32 = 0.4;
/// Farther from the middle than this (in u) a cell that faces away is the face's outline; nearer it is the nose's.
const OUTLINE_U: f32 = 0.2;

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
    pub seen: Mask,
    /// Where something in front of the face comes in: the mesh's outline and the frame's edge.
    pub edge: Mask,
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
    /// Replaces all by what `frame` shows of `face`.
    pub fn take(&mut self, atlas: &Atlas, frame: &Frame<'_>, face: &FittedFace) {
        let last = Vec2::new((frame.width() - 1) as f32, (frame.height() - 1) as f32);
        self.seen.fill(false);
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
                let colour = mean(frame, centre, cell, blend, last);
                let log = (colour + FLOOR).map(f32::ln);
                self.luminance[index] = luminance(colour);
                let [lightness, red, blue] = &mut self.colour;
                lightness[index] = (self.luminance[index] + FLOOR).ln();
                (red[index], blue[index]) = (log.x - log.y, log.z - log.y);
            }
        }
    }
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
