use std::sync::LazyLock;

use carmine_shaders::cpu::{linear_from_srgb, luminance};
use glam::{Vec2, Vec3};

/// Linear value and its logarithm of every 8-bit sRGB value: thousands of pixels are looked at per frame.
static DECODED: LazyLock<[(f32, f32); 256]> = LazyLock::new(|| {
    std::array::from_fn(|value| {
        let linear = linear_from_srgb(Vec3::splat(value as f32 / 255.0)).x;
        (linear, (linear + FLOOR).ln())
    })
});
/// Keeps the noise of dark pixels from becoming colour.
const FLOOR: f32 = 0.004;
/// From this 8-bit value on a channel may have lost its colour.
const CLIPPED: u8 = 251;

/// What one face's own bare skin looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    /// Median linear luminance.
    pub luminance: f32,
    /// Medians of ln(red / green) and ln(blue / green).
    pub chroma: Vec2,
    /// Their robust standard deviations, held in bounds.
    pub spread: Vec2,
}

impl Likeness {
    /// The linear colour of the median luminance and chroma.
    pub fn colour(&self) -> Vec3 {
        let colour = Vec3::new(self.chroma.x.exp(), 1.0, self.chroma.y.exp());
        colour * (self.luminance / luminance(colour).max(1e-6))
    }

    /// Spread of the skin's own chroma: no less than noise makes, no more than a face can differ from itself.
    pub const SPREAD: (f32, f32) = (0.07, 0.16);

    /// Linear colour of a pixel, and how surely it is bare skin (0–1). `expected`: the skin's luminance to be expected
    /// there over the median; `trust`: how surely skin is there at all.
    #[inline]
    pub fn of(&self, rgb: [u8; 3], expected: f32, trust: f32) -> (Vec3, f32) {
        let [red, green, blue] = rgb.map(|value| DECODED[usize::from(value)]);
        let colour = Vec3::new(red.0, green.0, blue.0);
        let clipped = if rgb.iter().any(|&value| value >= CLIPPED) { 0.1 } else { 1.0 };
        let chroma = Vec2::new(red.1 - green.1, blue.1 - green.1);
        (colour, clipped * self.weight(chroma, luminance(colour), expected, trust))
    }

    /// The same for a mean of pixels.
    pub fn of_mean(&self, colour: Vec3, expected: f32, trust: f32) -> f32 {
        self.weight(log_chroma(colour), luminance(colour), expected, trust)
    }

    #[inline]
    fn weight(&self, chroma: Vec2, luminance: f32, expected: f32, trust: f32) -> f32 {
        let chroma = (chroma - self.chroma) / (2.5 * self.spread);
        let brightness = brightness(luminance, self.luminance * expected, trust);
        // Geman & McClure's weight: redescending, so that what is far off counts for nothing.
        let distance = 1.0 + chroma.length_squared() + brightness * brightness;
        1.0 / (distance * distance)
    }
}

/// How far a luminance is off, 1 being strange: highlights are strange sooner than shadows, and shadows sooner where
/// there may be hair.
#[inline]
pub(super) fn brightness(luminance: f32, expected: f32, trust: f32) -> f32 {
    let (luminance, expected) = (luminance + FLOOR, expected + FLOOR);
    if luminance > expected {
        (luminance / expected - 1.0) / 0.55
    } else {
        (expected / luminance - 1.0) / (0.45 + 0.75 * trust)
    }
}

/// ln(red / green) and ln(blue / green) of a linear colour.
pub(super) fn log_chroma(linear: Vec3) -> Vec2 {
    let log = (linear.max(Vec3::ZERO) + FLOOR).map(f32::ln);
    Vec2::new(log.x - log.y, log.z - log.y)
}

/// Linear colour of an 8-bit sRGB one.
#[inline]
pub(super) fn decoded(rgb: [u8; 3]) -> Vec3 {
    Vec3::from(rgb.map(|value| DECODED[usize::from(value)].0))
}

/// The same with its ln(red / green) and ln(blue / green).
#[inline]
pub(super) fn decoded_with_chroma(rgb: [u8; 3]) -> (Vec3, Vec2) {
    let [red, green, blue] = rgb.map(|value| DECODED[usize::from(value)]);
    (Vec3::new(red.0, green.0, blue.0), Vec2::new(red.1 - green.1, blue.1 - green.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SKIN: [u8; 3] = [200, 150, 125];

    fn likeness(rgb: [u8; 3]) -> f32 {
        let linear = decoded(SKIN);
        let skin = Likeness { luminance: luminance(linear), chroma: log_chroma(linear), spread: Vec2::splat(0.08) };
        skin.of(rgb, 1.0, 1.0).1
    }

    #[test]
    fn skin_is_like_itself_and_unlike_hair_lips_and_highlights() {
        assert!(likeness(SKIN) > 0.99 && likeness([190, 142, 118]) > 0.9);
        assert!(likeness([150, 110, 90]) > 0.3, "a shadow");
        assert!(likeness([40, 32, 28]) < 0.02, "hair");
        assert!(likeness([180, 90, 95]) < 0.05, "lips");
        assert!(likeness([250, 240, 235]) < 0.1, "a highlight");
        assert!(likeness([60, 200, 80]) < 0.01, "paint");
    }
}
