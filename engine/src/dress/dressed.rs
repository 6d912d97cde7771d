//! Every face of a scene, dressed: plain data for the renderer.
//!
//! In: a scene and the prepared looks of its faces. Out: for each visible face its meshes, maps of its bare skin and
//! shader uniforms; the triangles that all faces share.
//!
//! 1. The face's mesh is laid on its landmarks, and the curves' meshes that the look needs.
//! 2. The draw bounds are computed; a face of which nothing would be drawn is left out.
//! 3. Its colours are adapted to neutral light (Bradford); flake size and film mip level follow its size in the
//!    picture.

use carmine_models::ModelError;
use carmine_shaders::MAX_FACES;
use glam::Vec2;

use super::curves::{CurveTopology, Curves};
use super::dressed_face::{DressedFace, draw_bounds_px};
use super::face_mesh::FaceMesh;
use super::look_cache::LookCache;
use super::outline;
use crate::light::light_from_neutral;
use crate::scene::Scene;

/// What every face of a scene wears. Reused from frame to frame: no allocation once as many faces were seen.
#[derive(Debug)]
pub struct Dressed {
    mesh: FaceMesh,
    topology: CurveTopology,
    curves: Curves,
    faces: Vec<DressedFace>,
    count: usize,
}

impl Dressed {
    /// With the embedded canonical face.
    pub fn new() -> Result<Self, ModelError> {
        Ok(Self {
            mesh: FaceMesh::new()?,
            topology: CurveTopology::new(),
            curves: Curves::default(),
            faces: Vec::new(),
            count: 0,
        })
    }

    /// The face mesh's constant part.
    pub fn mesh(&self) -> &FaceMesh {
        &self.mesh
    }

    /// How the curves' vertices are joined.
    pub fn topology(&self) -> &CurveTopology {
        &self.topology
    }

    /// The dressed faces, in the order of the scene; those out of sight are left out, and all beyond [`MAX_FACES`].
    /// If any face wears something, bare faces are included too, since they may hide it.
    pub fn faces(&self) -> &[DressedFace] {
        &self.faces[..self.count]
    }

    /// Overwrites all that was made of faces, in place.
    pub fn zeroize(&mut self) {
        self.count = 0;
        self.curves.zeroize();
        self.faces.iter_mut().for_each(DressedFace::zeroize);
    }

    /// Dresses the faces of `scene` (whose light must come from the same faces) in what
    /// `looks` has for them. `px_per_frame_px` is how much larger the frame is shown than it is.
    pub fn dress(&mut self, scene: &Scene<'_>, looks: &LookCache, px_per_frame_px: f32) {
        self.count = 0;
        if (0..scene.faces.len()).all(|face| looks.of(face).is_none()) {
            return;
        }
        let neutral_from_room = light_from_neutral(scene.light.room.white_linear).inverse();
        let size = Vec2::new(scene.frame.width() as f32, scene.frame.height() as f32);
        for (index, (fitted, lit)) in scene.faces.iter().zip(&scene.light.faces).take(MAX_FACES).enumerate() {
            if self.faces.len() == self.count {
                self.faces.push(DressedFace::default());
            }
            let dressed = &mut self.faces[self.count];
            dressed.index = index;
            self.mesh.build(fitted, &mut dressed.mesh);
            dressed.draw_bounds_px = None;
            if let Some(look) = looks.of(index) {
                self.curves.build(fitted, lit, look, &self.topology, dressed);
                dressed.draw_bounds_px = draw_bounds_px(dressed, look, size);
                if dressed.draw_bounds_px.is_none() {
                    continue;
                }
                outline::fill(dressed);
                dressed.take_light(lit, neutral_from_room);
                dressed.set_flakes(fitted, px_per_frame_px);
                dressed.set_curve_level(fitted, px_per_frame_px);
            } else {
                dressed.bare();
            }
            dressed.finish_vertices(fitted, self.count as u32);
            self.count += 1;
        }
    }
}
