//! Where on a face's mesh bare skin is to be expected, and a G-buffer of that: the mesh rasterised onto the skin map.
//!
//! In: a fitted face, and what each vertex is expected to show. Out: per texel of the map how surely skin is there,
//! what it is expected to show, and how far away it is.
//! 1. Once: a trust per vertex, from the landmarks' named rings.
//! 2. Per frame: each triangle that faces the camera is drawn with a depth test; between its vertices all is
//!    interpolated.

use carmine_models::CanonicalFace;
use glam::{Vec2, Vec4};

use super::face_skin::FaceShading;
use super::landmark_points::point_px;
use super::map_rect::MapRect;
use super::texels::{SKIN_MAP_SIDE as SIDE, SKIN_TEXELS};
use crate::face::{FittedFace, MESH_VERTEX_COUNT, rings};

/// Skin round the eyes that lashes and the lids' crease darken.
const LIDS: [u16; 32] = [
    22, 23, 24, 25, 26, 27, 28, 29, 30, 56, 110, 112, 130, 190, 243, 247, 252, 253, 254, 255, 256, 257, 258, 259, 260,
    286, 339, 341, 359, 414, 463, 467,
];
/// The nostrils and their rims.
const NOSTRILS: [u16; 22] =
    [20, 59, 60, 75, 79, 99, 166, 235, 238, 239, 242, 250, 289, 290, 305, 309, 328, 392, 455, 458, 459, 462];

/// Trust in the lids' skin, and beside the outline and the brows: there is often hair, and brows are larger than their
/// landmarks.
const LID_TRUST: f32 = 0.35;
const BORDER_TRUST: f32 = 0.6;
/// A triangle smaller than this, in half texels, is seen edge-on.
const TWICE_AREA_MIN: f32 = 1e-6;
/// Tolerance of the inside test, in barycentric weights, so that no seams appear between triangles.
const SEAM: f32 = 1e-4;

/// What lies under a texel.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SkinTexel {
    /// How surely it is bare skin, 0–1.
    pub trust: f32,
    /// See [`VertexShading`](super::face_skin::VertexShading).
    pub expected: f32,
    /// As the landmarks' z.
    pub depth: f32,
    /// See [`VertexShading`](super::face_skin::VertexShading).
    pub specular: f32,
}

impl SkinTexel {
    /// No face.
    const EMPTY: Self = Self { trust: 0.0, expected: 1.0, depth: f32::MAX, specular: 0.0 };
}

impl From<Vec4> for SkinTexel {
    fn from(value: Vec4) -> Self {
        let [trust, expected, depth, specular] = value.to_array();
        Self { trust, expected, depth, specular }
    }
}

/// The face's mesh with how surely each vertex is bare skin.
#[derive(Debug)]
pub(super) struct SkinMesh {
    triangles: Vec<[u16; 3]>,
    /// 0 where a vertex is never bare skin (lips, eyes, brows, nostrils, the outline, where hair and background begin),
    /// 1 where it nearly always is.
    trust: Box<[f32; MESH_VERTEX_COUNT]>,
}

impl Default for SkinMesh {
    fn default() -> Self {
        // Cannot fail here: without the canonical face there is no fitter, and no face to draw.
        let triangles = CanonicalFace::embedded().map(|canonical| canonical.triangles).unwrap_or_default();
        let mut trust = Box::new([1.0; MESH_VERTEX_COUNT]);
        // Beside the outline the skin is often under hair, and brows are larger than their landmarks.
        let edges: [&[u16]; 3] = [&rings::FACE_OVAL, &rings::RIGHT_BROW, &rings::LEFT_BROW];
        for corners in &triangles {
            if corners.iter().any(|index| edges.iter().any(|edge| edge.contains(index))) {
                corners.iter().for_each(|&index| trust[usize::from(index)] = BORDER_TRUST);
            }
        }
        let excluded: [(&[u16], f32); 11] = [
            (&LIDS, LID_TRUST),
            (&NOSTRILS, 0.0),
            (&rings::LIPS_OUTER, 0.0),
            (&rings::LIPS_OUTER_MIDDLE, 0.0),
            (&rings::LIPS_INNER_MIDDLE, 0.0),
            (&rings::LIPS_INNER, 0.0),
            (&rings::RIGHT_EYE, 0.0),
            (&rings::LEFT_EYE, 0.0),
            (&rings::RIGHT_BROW, 0.0),
            (&rings::LEFT_BROW, 0.0),
            (&rings::FACE_OVAL, 0.0),
        ];
        for (indices, value) in excluded {
            indices.iter().for_each(|&index| trust[usize::from(index)] = value);
        }
        Self { triangles, trust }
    }
}

impl SkinMesh {
    /// How surely a vertex is bare skin, 0–1.
    pub fn trust(&self, vertex: usize) -> f32 {
        self.trust[vertex]
    }

    /// Rasterises the mesh onto a map that covers `rect`. Texels without face get no trust.
    pub fn draw(&self, face: &FittedFace, shading: &FaceShading, rect: MapRect, texels: &mut [SkinTexel; SKIN_TEXELS]) {
        texels.fill(SkinTexel::EMPTY);
        for corners in &self.triangles {
            let place = |vertex: u16| (point_px(face, vertex) - rect.origin) / rect.texel - 0.5;
            let [at, right, down] = corners.map(place);
            let (right, down) = (right - at, down - at);
            // Wound counter-clockwise seen from outside, and y runs down.
            let twice_area = right.perp_dot(down);
            if twice_area > -TWICE_AREA_MIN || !twice_area.is_finite() {
                continue;
            }
            let value = |vertex: u16| {
                let vertex = usize::from(vertex);
                let trust = self.trust[vertex] * face.visibility[vertex];
                let shading = shading[vertex];
                Vec4::new(trust, shading.expected, face.landmarks_px[vertex].z, shading.specular)
            };
            let [a, b, c] = corners.map(value);
            let (towards_b, towards_c) = (b - a, c - a);
            let (low, high) = (at + right.min(down).min(Vec2::ZERO), at + right.max(down).max(Vec2::ZERO));
            let rows = low.y.ceil().max(0.0) as usize..(high.y.floor() + 1.0).clamp(0.0, SIDE as f32) as usize;
            let columns = low.x.ceil().max(0.0) as usize..(high.x.floor() + 1.0).clamp(0.0, SIDE as f32) as usize;
            for row in rows {
                for column in columns.clone() {
                    let offset = Vec2::new(column as f32, row as f32) - at;
                    let (u, v) = (offset.perp_dot(down) / twice_area, right.perp_dot(offset) / twice_area);
                    let texel = &mut texels[row * SIDE + column];
                    let seen = a + towards_b * u + towards_c * v;
                    if u >= -SEAM && v >= -SEAM && u + v <= 1.0 + SEAM && seen.z < texel.depth {
                        *texel = seen.into();
                    }
                }
            }
        }
    }
}
