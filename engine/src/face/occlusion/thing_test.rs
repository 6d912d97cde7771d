//! Whether a component of cells unlike skin is a thing before the face, or only a part of the face in other light.
//!
//! In: a component and the scores. Out: whether it is a solid thing.
//! 1. It is large and sure enough, mostly on plain skin, and comes in from the outline or is larger still.
//! 2. It ends in a step: light changes slowly, and an outline does not.
//! 3. No eye is seen in it, and it is no beard: dark, below, and with the lips free.
//! 4. A pale part of it whose own border is soft is the face behind, which the thing only touches: cut it off.
//! 5. A fringe, a rim and what has no core are left to `skin_outliers`.

use super::canonical_grid::{CanonicalGrid, EYE_CELLS};
use super::components::touches;
use super::filters::reach;
use super::grid::{CELLS, CellMask, SIDE, cell_mask, grow, neighbours, uv_of, zeroize_mask};
use super::own_skin::{OwnSkin, SkinColours};
use super::samples::Samples;
use super::unlike_skin::SCORE_MIN;
use super::unwrap::Unwrapped;

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
/// An eye seen in a component: the share of its zone covered, the least cells of lids and eye, and how dark (log
/// luminance) and varied the eye is beside the lids.
const EYE_COVERED: f32 = 0.75;
const EYE_ZONE_CELLS: usize = 40;
const EYE_PART_CELLS: usize = 15;
const EYE_DARK: f32 = 0.6;
const EYE_VARIED: f32 = 1.15;
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
/// A rim has fewer cells than this, covers less than this of the eye, and more than that of the lids around it.
const RIM_CELLS_MAX: usize = 250;
const RIM_EYE_SHARE: f32 = 0.5;
const RIM_SHARE: f32 = 0.3;
/// Something lies over an eye if it covers this share of the eye with its lids.
const ONE_LENS_SHARE: f32 = 0.5;
/// From this share on an eye is wholly covered.
const EYE_WHOLE_SHARE: f32 = 0.85;
/// Steps from an eye to the skin beyond glasses, and the share of it that they cover at most.
const AROUND: std::ops::RangeInclusive<u8> = 7..=10;
const AROUND_SHARE: f32 = 0.3;
/// Less than this over an eye is no part of it.
const PARTLY_SHARE: f32 = 0.05;

/// A face with its scores.
#[derive(Clone, Copy)]
pub(super) struct Face<'a> {
    pub canonical: &'a CanonicalGrid,
    pub now: &'a Unwrapped,
    pub colours: &'a SkinColours,
    pub plain: &'a [bool; CELLS],
    pub feature: &'a [bool; CELLS],
    pub plain_score: &'a [f32; CELLS],
    pub score: &'a [f32; CELLS],
}

