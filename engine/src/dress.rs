//! Station 5: which product lies where, how thick, and what its layer does to light. Plain data for the renderer.

mod brows;
mod chart_grid;
mod contour;
mod curves;
mod eye;
mod eye_frame;
mod eye_points;
#[cfg(test)]
mod eye_tests;
mod face_mesh;
mod irises;
mod lashes;
mod lids;
mod lips;
mod look_cache;
mod optics;
mod outline;
mod prepared_look;
mod relief;
mod strokes;

pub use brows::{BrowMesh, brow_indices};
pub use curves::CurveTopology;
pub use face_mesh::FaceMesh;
pub use irises::{IrisMesh, iris_indices};
pub use lashes::{LashStrokes, lash_indices};
pub use lids::{LidMesh, lid_indices};
pub use lips::{LipMesh, lip_indices};
pub use look_cache::LookCache;
pub use optics::product_optics;
pub use prepared_look::PreparedLook;

use bytemuck::Zeroable;
use carmine_models::ModelError;
use carmine_shaders::{ChartVertex, FaceUniforms, MAX_FACES, StrokeVertex};
use glam::{Mat3, Vec2, Vec3, Vec4, Vec4Swizzles};
use half::f16;
use half::slice::{HalfBitsSliceExt, HalfFloatSliceExt};

use crate::face::FittedFace;
use crate::light::{FaceLight, light_from_neutral};
use crate::look::Chart;
use crate::scene::Scene;
use crate::zeroize;
use curves::Curves;

/// Linear RGB in neutral light, and shading, as the bits of half floats.
pub type MapTexel = [u16; 4];

/// Texels turned into half floats at once.
const CHUNK: usize = 64;

/// What one face wears: meshes, maps of its bare skin and the numbers that the composite shader reads.
#[derive(Clone, Debug, Default)]
pub struct DressedFace {
    /// Its place in the scene.
    pub index: usize,
    /// The whole face.
    pub mesh: Vec<ChartVertex>,
    /// Lips, lids, brows and irises, laid out as [`CurveTopology`] says.
    pub curves: Vec<ChartVertex>,
    /// Lashes: corners of their strips.
    pub strokes: Vec<StrokeVertex>,
    /// How many of [`lash_indices`] draw them.
    pub stroke_index_count: u32,
    /// Mean colour and shading of the bare skin, rows from the top.
    pub skin_map: Vec<MapTexel>,
    /// The same of the lips.
    pub lips_map: Vec<MapTexel>,
    /// Light and places.
    pub face: FaceUniforms,
    /// What is drawn: min x, min y, width, height in `frame_px`. Nothing of a bare face, which has its mesh alone.
    pub draw_rect_px: Option<Vec4>,
}

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

    /// The dressed faces, in the order of the scene; those out of sight are left out, and all beyond [`MAX_FACES`]. Beside
    /// one that wears something a bare face is among them, since it may be before the other.
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
            dressed.draw_rect_px = None;
            if let Some(look) = looks.of(index) {
                self.curves.build((fitted, lit), look, &self.topology, dressed);
                dressed.draw_rect_px = draw_rect_px(dressed, look, size);
                if dressed.draw_rect_px.is_none() {
                    continue;
                }
                outline::fill(dressed);
                dressed.take_light(lit, neutral_from_room);
                dressed.set_flakes(fitted, px_per_frame_px);
                dressed.set_curve_level(fitted, px_per_frame_px);
            } else {
                dressed.bare();
            }
            dressed.tell_shaders(fitted, self.count as u32);
            self.count += 1;
        }
    }
}

impl DressedFace {
    fn zeroize(&mut self) {
        let Self { index, mesh, curves, strokes, stroke_index_count, skin_map, lips_map, face, draw_rect_px } = self;
        zeroize::empty(mesh, ChartVertex::zeroed());
        zeroize::empty(curves, ChartVertex::zeroed());
        zeroize::empty(strokes, StrokeVertex::zeroed());
        zeroize::empty(skin_map, MapTexel::default());
        zeroize::empty(lips_map, MapTexel::default());
        zeroize::overwrite(std::slice::from_mut(face), FaceUniforms::zeroed());
        (*index, *stroke_index_count, *draw_rect_px) = (0, 0, None);
    }

    /// Leaves the mesh alone.
    fn bare(&mut self) {
        self.curves.clear();
        self.strokes.clear();
        self.stroke_index_count = 0;
    }

