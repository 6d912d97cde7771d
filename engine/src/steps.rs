//! Single steps between the stations, for the benches. Not a stable API: any of them may change in any version.

use carmine_models::ModelError;

pub use crate::face::steps::*;

use crate::dress::{Dressed, LookCache};
use crate::scene::Scene;

/// Station 5 alone: what the renderer does with a scene before it uses the GPU.
#[derive(Debug)]
pub struct Dresser {
    looks: LookCache,
    dressed: Dressed,
}

impl Dresser {
    /// With the embedded canonical face.
    pub fn new() -> Result<Self, ModelError> {
        Ok(Self { looks: LookCache::default(), dressed: Dressed::new()? })
    }

    /// Prepares the looks of `scene` that are new.
    pub fn prepare_looks(&mut self, scene: &Scene<'_>) {
        self.looks.update(scene);
    }

    /// Dresses the faces of `scene` in the prepared looks, shown at the frame's own size. Returns how many faces are
    /// dressed.
    pub fn dress(&mut self, scene: &Scene<'_>) -> usize {
        self.dressed.dress(scene, &self.looks, 1.0);
        self.dressed.faces().len()
    }
}
