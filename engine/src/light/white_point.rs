//! The white point of a room, from the colours of what surrounds the faces and of the white of the eyes.
//!
//! In: chroma and luminance of the surroundings, and the sclera's chroma. Out: linear RGB of a white card, and how good
//! the evidence is.
//! 1. Daylight and black bodies lie on a curve of chromaticities, nearly a straight line in ln(red / green) over
//!    ln(green / blue). A colour on it may be grey in such a light; that of a red wall or of skin lies off the line.
//! 2. A histogram along that line holds the surroundings' luminance, weighted down by the distance from the line.
//! 3. Each light on the line gets a likelihood from three cues: the camera's white balance removes most of a cast;
//!    surroundings are mostly grey, or of any colour; and the light's colour shows on the eyes too, a beige wall's not.
//! 4. The result is the mean light, weighted by likelihood. Weak evidence moves it little from white.
//!
//! Constants were chosen on 40 still pictures of 35 people.

use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

/// Bins along the line of lights, and the ln(green / blue) of their ends.
const BINS: usize = 40;
const FIRST: f32 = -0.45;
const LAST: f32 = 0.75;
/// Spread of real lights beside that line, as ln(red / green), and the multiple of it beyond which there are none.
const TINT: f32 = 0.08;
const TINTS_MAX: f32 = 3.0;
/// Mean cast that a camera's white balance leaves (of an exponential distribution).
const CAST_LEFT: f32 = 0.14;
/// Spread of the light's place over grey things in one room, and the multiple of it beyond which bins do not count.
const ALIKE: f32 = 0.05;
const ALIKE_MAX: f32 = 3.0;
/// Share of the surroundings that agrees with a light by chance.
const CHANCE: f32 = 0.15;
/// Surroundings are few things, not many pixels: the number of independent samples that they count as, alone and beside
/// the eyes.
const THINGS: f32 = 1.0;
const THINGS_BESIDE_EYES: f32 = 1.5;
/// ln(blue / green) of the sclera in white light and its spread.
const SCLERA: f32 = -0.08;
const SCLERA_SIGMA: f32 = 0.16;

/// Histogram over lights from the sky's to a lamp's: how much of the surroundings would be neutral in each.
#[derive(Debug)]
pub(super) struct ChromaHistogram {
    bins: [Bin; BINS],
    total: f32,
}

/// Weight, and weighted sums of [`Cast`]'s numbers.
#[derive(Clone, Copy, Debug, Default)]
struct Bin {
    weight: f32,
    place: f32,
    tint: f32,
}

impl Default for ChromaHistogram {
    fn default() -> Self {
        Self { bins: [Bin::default(); BINS], total: 0.0 }
    }
}

/// A white point and the evidence for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct WhitePoint {
    /// Linear RGB of luminance 1.
    pub linear: Vec3,
    /// How good it is, 0–1.
    pub confidence: f32,
}

/// A light's colour: where it lies on the line of lights, and beside it.
#[derive(Clone, Copy, Debug)]
struct Cast {
    /// ln(green / blue).
    place: f32,
    /// ln(red / green) more than the line has there.
    tint: f32,
}

impl Cast {
    fn of(log_chroma: Vec2) -> Self {
        let place = -log_chroma.y;
        Self { place, tint: log_chroma.x - slope(place) * place }
    }

    /// Linear RGB of luminance 1.
    fn white_linear(self) -> Vec3 {
        let white = Vec3::new((slope(self.place) * self.place + self.tint).exp(), 1.0, (-self.place).exp());
        white / luminance(white)
    }
}

/// Slope of ln(red / green) along the line (Planckian locus and daylight locus in linear sRGB).
pub(super) fn slope(place: f32) -> f32 {
    if place > 0.0 { 0.68 } else { 0.3 }
}

