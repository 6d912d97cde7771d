//! Finds hair, rims and other cells off this face's plain skin, by one picture alone.
//!
//! In: the unwrapped face. Out: a mask of cells that are not skin.
//! 1. Fit a smooth function to each channel over plain skin, on every other cell around the middle of the face; the
//!    residuals give a standard deviation. With too little skin nothing is marked.
//! 2. Score each cell by its distance from that fit: in chroma, and on the upper face in darkness; 1 is the limit of
//!    skin.
//! 3. Blur the scores, and threshold.
//! 4. Keep connected components that are large, sure, and come in from the outline or the frame's edge.

use glam::Vec2;

use super::canonical_grid::CanonicalGrid;
use super::components::touches;
use super::filters::{GAUSSIAN_0_8, blur};
use super::grid::{CellMask, CellValues, cell_mask, cell_values, is_every_other, uv_of, zeroize_mask, zeroize_values};
use super::illumination_change::IlluminationChange;
use super::unwrap::{CHANNELS, Unwrapped};
use super::workspace::OcclusionWorkspace;

/// Least number of plain skin's cells (of every other one) for the statistics.
const SKIN_CELLS_MIN: usize = 75;
/// The statistics are taken within this radius around the middle of the face, in uv.
const MIDDLE_UV: Vec2 = Vec2::new(0.5, 0.52);
const RADIUS_UV: f32 = 0.36;
/// Below this line of the map (v) darkness may be a beard: there only colour counts.
const BEARD_V: f32 = 0.5;
/// Distance in log chroma that no skin has from the rest of its face, above and below [`BEARD_V`].
const OTHER_CHROMA_ABOVE: f32 = 0.38;
const OTHER_CHROMA_BELOW: f32 = 0.42;
/// How much darker (log luminance) than its surroundings no lit skin is.
const OTHER_DARK: f32 = 1.3;
/// A distance counts fully from so many standard deviations on, in chroma and in darkness.
const CHROMA_SIGMAS: f32 = 5.0;
const DARK_SIGMAS: f32 = 4.0;
/// Scores go no higher.
const SCORE_MAX: f32 = 2.5;
/// Scores of a cell that is in a component, and of one that is beyond doubt.
const SCORE_MIN: f32 = 0.7;
const SCORE_SURE: f32 = 1.0;
/// Scale of the robust fits, per channel.
const FIT_SIGMA: [f32; CHANNELS] = [0.2, 0.06, 0.08];
/// Least standard deviations of log luminance, log R/G and log B/G that skin is taken to have.
const SIGMA_MIN: [f32; CHANNELS] = [0.15, 0.035, 0.045];
/// Least cells of a component, and of those the least that are beyond doubt.
const CELLS_MIN: usize = 14;
const SURE_CELLS_MIN: usize = 6;
/// A component of so many cells needs no contact with the outline: a crease or a shadow is never as large.
const FREE_CELLS: usize = 70;

/// The mask and the memory to make it.
#[derive(Debug)]
pub(super) struct SkinOutliers {
    /// Cells off plain skin, last asked for.
    pub found: CellMask,
    score: CellValues,
    weight: CellValues,
    rows: CellValues,
}

impl Default for SkinOutliers {
    fn default() -> Self {
        Self { found: cell_mask(), score: cell_values(), weight: cell_values(), rows: cell_values() }
    }
}

/// Statistics of plain skin: a smooth function per channel, and the standard deviation from it.
struct PlainSkin {
    change: [IlluminationChange; CHANNELS],
    sigma: [f32; CHANNELS],
}

