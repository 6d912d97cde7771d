//! Finds things before a face by their colour: cells unlike this face's own skin that end in a sharp outline.
//!
//! In: the face's colours and the model of its skin. Out: a mask of cells that show something else.
//! 1. Score each cell by its distance from the skin expected there, 1 being about the limit of skin; darkness counts
//!    only with another colour, for shade and beards are dark too. Blur the scores.
//! 2. Threshold. Lips, lids, brows and nostrils have colours of their own: they only join what reaches them.
//! 3. Keep the components that are things (`thing_test`).
//! 4. Close gaps and grow over the blurred border.

use super::canonical_grid::{BROW_CELLS, CanonicalGrid, EYE_CELLS, LIP_CELLS};
use super::filters::{GAUSSIAN_0_8, blur, close};
use super::grid::{CellMask, CellValues, cell_mask, cell_values, grow, zeroize_mask, zeroize_values};
use super::own_skin::{OwnSkin, SkinColours};
use super::samples::Samples;
use super::scored_face::Face;
use super::thing_test::{CELLS_MIN, ThingTest};
use super::unwrap::Unwrapped;
use super::workspace::OcclusionWorkspace;

/// Scores of a cell that may belong to a thing.
pub(super) const SCORE_MIN: f32 = 0.6;
/// How much darker (log luminance) than expected counts 1, and the chroma scores between which darkness begins to.
const DARK: f32 = 1.3;
const DARK_FROM: f32 = 0.35;
const DARK_RANGE: f32 = 0.3;
/// Cells around an eye, and the share of them that shows something else if that also covers the eye.
const AROUND_EYE_MIN: usize = 20;
const AROUND_EYE_SHARE: f32 = 0.6;
/// Least weight of a blurred score.
const WEIGHT_MIN: f32 = 0.05;
/// How far a thing reaches into features that it covers.
const INTO_FEATURES: usize = 12;
/// Steps over a thing's blurred border, where scores are above this.
const BORDER_STEPS: usize = 2;
const BORDER_SCORE: f32 = 0.4;
/// What is found is widened by this at last: outlines are only known to a cell.
const OVER_CELLS: usize = 2;
/// Larger holes are filled only if they are unlike skin too: through a rim's hole the face is seen.
const HOLE_CELLS: usize = 30;
const HOLE_SCORE: f32 = 0.45;

/// The finder's memory and its result.
#[derive(Debug)]
pub(super) struct UnlikeSkin {
    /// Cells that show something else.
    pub found: CellMask,
    /// May start a thing; features, which may only join one.
    plain: CellMask,
    feature: CellMask,
    /// Blurred over plain skin; over all cells; and the one that counts at each cell.
    plain_score: CellValues,
    score: CellValues,
    weight: CellValues,
    rows: CellValues,
    candidates: CellMask,
    before: CellMask,
    test: ThingTest,
}

impl Default for UnlikeSkin {
    fn default() -> Self {
        Self {
            found: cell_mask(),
            plain: cell_mask(),
            feature: cell_mask(),
            plain_score: cell_values(),
            score: cell_values(),
            weight: cell_values(),
            rows: cell_values(),
            candidates: cell_mask(),
            before: cell_mask(),
            test: ThingTest::default(),
        }
    }
}

impl UnlikeSkin {
    pub fn zeroize(&mut self) {
        let Self { found, plain, feature, plain_score, score, weight, rows, candidates, before, test } = self;
        [found, plain, feature, candidates, before].into_iter().for_each(zeroize_mask);
        [plain_score, score, weight, rows].into_iter().for_each(zeroize_values);
        test.zeroize();
    }

    /// Fills `found`.
    pub fn find(
        &mut self,
        canonical: &CanonicalGrid,
        now: &Unwrapped,
        colours: &SkinColours,
        skin: &OwnSkin,
        samples: &mut Samples,
        workspace: &mut OcclusionWorkspace,
    ) {
        self.score_cells(canonical, now, colours, skin);
        self.pick_candidates(canonical, now);
        let face = Face {
            canonical,
            now,
            colours,
            plain: &self.plain,
            feature: &self.feature,
            plain_score: &self.plain_score,
            score: &self.score,
        };
        let test = &mut self.test;
        test.start();
        self.found.copy_from_slice(&self.candidates[..]);
        workspace.components.keep(&mut self.found, |component| test.is_thing(&face, component, skin, samples));
        // What was cut off from solid things as the soft part of the face that they touched.
        for (found, soft) in self.found.iter_mut().zip(self.test.soft.iter()) {
            *found &= !soft;
        }
        workspace.components.keep(&mut self.found, |component| component.len() >= CELLS_MIN);
        self.finish(canonical, now, samples, workspace);
    }

