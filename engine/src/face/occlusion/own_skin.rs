//! The colour that this face's own skin has at each place, from one picture.
//!
//! In: the unwrapped face. Out: per channel a slow change over the face, and how far a colour is from it.
//! 1. Weight plain skin by how much like skin it is: redder than green, bluer in no light, above the mouth rather than
//!    below, where masks and beards are, and not in the dark.
//! 2. Mean shift of the chroma from the densest start: most of the weighted cells agree on it.
//! 3. Fit luminance and chroma slowly over the cells that agree, and ask again which do.

use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

use super::canonical_grid::CanonicalGrid;
use super::grid::{CELLS, CellValues, cell_values, uv_of, zeroize_values};
use super::illumination_change::{IlluminationChange, IlluminationFitter, Terms};
use super::samples::Samples;
use super::unwrap::{CHANNELS, Unwrapped, ln, logarithms};
use crate::zeroize;

/// Added to linear colours before their logarithm. More than in [`super::unwrap`]: chroma has to mean the same in light
/// and in shade.
pub(super) const NOISE_FLOOR: f32 = 0.025;
/// The model is made within this radius around the middle of the face, in uv.
const MIDDLE_UV: Vec2 = Vec2::new(0.5, 0.52);
const RADIUS_UV: f32 = 0.36;
/// Least cells for a model, and least that agree with it at first, and later.
const CELLS_MIN: usize = 150;
const AGREE_FIRST_MIN: usize = 40;
const AGREE_MIN: usize = 80;
/// Below and above these lines (v) skin is more often covered: a mask, a beard; a fringe, a cap.
const MASK_V: f32 = 0.47;
const MASK_WEIGHT: f32 = 0.15;
const FRINGE_V: f32 = 0.2;
const FRINGE_WEIGHT: f32 = 0.5;
/// What is likely of skin's log R/G and log B/G: more red and less blue are likelier, up to soft limits.
const LIKELY_PER_RED: f32 = 6.0;
const LIKELY_RED: [f32; 2] = [-0.3, 1.0];
const RED_END: f32 = 1.2;
const RED_END_RANGE: f32 = 0.06;
const LIKELY_PER_YELLOW: f32 = 4.0;
const LIKELY_YELLOW: [f32; 2] = [-0.3, 0.6];
const BLUE_END: f32 = 0.05;
const BLUE_END_RANGE: f32 = 0.05;
/// Darker cells than this share of them weigh less: a black mask over most of the face is not what is lit.
const LIT: f32 = 0.8;
/// Width of the mean shift's kernel in log chroma, its rounds, and the cells that share a start.
const KERNEL: f32 = 0.12;
const SHIFTS: usize = 8;
const CELLS_PER_START: usize = 16;
/// Cells whose chroma is this near the mode agree with it at first.
const AGREE_FIRST: f32 = 0.22;
/// Later cells with less than this [`Distance::chroma`] that are brighter by less than the second (log luminance).
const AGREE_CHROMA: f32 = 0.55;
const AGREE_BRIGHTER: f32 = 0.6;
const ROUNDS: usize = 3;
/// Scale of the robust fits, and their ridges: chroma hardly changes over a face.
const FIT_SIGMA: [f32; CHANNELS] = [0.25, 0.1, 0.12];
const FIT_RIDGE: [f32; CHANNELS] = [1.0, 30.0, 30.0];
/// The fitted luminance is limited to these shares of the cells.
const DARKEST: f32 = 0.04;
const BRIGHTEST: f32 = 0.96;
/// Above this times the luminance expected of skin the rest is gloss of the light's colour.
const GLOSS_FROM: f32 = 1.15;
/// Losing this share of skin's chroma is a distance of 1; gaining this is, in log chroma; and a hue's turn of this.
const PALER: f32 = 0.5;
const PALER_FLOOR: f32 = 0.16;
const REDDER: f32 = 1.0;
const OTHER_HUE: f32 = 0.42;
/// Least chroma that paling is taken as a share of.
const CHROMA_FLOOR: f32 = 0.12;

/// The face's colours as the model needs them.
#[derive(Debug)]
pub(super) struct SkinColours {
    /// Log luminance, log R/G, log B/G over [`NOISE_FLOOR`].
    pub channels: [CellValues; CHANNELS],
    pub luminance: CellValues,
}

impl Default for SkinColours {
    fn default() -> Self {
        Self { channels: std::array::from_fn(|_| cell_values()), luminance: cell_values() }
    }
}

impl SkinColours {
    pub fn zeroize(&mut self) {
        let Self { channels, luminance } = self;
        channels.iter_mut().chain([luminance]).for_each(zeroize_values);
    }