impl ChromaHistogram {
    /// Adds what lies around: its log chroma and luminance.
    pub fn add(&mut self, log_chroma: Vec2, level: f32) {
        self.total += level;
        let cast = Cast::of(log_chroma);
        let at = (cast.place - FIRST) / (LAST - FIRST) * BINS as f32;
        let off = cast.tint / TINT;
        if (0.0..BINS as f32).contains(&at) && off.abs() < TINTS_MAX {
            let weight = level * (-off * off).exp();
            let bin = &mut self.bins[at as usize];
            bin.weight += weight;
            bin.place += cast.place * weight;
            bin.tint += cast.tint * weight;
        }
    }

    /// The most likely light. `sclera`: ln(blue / green) of the white of the eyes. Its red is not used, since blood
    /// reddens it; blood absorbs blue and green alike.
    pub fn white_point(&self, sclera: Option<f32>) -> WhitePoint {
        if self.total <= 0.0 && sclera.is_none() {
            return WhitePoint { linear: Vec3::ONE, confidence: 0.0 };
        }
        let things = if sclera.is_some() { THINGS_BESIDE_EYES } else { THINGS };
        let (mut sum, mut cast, mut explained) = (0.0, Vec2::ZERO, 0.0);
        for index in 0..BINS {
            let place = FIRST + (index as f32 + 0.5) / BINS as f32 * (LAST - FIRST);
            let near = self.around(index);
            let part = near.weight / self.total.max(1e-6);
            let off = sclera.map_or(0.0, |seen| (seen + place - SCLERA) / SCLERA_SIGMA);
            let likely = (CHANCE + part).powf(things) * (-0.5 * off * off - place.abs() / CAST_LEFT).exp();
            // Use the exact place of the grey things in this bin, not its centre.
            let own = near.place / near.weight.max(1e-6);
            let sure = part / (part + CHANCE);
            sum += likely;
            cast += likely * Vec2::new(place + (own - place) * sure, near.tint / near.weight.max(1e-6) * sure);
            explained += likely * part;
        }
        let cast = cast / sum.max(1e-9);
        WhitePoint {
            linear: Cast { place: cast.x, tint: cast.y }.white_linear(),
            confidence: (2.0 * explained / sum.max(1e-9)).min(1.0),
        }
    }

    /// A bin together with its neighbours, weighted by the spread of grey things in one room.
    fn around(&self, index: usize) -> Bin {
        let mut near = Bin::default();
        for (other, bin) in self.bins.iter().enumerate() {
            let off = (other.abs_diff(index) as f32) * (LAST - FIRST) / BINS as f32 / ALIKE;
            if off < ALIKE_MAX {
                let weight = (-0.5 * off * off).exp();
                near.weight += bin.weight * weight;
                near.place += bin.place * weight;
                near.tint += bin.tint * weight;
            }
        }
        near
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thing in the room: ln(red / green), ln(blue / green), luminance.
    type Thing = (f32, f32, f32);

    fn of(things: &[Thing], sclera: Option<f32>) -> Cast {
        let mut chromas = ChromaHistogram::default();
        things.iter().for_each(|&(red, blue, level)| chromas.add(Vec2::new(red, blue), level));
        let white = chromas.white_point(sclera).linear;
        Cast::of(Vec2::new((white.x / white.y).ln(), (white.z / white.y).ln()))
    }

    #[test]
    fn eyes_tell_a_lamp_from_a_beige_wall() {
        let wall = [(0.19, -0.28, 1.0)];
        assert!(of(&wall, Some(-0.36)).place > 0.23);
        assert!(of(&wall, Some(-0.08)).place < 0.1);
    }

    #[test]
    fn grey_things_are_believed_and_coloured_ones_are_not() {
        assert!((of(&[(0.03, -0.05, 1.0)], None).place - 0.05).abs() < 0.02);
        assert!(of(&[(2.0, 0.0, 1.0)], None).place.abs() < 0.02, "a red wall");
        assert!(of(&[(0.5, -0.5, 1.0)], Some(-0.08)).place.abs() < 0.06, "wood");
        assert!(of(&[], Some(-0.08)).place.abs() < 0.02);
    }
}