    /// Fills the scores and the zones of the face.
    fn score_cells(&mut self, canonical: &CanonicalGrid, now: &Unwrapped, colours: &SkinColours, skin: &OwnSkin) {
        for mask in [&mut self.plain, &mut self.feature] {
            mask.fill(false);
        }
        for values in [&mut self.plain_score, &mut self.score, &mut self.weight] {
            values.fill(0.0);
        }
        for cell in now.seen_cells(canonical) {
            let distance = skin.at(&canonical.terms[cell]).distance(colours, cell);
            let dark = (-distance.brighter / DARK).max(0.0);
            let other = ((distance.chroma - DARK_FROM) / DARK_RANGE).clamp(0.0, 1.0);
            let score = distance.chroma.max(dark * other);
            let is_eye = canonical.from_eye.iter().any(|steps| steps[cell] <= EYE_CELLS);
            let is_brow = canonical.from_brow.iter().any(|steps| steps[cell] <= BROW_CELLS);
            let is_lip = canonical.from_lips[cell] <= LIP_CELLS;
            let is_between_lips = canonical.from_mouth[cell] <= 1;
            self.feature[cell] = is_eye || is_brow || is_lip || canonical.nostrils[cell];
            self.plain[cell] = !(is_eye || is_brow || is_between_lips || canonical.nostrils[cell]);
            self.score[cell] = score;
            // Lips may be redder than skin.
            let is_redder_lip = is_lip && distance.redder > 0.0;
            self.plain_score[cell] = if self.plain[cell] && !is_redder_lip { score } else { 0.0 };
        }
        for is_plain in [true, false] {
            let zone = if is_plain { &self.plain } else { &now.seen };
            for (cell, weight) in self.weight.iter_mut().enumerate() {
                *weight = f32::from(u8::from(zone[cell] && now.seen[cell] && canonical.on_mesh[cell]));
            }
            let values = if is_plain { &mut self.plain_score } else { &mut self.score };
            blur(values, &mut self.rows, GAUSSIAN_0_8);
            blur(&mut self.weight, &mut self.rows, GAUSSIAN_0_8);
            for (value, weight) in values.iter_mut().zip(self.weight.iter()) {
                *value /= weight.max(WEIGHT_MIN);
            }
        }
    }

    /// Fills `candidates`: plain cells above the threshold, and the features that they reach.
    fn pick_candidates(&mut self, canonical: &CanonicalGrid, now: &Unwrapped) {
        let Self { plain, feature, plain_score, score, candidates, before, .. } = self;
        candidates.fill(false);
        for cell in now.seen_cells(canonical) {
            candidates[cell] = plain[cell] && plain_score[cell] > SCORE_MIN;
        }
        for steps in &canonical.from_eye {
            let eye = || now.seen_cells(canonical).filter(|&cell| steps[cell] <= EYE_CELLS);
            let around = || eye().filter(|&cell| steps[cell] > 1);
            let unlike = around().filter(|&cell| score[cell] > SCORE_MIN).count();
            let count = around().count();
            if count > AROUND_EYE_MIN && unlike as f32 > AROUND_EYE_SHARE * count as f32 {
                eye().for_each(|cell| candidates[cell] |= score[cell] > SCORE_MIN);
            }
        }
        grow(candidates, before, INTO_FEATURES, |cell| feature[cell] && now.seen[cell] && score[cell] > SCORE_MIN);
    }

    /// From the kept components to all that they cover.
    fn finish(
        &mut self,
        canonical: &CanonicalGrid,
        now: &Unwrapped,
        samples: &mut Samples,
        workspace: &mut OcclusionWorkspace,
    ) {
        let Self { found, plain, plain_score, score, before, test, .. } = self;
        let value = |cell: usize| if plain[cell] && canonical.skin[cell] { plain_score[cell] } else { score[cell] };
        let is_border = |cell: usize| now.seen[cell] && canonical.on_mesh[cell] && value(cell) > BORDER_SCORE;
        grow(found, before, BORDER_STEPS, is_border);
        close(found, before);
        workspace.components.fill_some_holes(found, |hole| {
            hole.len() <= HOLE_CELLS || samples.take(hole.iter().map(|&cell| value(cell))).median() > HOLE_SCORE
        });
        grow(found, before, OVER_CELLS, |cell| canonical.on_mesh[cell]);
        for (found, free) in found.iter_mut().zip(test.free.iter()) {
            *found &= !free;
        }
    }
}
