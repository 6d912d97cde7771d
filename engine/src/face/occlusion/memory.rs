use glam::Vec3;

use super::atlas::Atlas;
use super::grid::{self, Blobs, Plane, plane};
use super::lighting::{Fitter, Slow};
use super::prior::touches;
use super::scratch::Scratch;
use super::unwrap::Unwrapped;
use super::{CELLS, SIDE};
use crate::zeroize;

/// How long a cell's look is averaged over, in seconds: expressions and light pass in it, a hand stays out of it.
const LEARN_S: f32 = 2.0;
/// A cell seen for less than this is not known.
const KNOWN_S: f32 = 0.2;
/// Knowledge is capped here.
const MOST_S: f32 = 20.0;
/// Standard deviations of log luminance, log R/G and log B/G of a clear cell from frame to frame.
const SIGMA: [f32; 3] = [0.1, 0.035, 0.045];
/// A fit takes differences beyond this for something else than light.
const LIGHT_SIGMA: [f32; 3] = [0.12, 0.04, 0.05];
/// Mean deviation (in standard deviations) from which on a cell starts a blob, and to which the blob extends.
const START: f32 = 2.6;
const EXTEND: f32 = 0.8;
/// Least cells of a blob, and of those the least that start one.
const LEAST_CELLS: (usize, usize) = (12, 8);
/// A blob of so many cells with such a peak needs no contact with the outline.
const FREE: (usize, f32) = (60, 4.0);
/// Below this cosine to the view the mesh's slips are as large as cells.
const SQUARE: f32 = 0.75;
/// A head turned this far (radians) since a cell was learnt shows it in another light.
/// The first is how far makes no difference, at the second it is forgotten, at the third little is left to compare.
const TURN_RAD: (f32, f32, f32) = (0.1, 0.2, 0.35);
/// How fast covering shows, in seconds: the eye sees it at once.
const FOLLOW_S: f32 = 0.045;
/// A cell covered for so long by what could be skin is believed to be skin: light that changed for good.
const GIVE_IN_S: f32 = 12.0;
/// If more than this share of what is known seems covered, it is the knowledge that is wrong.
const IMPOSSIBLE: f32 = 0.85;

/// What is known of one face's look.
#[derive(Debug)]
pub(super) struct Memory {
    /// Mean and mean deviation of each channel.
    mean: [Plane; 3],
    spread: [Plane; 3],
    /// Mean normal when learnt, in camera space, and mean cosine to the view.
    normal: Box<[Vec3; CELLS]>,
    facing: Plane,
    /// Seconds that a cell was seen clear.
    known_s: Plane,
    /// Seconds that it has been covered.
    covered_s: Plane,
    /// 0 clear – 1 covered, steadied.
    pub covered: Plane,
    /// Whether anything was seen yet.
    fresh: bool,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            mean: std::array::from_fn(|_| plane()),
            spread: std::array::from_fn(|_| plane()),
            normal: Box::new([Vec3::ZERO; CELLS]),
            facing: plane(),
            known_s: plane(),
            covered_s: plane(),
            covered: plane(),
            fresh: true,
        }
    }
}

impl Memory {
    /// As if new, nothing left in it.
    pub fn zeroize(&mut self) {
        let Self { mean, spread, normal, facing, known_s, covered_s, covered, fresh } = self;
        mean.iter_mut().chain(spread).chain([facing, known_s, covered_s, covered]).for_each(grid::zeroize);
        zeroize::overwrite(&mut normal[..], Vec3::ZERO);
        *fresh = true;
    }

    /// Knows nothing, as if new.
    pub fn reset(&mut self) {
        self.known_s.fill(0.0);
        self.covered_s.fill(0.0);
        self.covered.fill(0.0);
        self.fresh = true;
    }

