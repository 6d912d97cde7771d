//! What one face's own bare skin looks like, and how surely a pixel is that skin.
//!
//! In: robust statistics of the skin's luminance and log chroma; a pixel, the luminance to be expected there, and how
//! surely skin is there at all. Out: a weight from 0 to 1.
//! 1. Distance in log chroma from the skin's median, in its spreads.
//! 2. Distance in luminance from the expected one, with a smaller tolerance for highlights than for shadows.
//! 3. On a blown-out face clipped channels are restored (`blown`); there a clipped pixel is skin that is too bright.
//! 4. Geman & McClure's weight of both distances, a redescending M-estimator: outliers get weight 0.

use carmine_shaders::cpu::luminance;
use glam::{BVec3, Vec2, Vec3};

use super::blown::Blown;
use super::chroma::{NOISE_FLOOR, linear_and_log_chroma, log_chroma};

/// Bounds of the skin's spread in log chroma: at least the noise, at most the variation within a face.
pub(super) const CHROMA_SIGMA_MIN: f32 = 0.07;
pub(super) const CHROMA_SIGMA_MAX: f32 = 0.16;
/// A chroma so many spreads off counts a quarter.
const CHROMA_SIGMAS: f32 = 2.5;
/// A luminance higher than expected by this part of it counts a quarter.
const HIGHLIGHT: f32 = 0.55;
/// The same for a lower luminance: where hair may be, and what is added where there surely is skin.
const SHADOW: f32 = 0.45;
const SHADOW_ON_SKIN: f32 = 0.75;
/// 8-bit value from which on a channel may be clipped, and the weight of such a pixel.
const CLIPPED: u8 = 251;
const CLIPPED_WEIGHT: f32 = 0.1;
/// The same on a blown-out face: how bright it really is cannot be told, so that it is not compared.
const BLOWN_WEIGHT: f32 = 0.5;

/// The colour of one face's bare skin.
#[derive(Clone, Copy, Debug)]
pub(super) struct SkinColour {
    /// Median linear luminance.
    pub luminance: f32,
    /// Median log chroma.
    pub log_chroma: Vec2,
    /// Its robust standard deviation, held in bounds.
    pub sigma: Vec2,
    /// Whether it is blown out.
    pub blown: Blown,
}

impl SkinColour {
    /// The linear colour of the median luminance and chroma.
    pub fn linear(&self) -> Vec3 {
        let colour = Vec3::new(self.log_chroma.x.exp(), 1.0, self.log_chroma.y.exp());
        colour * (self.luminance / luminance(colour).max(1e-6))
    }

    /// Linear colour of a pixel, and how surely it is bare skin (0–1). `expected`: the skin's luminance to be expected
    /// there over the median; `trust`: how surely skin is there at all.
    #[inline]
    pub fn weigh_pixel(&self, rgb: [u8; 3], expected: f32, trust: f32) -> (Vec3, f32) {
        let (colour, chroma) = linear_and_log_chroma(rgb);
        let weight = self.weight(chroma, luminance(colour), expected, trust);
        if rgb.iter().all(|&value| value < CLIPPED) {
            return (colour, weight);
        }
        let weight = CLIPPED_WEIGHT * weight;
        if self.blown.part <= 0.0 {
            return (colour, weight);
        }
        let clipped = BVec3::from_array(rgb.map(|value| value >= CLIPPED));
        (self.blown.restored(colour, clipped), weight + (BLOWN_WEIGHT - weight) * self.blown.part)
    }

    /// How surely a mean of pixels is bare skin.
    pub fn weigh_mean(&self, colour: Vec3, expected: f32, trust: f32) -> f32 {
        self.weight(log_chroma(colour), luminance(colour), expected, trust)
    }

    /// Distance of a log chroma from the median; at 1 the weight is a quarter.
    #[inline]
    pub fn chroma_distance(&self, log_chroma: Vec2) -> Vec2 {
        (log_chroma - self.log_chroma) / (CHROMA_SIGMAS * self.sigma)
    }

    #[inline]
    fn weight(&self, log_chroma: Vec2, luminance: f32, expected: f32, trust: f32) -> f32 {
        let chroma = self.chroma_distance(log_chroma);
        let brightness = luminance_distance(luminance, self.luminance * expected, trust);
        let distance = 1.0 + chroma.length_squared() + brightness * brightness;
        1.0 / (distance * distance)
    }
}

/// Distance of a luminance from the expected one; at 1 the weight is a quarter. The tolerance is smaller for highlights
/// than for shadows, and smaller for shadows where there may be hair.
#[inline]
pub(super) fn luminance_distance(luminance: f32, expected: f32, trust: f32) -> f32 {
    let (luminance, expected) = (luminance + NOISE_FLOOR, expected + NOISE_FLOOR);
    if luminance > expected {
        (luminance / expected - 1.0) / HIGHLIGHT
    } else {
        (expected / luminance - 1.0) / (SHADOW + SHADOW_ON_SKIN * trust)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::srgb;

    const SKIN: [u8; 3] = [200, 150, 125];

    fn weight(rgb: [u8; 3]) -> f32 {
        let linear = srgb::linear(SKIN);
        let (level, log_chroma, sigma) = (luminance(linear), log_chroma(linear), Vec2::splat(0.08));
        let skin = SkinColour { luminance: level, log_chroma, sigma, blown: Blown::NOT };
        skin.weigh_pixel(rgb, 1.0, 1.0).1
    }

    #[test]
    fn skin_is_like_itself_and_unlike_hair_lips_and_highlights() {
        assert!(weight(SKIN) > 0.99 && weight([190, 142, 118]) > 0.9);
        assert!(weight([150, 110, 90]) > 0.3, "a shadow");
        assert!(weight([40, 32, 28]) < 0.02, "hair");
        assert!(weight([180, 90, 95]) < 0.05, "lips");
        assert!(weight([250, 240, 235]) < 0.1, "a highlight");
        assert!(weight([60, 200, 80]) < 0.01, "paint");
    }
}
