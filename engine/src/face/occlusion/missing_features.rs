//! Finds things of skin's own colour by what they hide: a mouth without lips, an eye without an eye.
//!
//! In: the face's colours, the model of its skin, and what was found by colour. Out: a mask of cells that show something
//! else.
//! 1. Lips differ from the skin around them, and vary. If they do neither, or are less red than it, something lies over
//!    them.
//! 2. An eye with its lids varies in luminance and in colour. If it does not, something lies over it. If all around it
//!    is dark, that is a dark lens.
//! 3. From there grow over what looks like it (`thing_growth`).

use super::canonical_grid::{CanonicalGrid, EYE_CELLS, LIP_CELLS};
use super::grid::{CELLS, CellMask, cell_mask, grow, uv_of, zeroize_mask};
use super::illumination_change::{IlluminationChange, IlluminationFitter};
use super::own_skin::{OwnSkin, SkinColours};
use super::samples::Samples;
use super::thing_growth::{Grown, ThingGrowth};
use super::unwrap::{CHANNELS, Unwrapped};
use super::workspace::OcclusionWorkspace;

/// Scale of the fits over the skin around a feature.
const FIT_SIGMA: [f32; CHANNELS] = [0.2, 0.06, 0.08];
/// A feature of which this share was found by its colour needs no second look.
const FOUND_SHARE: f32 = 0.5;
/// Least cells of lips, of the skin around them and of the mouth with the lips.
const LIP_CELLS_MIN: usize = 15;
const AROUND_LIPS_MIN: usize = 25;
const MOUTH_CELLS_MIN: usize = 40;
/// Steps from the lips to the skin around them.
const AROUND_LIPS: std::ops::RangeInclusive<u8> = 4..=6;
/// A mouth without lips: deviations of log R/G and of log luminance below these, and medians nearer to the skin around
/// than these. Lips that are less red than the skin by the last are none either.
const NO_LIPS_RED_VARIES: f32 = 0.07;
const NO_LIPS_VARIES: f32 = 0.28;
const NO_LIPS_RED: f32 = 0.075;
const NO_LIPS_LEVEL: f32 = 0.3;
const NO_LIPS_PALER: f32 = -0.12;
/// Darker than this (linear) nothing is known of lips, and of an eye.
const LIPS_LEVEL_MIN: f32 = 0.004;
const EYE_LEVEL_MIN: f32 = 0.012;
/// Below this line (v) all is hidden with the mouth if the thing before it cannot be told from skin.
const MOUTH_V: f32 = 0.6;
/// How far up and down (v) such things are followed from a mouth, and from an eye.
const MOUTH_TOP_V: f32 = 0.42;
const EYE_BOTTOM_V: f32 = 0.55;
/// Steps from an eye that it is judged over, and the skin around it, and the least cells of each.
const EYE_STEPS: u8 = 2;
const AROUND_EYE: std::ops::RangeInclusive<u8> = 4..=6;
const EYE_CELLS_MIN: usize = 30;
const AROUND_EYE_MIN: usize = 20;
/// An eye without an eye: deviations of log luminance and of chroma below these.
const NO_EYE_VARIES: f32 = 0.26;
const NO_EYE_CHROMA_VARIES: f32 = 0.1;
/// What is hidden with an eye: steps from it and from its brow.
const WITH_EYE: u8 = 3;
const WITH_BROW: u8 = 2;
/// A dark lens: this share around the eye darker (log luminance) than the skin farther off, in these steps, by this.
const DARK_SHARE: f32 = 0.8;
const DARK: f32 = 0.8;
const FAR_OFF: std::ops::RangeInclusive<u8> = 8..=11;
const LENS_CELLS_MIN: usize = 30;
/// Most deviation of log luminance where a lens lies before the eye itself.
const LENS_VARIES: f32 = 0.45;

/// The finder's memory and its result.
#[derive(Debug)]
pub(super) struct MissingFeatures {
    /// Cells that show something else.
    pub found: CellMask,
    seed: CellMask,
    before: CellMask,
    growth: ThingGrowth,
}

impl Default for MissingFeatures {
    fn default() -> Self {
        Self { found: cell_mask(), seed: cell_mask(), before: cell_mask(), growth: ThingGrowth::default() }
    }
}

/// A face, and what was found over it by colour.
#[derive(Clone, Copy)]
pub(super) struct SeenFace<'a> {
    pub canonical: &'a CanonicalGrid,
    pub now: &'a Unwrapped,
    pub colours: &'a SkinColours,
    pub skin: &'a OwnSkin,
    pub found: &'a [bool; CELLS],
}