impl PlainSkin {
    /// `None` with too little of it visible.
    fn fit(canonical: &CanonicalGrid, now: &Unwrapped, workspace: &mut OcclusionWorkspace) -> Option<Self> {
        let fitter = &mut workspace.fitter;
        let mut plain = Self { change: [IlluminationChange::default(); CHANNELS], sigma: SIGMA_MIN };
        for (channel, fit_sigma) in FIT_SIGMA.into_iter().enumerate() {
            fitter.clear();
            for cell in now.seen_cells(canonical).filter(|&cell| canonical.skin[cell] && is_every_other(cell)) {
                if ((uv_of(cell) - MIDDLE_UV) / RADIUS_UV).length_squared() < 1.0 {
                    fitter.add(cell, now.colour[channel][cell], now.facing[cell]);
                }
            }
            if fitter.len() < SKIN_CELLS_MIN {
                return None;
            }
            plain.change[channel] = match channel {
                0 => fitter.fit::<6>(&canonical.terms, fit_sigma),
                _ => fitter.fit::<3>(&canonical.terms, fit_sigma),
            };
            let sigma = fitter.sigma(&plain.change[channel], &canonical.terms);
            plain.sigma[channel] = plain.sigma[channel].max(sigma);
        }
        Some(plain)
    }

    /// 1 where skin ends. `off`: how far the cell's channels are from the slow change.
    fn score(&self, off: [f32; CHANNELS], is_upper: bool, luminance: f32) -> f32 {
        let distance = off[1].hypot(off[2]);
        let sigmas = (off[1] / self.sigma[1]).hypot(off[2] / self.sigma[2]);
        // In the dark the camera's noise dominates the chroma; in the bright, specular reflection.
        let noise = 1.0 + 0.05 / (luminance + 0.005);
        let gloss = 1.0 + 6.0 * (off[0] - 0.05).clamp(0.0, 1.0);
        let reach = if is_upper { OTHER_CHROMA_ABOVE } else { OTHER_CHROMA_BELOW } * noise * gloss;
        let chroma = distance / reach * (sigmas / CHROMA_SIGMAS).min(1.0);
        let dark = -off[0] / OTHER_DARK * (-off[0] / self.sigma[0] / DARK_SIGMAS).clamp(0.0, 1.0);
        if is_upper { chroma.max(dark) } else { chroma }.clamp(0.0, SCORE_MAX)
    }
}

impl SkinOutliers {
    pub fn zeroize(&mut self) {
        let Self { found, score, weight, rows } = self;
        zeroize_mask(found);
        [score, weight, rows].into_iter().for_each(zeroize_values);
    }

    /// Fills `found`.
    pub fn find(&mut self, canonical: &CanonicalGrid, now: &Unwrapped, workspace: &mut OcclusionWorkspace) {
        self.found.fill(false);
        let Some(plain) = PlainSkin::fit(canonical, now, workspace) else { return };
        self.score.fill(0.0);
        self.weight.fill(0.0);
        for cell in now.seen_cells(canonical) {
            let off: [f32; CHANNELS] = std::array::from_fn(|channel| {
                now.colour[channel][cell] - plain.change[channel].at(&canonical.terms[cell])
            });
            let is_redder_lip = canonical.lips[cell] && off[1] >= 0.0;
            self.weight[cell] = 1.0;
            if (canonical.skin[cell] || canonical.lips[cell]) && !is_redder_lip {
                self.score[cell] = plain.score(off, uv_of(cell).y < BEARD_V, now.luminance[cell]);
            }
        }
        for values in [&mut self.score, &mut self.weight] {
            blur(values, &mut self.rows, GAUSSIAN_0_8);
        }
        for cell in now.seen_cells(canonical) {
            self.score[cell] /= self.weight[cell].max(0.05);
            self.found[cell] = self.score[cell] > SCORE_MIN;
        }
        let score = &self.score;
        workspace.components.keep(&mut self.found, |component| {
            let sure = component.iter().filter(|&&cell| score[cell] > SCORE_SURE).count();
            let comes_in = component.len() >= FREE_CELLS || touches(component, &now.edge);
            component.len() >= CELLS_MIN && sure >= SURE_CELLS_MIN && comes_in
        });
    }
}
