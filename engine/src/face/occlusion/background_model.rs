//! A background model of one face's appearance, as in background subtraction, over the unwrapped face. What hides the
//! face is the foreground.
//!
//! In: the unwrapped face, frame by frame, and which cells are covered. Out: per cell a mean and a mean deviation of
//! each channel, its normal when learnt, and how long it was seen clear.
//! 1. Before a comparison, forget cells that were learnt edge-on or before the head turned, if they are seen better
//!    now.
//! 2. Fit how the light differs from the model (`illumination_change`).
//! 3. After it, smooth the covering over a few frames, and update clear cells as running means. What stays covered for
//!    long by a colour that could be skin is taken for skin.

use glam::Vec3;

use super::canonical_grid::CanonicalGrid;
use super::grid::{CELLS, CellValues, cell_values, is_every_other, zeroize_values};
use super::illumination_change::{IlluminationChange, IlluminationFitter};
use super::skin_prior::HiddenAlone;
use super::unwrap::{CHANNELS, Unwrapped};
use crate::zeroize;

/// Time constant of learning, in seconds: long enough to average expressions and light, and not to learn a passing
/// hand.
const LEARN_S: f32 = 2.0;
/// A cell seen for less than this is not known.
const KNOWN_S: f32 = 0.2;
/// From this long on a mean deviation is learnt.
const DEVIATION_S: f32 = 0.1;
/// Greatest time that a cell counts as known.
const KNOWN_MAX_S: f32 = 20.0;
/// A cell covered by no more than this is clear enough to be learnt.
const CLEAR: f32 = 0.3;
/// Scale of the robust fit, per channel: larger differences are not a change of the light.
const LIGHT_SIGMA: [f32; CHANNELS] = [0.12, 0.04, 0.05];
/// A cell that faces the camera better by this (cosine) than when it was learnt is forgotten, over this range.
const BETTER_FACING: f32 = 0.12;
const BETTER_FACING_RANGE: f32 = 0.2;
/// The same of one that has turned this far (radians) since, of which half is forgotten at most.
const FORGET_TURN_RAD: f32 = 0.2;
const FORGET_TURN_RANGE_RAD: f32 = 0.35;
const FORGET_TURN_MOST: f32 = 0.5;
/// Time constant with which covering appears, in seconds: the eye notices any delay.
const FOLLOW_S: f32 = 0.045;
/// Time between looks at one picture alone, in seconds: in the first second of a face, while more than the share of the
/// seen cells is not known, and later. Then they mostly decide what may be learnt, and what is before a face stays for
/// longer. A look takes twice as long as all else, so they are few.
const ASK_NEW_S: f32 = 0.15;
const ASK_UNKNOWN_S: f32 = 0.3;
const ASK_KNOWN_S: f32 = 0.5;
const NEW_S: f32 = 1.0;
const UNKNOWN_SHARE: f32 = 0.05;
/// A cell covered for this long by what could be skin is taken for skin: the light has changed for good.
const GIVE_IN_S: f32 = 12.0;

/// The background model of one face.
#[derive(Debug)]
pub(super) struct BackgroundModel {
    /// Mean and mean deviation of each channel.
    pub mean: [CellValues; CHANNELS],
    pub deviation: [CellValues; CHANNELS],
    /// Mean normal when learnt, in camera space, and mean cosine to the view.
    normal: Box<[Vec3; CELLS]>,
    pub facing: CellValues,
    /// Seconds that a cell was seen clear.
    pub known_s: CellValues,
    /// Seconds that it has been covered.
    covered_s: CellValues,
    /// 0 clear – 1 covered, smoothed over time.
    pub covered: CellValues,
    /// What cannot be this face by one picture alone, and how long ago that was asked.
    pub hidden: HiddenAlone,
    asked_s: f32,
    /// How long the face has been seen, up to [`NEW_S`].
    age_s: f32,
    /// Whether nearly all that is seen is known.
    is_known: bool,
    /// Whether nothing was seen yet.
    is_fresh: bool,
}

impl Default for BackgroundModel {
    fn default() -> Self {
        Self {
            mean: std::array::from_fn(|_| cell_values()),
            deviation: std::array::from_fn(|_| cell_values()),
            normal: Box::new([Vec3::ZERO; CELLS]),
            facing: cell_values(),
            known_s: cell_values(),
            covered_s: cell_values(),
            covered: cell_values(),
            hidden: HiddenAlone::default(),
            asked_s: 0.0,
            age_s: 0.0,
            is_known: false,
            is_fresh: true,
        }
    }
}

impl BackgroundModel {
    /// Makes it as if new, and overwrites all that it held.
    pub fn zeroize(&mut self) {
        let Self {
            mean,
            deviation,
            normal,
            facing,
            known_s,
            covered_s,
            covered,
            hidden,
            asked_s,
            age_s,
            is_known,
            is_fresh,
        } = self;
        mean.iter_mut().chain(deviation).chain([facing, known_s, covered_s, covered]).for_each(zeroize_values);
        zeroize::overwrite(&mut normal[..], Vec3::ZERO);
        hidden.zeroize();
        (*asked_s, *age_s, *is_known, *is_fresh) = (0.0, 0.0, false, true);
    }

    /// Makes it as if new, without overwriting its memory.
    pub fn reset(&mut self) {
        self.known_s.fill(0.0);
        self.covered_s.fill(0.0);
        self.covered.fill(0.0);
        (self.asked_s, self.age_s, self.is_known, self.is_fresh) = (0.0, 0.0, false, true);
    }

