//! What one picture alone says: colours that this face's skin does not have.

use super::grid::{self, Blobs, CellMask, Plane, mask, plane};
use super::lighting::{Fitter, Slow};
use super::unwrap::Unwrapped;
use super::{CELLS, SIDE, atlas::Atlas, uv_of};
use crate::zeroize;

/// Fewer cells (of every other one) of plain skin than this tell nothing of a face's skin.
const MIN_SKIN_CELLS: usize = 75;
/// Below this line of the map (v) dark may be a beard: there only colour counts.
const BEARD_V: f32 = 0.5;
/// Distance in log chroma that no skin has from the rest of its face, above and below [`BEARD_V`].
const OTHER_CHROMA: [f32; 2] = [0.38, 0.42];
/// How much darker (log luminance) than its surroundings no lit skin is.
const OTHER_DARK: f32 = 1.3;
/// Least standard deviations of log luminance, log R/G and log B/G that skin is taken to have.
const LEAST: [f32; 3] = [0.15, 0.035, 0.045];
/// Least cells of a blob, and of those the least that are beyond doubt.
const LEAST_CELLS: (usize, usize) = (14, 6);
/// A blob of so many cells needs no contact with the outline: a crease or a shadow is never as large.
const FREE_CELLS: usize = 70;

/// Memory for the judgement.
#[derive(Debug)]
pub(super) struct Prior {
    /// What is not skin, last asked for.
    pub foreign: CellMask,
    score: Plane,
    weight: Plane,
    scratch: Plane,
}

impl Default for Prior {
    fn default() -> Self {
        Self { foreign: mask(), score: plane(), weight: plane(), scratch: plane() }
    }
}

impl Prior {
    pub fn zeroize(&mut self) {
        let Self { foreign, score, weight, scratch } = self;
        zeroize::overwrite(&mut foreign[..], false);
        [score, weight, scratch].into_iter().for_each(grid::zeroize);
    }

    /// Fills `foreign`.
    pub fn judge(&mut self, atlas: &Atlas, now: &Unwrapped, fitter: &mut Fitter, blobs: &mut Blobs) {
        self.foreign.fill(false);
        let mut slow = [Slow::default(); 3];
        let mut deviation = LEAST;
        for channel in 0..3 {
            fitter.clear();
            for cell in atlas.cells.iter().map(|cell| cell.index) {
                let centre = (uv_of(cell) - glam::Vec2::new(0.5, 0.52)) / 0.36;
                let taken = (cell + cell / SIDE).is_multiple_of(2);
                if taken && now.seen[cell] && atlas.skin[cell] && centre.length_squared() < 1.0 {
                    fitter.add(cell, now.colour[channel][cell], now.facing[cell]);
                }
            }
            if fitter.len() < MIN_SKIN_CELLS {
                return;
            }
            slow[channel] = match channel {
                0 => fitter.fit::<6>(&atlas.basis, 0.2),
                1 => fitter.fit::<3>(&atlas.basis, 0.06),
                _ => fitter.fit::<3>(&atlas.basis, 0.08),
            };
            deviation[channel] = deviation[channel].max(fitter.deviation(&slow[channel], &atlas.basis));
        }
        self.score.fill(0.0);
        self.weight.fill(0.0);
        for cell in atlas.cells.iter().map(|cell| cell.index).filter(|&cell| now.seen[cell]) {
            let off: [f32; 3] =
                std::array::from_fn(|channel| now.colour[channel][cell] - slow[channel].at(&atlas.basis[cell]));
            let redder = atlas.lips[cell] && off[1] >= 0.0;
            self.weight[cell] = 1.0;
            if (atlas.skin[cell] || atlas.lips[cell]) && !redder {
                self.score[cell] = score(off, deviation, uv_of(cell).y < BEARD_V, now.luminance[cell]);
            }
        }
        for values in [&mut self.score, &mut self.weight] {
            grid::blur(values, &mut self.scratch, 0.4967, [0.2274, 0.0243]);
        }
        for cell in atlas.cells.iter().map(|cell| cell.index).filter(|&cell| now.seen[cell]) {
            self.score[cell] /= self.weight[cell].max(0.05);
            self.foreign[cell] = self.score[cell] > 0.7;
        }
        let score = &self.score;
        blobs.keep(&mut self.foreign, |blob| {
            let sure = blob.iter().filter(|&&cell| score[cell] > 1.0).count();
            let comes_in = blob.len() >= FREE_CELLS || touches(blob, &now.edge);
            blob.len() >= LEAST_CELLS.0 && sure >= LEAST_CELLS.1 && comes_in
        });
    }
}

/// Whether a blob reaches cells of `edge` or lies beside them.
pub(super) fn touches(blob: &[usize], edge: &[bool; CELLS]) -> bool {
    blob.iter().any(|&cell| edge[cell] || grid::neighbours(cell).any(|near| edge[near]))
}

/// 1 where skin ends.
fn score(off: [f32; 3], deviation: [f32; 3], upper: bool, luminance: f32) -> f32 {
    let distance = off[1].hypot(off[2]);
    let likely = (off[1] / deviation[1]).hypot(off[2] / deviation[2]);
    // Where it is dark the camera's noise takes over the chroma; where it is bright, the light's reflection.
    let noise = 1.0 + 0.05 / (luminance + 0.005);
    let gloss = 1.0 + 6.0 * (off[0] - 0.05).clamp(0.0, 1.0);
    let reach = OTHER_CHROMA[usize::from(!upper)] * noise * gloss;
    let chroma = distance / reach * (likely / 5.0).min(1.0);
    let dark = -off[0] / OTHER_DARK * (-off[0] / deviation[0] / 4.0).clamp(0.0, 1.0);
    if upper { chroma.max(dark) } else { chroma }.clamp(0.0, 2.5)
}