    /// Compares a frame with what is known, marks what is covered and learns the rest. `foreign` is what cannot be
    /// skin; it decides where nothing is known yet.
    pub fn compare(
        &mut self,
        atlas: &Atlas,
        now: &Unwrapped,
        foreign: &[bool; CELLS],
        dt_s: f32,
        (scratch, fitter, blobs): (&mut Scratch, &mut Fitter, &mut Blobs),
    ) {
        let known = self.recall(atlas, now, (&mut scratch.known, &mut scratch.turned));
        let light = self.light(atlas, now, &scratch.known, fitter);
        self.deviate(atlas, now, &light, scratch);
        let (wide, start) = (&scratch.wide, |blob: &[usize], wide: &[f32; CELLS]| {
            let sure = blob.iter().filter(|&&cell| wide[cell] > START).count();
            let peak = blob.iter().fold(0.0_f32, |peak, &cell| peak.max(wide[cell]));
            let comes_in = touches(blob, &now.edge) || (blob.len() >= FREE.0 && peak > FREE.1);
            blob.len() >= LEAST_CELLS.0 && sure >= LEAST_CELLS.1 && comes_in
        });
        blobs.keep(&mut scratch.covered, |blob| start(blob, wide));
        let count = scratch.covered.iter().zip(scratch.known.iter()).filter(|(covered, known)| **covered && **known);
        if count.count() as f32 > IMPOSSIBLE * known as f32 {
            self.reset();
            scratch.covered.fill(false);
            scratch.known.fill(false);
        }
        for cell in atlas.cells.iter().map(|cell| cell.index) {
            scratch.covered[cell] |= foreign[cell] && !scratch.known[cell];
        }
        grid::close(&mut scratch.covered, &mut scratch.other);
        blobs.fill_holes(&mut scratch.covered);
        now.continue_unseen(atlas, &mut scratch.covered, &mut scratch.other);
        self.follow(atlas, now, &scratch.covered, dt_s);
        self.learn(atlas, now, (&scratch.covered, foreign), &light, dt_s);
        self.fresh = false;
    }

    /// Marks the cells whose look is known and counts them. What was learnt edge-on, or before the head turned,
    /// fades where it can be seen better now.
    fn recall(
        &mut self,
        atlas: &Atlas,
        now: &Unwrapped,
        (known, turned): (&mut [bool; CELLS], &mut [f32; CELLS]),
    ) -> usize {
        known.fill(false);
        let mut count = 0;
        for cell in atlas.cells.iter().map(|cell| cell.index).filter(|&cell| now.seen[cell]) {
            // The chord stands for the angle: heads turn little between two looks.
            let then = self.normal[cell];
            let cosine = now.normal[cell].dot(then) / then.length().max(0.5);
            turned[cell] = (2.0 - 2.0 * cosine).max(0.0).sqrt();
            if self.covered[cell] < 0.3 {
                let better = ((now.facing[cell] - self.facing[cell] - 0.12) / 0.2).clamp(0.0, 1.0);
                let aside = ((turned[cell] - TURN_RAD.1) / 0.35).clamp(0.0, 1.0) * 0.5;
                self.known_s[cell] *= 1.0 - better.max(aside);
            }
            known[cell] = self.known_s[cell] > KNOWN_S;
            count += usize::from(known[cell]);
        }
        count
    }

    /// How the light differs from what is known.
    fn light(&self, atlas: &Atlas, now: &Unwrapped, known: &[bool; CELLS], fitter: &mut Fitter) -> [Slow; 3] {
        std::array::from_fn(|channel| {
            fitter.clear();
            // Every other cell is enough for so slow a change.
            for cell in atlas.cells.iter().map(|cell| cell.index) {
                if known[cell] && (cell + cell / SIDE).is_multiple_of(2) {
                    let weight = now.facing[cell] * (1.0 - self.covered[cell]);
                    fitter.add(cell, now.colour[channel][cell] - self.mean[channel][cell], weight);
                }
            }
            match channel {
                0 => fitter.fit::<6>(&atlas.basis, LIGHT_SIGMA[0]),
                _ => fitter.fit::<3>(&atlas.basis, LIGHT_SIGMA[channel]),
            }
        })
    }

