//! The constant part: which cells of the canonical uv lie on the mesh, and on which part of the face.
//!
//! In: the canonical face's triangles and uv. Out: per cell of the grid its place in the mesh (barycentric weights),
//! masks of skin, lips and border, and the terms of a polynomial.
//! 1. Find the triangle that each cell's centre lies in.
//! 2. Rasterise the outlines of eyes, brows and lips, and count the steps from them.
//! 3. Skin is what lies on the mesh in none of these, nor around the nostrils.

use carmine_models::CanonicalFace;
use glam::Vec2;

use super::grid::{CELLS, CellMask, CellSteps, SIDE, cell_mask, grow, uv_of};
use super::illumination_change::Terms;
use crate::face::rings;
use crate::polygon;

/// Cells this near the mesh's outline count as its border.
const BORDER_CELLS: usize = 2;
/// How far, in cells, features reach beyond their landmarks: lids and lashes, brows, lips.
pub(super) const EYE_CELLS: u8 = 4;
pub(super) const BROW_CELLS: u8 = 3;
pub(super) const LIP_CELLS: u8 = 2;
/// Steps from a feature are counted up to this.
const STEPS_MAX: u8 = 16;
/// An ellipse around the nostrils, in uv.
const NOSTRILS_UV: Vec2 = Vec2::new(0.5, 0.585);
const NOSTRILS_RADII_UV: Vec2 = Vec2::new(0.085, 0.05);

/// A cell that lies on the mesh: where its centre is in a triangle, and how that changes across the cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub index: usize,
    pub corners: [usize; 3],
    /// Barycentric weights of the cell's centre.
    pub weights: [f32; 3],
    /// Change of the weights over a quarter of a cell to the right, and down.
    pub quarter: [[f32; 3]; 2],
}

/// The constant part of the grid.
#[derive(Debug)]
pub(super) struct CanonicalGrid {
    pub cells: Vec<Cell>,
    pub on_mesh: CellMask,
    /// On the mesh's outline, over which occluders come in.
    pub border: CellMask,
    /// Plain skin: no lips, eyes, lids, brows or nostrils.
    pub skin: CellMask,
    /// The lips with a little skin around them.
    pub lips: CellMask,
    /// Steps from the lips with what is between them, from what is between them, from each eye and from each brow.
    pub from_lips: CellSteps,
    pub from_mouth: CellSteps,
    pub from_eye: [CellSteps; 2],
    pub from_brow: [CellSteps; 2],
    pub nostrils: CellMask,
    pub terms: Box<[Terms; CELLS]>,
}

impl CanonicalGrid {
    pub fn new(canonical: &CanonicalFace) -> Self {
        let (cells, on_mesh) = locate(canonical);
        let from_brow = [rings::RIGHT_BROW, rings::LEFT_BROW].map(|mut ring| {
            // Lower edge, then back along the upper one.
            ring[5..].reverse();
            steps_from(canonical, &ring)
        });
        let from_eye = [rings::RIGHT_EYE, rings::LEFT_EYE].map(|ring| steps_from(canonical, &ring));
        let from_lips = steps_from(canonical, &rings::LIPS_OUTER);
        let from_mouth = steps_from(canonical, &rings::LIPS_INNER);
        let lips: CellMask = Box::new(std::array::from_fn(|cell| from_lips[cell] <= LIP_CELLS));
        let is_feature = |cell: usize| {
            let is_eye = from_eye.iter().any(|steps| steps[cell] <= EYE_CELLS);
            is_eye || from_brow.iter().any(|steps| steps[cell] <= BROW_CELLS) || lips[cell]
        };
        let mut nostrils = cell_mask();
        let mut skin = cell_mask();
        let mut terms = Box::new([[0.0; 6]; CELLS]);
        for index in 0..CELLS {
            let at = uv_of(index);
            nostrils[index] = ((at - NOSTRILS_UV) / NOSTRILS_RADII_UV).length_squared() < 1.0;
            skin[index] = on_mesh[index] && !nostrils[index] && !is_feature(index);
            let Vec2 { x, y } = at * 2.0 - 1.0;
            terms[index] = [1.0, x, y, x * x, x * y, y * y];
        }
        let mut near_outline: CellMask = Box::new(std::array::from_fn(|index| !on_mesh[index]));
        let mut before = cell_mask();
        grow(&mut near_outline, &mut before, BORDER_CELLS, |_| true);
        let border = Box::new(std::array::from_fn(|index| on_mesh[index] && near_outline[index]));
        Self { cells, on_mesh, border, skin, lips, from_lips, from_mouth, from_eye, from_brow, nostrils, terms }
    }

    /// The cells on the mesh, in the grid's order.
    pub fn indices(&self) -> impl Iterator<Item = usize> {
        self.cells.iter().map(|cell| cell.index)
    }
}

/// The cells on the mesh, in the grid's order, and their mask.
fn locate(canonical: &CanonicalFace) -> (Vec<Cell>, CellMask) {
    let (mut cells, mut on_mesh): (Vec<Cell>, _) = (Vec::new(), cell_mask());
    for triangle in &canonical.triangles {
        let [a, b, c] = triangle.map(|vertex| uv(canonical, vertex));
        let (low, high) = (a.min(b).min(c) * SIDE as f32, a.max(b).max(c) * SIDE as f32);
        for y in low.y as usize..=(high.y as usize).min(SIDE - 1) {
            for x in low.x as usize..=(high.x as usize).min(SIDE - 1) {
                let index = y * SIDE + x;
                let Some(weights) = barycentric([a, b, c], uv_of(index)) else { continue };
                if on_mesh[index] || weights.iter().any(|weight| *weight < 0.0) {
                    continue;
                }
                on_mesh[index] = true;
                let step = |by: Vec2| {
                    let moved = barycentric([a, b, c], uv_of(index) + by * (0.25 / SIDE as f32));
                    let moved = moved.unwrap_or(weights);
                    [0, 1, 2].map(|i| moved[i] - weights[i])
                };
                let quarter = [step(Vec2::X), step(Vec2::Y)];
                cells.push(Cell { index, corners: triangle.map(usize::from), weights, quarter });
            }
        }
    }
    cells.sort_by_key(|cell| cell.index);
    (cells, on_mesh)
}

fn uv(canonical: &CanonicalFace, vertex: u16) -> Vec2 {
    Vec2::from(canonical.uv[usize::from(vertex)])
}

/// `None` for a triangle without area.
fn barycentric([a, b, c]: [Vec2; 3], at: Vec2) -> Option<[f32; 3]> {
    let area = (b - a).perp_dot(c - a);
    let (v, w) = ((at - a).perp_dot(c - a) / area, (b - a).perp_dot(at - a) / area);
    (area != 0.0).then_some([1.0 - v - w, v, w])
}

/// Steps from the cells inside a ring of landmarks, which count 0, up to [`STEPS_MAX`].
fn steps_from(canonical: &CanonicalFace, ring: &[u16]) -> CellSteps {
    let outline: Vec<Vec2> = ring.iter().map(|&vertex| uv(canonical, vertex)).collect();
    let (mut reached, mut before) = (cell_mask(), cell_mask());
    reached.iter_mut().enumerate().for_each(|(index, cell)| *cell = polygon::contains(&outline, uv_of(index)));
    let mut steps: CellSteps = Box::new([STEPS_MAX; CELLS]);
    for step in 0..STEPS_MAX {
        for cell in (0..CELLS).filter(|&cell| reached[cell]) {
            steps[cell] = steps[cell].min(step);
        }
        grow(&mut reached, &mut before, 1, |_| true);
    }
    steps
}