    pub fn take(&mut self, now: &Unwrapped) {
        logarithms(&now.linear, NOISE_FLOOR, &mut self.channels, &mut self.luminance);
    }

    fn chroma(&self, cell: usize) -> Vec2 {
        Vec2::new(self.channels[1][cell], self.channels[2][cell])
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct SkinCell {
    cell: usize,
    chroma: Vec2,
    weight: f32,
    agrees: bool,
}

/// Makes the model; memory that is reused.
#[derive(Debug)]
pub(super) struct OwnSkinFitter {
    cells: Vec<SkinCell>,
}

impl Default for OwnSkinFitter {
    fn default() -> Self {
        Self { cells: Vec::with_capacity(CELLS) }
    }
}

impl OwnSkinFitter {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.cells, SkinCell::default());
    }

    /// `None` with too little skin to know its colour.
    pub fn fit(
        &mut self,
        canonical: &CanonicalGrid,
        now: &Unwrapped,
        colours: &SkinColours,
        fitter: &mut IlluminationFitter,
        samples: &mut Samples,
    ) -> Option<OwnSkin> {
        self.take(canonical, now, colours, samples)?;
        let mode = self.mode();
        for one in &mut self.cells {
            one.agrees = one.chroma.distance_squared(mode) < AGREE_FIRST * AGREE_FIRST;
        }
        let mut skin = None;
        for _ in 0..ROUNDS {
            let agree = || self.cells.iter().filter(|one| one.agrees).map(|one| one.cell);
            if agree().count() < if skin.is_none() { AGREE_FIRST_MIN } else { AGREE_MIN } {
                break;
            }
            let mut change = |channel: usize| {
                fitter.clear();
                agree().for_each(|cell| fitter.add(cell, colours.channels[channel][cell], now.facing[cell]));
                let (sigma, ridge) = (FIT_SIGMA[channel], FIT_RIDGE[channel]);
                match channel {
                    0 => fitter.fit_stiff::<6>(&canonical.terms, sigma, ridge),
                    _ => fitter.fit_stiff::<3>(&canonical.terms, sigma, ridge),
                }
            };
            let changes = [change(0), change(1), change(2)];
            samples.take(agree().map(|cell| colours.channels[0][cell]));
            let ends = [DARKEST, BRIGHTEST].map(|share| samples.percentile(share).exp());
            let fitted = OwnSkin { changes, ends: [ends[0] - NOISE_FLOOR + 0.002, ends[1]] };
            for one in &mut self.cells {
                let expected = fitted.at(&canonical.terms[one.cell]);
                let distance = expected.distance(colours, one.cell);
                one.agrees = distance.chroma < AGREE_CHROMA && distance.brighter < AGREE_BRIGHTER;
            }
            skin = Some(fitted);
        }
        skin
    }

    /// Cells of plain skin around the middle, with their weights. `None` of too few.
    fn take(
        &mut self,
        canonical: &CanonicalGrid,
        now: &Unwrapped,
        colours: &SkinColours,
        samples: &mut Samples,
    ) -> Option<()> {
        self.cells.clear();
        for cell in now.seen_cells(canonical).filter(|&cell| canonical.skin[cell]) {
            let at = uv_of(cell);
            if ((at - MIDDLE_UV) / RADIUS_UV).length_squared() >= 1.0 {
                continue;
            }
            let chroma = colours.chroma(cell);
            let place = if at.y < FRINGE_V { FRINGE_WEIGHT } else { 1.0 };
            let weight = likely(chroma) * place * if at.y < MASK_V { 1.0 } else { MASK_WEIGHT };
            self.cells.push(SkinCell { cell, chroma, weight, agrees: false });
        }
        if self.cells.len() < CELLS_MIN {
            return None;
        }
        let levels = self.cells.iter().map(|one| colours.luminance[one.cell]);
        let level = samples.take(levels).percentile(LIT).max(1e-4);
        for one in &mut self.cells {
            one.weight *= (colours.luminance[one.cell] / level).clamp(0.0, 1.0);
        }
        Some(())
    }

    /// The chroma that most weight agrees on.
    fn mode(&self) -> Vec2 {
        let kernel =
            |at: Vec2, one: &SkinCell| (-0.5 * at.distance_squared(one.chroma) / (KERNEL * KERNEL)).exp() * one.weight;
        // Every other cell is enough.
        let sampled = || self.cells.iter().step_by(2);
        let density = |at: Vec2| sampled().map(|one| kernel(at, one)).sum::<f32>();
        let starts = self.cells.iter().step_by(CELLS_PER_START).map(|one| (density(one.chroma), one.chroma));
        let (_, mut mode) = starts.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default();
        for _ in 0..SHIFTS {
            let (mut sum, mut weights) = (Vec2::ZERO, 0.0);
            for one in sampled() {
                let weight = kernel(mode, one);
                sum += one.chroma * weight;
                weights += weight;
            }
            if weights > 0.0 {
                mode = sum / weights;
            }
        }
        mode
    }
}

