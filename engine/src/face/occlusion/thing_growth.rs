//! Grows a thing before a face from the cells where it hides a feature.
//!
//! In: a seed, the face's colours and the model of its skin. Out: the cells that look more like the thing than like
//! skin, or that there is no telling them apart.
//! 1. Take the seed's median colour for the thing's; if that is skin's colour, it cannot be told from skin.
//! 2. Add what is connected and nearer to the thing's colour than to skin's, fit the thing's colour slowly over that,
//!    and repeat.
//! 3. If it cannot be told, follow it from cell to cell as long as neighbours are alike: up to an edge.

use glam::Vec2;

use super::filters::close;
use super::grid::{CELLS, CellMask, CellValues, cell_mask, cell_values, uv_of, zeroize_mask, zeroize_values};
use super::illumination_change::IlluminationChange;
use super::missing_features::SeenFace;
use super::samples::Samples;
use super::unwrap::CHANNELS;
use super::workspace::OcclusionWorkspace;

/// Scales of log luminance, log R/G and log B/G within a thing, and how much wider skin's are.
const SCALE: [f32; CHANNELS] = [0.35, 0.08, 0.1];
const SKIN_WIDER: f32 = 1.25;
/// A seed nearer to skin than this, in these scales, is of skin's colour; farther from the thing nothing joins it.
const LIKE_SKIN: f32 = 1.3;
const REACH: f32 = 2.5;
const ROUNDS: usize = 4;
/// Scale of the fits of the thing's colour, and their ridge.
const FIT_SIGMA: [f32; CHANNELS] = [0.3, 0.08, 0.1];
const FIT_RIDGE: f32 = 2.0;
/// Scales of the difference between neighbours, and the largest over which a thing is followed.
const NEIGHBOUR_SCALE: [f32; CHANNELS] = [0.2, 0.08, 0.1];
const NEIGHBOUR_MAX: f32 = 0.8;

/// What came of growing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grown {
    Thing,
    LikeSkin,
}

/// The memory and the result.
#[derive(Debug)]
pub(super) struct ThingGrowth {
    pub grown: CellMask,
    other: CellMask,
    /// How far each cell is from skin.
    from_skin: CellValues,
}

impl Default for ThingGrowth {
    fn default() -> Self {
        Self { grown: cell_mask(), other: cell_mask(), from_skin: cell_values() }
    }
}

impl ThingGrowth {
    pub fn zeroize(&mut self) {
        let Self { grown, other, from_skin } = self;
        [grown, other].into_iter().for_each(zeroize_mask);
        zeroize_values(from_skin);
    }

    /// Fills `grown` from `seed`.
    pub fn grow(
        &mut self,
        face: &SeenFace<'_>,
        seed: &[bool; CELLS],
        samples: &mut Samples,
        workspace: &mut OcclusionWorkspace,
    ) -> Grown {
        let Self { grown, other, from_skin } = self;
        let terms = &face.canonical.terms;
        let colour =
            |cell: usize| -> [f32; CHANNELS] { std::array::from_fn(|channel| face.colours.channels[channel][cell]) };
        grown.fill(false);
        for cell in face.cells() {
            grown[cell] = seed[cell];
            let skin = face.skin.at(&terms[cell]).channels(face.colours.luminance[cell]);
            from_skin[cell] = distance(colour(cell), skin, &SCALE) / SKIN_WIDER;
        }
        let seeds = || face.cells().filter(|&cell| seed[cell]);
        if samples.take(seeds().map(|cell| from_skin[cell])).median() < LIKE_SKIN {
            return Grown::LikeSkin;
        }
        let mut thing: [IlluminationChange; CHANNELS] = std::array::from_fn(|channel| {
            let values = seeds().map(|cell| face.colours.channels[channel][cell]);
            IlluminationChange::constant(samples.take(values).median())
        });
        for round in 0..ROUNDS {
            if round > 0 {
                for (channel, thing) in thing.iter_mut().enumerate() {
                    workspace.fitter.clear();
                    for cell in face.cells().filter(|&cell| grown[cell]) {
                        workspace.fitter.add(cell, face.colours.channels[channel][cell], 1.0);
                    }
                    *thing = workspace.fitter.fit_stiff::<3>(terms, FIT_SIGMA[channel], FIT_RIDGE);
                }
            }
            grown.fill(false);
            for cell in face.cells() {
                let expected = std::array::from_fn(|channel| thing[channel].at(&terms[cell]));
                let off = distance(colour(cell), expected, &SCALE);
                grown[cell] = seed[cell] || (off < from_skin[cell] && off < REACH);
            }
            close(grown, other);
            workspace.components.keep_reached(grown, seed);
            for (grown, seen) in grown.iter_mut().zip(face.now.seen.iter()) {
                *grown &= seen;
            }
        }
        Grown::Thing
    }

    /// Fills `grown` from `seed` with what cannot be told from it, within the part of the face that `within` accepts.
    pub fn flood(
        &mut self,
        face: &SeenFace<'_>,
        seed: &[bool; CELLS],
        within: impl Fn(Vec2) -> bool,
        workspace: &mut OcclusionWorkspace,
    ) {
        let Self { grown, other, .. } = self;
        grown.fill(false);
        let is_within = |cell: usize| face.now.seen[cell] && face.canonical.on_mesh[cell] && within(uv_of(cell));
        face.cells().for_each(|cell| grown[cell] = seed[cell] && is_within(cell));
        let colour =
            |cell: usize| -> [f32; CHANNELS] { std::array::from_fn(|channel| face.colours.channels[channel][cell]) };
        workspace.components.flood(grown, |from, to| {
            is_within(to) && distance(colour(from), colour(to), &NEIGHBOUR_SCALE) < NEIGHBOUR_MAX
        });
        close(grown, other);
    }
}

fn distance(a: [f32; CHANNELS], b: [f32; CHANNELS], scale: &[f32; CHANNELS]) -> f32 {
    (0..CHANNELS).map(|channel| ((a[channel] - b[channel]) / scale[channel]).powi(2)).sum::<f32>().sqrt()
}
