//! Memory for finding what hides a face, shared by all faces and reused from frame to frame.

use super::components::ConnectedComponents;
use super::grid::{CellMask, CellValues, cell_mask, cell_values, zeroize_mask, zeroize_values};
use super::illumination_change::IlluminationFitter;

/// What the comparison and the skin prior need besides the face.
#[derive(Debug, Default)]
pub(super) struct OcclusionWorkspace {
    pub buffers: ComparisonBuffers,
    pub fitter: IlluminationFitter,
    pub components: ConnectedComponents,
}

impl OcclusionWorkspace {
    pub fn zeroize(&mut self) {
        let Self { buffers, fitter, components } = self;
        buffers.zeroize();
        fitter.zeroize();
        components.zeroize();
    }
}

/// Values over the cells while a face is compared with its model.
#[derive(Debug)]
pub(super) struct ComparisonBuffers {
    pub known: CellMask,
    pub covered: CellMask,
    pub other: CellMask,
    /// Lowest and highest values known beside a cell, within one cell and within two.
    pub low: [CellValues; 2],
    pub high: [CellValues; 2],
    /// Radians that each cell has turned since it was learnt.
    pub turned: CellValues,
    /// How far each cell is from all that is known beside it: strictly, and with the slips of cells seen edge-on.
    pub strict: CellValues,
    pub lenient: CellValues,
    pub weight: CellValues,
    pub rows: CellValues,
}

impl Default for ComparisonBuffers {
    fn default() -> Self {
        Self {
            known: cell_mask(),
            covered: cell_mask(),
            other: cell_mask(),
            low: [cell_values(), cell_values()],
            high: [cell_values(), cell_values()],
            turned: cell_values(),
            strict: cell_values(),
            lenient: cell_values(),
            weight: cell_values(),
            rows: cell_values(),
        }
    }
}

impl ComparisonBuffers {
    fn zeroize(&mut self) {
        let Self { known, covered, other, low, high, turned, strict, lenient, weight, rows } = self;
        [known, covered, other].into_iter().for_each(zeroize_mask);
        low.iter_mut().chain(high).chain([turned, strict, lenient, weight, rows]).for_each(zeroize_values);
    }
}
