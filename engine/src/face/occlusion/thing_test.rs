//! Whether a component of cells unlike skin is a thing before the face, or only a part of the face in other light.
//!
//! In: a component and the scores. Out: whether it is a solid thing.
//! 1. It is large and sure enough, mostly on plain skin, and comes in from the outline or is larger still.
//! 2. It ends in a step: light changes slowly, and an outline does not.
//! 3. No eye is seen in it (`eye_test`), and it is no beard: dark, below, and with the lips free.
//! 4. A pale part of it whose own border is soft is the face behind, which the thing only touches: cut it off.
//! 5. A fringe, a rim and what has no core are left to `skin_outliers`.

use super::components::touches;
use super::eye_test;
use super::filters::reach;
use super::grid::{CellMask, cell_mask, grow, uv_of, zeroize_mask};
use super::own_skin::OwnSkin;
use super::samples::Samples;
use super::scored_face::Face;

/// Least cells of a component; of a free one, which does not come in from the outline; and on plain skin, with their
/// least share.
pub(super) const CELLS_MIN: usize = 14;
const FREE_CELLS: usize = 50;
const PLAIN_SHARE: f32 = 0.25;
/// Scores beyond doubt, the least cells and least share with such; or so many cells with such a median.
const SCORE_SURE: f32 = 1.0;
const SURE_CELLS_MIN: usize = 8;
const SURE_SHARE: f32 = 0.3;
const LARGE_CELLS: usize = 80;
const LARGE_SCORE: f32 = 0.75;
/// How far in and out an outline is looked at, in cells.
const INWARD: usize = 3;
const OUTWARD: usize = 3;
/// The score falls across the outline by this share of what it is inside, up to a limit.
const STEP_SHARE: f32 = 0.6;
const STEP_OF_MAX: f32 = 1.3;
/// Between neighbours on the outline it falls by this; a large component with skin outside needs less.
const SHARP: f32 = 0.4;
const SHARP_LARGE: f32 = 0.28;
const SHARP_LARGE_CELLS: usize = 200;
const SHARP_LARGE_OUTSIDE: f32 = 0.3;
/// Fewer cells than this of an outline say nothing.
const OUTLINE_CELLS: usize = 6;
/// A fringe comes in from the outline and ends above this line (v).
const FRINGE_V: f32 = 0.33;
/// A beard: so much of it below this line (v), darker than skin by this (log luminance), with less of the lips than this.
const BEARD_V: f32 = 0.5;
const BEARD_SHARE: f32 = 0.8;
const BEARD_DARK: f32 = -0.3;
const BEARD_LIPS: f32 = 0.5;
/// Cells up to this score are the pale part of a component, if they are this share of it and their border falls by less.
const PALE_SCORE: f32 = 0.9;
const PALE_SHARE: f32 = 0.25;
const PALE_SOFT: f32 = 0.35;
/// A component with less than this share in its core is thin; with less than the second share sure in its core and such
/// a median too.
const CORE_SHARE: f32 = 0.2;
const CORE_SURE_SHARE: f32 = 0.08;
const CORE_SCORE: f32 = 1.0;
/// With this share in its core it is no thin thing, whatever its scores: a black lens has hardly a colour.
const COMPACT_SHARE: f32 = 0.45;
/// The test's memory.
#[derive(Debug)]
pub(super) struct ThingTest {
    /// Parts of solid things that were cut off, of all components since the last start.
    pub soft: CellMask,
    /// Around eyes that are seen.
    pub free: CellMask,
    member: CellMask,
    core: CellMask,
    other: CellMask,
    pale: CellMask,
}

impl Default for ThingTest {
    fn default() -> Self {
        Self {
            soft: cell_mask(),
            free: cell_mask(),
            member: cell_mask(),
            core: cell_mask(),
            other: cell_mask(),
            pale: cell_mask(),
        }
    }
}

impl ThingTest {
    pub fn zeroize(&mut self) {
        let Self { soft, free, member, core, other, pale } = self;
        [soft, free, member, core, other, pale].into_iter().for_each(zeroize_mask);
    }

    /// Before the components of another picture.
    pub fn start(&mut self) {
        self.soft.fill(false);
        self.free.fill(false);
    }

    /// Whether a component is a solid thing.
    pub fn is_thing(&mut self, face: &Face<'_>, component: &[usize], skin: &OwnSkin, samples: &mut Samples) -> bool {
        if !is_large_and_sure(face, component, samples) {
            return false;
        }
        self.member.fill(false);
        component.iter().for_each(|&cell| self.member[cell] = true);
        reach(&self.member, false, &mut self.core);
        if eye_test::shows_an_eye(face, &self.member, &self.core, samples)
            || is_beard(face, component, skin, samples)
            || !self.ends_in_a_step(face, component, samples)
        {
            return false;
        }
        let median = samples.take(component.iter().map(|&cell| face.value(cell))).median();
        let above = component.iter().filter(|&&cell| uv_of(cell).y < BEARD_V).count();
        let is_upper = 2 * above > component.len();
        if is_upper {
            self.cut_pale_part(face, component, samples);
        }
        let size = self.member.iter().filter(|member| **member).count();
        let is_rim = eye_test::is_part_of_glasses(face, &self.member, size);
        eye_test::cut_free_eyes(face, &mut self.member, &mut self.free, is_upper);
        if is_fringe(face, component) || is_rim || self.is_thin(face, size, median, samples) {
            return false;
        }
        component.iter().filter(|&&cell| !self.member[cell]).for_each(|&cell| self.soft[cell] = true);
        true
    }

