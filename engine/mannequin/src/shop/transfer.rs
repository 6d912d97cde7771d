//! How much of the light from everywhere each point of the figure receives, computed once, so that soft shadows cost
//! nothing per frame.
//!
//! In: a mesh with normals, and a coarser figure that throws the shadows. Out: per vertex and colour channel,
//! irradiance per unit of each spherical-harmonic coefficient of the light, up to the second degree.
//!
//! 1. From each of many directions the coarse figure is drawn into a shadow map.
//! 2. Every vertex that faces the direction and is not in shadow adds its cosine times the direction's basis functions.
//! 3. The sums are passed on along the surface a few times, red farthest: what skin scatters.
//!
//! Source: precomputed radiance transfer, Sloan, Kautz & Snyder 2002.

use std::f32::consts::{PI, TAU};

use glam::{Vec2, Vec3};

use crate::mesh::{BodyPart, Mesh};
use crate::raster::{Keep, Raster};

/// Coefficients of spherical harmonics up to the second degree.
pub(super) const TERMS: usize = 9;
/// Directions that light is tried from.
const DIRECTIONS: usize = 144;
/// Side of the shadow map.
const TEXELS: usize = 256;
/// How far a vertex is lifted off its surface so that it does not shadow itself.
const SHADOW_BIAS_CM: f32 = 0.22;
/// Half the side of the shadow map, around the head.
const REACH_CM: f32 = 24.0;
/// How many times red, green and blue light is passed on to the neighbours: what skin scatters, red farthest.
const SCATTER_STEPS: [usize; 3] = [5, 2, 1];

/// Irradiance per unit of each coefficient of the light, for red, green and blue.
pub(super) type Transfer = [[f32; TERMS]; 3];

/// Real spherical harmonics of a unit direction.
pub(super) fn harmonics(d: Vec3) -> [f32; TERMS] {
    [
        0.282_095,
        0.488_603 * d.y,
        0.488_603 * d.z,
        0.488_603 * d.x,
        1.092_548 * d.x * d.y,
        1.092_548 * d.y * d.z,
        0.315_392 * (3.0 * d.z * d.z - 1.0),
        1.092_548 * d.x * d.z,
        0.546_274 * (d.x * d.x - d.y * d.y),
    ]
}

/// Of every vertex. `casts`: a coarser figure that throws the shadows.
pub(super) fn of(mesh: &Mesh, normals: &[Vec3], casts: &Mesh) -> Vec<Transfer> {
    let mut sums = vec![[0.0; TERMS]; mesh.vertices.len()];
    let mut raster = Raster::new(TEXELS, TEXELS);
    let mut placed = Vec::new();
    for step in 0..DIRECTIONS {
        let direction = spread(step);
        let basis = harmonics(direction);
        let weight = 4.0 * PI / DIRECTIONS as f32;
        let (x, y) = direction.any_orthonormal_pair();
        let scale = TEXELS as f32 / (2.0 * REACH_CM);
        let place = |at: Vec3| {
            let from = at - Vec3::new(0.0, -1.0, -3.0);
            (Vec2::new(from.dot(x), from.dot(y)) * scale + TEXELS as f32 / 2.0).extend(-from.dot(direction))
        };
        raster.clear_depth();
        placed.clear();
        placed.extend(casts.vertices.iter().map(|vertex| place(vertex.position_cm)));
        for triangle in &casts.triangles {
            raster.draw(triangle.corners.map(|corner| placed[corner as usize]), 0, Keep::DepthAlone);
        }
        for ((vertex, &normal), sum) in mesh.vertices.iter().zip(normals).zip(&mut sums) {
            let facing = normal.dot(direction);
            if facing <= 0.0 {
                continue;
            }
            let lifted = place(vertex.position_cm + normal * SHADOW_BIAS_CM);
            let seen =
                raster.lit_share(lifted, |behind_cm| ((behind_cm - 0.05) / 0.5).clamp(0.0, 1.0)) * facing * weight;
            for (sum, basis) in sum.iter_mut().zip(basis) {
                *sum += seen * basis;
            }
        }
    }
    scattered(mesh, sums)
}

/// Directions evenly over the sphere (a Fibonacci lattice).
fn spread(step: usize) -> Vec3 {
    let y = 1.0 - 2.0 * (step as f32 + 0.5) / DIRECTIONS as f32;
    let (sin, cos) = ((step as f32 * 0.618_034).fract() * TAU).sin_cos();
    let out = (1.0 - y * y).sqrt();
    Vec3::new(out * cos, y, out * sin)
}

/// Passes the light on along the surface.
fn scattered(mesh: &Mesh, sharp: Vec<[f32; TERMS]>) -> Vec<Transfer> {
    let mut channels = [sharp.clone(), sharp.clone(), sharp];
    for (channel, &times) in channels.iter_mut().zip(&SCATTER_STEPS) {
        for _ in 0..times {
            let mut sums = vec![([0.0; TERMS], 0.0); channel.len()];
            for triangle in mesh.triangles.iter().filter(|triangle| triangle.part != BodyPart::Eyeball) {
                for (from, to) in [(0, 1), (1, 2), (2, 0), (1, 0), (2, 1), (0, 2)] {
                    let (from, to) = (triangle.corners[from] as usize, triangle.corners[to] as usize);
                    sums[to].1 += 1.0;
                    for (sum, value) in sums[to].0.iter_mut().zip(channel[from]) {
                        *sum += value;
                    }
                }
            }
            for (value, (sum, count)) in channel.iter_mut().zip(sums).filter(|(_, (_, count))| *count > 0.0) {
                for (value, sum) in value.iter_mut().zip(sum) {
                    *value = 0.5 * *value + 0.5 * sum / count;
                }
            }
        }
    }
    let [red, green, blue] = channels;
    red.into_iter().zip(green).zip(blue).map(|((r, g), b)| [r, g, b]).collect()
}
