//! The estimator's result for one face.

use glam::Vec2;

use super::grid::{CELLS, OCCLUSION_SIDE, SIDE};
use crate::face::FaceId;
use crate::zeroize;

/// What hides one face. `clone_from` reuses the memory that is there.
#[derive(Debug, PartialEq, Eq)]
pub struct Occlusion {
    /// The face.
    pub id: FaceId,
    /// Over canonical UV, rows from v = 0 (the forehead), from u = 0 (the person's right) on: 0 clear – 255 covered.
    /// Cell (x, y) is centred at u = (x + ½) / [`OCCLUSION_SIDE`], v = (y + ½) / [`OCCLUSION_SIDE`].
    pub map: Box<[u8; OCCLUSION_SIDE * OCCLUSION_SIDE]>,
}

impl Default for Occlusion {
    fn default() -> Self {
        Self { id: FaceId(0), map: Box::new([0; CELLS]) }
    }
}

impl Clone for Occlusion {
    fn clone(&self) -> Self {
        Self { id: self.id, map: self.map.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.id = source.id;
        self.map.copy_from_slice(&source.map[..]);
    }
}

impl Occlusion {
    /// How much is hidden (0–1) at a place in canonical UV, bilinear.
    pub fn at(&self, uv: Vec2) -> f32 {
        let at = (uv * SIDE as f32 - 0.5).clamp(Vec2::ZERO, Vec2::splat((SIDE - 1) as f32));
        let low = at.floor().min(Vec2::splat((SIDE - 2) as f32));
        let part = at - low;
        let cell = low.y as usize * SIDE + low.x as usize;
        let row = |cell: usize| {
            let (left, right) = (f32::from(self.map[cell]), f32::from(self.map[cell + 1]));
            left + (right - left) * part.x
        };
        let (upper, lower) = (row(cell), row(cell + SIDE));
        (upper + (lower - upper) * part.y) / 255.0
    }

    pub(crate) fn zeroize(&mut self) {
        self.id = FaceId(0);
        zeroize::overwrite(&mut self.map[..], 0);
    }
}