    /// Whether one picture alone is to be asked again: at first sight, and every now and then.
    pub fn asks(&mut self, dt_s: f32) -> bool {
        self.asked_s += dt_s;
        self.age_s = if self.is_fresh { 0.0 } else { (self.age_s + dt_s).min(NEW_S) };
        let pause = match (self.is_known, self.age_s < NEW_S) {
            (true, _) => ASK_KNOWN_S,
            (false, true) => ASK_NEW_S,
            (false, false) => ASK_UNKNOWN_S,
        };
        let asks = self.is_fresh || self.asked_s >= pause;
        if asks {
            self.asked_s = 0.0;
        }
        asks
    }

    /// Whether nearly all that is seen of the face is known.
    pub fn is_known(&self) -> bool {
        self.is_known
    }

    /// Marks and counts the known cells, and computes how far each has `turned`. What was learnt edge-on, or before the
    /// head turned, is forgotten if it can be seen better now.
    pub fn recall(
        &mut self,
        canonical: &CanonicalGrid,
        now: &Unwrapped,
        known: &mut [bool; CELLS],
        turned: &mut [f32; CELLS],
    ) -> usize {
        known.fill(false);
        let (mut count, mut seen) = (0, 0);
        for cell in now.seen_cells(canonical) {
            seen += 1;
            // The chord approximates the angle, which is small.
            let then = self.normal[cell];
            let cosine = now.normal[cell].dot(then) / then.length().max(0.5);
            turned[cell] = (2.0 - 2.0 * cosine).max(0.0).sqrt();
            if self.covered[cell] < CLEAR {
                let better = now.facing[cell] - self.facing[cell] - BETTER_FACING;
                let better = (better / BETTER_FACING_RANGE).clamp(0.0, 1.0);
                let aside = ((turned[cell] - FORGET_TURN_RAD) / FORGET_TURN_RANGE_RAD).clamp(0.0, 1.0);
                self.known_s[cell] *= 1.0 - better.max(aside * FORGET_TURN_MOST);
            }
            known[cell] = self.known_s[cell] > KNOWN_S;
            count += usize::from(known[cell]);
        }
        self.is_known = count as f32 >= (1.0 - UNKNOWN_SHARE) * seen as f32;
        count
    }

    /// How the light differs from the model.
    pub fn light(
        &self,
        canonical: &CanonicalGrid,
        now: &Unwrapped,
        known: &[bool; CELLS],
        fitter: &mut IlluminationFitter,
    ) -> [IlluminationChange; CHANNELS] {
        std::array::from_fn(|channel| {
            fitter.clear();
            // Every other cell is enough for so smooth a function.
            for cell in canonical.indices().filter(|&cell| known[cell] && is_every_other(cell)) {
                let weight = now.facing[cell] * (1.0 - self.covered[cell]);
                fitter.add(cell, now.colour[channel][cell] - self.mean[channel][cell], weight);
            }
            match channel {
                0 => fitter.fit::<6>(&canonical.terms, LIGHT_SIGMA[0]),
                _ => fitter.fit::<3>(&canonical.terms, LIGHT_SIGMA[channel]),
            }
        })
    }

    /// Updates the smoothed covering.
    pub fn follow(&mut self, canonical: &CanonicalGrid, now: &Unwrapped, covered: &[bool; CELLS], dt_s: f32) {
        let rate = if self.is_fresh { 1.0 } else { 1.0 - (-dt_s / FOLLOW_S).exp() };
        for cell in canonical.indices() {
            let target = f32::from(u8::from(covered[cell]));
            self.covered[cell] += (target - self.covered[cell]) * rate;
            let counts = covered[cell] && now.seen[cell];
            self.covered_s[cell] = if counts { self.covered_s[cell] + dt_s } else { 0.0 };
        }
        self.is_fresh = false;
    }

    /// Updates the cells that are neither `covered` nor cannot be this face, with the change of the light removed.
    pub fn learn(
        &mut self,
        canonical: &CanonicalGrid,
        now: &Unwrapped,
        light: &[IlluminationChange; CHANNELS],
        covered: &[bool; CELLS],
        dt_s: f32,
    ) {
        for cell in now.seen_cells(canonical) {
            if self.covered_s[cell] > GIVE_IN_S && !self.hidden.is_hidden(cell) {
                (self.known_s[cell], self.covered_s[cell]) = (0.0, 0.0);
            } else if covered[cell] || self.hidden.is_hidden(cell) || self.covered[cell] >= CLEAR {
                continue;
            }
            let known_s = self.known_s[cell];
            let rate = if known_s <= 0.0 { 1.0 } else { (dt_s / LEARN_S).max(dt_s / (dt_s + known_s)) };
            for (channel, light) in light.iter().enumerate() {
                let value = now.colour[channel][cell] - light.at(&canonical.terms[cell]);
                let off = value - self.mean[channel][cell];
                self.mean[channel][cell] += off * rate;
                let deviation = &mut self.deviation[channel][cell];
                *deviation = if known_s > DEVIATION_S { *deviation + (off.abs() - *deviation) * rate } else { 0.0 };
            }
            self.facing[cell] += (now.facing[cell] - self.facing[cell]) * rate;
            self.normal[cell] = self.normal[cell].lerp(now.normal[cell], rate);
            self.known_s[cell] = (known_s + dt_s).min(KNOWN_MAX_S);
        }
    }
}
