//! The grid of cells that the canonical face's uv is divided into, and values over it.

use glam::Vec2;

use crate::zeroize;

/// Side of an occlusion map: a cell is some 2.5 mm of a face.
pub const OCCLUSION_SIDE: usize = 64;
pub(super) const SIDE: usize = OCCLUSION_SIDE;
pub(super) const CELLS: usize = SIDE * SIDE;

/// A value per cell, rows from the top.
pub(super) type CellValues = Box<[f32; CELLS]>;
/// A yes or no per cell.
pub(super) type CellMask = Box<[bool; CELLS]>;

/// Steps from cell to cell, edge to edge.
pub(super) type CellSteps = Box<[u8; CELLS]>;

pub(super) fn cell_values() -> CellValues {
    Box::new([0.0; CELLS])
}

pub(super) fn cell_mask() -> CellMask {
    Box::new([false; CELLS])
}

pub(super) fn zeroize_values(values: &mut CellValues) {
    zeroize::overwrite(&mut values[..], 0.0);
}

pub(super) fn zeroize_mask(mask: &mut CellMask) {
    zeroize::overwrite(&mut mask[..], false);
}

/// The centre of a cell in canonical uv.
pub(super) fn uv_of(index: usize) -> Vec2 {
    (Vec2::new((index % SIDE) as f32, (index / SIDE) as f32) + 0.5) / SIDE as f32
}

/// Whether a cell is one of every other, like a chessboard's black fields.
pub(super) fn is_every_other(index: usize) -> bool {
    (index + index / SIDE).is_multiple_of(2)
}

/// The up to four cells beside one.
pub(super) fn neighbours(index: usize) -> impl Iterator<Item = usize> {
    let (x, y) = (index % SIDE, index / SIDE);
    let beside = [
        (x > 0).then(|| index - 1),
        (x + 1 < SIDE).then(|| index + 1),
        (y > 0).then(|| index - SIDE),
        (y + 1 < SIDE).then(|| index + SIDE),
    ];
    beside.into_iter().flatten()
}

/// Adds to `mask`, step by step, the cells beside it that are `within`. `before` is scratch memory.
pub(super) fn grow(mask: &mut [bool; CELLS], before: &mut [bool; CELLS], steps: usize, within: impl Fn(usize) -> bool) {
    for _ in 0..steps {
        before.copy_from_slice(mask);
        let mut grew = false;
        for cell in 0..CELLS {
            if !before[cell] && neighbours(cell).any(|near| before[near]) && within(cell) {
                mask[cell] = true;
                grew = true;
            }
        }
        if !grew {
            break;
        }
    }
}