impl SeenFace<'_> {
    pub fn cells(&self) -> impl Iterator<Item = usize> {
        self.now.seen_cells(self.canonical)
    }

    /// The share of a zone's seen cells that was found by colour, and their number.
    fn found_share(&self, is_in: impl Fn(usize) -> bool) -> (f32, usize) {
        let count = self.cells().filter(|&cell| is_in(cell)).count();
        let found = self.cells().filter(|&cell| is_in(cell) && self.found[cell]).count();
        (found as f32 / count.max(1) as f32, count)
    }

    /// The skin around a feature as a slow change of each channel; `None` of too little.
    fn around(
        &self,
        is_around: impl Fn(usize) -> bool,
        least: usize,
        fitter: &mut IlluminationFitter,
    ) -> Option<[IlluminationChange; CHANNELS]> {
        let mut around = [IlluminationChange::default(); CHANNELS];
        for (channel, around) in around.iter_mut().enumerate() {
            fitter.clear();
            for cell in self.cells().filter(|&cell| self.canonical.skin[cell] && is_around(cell)) {
                fitter.add(cell, self.colours.channels[channel][cell], self.now.facing[cell]);
            }
            if fitter.len() < least {
                return None;
            }
            *around = fitter.fit::<3>(&self.canonical.terms, FIT_SIGMA[channel]);
        }
        Some(around)
    }

    /// How far a cell is from the skin around.
    fn off(&self, around: &[IlluminationChange; CHANNELS], channel: usize, cell: usize) -> f32 {
        self.colours.channels[channel][cell] - around[channel].at(&self.canonical.terms[cell])
    }
}

impl MissingFeatures {
    pub fn zeroize(&mut self) {
        let Self { found, seed, before, growth } = self;
        [found, seed, before].into_iter().for_each(zeroize_mask);
        growth.zeroize();
    }

    /// Fills `found`.
    pub fn find(&mut self, face: &SeenFace<'_>, samples: &mut Samples, workspace: &mut OcclusionWorkspace) {
        self.found.fill(false);
        self.look_at_mouth(face, samples, workspace);
        for side in 0..2 {
            self.look_at_eye(face, side, samples, workspace);
        }
    }

    fn look_at_mouth(&mut self, face: &SeenFace<'_>, samples: &mut Samples, workspace: &mut OcclusionWorkspace) {
        let canonical = face.canonical;
        let is_mouth = |cell: usize| canonical.from_lips[cell] == 0;
        let (found, count) = face.found_share(is_mouth);
        if count <= MOUTH_CELLS_MIN || found >= FOUND_SHARE {
            return;
        }
        let level = samples.take(face.cells().filter(|&cell| is_mouth(cell)).map(|cell| face.colours.luminance[cell]));
        if level.median() <= LIPS_LEVEL_MIN {
            return;
        }
        let is_around = |cell: usize| AROUND_LIPS.contains(&canonical.from_lips[cell]);
        let Some(around) = face.around(is_around, AROUND_LIPS_MIN, &mut workspace.fitter) else { return };
        let is_lip = |&cell: &usize| is_mouth(cell) && canonical.from_mouth[cell] > 1;
        let mut lip = |channel| {
            samples.take(face.cells().filter(is_lip).map(|cell| face.off(&around, channel, cell)));
            (samples.len(), samples.median())
        };
        let ((lips, level), (_, red)) = (lip(0), lip(1));
        if lips < LIP_CELLS_MIN {
            return;
        }
        let mut mouth = |channel| {
            samples.take(face.cells().filter(|&cell| is_mouth(cell)).map(|cell| face.off(&around, channel, cell)));
            samples.deviation()
        };
        let (level_varies, red_varies) = (mouth(0), mouth(1));
        let varies = red_varies >= NO_LIPS_RED_VARIES || level_varies >= NO_LIPS_VARIES;
        let is_flat = !varies && red.abs() < NO_LIPS_RED && level.abs() < NO_LIPS_LEVEL;
        if !is_flat && red >= NO_LIPS_PALER {
            return;
        }
        let Self { found, seed, growth, .. } = self;
        for cell in 0..CELLS {
            seed[cell] = canonical.from_lips[cell] <= 1;
        }
        let mut grown = if is_flat { growth.grow(face, seed, samples, workspace) } else { Grown::LikeSkin };
        if grown == Grown::LikeSkin {
            growth.flood(face, seed, |at| at.y > MOUTH_TOP_V, workspace);
            canonical.indices().for_each(|cell| found[cell] |= uv_of(cell).y > MOUTH_V);
            grown = Grown::Thing;
        }
        if grown == Grown::Thing {
            for cell in canonical.indices() {
                found[cell] |= growth.grown[cell] || canonical.from_lips[cell] <= LIP_CELLS;
            }
        }
    }