    fn take_light(&mut self, lit: &FaceLight, neutral_from_room: Mat3) {
        let face = &mut self.face;
        face.skin_rect_px = lit.skin.rect_px;
        face.lips_rect_px = lit.lips.rect_px;
        face.irises = lit.irises_linear.map(|colour| (neutral_from_room * colour).extend(0.0));
        face.key_direction = lit.key_direction_camera;
        face.key_strength = lit.key_strength;
        let fill = |to: &mut Vec<MapTexel>, map: &[Vec4]| {
            to.resize(map.len(), MapTexel::default());
            for (to, from) in to.chunks_mut(CHUNK).zip(map.chunks(CHUNK)) {
                // Many at a time: a single conversion costs a call each.
                let mut neutral = [Vec4::ZERO; CHUNK];
                for (neutral, from) in neutral.iter_mut().zip(from) {
                    *neutral = (neutral_from_room * from.xyz()).max(Vec3::ZERO).extend(from.w);
                }
                let values: &[f32] = bytemuck::cast_slice(&neutral[..from.len()]);
                bytemuck::cast_slice_mut::<_, u16>(to).reinterpret_cast_mut::<f16>().convert_from_f32_slice(values);
            }
        };
        fill(&mut self.skin_map, &lit.skin.map[..]);
        fill(&mut self.lips_map, &lit.lips.map[..]);
    }

    /// Flakes are kept at about two pixels, in powers of two.
    fn set_flakes(&mut self, fitted: &FittedFace, px_per_frame_px: f32) {
        const FINEST_PX: f32 = 1.8;
        /// Pixels per unit of uv from which on a flake fills its cell.
        const CLOSE_PX: f32 = 600.0;
        let at = |landmark: usize| fitted.landmarks_px[landmark].truncate();
        // Across and down the face in canonical uv; a turned or nodding head shortens one of them.
        let px_per_uv = (at(234).distance(at(454)) / 0.985).max(at(10).distance(at(152)) / 0.847) * px_per_frame_px;
        let level = (px_per_uv / FINEST_PX).clamp(8.0, 4096.0).log2();
        self.face.flake_cells = level.ceil().exp2();
        self.face.flake_blend = level.ceil() - level;
        self.face.flake_strength = (px_per_uv / CLOSE_PX).clamp(0.3, 1.0);
    }

    /// A pixel sees about a texel of the films along curves, whose charts all have much the same scale.
    fn set_curve_level(&mut self, fitted: &FittedFace, px_per_frame_px: f32) {
        const TEXELS_PER_EYE: f32 = 256.0;
        /// A little sharper than a texel a pixel: the pixels themselves soften, too.
        const SHARPER: f32 = 0.5;
        let at = |landmark: usize| fitted.landmarks_px[landmark].truncate();
        let eye_px = at(33).distance(at(133)).max(at(263).distance(at(362))) * px_per_frame_px;
        self.face.curve_level = ((TEXELS_PER_EYE / eye_px.max(1.0)).log2() - SHARPER).clamp(0.0, 3.0);
    }

    /// Turns depths into 0–1 and marks every vertex with the face's number.
    fn tell_shaders(&mut self, fitted: &FittedFace, number: u32) {
        // A face is about as deep as its eyes are apart; curves lie a little before the mesh that they are on.
        let reach = (fitted.landmarks_px.interocular() * 8.0).max(1.0);
        let depth = |depth_px: f32, before: f32| (0.5 + depth_px / reach - before).clamp(0.0, 1.0);
        for vertex in &mut self.mesh {
            vertex.depth_px = depth(vertex.depth_px, 0.0);
            vertex.chart += number << 8;
        }
        for vertex in &mut self.curves {
            vertex.depth_px = depth(vertex.depth_px, 0.012);
            vertex.chart += number << 8;
        }
        for vertex in &mut self.strokes {
            vertex.depth_px = depth(vertex.depth_px, 0.03);
        }
    }
}

/// Min x, min y, width, height in `frame_px` of what is worn, cut to the frame; `None` if nothing of it is inside.
fn draw_rect_px(dressed: &DressedFace, look: &PreparedLook, frame_size_px: Vec2) -> Option<Vec4> {
    let whole_face = if look.has(Chart::Face) { dressed.mesh.as_slice() } else { &[] };
    let seen = whole_face.iter().chain(&dressed.curves).filter(|vertex| vertex.visibility > 0.0);
    let corners = seen.map(|vertex| vertex.position_px);
    let corners = corners.chain(dressed.strokes.iter().map(|vertex| vertex.position_px));
    let (low, high) = corners.fold((Vec2::MAX, Vec2::MIN), |(low, high), at| (low.min(at), high.max(at)));
    let (low, high) = ((low - 1.0).max(Vec2::splat(-0.5)), (high + 1.0).min(frame_size_px - 0.5));
    let size = high - low;
    low.cmplt(high).all().then(|| Vec4::new(low.x, low.y, size.x, size.y))
}
