//! The landmark model's points and the names of some of them.

use std::ops::{Deref, DerefMut};

use glam::Vec3;

use crate::zeroize;

/// Points of the landmark model: 468 of the face mesh, then 5 of each iris.
pub const LANDMARK_COUNT: usize = 478;
/// The landmarks that are vertices of the canonical face.
pub const MESH_VERTEX_COUNT: usize = 468;

/// 478 points in one space, named by the field that holds them.
#[derive(Clone, Debug, PartialEq)]
pub struct Landmarks(pub Box<[Vec3; LANDMARK_COUNT]>);

impl Default for Landmarks {
    fn default() -> Self {
        Self(Box::new([Vec3::ZERO; LANDMARK_COUNT]))
    }
}

impl Deref for Landmarks {
    type Target = [Vec3; LANDMARK_COUNT];
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Landmarks {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl Landmarks {
    pub(crate) fn zeroize(&mut self) {
        zeroize::overwrite(&mut self[..], Vec3::ZERO);
    }

    /// Distance between the outer corners of the eyes (33 and 263) in x and y: the unit of errors and feathers.
    pub fn interocular(&self) -> f32 {
        self[33].truncate().distance(self[263].truncate())
    }
}