impl Face<'_> {
    /// The score that counts for a component's cells, and for the surface that an outline is a step of.
    fn value(&self, cell: usize) -> f32 {
        if self.plain[cell] && !self.canonical.lips[cell] { self.plain_score[cell] } else { self.score[cell] }
    }

    fn surface(&self, cell: usize) -> f32 {
        if self.plain[cell] { self.plain_score[cell] } else { self.score[cell] }
    }

    fn is_seen(&self, cell: usize) -> bool {
        self.now.seen[cell] && self.canonical.on_mesh[cell]
    }

    /// The cells of `member` at its border to seen cells that are none.
    fn border<'b>(&'b self, member: &'b [bool; CELLS]) -> impl Iterator<Item = usize> + 'b {
        let is_border = move |&cell: &usize| {
            member[cell] && !self.feature[cell] && neighbours(cell).any(|near| !member[near] && self.is_seen(near))
        };
        self.canonical.indices().filter(is_border)
    }

    /// How far the surface falls around a cell.
    fn step(&self, cell: usize) -> f32 {
        let (x, y) = (cell % SIDE, cell / SIDE);
        let (mut low, mut high) = (f32::MAX, f32::MIN);
        for near_y in y.saturating_sub(1)..=(y + 1).min(SIDE - 1) {
            for near_x in x.saturating_sub(1)..=(x + 1).min(SIDE - 1) {
                let near = near_y * SIDE + near_x;
                if self.is_seen(near) {
                    (low, high) = (low.min(self.surface(near)), high.max(self.surface(near)));
                }
            }
        }
        (high - low).max(0.0)
    }
}

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
        if self.shows_an_eye(face, samples)
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
        let is_rim = size < RIM_CELLS_MAX && (self.is_rim(face) || self.is_one_lens(face));
        self.cut_free_eyes(face, is_upper);
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

    /// Whether lids and an eye, darker and more varied than they, are seen within.
    fn shows_an_eye(&self, face: &Face<'_>, samples: &mut Samples) -> bool {
        let level = &face.colours.channels[0];
        face.canonical.from_eye.iter().any(|steps| {
            let zone = || face.now.seen_cells(face.canonical).filter(|&cell| steps[cell] <= EYE_CELLS);
            let covered = zone().filter(|&cell| self.member[cell]).count() as f32;
            let count = zone().count();
            if count < EYE_ZONE_CELLS || covered < EYE_COVERED * count as f32 {
                return false;
            }
            let inner = || zone().filter(|&cell| self.core[cell]);
            samples.take(inner().filter(|&cell| steps[cell] > 2).map(|cell| level[cell]));
            let (lids, lid, lid_varies) = (samples.len(), samples.median(), samples.deviation());
            samples.take(inner().filter(|&cell| steps[cell] <= 1).map(|cell| level[cell]));
            lids >= EYE_PART_CELLS
                && samples.len() >= EYE_PART_CELLS
                && samples.deviation() > EYE_VARIED * lid_varies
                && lid - samples.percentile(0.1) > EYE_DARK
        })
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

    /// Whether it lies around an eye that is seen: the rim of glasses.
    fn is_rim(&self, face: &Face<'_>) -> bool {
        face.canonical.from_eye.iter().any(|steps| {
            let share = |from: u8, to: u8| {
                let zone = || face.now.seen_cells(face.canonical).filter(|&cell| (from..=to).contains(&steps[cell]));
                let covered = zone().filter(|&cell| self.member[cell]).count();
                covered as f32 / zone().count().max(1) as f32
            };
            share(0, 1) < RIM_EYE_SHARE && share(2, EYE_CELLS) > RIM_SHARE
        })
    }

    /// Whether it lies over one eye while the other one is free: a reflection in glasses, or one eye in the shade.
    fn is_one_lens(&self, face: &Face<'_>) -> bool {
        let zone = |side: usize| {
            let steps = &face.canonical.from_eye[side];
            face.now.seen_cells(face.canonical).filter(move |&cell| steps[cell] <= EYE_CELLS)
        };
        let share = |side: usize, is_in: &dyn Fn(usize) -> bool| {
            zone(side).filter(|&cell| is_in(cell)).count() as f32 / zone(side).count().max(1) as f32
        };
        [(0, 1), (1, 0)].into_iter().any(|(one, other)| {
            share(one, &|cell| self.member[cell]) > ONE_LENS_SHARE
                && share(other, &|cell| face.score[cell] > SCORE_MIN) < ONE_LENS_SHARE
        })
    }

    /// Takes out of `member` what lies around or only partly over an eye: rims that hang together with a hat, and
    /// reflections in them.
    fn cut_free_eyes(&mut self, face: &Face<'_>, is_upper: bool) {
        for steps in &face.canonical.from_eye {
            let zone = || face.now.seen_cells(face.canonical).filter(|&cell| steps[cell] <= EYE_CELLS);
            let covered = zone().filter(|&cell| self.member[cell]).count() as f32 / zone().count().max(1) as f32;
            let above = zone().filter(|&cell| self.member[cell] && is_above(steps, cell)).count();
            let below = zone().filter(|&cell| self.member[cell] && !is_above(steps, cell)).count();
            // A mask comes from below, and lies on the cheek, too.
            let around = || face.now.seen_cells(face.canonical).filter(|&cell| AROUND.contains(&steps[cell]));
            let reaches = around().filter(|&cell| self.member[cell]).count() as f32;
            let is_glasses = above > below || (is_upper && reaches < AROUND_SHARE * around().count() as f32);
            if (PARTLY_SHARE..EYE_WHOLE_SHARE).contains(&covered) && is_glasses {
                for cell in face.canonical.indices().filter(|&cell| steps[cell] <= EYE_CELLS + 1) {
                    self.member[cell] = false;
                    self.free[cell] = true;
                }
            }
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

/// Whether a cell around an eye lies above its middle.
fn is_above(steps: &[u8; CELLS], cell: usize) -> bool {
    let rows = || steps.iter().enumerate().filter(|(_, steps)| **steps == 0).map(|(cell, _)| cell / SIDE);
    let (top, bottom) = (rows().min().unwrap_or(0), rows().max().unwrap_or(0));
    2 * (cell / SIDE) < top + bottom
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
