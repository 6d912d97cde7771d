//! Finds what cannot be this face, by one picture alone.
//!
//! In: the unwrapped face. Out: a mask of cells that are no skin, and one of things before the face.
//! 1. Find hair, rims and other cells off the face's plain skin (`skin_outliers`).
//! 2. Make the model of this face's own skin (`own_skin`). With too little skin no thing is found.
//! 3. Find solid things of another colour (`unlike_skin`).
//! 4. Find things of skin's colour by what they hide (`missing_features`).
//! 5. Continue things where the face turns away: they go on there.

use super::canonical_grid::CanonicalGrid;
use super::grid::{CellMask, cell_mask, grow, zeroize_mask};
use super::missing_features::{MissingFeatures, SeenFace};
use super::own_skin::{OwnSkinFitter, SkinColours};
use super::samples::Samples;
use super::skin_outliers::SkinOutliers;
use super::unlike_skin::UnlikeSkin;
use super::unwrap::Unwrapped;
use super::workspace::OcclusionWorkspace;

/// Things found by what they hide are widened by this: their border is only known to a cell.
const WIDEN_CELLS: usize = 2;
/// How far things are continued into cells that face away: a phone before half of a face goes on to its end.
const CONTINUE_CELLS: usize = 8;

/// What cannot be this face by one picture alone.
#[derive(Debug)]
pub(super) struct HiddenAlone {
    /// Cells off plain skin.
    pub not_skin: CellMask,
    /// Things before the face, with their borders.
    pub things: CellMask,
}

impl Default for HiddenAlone {
    fn default() -> Self {
        Self { not_skin: cell_mask(), things: cell_mask() }
    }
}

impl HiddenAlone {
    pub fn zeroize(&mut self) {
        let Self { not_skin, things } = self;
        [not_skin, things].into_iter().for_each(zeroize_mask);
    }

    pub fn is_hidden(&self, cell: usize) -> bool {
        self.not_skin[cell] || self.things[cell]
    }
}

/// The memory to find it.
#[derive(Debug)]
pub(super) struct SkinPrior {
    outliers: SkinOutliers,
    colours: SkinColours,
    fitter: OwnSkinFitter,
    unlike: UnlikeSkin,
    missing: MissingFeatures,
    samples: Samples,
    before: CellMask,
}

impl Default for SkinPrior {
    fn default() -> Self {
        Self {
            outliers: SkinOutliers::default(),
            colours: SkinColours::default(),
            fitter: OwnSkinFitter::default(),
            unlike: UnlikeSkin::default(),
            missing: MissingFeatures::default(),
            samples: Samples::default(),
            before: cell_mask(),
        }
    }
}

impl SkinPrior {
    pub fn zeroize(&mut self) {
        let Self { outliers, colours, fitter, unlike, missing, samples, before } = self;
        outliers.zeroize();
        colours.zeroize();
        fitter.zeroize();
        unlike.zeroize();
        missing.zeroize();
        samples.zeroize();
        zeroize_mask(before);
    }

    /// Fills `hidden`.
    pub fn judge(
        &mut self,
        canonical: &CanonicalGrid,
        now: &Unwrapped,
        workspace: &mut OcclusionWorkspace,
        hidden: &mut HiddenAlone,
    ) {
        let Self { outliers, colours, fitter, unlike, missing, samples, before } = self;
        let HiddenAlone { not_skin, things } = hidden;
        outliers.find(canonical, now, workspace);
        not_skin.copy_from_slice(&outliers.found[..]);
        things.fill(false);
        colours.take(now);
        let Some(skin) = fitter.fit(canonical, now, colours, &mut workspace.fitter, samples) else { return };
        unlike.find(canonical, now, colours, &skin, samples, workspace);
        let face = SeenFace { canonical, now, colours, skin: &skin, found: &unlike.found };
        missing.find(&face, samples, workspace);
        missing.widen(canonical, WIDEN_CELLS);
        for (cell, thing) in things.iter_mut().enumerate() {
            *thing = unlike.found[cell] || missing.found[cell];
        }
        grow(things, before, CONTINUE_CELLS, |cell| canonical.on_mesh[cell] && !now.seen[cell]);
    }
}
