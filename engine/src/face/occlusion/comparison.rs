//! Compares a frame's face with its background model, and finds the covered cells.
//!
//! In: the unwrapped face, and the background model with a mask of what cannot be this face. Out: the model, with the covering
//! and the clear cells updated.
//! 1. Find the known cells, and fit how the light differs from the model.
//! 2. Deviation of each known cell from all known cells around it, in standard deviations over all channels, blurred.
//!    The neighbours count because landmarks slip by about a cell, and more where the face is edge-on.
//! 3. Hysteresis thresholding: connected components above a low threshold are kept if enough of their cells lie above a
//!    high one, and if they reach in from the outline or the frame's edge, or are large.
//! 4. If nearly all seems covered, the model is wrong: reset it.
//! 5. Close gaps and fill holes. Where nothing is known, what cannot be this face is covered. Continue where the face
//!    turns away.
//! 6. Update the model.

use super::background_model::BackgroundModel;
use super::canonical_grid::CanonicalGrid;
use super::components::touches;
use super::filters::{GAUSSIAN_1_3, blur, close, morph_twice};
use super::grid::CELLS;
use super::illumination_change::IlluminationChange;
use super::unwrap::{CHANNELS, Unwrapped};
use super::workspace::{ComparisonBuffers, OcclusionWorkspace};

/// Standard deviations of log luminance, log R/G and log B/G of a clear cell from frame to frame.
const SIGMA: [f32; CHANNELS] = [0.1, 0.035, 0.045];
/// Deviations, in these: a component's cells lie above the low one, and some above the high one.
const HIGH_SIGMAS: f32 = 2.6;
const LOW_SIGMAS: f32 = 0.8;
/// Deviations are limited to this.
const SIGMAS_MAX: f32 = 6.0;
/// Least cells of a component, and of those the least above the high threshold.
const CELLS_MIN: usize = 12;
const HIGH_CELLS_MIN: usize = 8;
/// A component of so many cells with such a peak needs no contact with the outline.
const FREE_CELLS: usize = 60;
const FREE_PEAK_SIGMAS: f32 = 4.0;
/// A cell seen for less than this is not compared with its neighbours.
const NEIGHBOUR_KNOWN_S: f32 = 0.05;
/// Below the first cosine to the view the mesh slips by as much as a cell, and below the other one by ever more.
const SQUARE: f32 = 0.75;
const SLIPS: f32 = 0.9;
const SLIPS_RANGE: f32 = 0.2;
/// A head turned this far (radians) since a cell was learnt shows it in another light; beyond the second angle hardly
/// anything can be compared.
const TURN_NONE_RAD: f32 = 0.1;
const TURN_MOST_RAD: f32 = 0.35;
/// If more than this share of the known cells seems covered, the model is wrong.
const IMPOSSIBLE: f32 = 0.85;

/// One face in one frame.
#[derive(Clone, Copy)]
pub(super) struct FaceFrame<'a> {
    pub canonical: &'a CanonicalGrid,
    pub now: &'a Unwrapped,
    /// Since the frame before, in seconds.
    pub dt_s: f32,
}

