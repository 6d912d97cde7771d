//! Finds what cannot be this face, by one picture alone.
//!
//! In: the unwrapped face. Out: a mask of cells that show something before it.
//! 1. Make the model of this face's own skin (`own_skin`). With too little skin nothing is marked.
//! 2. Find things of another colour (`unlike_skin`).
//! 3. Find things of skin's colour by what they hide (`missing_features`).
//! 4. Continue both where the face turns away: a thing goes on there.

use super::canonical_grid::CanonicalGrid;
use super::grid::{CELLS, CellMask, cell_mask, grow, zeroize_mask};
use super::missing_features::{MissingFeatures, SeenFace};
use super::own_skin::{OwnSkinFitter, SkinColours};
use super::samples::Samples;
use super::unlike_skin::UnlikeSkin;
use super::unwrap::Unwrapped;
use super::workspace::OcclusionWorkspace;

/// Things found by what they hide are widened by this: their border is only known to a cell.
const WIDEN_CELLS: usize = 2;
/// How far things are continued into cells that face away: a phone before half of a face goes on to its end.
const CONTINUE_CELLS: usize = 8;

/// The memory to find it.
#[derive(Debug)]
pub(super) struct SkinPrior {
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
        let Self { colours, fitter, unlike, missing, samples, before } = self;
        colours.zeroize();
        fitter.zeroize();
        unlike.zeroize();
        missing.zeroize();
        samples.zeroize();
        zeroize_mask(before);
    }

    /// Fills `not_skin`.
    pub fn judge(
        &mut self,
        canonical: &CanonicalGrid,
        now: &Unwrapped,
        workspace: &mut OcclusionWorkspace,
        not_skin: &mut [bool; CELLS],
    ) {
        let Self { colours, fitter, unlike, missing, samples, before } = self;
        not_skin.fill(false);
        colours.take(now);
        let Some(skin) = fitter.fit(canonical, now, colours, &mut workspace.fitter, samples) else { return };
        unlike.find(canonical, now, colours, &skin, samples, workspace);
        let face = SeenFace { canonical, now, colours, skin: &skin, found: &unlike.found };
        missing.find(&face, samples, workspace);
        missing.widen(canonical, WIDEN_CELLS);
        for (cell, not_skin) in not_skin.iter_mut().enumerate() {
            *not_skin = unlike.found[cell] || missing.found[cell];
        }
        grow(not_skin, before, CONTINUE_CELLS, |cell| canonical.on_mesh[cell] && !now.seen[cell]);
    }
}