/// How likely skin has a chroma.
fn likely(chroma: Vec2) -> f32 {
    let end = |above: f32, range: f32| 1.0 / (1.0 + (above / range).exp());
    let red = LIKELY_PER_RED * chroma.x.clamp(LIKELY_RED[0], LIKELY_RED[1]);
    let yellow = LIKELY_PER_YELLOW * (-chroma.y).clamp(LIKELY_YELLOW[0], LIKELY_YELLOW[1]);
    (red + yellow).exp() * end(chroma.x - RED_END, RED_END_RANGE) * end(chroma.y - BLUE_END, BLUE_END_RANGE)
}

/// The model: slow changes of log luminance, log R/G and log B/G, and the ends of the luminance.
#[derive(Clone, Copy, Debug)]
pub(super) struct OwnSkin {
    changes: [IlluminationChange; CHANNELS],
    ends: [f32; 2],
}

impl OwnSkin {
    /// What is expected at a place.
    pub fn at(&self, terms: &Terms) -> ExpectedSkin {
        let [level, red, blue] = [0, 1, 2].map(|channel: usize| self.changes[channel].at(terms));
        let level = (level.exp() - NOISE_FLOOR).clamp(self.ends[0], self.ends[1].max(self.ends[0]));
        let (red, blue) = (red.exp(), blue.exp());
        // The floor is taken off again, so that the colour holds at any luminance.
        let green = ((level + NOISE_FLOOR) / luminance(Vec3::new(red, 1.0, blue)) - NOISE_FLOOR).max(1e-4);
        let from = |ratio: f32| ((green + NOISE_FLOOR) * ratio - NOISE_FLOOR).max(1e-5);
        let colour = Vec3::new(from(red), green, from(blue));
        ExpectedSkin { level, colour: colour / luminance(colour) }
    }
}

/// Skin as expected at a place: its luminance, and its colour at a luminance of 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct ExpectedSkin {
    level: f32,
    colour: Vec3,
}

/// How far a colour is from the skin expected in its place; 1 is about the limit of skin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Distance {
    /// In chroma, with the noise of the dark taken off.
    pub chroma: f32,
    /// Above 0 redder than expected, below it paler.
    pub redder: f32,
    /// In log luminance.
    pub brighter: f32,
}

impl ExpectedSkin {
    /// The channels of this skin lit to `diffuse`, with gloss up to `luminance`.
    fn lit(&self, diffuse: f32, luminance: f32) -> Vec2 {
        let colour = self.colour * diffuse + (luminance - diffuse).max(0.0) + NOISE_FLOOR;
        let green = ln(colour.y);
        Vec2::new(ln(colour.x) - green, ln(colour.z) - green)
    }

    /// The channels of this skin as bright as a cell, within limits.
    pub fn channels(&self, luminance: f32) -> [f32; CHANNELS] {
        let level = luminance.clamp(0.5 * self.level, GLOSS_FROM * self.level);
        let chroma = self.lit(level, level);
        [ln(level + NOISE_FLOOR), chroma.x, chroma.y]
    }

    pub fn distance(&self, colours: &SkinColours, cell: usize) -> Distance {
        let (luminance, chroma) = (colours.luminance[cell], colours.chroma(cell));
        // From most of the light to least of it reflected as skin reflects it; the rest is gloss.
        let dull = self.lit(luminance.min(self.level * GLOSS_FROM), luminance);
        let glossy = if luminance > self.level { self.lit(self.level, luminance) } else { dull };
        let along_gloss = glossy - dull;
        let part = (chroma - dull).dot(along_gloss) / along_gloss.length_squared().max(1e-6);
        let nearest = dull + along_gloss * part.clamp(0.0, 1.0);
        let direction = dull / (dull.length() + 1e-6);
        let off = chroma - nearest;
        let (redder, hue) = (off.dot(direction), off.perp_dot(direction));
        let saturation = if redder < 0.0 {
            (-redder / nearest.length().max(CHROMA_FLOOR) / PALER).min(-redder / PALER_FLOOR)
        } else {
            redder / REDDER
        };
        let noise = 1.0 + 0.015 / (luminance + 0.005);
        let brighter = colours.channels[0][cell] - ln(self.level + NOISE_FLOOR);
        Distance { chroma: saturation.hypot(hue / OTHER_HUE) / noise, redder, brighter }
    }
}
