use carmine_models::CanonicalFace;
use glam::{Vec2, Vec4};

use super::estimator::Ground;
use super::skin_map::SIDE;
use crate::face::{FittedFace, MESH_VERTEX_COUNT, rings};

/// Skin round the eyes that lashes and the lids' crease darken.
const LIDS: [u16; 32] = [
    22, 23, 24, 25, 26, 27, 28, 29, 30, 56, 110, 112, 130, 190, 243, 247, 252, 253, 254, 255, 256, 257, 258, 259, 260,
    286, 339, 341, 359, 414, 463, 467,
];
/// The nostrils and their rims.
const NOSTRILS: [u16; 22] =
    [20, 59, 60, 75, 79, 99, 166, 235, 238, 239, 242, 250, 289, 290, 305, 309, 328, 392, 455, 458, 459, 462];

/// What lies under a texel: trust, expected luminance, depth, mirrored luminance.
pub(super) type Grid = Box<[Vec4; SIDE * SIDE]>;

/// Where on the mesh bare skin is to be expected.
#[derive(Debug)]
pub(super) struct Surface {
    triangles: Vec<[u16; 3]>,
    /// 0 where a vertex is never bare skin (lips, eyes, brows, nostrils, the outline, where hair and background begin),
    /// 1 where it nearly always is.
    trust: Box<[f32; MESH_VERTEX_COUNT]>,
}

impl Default for Surface {
    fn default() -> Self {
        // Without the canonical face no fitter can be made, and so no face would ever be asked for.
        let triangles = CanonicalFace::embedded().map(|canonical| canonical.triangles).unwrap_or_default();
        let mut trust = Box::new([1.0; MESH_VERTEX_COUNT]);
        // Beside the outline the skin is often under hair, and brows are larger than their landmarks.
        let edges: [&[u16]; 3] = [&rings::FACE_OVAL, &rings::RIGHT_BROW, &rings::LEFT_BROW];
        for corners in &triangles {
            if corners.iter().any(|index| edges.iter().any(|edge| edge.contains(index))) {
                corners.iter().for_each(|&index| trust[usize::from(index)] = 0.6);
            }
        }
        let excluded: [(&[u16], f32); 11] = [
            (&LIDS, 0.35),
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

impl Surface {
    /// How surely a vertex is bare skin, 0–1.
    pub fn trust(&self, vertex: usize) -> f32 {
        self.trust[vertex]
    }

    /// Draws the mesh into `grid`, whose texels are `cell` pixels large and start at `origin` (`frame_px`). `ground`
    /// is to be interpolated between vertices. Texels without face get no trust.
    pub fn draw(
        &self,
        face: &FittedFace,
        ground: &[Ground; MESH_VERTEX_COUNT],
        (origin, cell): (Vec2, Vec2),
        grid: &mut Grid,
    ) {
        grid.fill(Vec4::new(0.0, 1.0, f32::MAX, 0.0));
        for corners in &self.triangles {
            let [a, b, c] = corners.map(usize::from);
            let place = |vertex: usize| (face.landmarks_px[vertex].truncate() - origin) / cell - 0.5;
            let (at, right, down) = (place(a), place(b), place(c));
            let (right, down) = (right - at, down - at);
            // Wound counter-clockwise seen from outside, and y runs down.
            let twice_area = right.perp_dot(down);
            if twice_area > -1e-6 || !twice_area.is_finite() {
                continue;
            }
            let value = |vertex: usize| {
                let trust = self.trust[vertex] * face.visibility[vertex];
                let Ground { expected, mirrored, .. } = ground[vertex];
                Vec4::new(trust, expected, face.landmarks_px[vertex].z, mirrored)
            };
            let (value, towards_b, towards_c) = (value(a), value(b) - value(a), value(c) - value(a));
            let (low, high) = (at + right.min(down).min(Vec2::ZERO), at + right.max(down).max(Vec2::ZERO));
            let rows = low.y.ceil().max(0.0) as usize..(high.y.floor() + 1.0).clamp(0.0, SIDE as f32) as usize;
            let columns = low.x.ceil().max(0.0) as usize..(high.x.floor() + 1.0).clamp(0.0, SIDE as f32) as usize;
            for row in rows {
                for column in columns.clone() {
                    let offset = Vec2::new(column as f32, row as f32) - at;
                    let (u, v) = (offset.perp_dot(down) / twice_area, right.perp_dot(offset) / twice_area);
                    let texel = &mut grid[row * SIDE + column];
                    let seen = value + towards_b * u + towards_c * v;
                    if u >= -1e-4 && v >= -1e-4 && u + v <= 1.0001 && seen.z < texel.z {
                        *texel = seen;
                    }
                }
            }
        }
    }
}