impl FaceFrame<'_> {
    /// Compares the face with `model`, marks what is covered and updates the model with the rest.
    pub fn compare(self, model: &mut BackgroundModel, workspace: &mut OcclusionWorkspace) {
        let Self { canonical, now, dt_s } = self;
        let OcclusionWorkspace { buffers, fitter, components } = workspace;
        let known = model.recall(canonical, now, &mut buffers.known, &mut buffers.turned);
        let light = model.light(canonical, now, &buffers.known, fitter);
        self.deviate(model, &light, buffers);
        let lenient = &buffers.lenient;
        components.keep(&mut buffers.covered, |component| {
            let high = component.iter().filter(|&&cell| lenient[cell] > HIGH_SIGMAS).count();
            let peak = component.iter().fold(0.0_f32, |peak, &cell| peak.max(lenient[cell]));
            let is_free = component.len() >= FREE_CELLS && peak > FREE_PEAK_SIGMAS;
            let comes_in = touches(component, &now.edge) || is_free;
            component.len() >= CELLS_MIN && high >= HIGH_CELLS_MIN && comes_in
        });
        let known_covered =
            buffers.covered.iter().zip(buffers.known.iter()).filter(|&(&covered, &known)| covered && known);
        if known_covered.count() as f32 > IMPOSSIBLE * known as f32 {
            model.reset();
            buffers.covered.fill(false);
            buffers.known.fill(false);
        }
        for cell in canonical.indices() {
            buffers.covered[cell] |= model.hidden.not_skin[cell] && !buffers.known[cell];
        }
        close(&mut buffers.covered, &mut buffers.other);
        components.fill_holes(&mut buffers.covered);
        now.continue_unseen(canonical, &mut buffers.covered, &mut buffers.other);
        // Things have their borders already, and their holes are looked through. Nothing is known of unseen cells.
        for cell in canonical.indices() {
            let is_known = if now.seen[cell] { buffers.known[cell] } else { model.is_known() };
            buffers.covered[cell] |= model.hidden.things[cell] && !is_known;
        }
        model.follow(canonical, now, &buffers.covered, dt_s);
        model.learn(canonical, now, &light, &buffers.covered, dt_s);
    }

    /// Fills `lenient`, how far each cell is from all that is known around it, and `covered`, the cells above the low
    /// threshold.
    fn deviate(self, model: &BackgroundModel, light: &[IlluminationChange; CHANNELS], buffers: &mut ComparisonBuffers) {
        let Self { canonical, now, .. } = self;
        let ComparisonBuffers { known, covered, turned, low, high, strict, lenient, weight, rows, .. } = buffers;
        strict.fill(0.0);
        lenient.fill(0.0);
        for (channel, light) in light.iter().enumerate() {
            let (mean, deviation) = (&model.mean[channel], &model.deviation[channel]);
            for cell in 0..CELLS {
                let is_known = model.known_s[cell] > NEIGHBOUR_KNOWN_S;
                low[0][cell] = if is_known { mean[cell] - deviation[cell] } else { f32::MAX };
                high[0][cell] = if is_known { mean[cell] + deviation[cell] } else { f32::MIN };
            }
            morph_twice(low, rows, f32::min);
            morph_twice(high, rows, f32::max);
            for cell in canonical.indices().filter(|&cell| known[cell]) {
                let value = now.colour[channel][cell] - light.at(&canonical.terms[cell]);
                let slips = ((SLIPS - now.facing[cell]) / SLIPS_RANGE).clamp(0.0, 1.0);
                let off = |reach: f32| {
                    let low = low[0][cell] + (low[1][cell] - low[0][cell]) * reach;
                    let high = high[0][cell] + (high[1][cell] - high[0][cell]) * reach;
                    (value - high).max(low - value).max(0.0)
                };
                let sigma = SIGMA[channel] * self.doubt(model, cell, turned[cell], channel);
                strict[cell] += (off(0.0) / sigma).powi(2);
                lenient[cell] += (off(slips) / sigma).powi(2);
            }
        }
        for cell in 0..CELLS {
            weight[cell] = f32::from(u8::from(known[cell]));
            strict[cell] = strict[cell].sqrt().min(SIGMAS_MAX);
            lenient[cell] = lenient[cell].sqrt().min(SIGMAS_MAX);
        }
        for values in [&mut *strict, &mut *lenient, &mut *weight] {
            blur(values, rows, GAUSSIAN_1_3);
        }
        covered.fill(false);
        for cell in now.seen_cells(canonical) {
            let weight = weight[cell].max(0.05);
            lenient[cell] /= weight;
            covered[cell] = strict[cell] / weight > LOW_SIGMAS;
        }
    }

    /// Factor on the standard deviation of a cell, compared with one seen squarely and as it was learnt.
    fn doubt(self, model: &BackgroundModel, cell: usize, turned: f32, channel: usize) -> f32 {
        let edge_on = (SQUARE - self.now.facing[cell].min(model.facing[cell])).clamp(0.0, 1.0);
        let turned = (turned - TURN_NONE_RAD).max(0.0) + 12.0 * (turned - TURN_MOST_RAD).max(0.0);
        if channel == 0 {
            return 1.0 + 1.5 * edge_on + 4.0 * turned;
        }
        // In the dark the camera's noise dominates the chroma.
        (1.0 + 1.5 * edge_on + 3.0 * turned) * (1.0 + 0.03 / (self.now.luminance[cell] + 0.01))
    }
}