    /// Whether the score falls from the inside to the outside, and at once.
    fn ends_in_a_step(&mut self, face: &Face<'_>, component: &[usize], samples: &mut Samples) -> bool {
        let Self { member, core, other, pale, .. } = self;
        // Outside: from two cells off, as far as is looked at.
        core.copy_from_slice(&member[..]);
        grow(core, pale, 1, |_| true);
        other.copy_from_slice(&core[..]);
        grow(other, pale, OUTWARD - 1, |_| true);
        let is_outside = |&cell: &usize| other[cell] && !core[cell] && face.is_seen(cell) && !face.feature[cell];
        samples.take(face.canonical.indices().filter(is_outside).map(|cell| face.surface(cell)));
        let outside = if samples.len() > OUTLINE_CELLS - 1 { samples.median() } else { 0.0 };
        // Inside: not farther in than the same.
        core.copy_from_slice(&member[..]);
        for _ in 0..INWARD {
            reach(core, false, other);
            core.copy_from_slice(&other[..]);
        }
        let is_rim = |&&cell: &&usize| !core[cell] && !face.feature[cell];
        samples.take(component.iter().filter(is_rim).map(|&cell| face.value(cell)));
        let inside = if samples.len() > OUTLINE_CELLS - 1 { samples.median() } else { f32::MAX };
        samples.take(face.border(member).map(|cell| face.step(cell)));
        let sharp = if samples.len() > OUTLINE_CELLS { samples.median() } else { 0.0 };
        reach(member, false, core);
        let falls = inside - outside >= STEP_SHARE * inside.min(STEP_OF_MAX);
        let is_large = component.len() > SHARP_LARGE_CELLS && outside < SHARP_LARGE_OUTSIDE;
        falls && (sharp >= SHARP || (is_large && sharp > SHARP_LARGE))
    }

    /// Takes out of `member` the pale part, if its border to the face is soft.
    fn cut_pale_part(&mut self, face: &Face<'_>, component: &[usize], samples: &mut Samples) {
        let Self { member, core, other, pale, .. } = self;
        pale.fill(false);
        component.iter().for_each(|&cell| pale[cell] = face.value(cell) <= PALE_SCORE);
        reach(pale, false, other);
        reach(other, true, pale);
        let count = pale.iter().filter(|pale| **pale).count();
        let border = face.border(member).filter(|&cell| pale[cell]);
        samples.take(border.map(|cell| face.step(cell)));
        if count as f32 > PALE_SHARE * component.len() as f32
            && samples.len() > OUTLINE_CELLS
            && samples.median() < PALE_SOFT
        {
            member.iter_mut().zip(pale.iter()).for_each(|(member, pale)| *member &= !pale);
            reach(member, false, core);
        }
    }

    fn is_thin(&mut self, face: &Face<'_>, size: usize, median: f32, samples: &mut Samples) -> bool {
        let core = || self.core.iter().enumerate().filter(|(_, core)| **core).map(|(cell, _)| face.value(cell));
        let (count, sure) = (core().count() as f32, core().filter(|&value| value > SCORE_SURE).count() as f32);
        let size_f = size as f32;
        let is_large = size >= LARGE_CELLS && samples.take(core()).median() > LARGE_SCORE;
        count < CORE_SHARE * size_f
            || (count < COMPACT_SHARE * size_f && sure < CORE_SURE_SHARE * size_f && median < CORE_SCORE && !is_large)
    }
}

fn is_large_and_sure(face: &Face<'_>, component: &[usize], samples: &mut Samples) -> bool {
    let size = component.len();
    if size < CELLS_MIN || !(size >= FREE_CELLS || touches(component, &face.now.edge)) {
        return false;
    }
    let sure = component.iter().filter(|&&cell| face.value(cell) > SCORE_SURE).count();
    let is_sure = sure >= SURE_CELLS_MIN && sure as f32 >= SURE_SHARE * size as f32;
    let is_large =
        size >= LARGE_CELLS && samples.take(component.iter().map(|&cell| face.value(cell))).median() > LARGE_SCORE;
    let plain = component.iter().filter(|&&cell| face.plain[cell] && !face.canonical.lips[cell]).count();
    (is_sure || is_large) && plain >= CELLS_MIN && plain as f32 >= PLAIN_SHARE * size as f32
}

/// Hair has no outline to be widened over.
fn is_fringe(face: &Face<'_>, component: &[usize]) -> bool {
    component.iter().all(|&cell| uv_of(cell).y < FRINGE_V) && touches(component, &face.now.edge)
}

fn is_beard(face: &Face<'_>, component: &[usize], skin: &OwnSkin, samples: &mut Samples) -> bool {
    let below = component.iter().filter(|&&cell| uv_of(cell).y > BEARD_V).count();
    if (below as f32) < BEARD_SHARE * component.len() as f32 {
        return false;
    }
    let canonical = face.canonical;
    let is_lip = |cell: usize| canonical.from_lips[cell] == 0 && face.now.seen[cell];
    let lips = canonical.indices().filter(|&cell| is_lip(cell)).count();
    let covered = component.iter().filter(|&&cell| is_lip(cell)).count();
    let brighter = |&cell: &usize| skin.at(&canonical.terms[cell]).distance(face.colours, cell).brighter;
    (covered as f32) < BEARD_LIPS * lips as f32 && samples.take(component.iter().map(brighter)).median() < BEARD_DARK
}