    /// Fills `scratch.wide`, how far each cell is from all that is known around it, and `scratch.covered`, the cells
    /// that a blob may extend to.
    fn deviate(&self, atlas: &Atlas, now: &Unwrapped, light: &[Slow; 3], scratch: &mut Scratch) {
        let Scratch { known, covered, turned, low, high, narrow, wide, weight, rows, .. } = scratch;
        narrow.fill(0.0);
        wide.fill(0.0);
        for channel in 0..3 {
            // A cell may look like any beside it: landmarks slip by about a cell, and more where edge-on.
            for cell in 0..CELLS {
                let known = self.known_s[cell] > 0.05;
                let (mean, spread) = (self.mean[channel][cell], self.spread[channel][cell]);
                low[0][cell] = if known { mean - spread } else { f32::MAX };
                high[0][cell] = if known { mean + spread } else { f32::MIN };
            }
            grid::spread_twice(low, rows, f32::min);
            grid::spread_twice(high, rows, f32::max);
            for cell in atlas.cells.iter().map(|cell| cell.index).filter(|&cell| known[cell]) {
                let value = now.colour[channel][cell] - light[channel].at(&atlas.basis[cell]);
                let edge_on = ((0.9 - now.facing[cell]) / 0.2).clamp(0.0, 1.0);
                let off = |reach: f32| {
                    let low = low[0][cell] + (low[1][cell] - low[0][cell]) * reach;
                    let high = high[0][cell] + (high[1][cell] - high[0][cell]) * reach;
                    (value - high).max(low - value).max(0.0)
                };
                let sigma = SIGMA[channel] * self.doubt(cell, now, turned[cell], channel);
                narrow[cell] += (off(0.0) / sigma).powi(2);
                wide[cell] += (off(edge_on) / sigma).powi(2);
            }
        }
        for cell in 0..CELLS {
            weight[cell] = f32::from(u8::from(known[cell]));
            narrow[cell] = narrow[cell].sqrt().min(6.0);
            wide[cell] = wide[cell].sqrt().min(6.0);
        }
        for values in [&mut *narrow, &mut *wide, &mut *weight] {
            grid::blur(values, rows, 0.3073, [0.2286, 0.0941, 0.0215, 0.0022]);
        }
        covered.fill(false);
        for cell in atlas.cells.iter().map(|cell| cell.index).filter(|&cell| now.seen[cell]) {
            let weight = weight[cell].max(0.05);
            wide[cell] /= weight;
            covered[cell] = narrow[cell] / weight > EXTEND;
        }
    }

    /// How much less a deviation means than on a cell that is seen squarely, as it was learnt.
    fn doubt(&self, cell: usize, now: &Unwrapped, turned: f32, channel: usize) -> f32 {
        let edge_on = (SQUARE - now.facing[cell].min(self.facing[cell])).clamp(0.0, 1.0);
        let turned = (turned - TURN_RAD.0).max(0.0) + 12.0 * (turned - TURN_RAD.2).max(0.0);
        if channel == 0 {
            return 1.0 + 1.5 * edge_on + 4.0 * turned;
        }
        // Where it is dark the camera's noise takes over the chroma.
        (1.0 + 1.5 * edge_on + 3.0 * turned) * (1.0 + 0.03 / (now.luminance[cell] + 0.01))
    }

    fn follow(&mut self, atlas: &Atlas, now: &Unwrapped, covered: &[bool; CELLS], dt_s: f32) {
        let rate = if self.fresh { 1.0 } else { 1.0 - (-dt_s / FOLLOW_S).exp() };
        for cell in atlas.cells.iter().map(|cell| cell.index) {
            let target = f32::from(u8::from(covered[cell]));
            self.covered[cell] += (target - self.covered[cell]) * rate;
            let counts = covered[cell] && now.seen[cell];
            self.covered_s[cell] = if counts { self.covered_s[cell] + dt_s } else { 0.0 };
        }
    }

    fn learn(
        &mut self,
        atlas: &Atlas,
        now: &Unwrapped,
        (covered, foreign): (&[bool; CELLS], &[bool; CELLS]),
        light: &[Slow; 3],
        dt_s: f32,
    ) {
        for cell in atlas.cells.iter().map(|cell| cell.index).filter(|&cell| now.seen[cell]) {
            if self.covered_s[cell] > GIVE_IN_S && !foreign[cell] {
                (self.known_s[cell], self.covered_s[cell]) = (0.0, 0.0);
            } else if covered[cell] || foreign[cell] || self.covered[cell] >= 0.3 {
                continue;
            }
            let known_s = self.known_s[cell];
            let rate = if known_s <= 0.0 { 1.0 } else { (dt_s / LEARN_S).max(dt_s / (dt_s + known_s)) };
            for (channel, light) in light.iter().enumerate() {
                let value = now.colour[channel][cell] - light.at(&atlas.basis[cell]);
                let off = value - self.mean[channel][cell];
                self.mean[channel][cell] += off * rate;
                let spread = &mut self.spread[channel][cell];
                *spread = if known_s > 0.1 { *spread + (off.abs() - *spread) * rate } else { 0.0 };
            }
            self.facing[cell] += (now.facing[cell] - self.facing[cell]) * rate;
            self.normal[cell] = self.normal[cell].lerp(now.normal[cell], rate);
            self.known_s[cell] = (known_s + dt_s).min(MOST_S);
        }
    }
}
