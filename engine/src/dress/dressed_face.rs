//! What one face wears: the data that the renderer uploads.

use bytemuck::Zeroable;
use carmine_shaders::{ChartVertex, FaceUniforms, StrokeVertex};
use glam::{Mat3, Vec2, Vec3, Vec4, Vec4Swizzles};
use half::f16;
use half::slice::{HalfBitsSliceExt, HalfFloatSliceExt};

use super::prepared_look::PreparedLook;
use crate::face::FittedFace;
use crate::light::FaceLight;
use crate::look::Chart;
use crate::zeroize;

/// Linear RGB in neutral light, and shading, as the bits of half floats.
pub type MapTexel = [u16; 4];

/// Texels converted to half floats at once.
const CHUNK: usize = 64;

/// What one face wears: meshes, maps of its bare skin and the numbers that the composite shader reads.
#[derive(Clone, Debug, Default)]
pub struct DressedFace {
    /// Its place in the scene.
    pub index: usize,
    /// The whole face.
    pub mesh: Vec<ChartVertex>,
    /// Lips, lids, brows and irises, laid out as `CurveTopology` says.
    pub curves: Vec<ChartVertex>,
    /// Lashes: corners of their strips.
    pub strokes: Vec<StrokeVertex>,
    /// How many of `lash_indices` draw them.
    pub stroke_index_count: u32,
    /// Mean colour and shading of the bare skin, rows from the top.
    pub skin_map: Vec<MapTexel>,
    /// The same of the lips.
    pub lips_map: Vec<MapTexel>,
    /// Light and places.
    pub face: FaceUniforms,
    /// Draw bounds: min x, min y, width, height in `frame_px`. `None` for a bare face, which has only its mesh.
    pub draw_bounds_px: Option<Vec4>,
}

impl DressedFace {
    /// Overwrites all that was made of the face, in place.
    pub fn zeroize(&mut self) {
        let Self { index, mesh, curves, strokes, stroke_index_count, skin_map, lips_map, face, draw_bounds_px } = self;
        zeroize::empty(mesh, ChartVertex::zeroed());
        zeroize::empty(curves, ChartVertex::zeroed());
        zeroize::empty(strokes, StrokeVertex::zeroed());
        zeroize::empty(skin_map, MapTexel::default());
        zeroize::empty(lips_map, MapTexel::default());
        zeroize::overwrite(std::slice::from_mut(face), FaceUniforms::zeroed());
        (*index, *stroke_index_count, *draw_bounds_px) = (0, 0, None);
    }

    /// Removes all but the mesh.
    pub fn bare(&mut self) {
        self.curves.clear();
        self.strokes.clear();
        self.stroke_index_count = 0;
    }

    /// Copies the face's light and maps, with colours adapted to neutral light.
    pub fn take_light(&mut self, lit: &FaceLight, neutral_from_room: Mat3) {
        let face = &mut self.face;
        face.skin_rect_px = lit.skin.rect_px;
        face.lips_rect_px = lit.lips.rect_px;
        face.irises = lit.irises_linear.map(|colour| (neutral_from_room * colour).extend(0.0));
        face.key_direction = lit.key_direction_camera;
        face.key_strength = lit.key_strength;
        let fill = |to: &mut Vec<MapTexel>, map: &[Vec4]| {
            to.resize(map.len(), MapTexel::default());
            for (to, from) in to.chunks_mut(CHUNK).zip(map.chunks(CHUNK)) {
                // In chunks: converting values one by one costs a function call each.
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

    /// Sets the size of flakes, so that one covers about two pixels. Cell counts are powers of two.
    pub fn set_flakes(&mut self, fitted: &FittedFace, px_per_frame_px: f32) {
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

    /// Sets the films' mip level along curves, so that a pixel covers about one texel. Those charts have similar
    /// scales.
    pub fn set_curve_level(&mut self, fitted: &FittedFace, px_per_frame_px: f32) {
        const TEXELS_PER_EYE: f32 = 256.0;
        /// Mip levels sharper than one texel per pixel: sampling at pixels softens, too.
        const SHARPER: f32 = 0.5;
        let at = |landmark: usize| fitted.landmarks_px[landmark].truncate();
        let eye_px = at(33).distance(at(133)).max(at(263).distance(at(362))) * px_per_frame_px;
        self.face.curve_level = ((TEXELS_PER_EYE / eye_px.max(1.0)).log2() - SHARPER).clamp(0.0, 3.0);
    }

    /// Maps depths to 0–1 and writes the face's number into every vertex.
    pub fn finish_vertices(&mut self, fitted: &FittedFace, number: u32) {
        // A face is about as deep as its eyes are apart. Curves are offset a little in front of the face's mesh.
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

/// Bounds of what is worn (min x, min y, width, height in `frame_px`), clipped to the frame; `None` if outside it.
pub(super) fn draw_bounds_px(dressed: &DressedFace, look: &PreparedLook, frame_size_px: Vec2) -> Option<Vec4> {
    let whole_face = if look.has(Chart::Face) { dressed.mesh.as_slice() } else { &[] };
    let seen = whole_face.iter().chain(&dressed.curves).filter(|vertex| vertex.visibility > 0.0);
    let corners = seen.map(|vertex| vertex.position_px);
    let corners = corners.chain(dressed.strokes.iter().map(|vertex| vertex.position_px));
    let (low, high) = corners.fold((Vec2::MAX, Vec2::MIN), |(low, high), at| (low.min(at), high.max(at)));
    let (low, high) = ((low - 1.0).max(Vec2::splat(-0.5)), (high + 1.0).min(frame_size_px - 0.5));
    let size = high - low;
    low.cmplt(high).all().then(|| Vec4::new(low.x, low.y, size.x, size.y))
}
