use carmine_models::CanonicalFace;
use glam::Vec2;

use super::{CELLS, SIDE};
use crate::face::rings;

/// Cells this near the mesh's outline count as its border.
const BORDER_CELLS: usize = 2;

/// A cell of the map that lies on the mesh: where its centre is in a triangle, and how that changes across the cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub index: usize,
    pub corners: [usize; 3],
    /// Barycentric weights of the cell's centre.
    pub weights: [f32; 3],
    /// Change of the weights over a quarter of a cell to the right, and down.
    pub quarter: [[f32; 3]; 2],
}

/// What is known of the canonical face's map before any picture.
#[derive(Debug)]
pub(super) struct Atlas {
    pub cells: Vec<Cell>,
    pub on_mesh: Box<[bool; CELLS]>,
    /// On the mesh's outline, where things come in from.
    pub border: Box<[bool; CELLS]>,
    /// Plain skin: no lips, eyes, lids, brows or nostrils.
    pub skin: Box<[bool; CELLS]>,
    /// The lips with a little skin around them.
    pub lips: Box<[bool; CELLS]>,
    /// 1, x, y, x², xy, y² with x and y in −1 … 1.
    pub basis: Box<[[f32; 6]; CELLS]>,
}

/// The centre of a cell in canonical UV.
pub(super) fn uv_of(index: usize) -> Vec2 {
    (Vec2::new((index % SIDE) as f32, (index / SIDE) as f32) + 0.5) / SIDE as f32
}

impl Atlas {
    pub fn new(canonical: &CanonicalFace) -> Self {
        let uv = |vertex: u16| Vec2::from(canonical.uv[usize::from(vertex)]);
        let mut cells: Vec<Cell> = Vec::new();
        let mut on_mesh = blank();
        for triangle in &canonical.triangles {
            let [a, b, c] = triangle.map(uv);
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

        let ring = |ring: &[u16], grow: usize| {
            let outline: Vec<Vec2> = ring.iter().map(|&vertex| uv(vertex)).collect();
            let mut zone = blank();
            zone.iter_mut().enumerate().for_each(|(index, zone)| *zone = inside(&outline, uv_of(index)));
            grown(zone, grow)
        };
        let brow = |brow: [u16; 10]| {
            let mut outline = brow;
            outline[5..].reverse();
            ring(&outline, 3)
        };
        let features = [
            ring(&rings::RIGHT_EYE, 4),
            ring(&rings::LEFT_EYE, 4),
            brow(rings::RIGHT_BROW),
            brow(rings::LEFT_BROW),
            ring(&rings::LIPS_OUTER, 2),
        ];
        let mut skin = blank();
        let mut basis = Box::new([[0.0; 6]; CELLS]);
        for index in 0..CELLS {
            let at = uv_of(index);
            let nostrils = ((at - Vec2::new(0.5, 0.585)) / Vec2::new(0.085, 0.05)).length_squared() < 1.0;
            skin[index] = on_mesh[index] && !nostrils && !features.iter().any(|zone| zone[index]);
            let Vec2 { x, y } = at * 2.0 - 1.0;
            basis[index] = [1.0, x, y, x * x, x * y, y * y];
        }
        let outside = std::array::from_fn(|index| !on_mesh[index]);
        let near_outline = grown(Box::new(outside), BORDER_CELLS);
        let border = Box::new(std::array::from_fn(|index| on_mesh[index] && near_outline[index]));
        let [.., lips] = features;
        Self { cells, on_mesh, border, skin, lips, basis }
    }
}

fn blank() -> Box<[bool; CELLS]> {
    Box::new([false; CELLS])
}

/// `None` for a triangle without area.
fn barycentric([a, b, c]: [Vec2; 3], at: Vec2) -> Option<[f32; 3]> {
    let area = (b - a).perp_dot(c - a);
    let (v, w) = ((at - a).perp_dot(c - a) / area, (b - a).perp_dot(at - a) / area);
    (area != 0.0).then_some([1.0 - v - w, v, w])
}

/// Whether a point lies in a closed outline (even–odd).
fn inside(outline: &[Vec2], at: Vec2) -> bool {
    let next = outline.iter().cycle().skip(1);
    let crossings = outline
        .iter()
        .zip(next)
        .filter(|&(&a, &b)| (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x);
    crossings.count() % 2 == 1
}

/// The zone with every cell that is at most so many steps away.
fn grown(mut zone: Box<[bool; CELLS]>, steps: usize) -> Box<[bool; CELLS]> {
    for _ in 0..steps {
        let before = zone.clone();
        for (index, cell) in zone.iter_mut().enumerate() {
            *cell |= super::grid::neighbours(index).any(|near| before[near]);
        }
    }
    zone
}