    fn look_at_eye(
        &mut self,
        face: &SeenFace<'_>,
        side: usize,
        samples: &mut Samples,
        workspace: &mut OcclusionWorkspace,
    ) {
        let canonical = face.canonical;
        let (eye, brow) = (&canonical.from_eye[side], &canonical.from_brow[side]);
        let is_eye = |cell: usize| eye[cell] <= EYE_STEPS;
        let (share, count) = face.found_share(is_eye);
        if count < EYE_CELLS_MIN || share > FOUND_SHARE {
            return;
        }
        if self.look_for_lens(face, eye, samples, workspace) {
            return;
        }
        let level = samples.take(face.cells().filter(|&cell| is_eye(cell)).map(|cell| face.colours.luminance[cell]));
        if level.median() <= EYE_LEVEL_MIN {
            return;
        }
        let is_around = |cell: usize| AROUND_EYE.contains(&eye[cell]);
        let Some(around) = face.around(is_around, AROUND_EYE_MIN, &mut workspace.fitter) else { return };
        let mut varies = |channel| {
            samples.take(face.cells().filter(|&cell| is_eye(cell)).map(|cell| face.off(&around, channel, cell)));
            samples.deviation()
        };
        if varies(0) >= NO_EYE_VARIES || varies(1).hypot(varies(2)) >= NO_EYE_CHROMA_VARIES {
            return;
        }
        let Self { found, seed, growth, .. } = self;
        for cell in 0..CELLS {
            seed[cell] = is_eye(cell);
        }
        if growth.grow(face, seed, samples, workspace) == Grown::LikeSkin {
            growth.flood(face, seed, |at| at.y < EYE_BOTTOM_V, workspace);
        }
        for cell in canonical.indices() {
            found[cell] |= growth.grown[cell] || eye[cell] <= WITH_EYE || brow[cell] <= WITH_BROW;
        }
    }

    /// Whether a dark lens lies before the eye; it is then found.
    fn look_for_lens(
        &mut self,
        face: &SeenFace<'_>,
        eye: &[u8; CELLS],
        samples: &mut Samples,
        workspace: &mut OcclusionWorkspace,
    ) -> bool {
        let level = &face.colours.channels[0];
        let is_free = |cell: usize| face.canonical.skin[cell] && !face.found[cell] && !self.found[cell];
        let is_far = |&cell: &usize| FAR_OFF.contains(&eye[cell]) && is_free(cell);
        samples.take(face.cells().filter(is_far).map(|cell| level[cell]));
        if samples.len() <= LENS_CELLS_MIN {
            return false;
        }
        let limit = samples.median() - DARK;
        let is_around = |&cell: &usize| (2..=EYE_CELLS).contains(&eye[cell]);
        samples.take(face.cells().filter(is_around).map(|cell| -level[cell]));
        if samples.len() <= LENS_CELLS_MIN || samples.share_above(-limit) <= DARK_SHARE {
            return false;
        }
        // Behind a rim, or in deep shade, the eye is still seen.
        samples.take(face.cells().filter(|&cell| eye[cell] <= EYE_STEPS).map(|cell| level[cell]));
        if samples.deviation() > LENS_VARIES {
            return false;
        }
        let Self { found, seed, growth, .. } = self;
        seed.fill(false);
        face.cells().filter(|cell| is_around(cell)).for_each(|cell| seed[cell] = level[cell] < limit);
        let grown = growth.grow(face, seed, samples, workspace);
        let lens = if grown == Grown::Thing { &growth.grown } else { &*seed };
        found.iter_mut().zip(lens.iter()).for_each(|(found, lens)| *found |= lens);
        true
    }

    /// Grows what was found over its border, `by` cells.
    pub fn widen(&mut self, canonical: &CanonicalGrid, by: usize) {
        grow(&mut self.found, &mut self.before, by, |cell| canonical.on_mesh[cell]);
    }
}
