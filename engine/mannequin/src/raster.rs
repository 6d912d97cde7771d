//! A depth buffer that triangles are drawn into one after the other.
//!
//! In: triangles in sample coordinates with a depth. Out: per sample the nearest depth and, if asked for, the triangle
//! that has it, with barycentric weights.
//!
//! 1. Of every sample in the triangle's bounding box, weights by edge functions (Pineda 1988).
//! 2. Depth is linear over the triangle; the nearer one stays.

use std::ops::{Add, Mul};

use glam::{Vec2, Vec3};

/// What a sample shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hit {
    /// Number of the triangle; [`Hit::NOTHING`]'s where there is none.
    pub triangle: u32,
    /// Barycentric weights of the triangle's second and third corner.
    weights: Vec2,
}

impl Hit {
    const NOTHING: Self = Self { triangle: u32::MAX, weights: Vec2::ZERO };

    /// A value of the triangle's corners, mixed for this place.
    pub fn mix<T: Add<Output = T> + Mul<f32, Output = T>>(self, [a, b, c]: [T; 3]) -> T {
        a * (1.0 - self.weights.x - self.weights.y) + b * self.weights.x + c * self.weights.y
    }
}

/// A grid of samples, each holding the nearest triangle.
#[derive(Clone, Debug)]
pub(crate) struct Raster {
    pub width: usize,
    pub height: usize,
    /// Distance; infinite where nothing is.
    pub depth: Vec<f32>,
    pub hits: Vec<Hit>,
}

/// What of a triangle is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    DepthAndHits,
    DepthAlone,
}

impl Raster {
    pub fn new(width: usize, height: usize) -> Self {
        let samples = width * height;
        Self { width, height, depth: vec![f32::INFINITY; samples], hits: vec![Hit::NOTHING; samples] }
    }

    /// Empties the depths alone.
    pub fn clear_depth(&mut self) {
        self.depth.fill(f32::INFINITY);
    }

    /// Draws a triangle given in samples (whole numbers are centres) and depth.
    pub fn draw(&mut self, [a, b, c]: [Vec3; 3], triangle: u32, keep: Keep) {
        let (p, q) = ((b - a).truncate(), (c - a).truncate());
        let area = p.perp_dot(q);
        if area.abs() < 1e-9 {
            return;
        }
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        let first = |low: f32| low.ceil().max(0.0) as usize;
        let end = |high: f32, size: usize| ((high.floor() + 1.0).max(0.0) as usize).min(size);
        for y in first(low.y)..end(high.y, self.height) {
            for x in first(low.x)..end(high.x, self.width) {
                let from = Vec2::new(x as f32, y as f32) - a.truncate();
                let (u, v) = (from.perp_dot(q) / area, p.perp_dot(from) / area);
                if u < 0.0 || v < 0.0 || u + v > 1.0 {
                    continue;
                }
                let depth = a.z + u * (b.z - a.z) + v * (c.z - a.z);
                let at = y * self.width + x;
                if depth < self.depth[at] {
                    self.depth[at] = depth;
                    if keep == Keep::DepthAndHits {
                        self.hits[at] = Hit { triangle, weights: Vec2::new(u, v) };
                    }
                }
            }
        }
    }

    /// How much of a shadow map's neighbourhood of `at` lies farther away than it (percentage-closer filtering, Reeves
    /// et al. 1987): four texels, each with a soft `step` of the distance by which `at` lies behind what is nearest
    /// there. Beyond the map nothing throws a shadow.
    pub fn lit_share(&self, at: Vec3, step: impl Fn(f32) -> f32) -> f32 {
        let mut lit = 0.0;
        for dy in [-0.75, 0.75] {
            for dx in [-0.75, 0.75] {
                let (x, y) = ((at.x + dx).round(), (at.y + dy).round());
                let inside = x >= 0.0 && y >= 0.0 && x < self.width as f32 && y < self.height as f32;
                let nearest = if inside { self.depth[y as usize * self.width + x as usize] } else { f32::INFINITY };
                lit += 1.0 - step(at.z - nearest);
            }
        }
        lit / 4.0
    }
}
