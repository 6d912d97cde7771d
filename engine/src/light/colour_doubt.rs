//! Whether what a face shows can be trusted in its colours, and the colour of a light that is far from white.
//!
//! In: the median log chroma of a face's bare skin, and the share of its samples that are clipped. Out: why its colours
//! cannot be trusted, if they cannot, and the room's white corrected by the skin.
//! 1. Under white light, a warm lamp or the sky, skin of every tone lies within a strip of log chroma, along the line
//!    of lights (`white_point`). How far it lies beyond the strip tells a light that is no lamp's and no sky's.
//! 2. Clipping pulls skin towards white, and restoring it is a guess; neither must count as a cast.
//! 3. Beyond a margin the light is what turns skin of the commonest chroma into what is seen; within the margin the
//!    room's white stays as it was estimated, bit for bit.
//!
//! Constants were chosen on 54 faces of 53 pictures, each as it is, under six casts and one and two stops brighter. The
//! strip and the commonest chroma are wide enough for every tone; no tone is doubted sooner than another.

use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

use super::skin_samples::SkinSamples;

/// ln(red / green) of skin, had it ln(blue / green) 0, along the line of lights: its slope, and the strip's ends.
const SLOPE: f32 = 0.6;
const LEAST_RED: f32 = -0.04;
const MOST_RED: f32 = 0.95;
/// ln(blue / green) of skin: under the warmest lamp, and under the bluest sky.
const LEAST_BLUE: f32 = -1.6;
const MOST_BLUE: f32 = 0.1;
/// The commonest log chroma of skin in white light; half of all people are within 0.15 of it.
pub(super) const COMMON_SKIN: Vec2 = Vec2::new(0.7, -0.32);
/// Distance beyond the strip at which a light is coloured, and at which the skin alone tells its colour.
const COLOURED: f32 = 0.1;
const SURELY_COLOURED: f32 = 0.35;
/// By how much clipping can carry skin beyond the strip.
const CLIPPED_BEYOND: f32 = 0.2;
/// Share of the skin that is clipped where its colour is lost: a pale, shiny face in good light has up to 0.18.
const OVEREXPOSED: f32 = 0.25;
/// A light's channels differ by no more than this, as the logarithm of their ratio: the rest is noise.
const CAST_MAX: f32 = 2.2;

/// Why the colours of a face cannot be trusted: what is seen of skin and make-up is not what white light would show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColourDoubt {
    /// The light is strongly coloured. Make-up is shown in that light, but only roughly.
    ColouredLight,
    /// Much of the skin is overexposed: its colour is clipped.
    Overexposed,
}

/// What a face's skin tells of the light.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct SkinWitness {
    /// Median log chroma relative to the commonest.
    cast: Vec2,
    /// Distance beyond where skin lies under any usual light.
    beyond: f32,
    /// Share of the samples that are clipped, 0–1.
    clipped: f32,
}

impl SkinWitness {
    /// `None` with too little visible skin.
    pub fn of(samples: &SkinSamples) -> Option<Self> {
        let chroma = samples.colour()?.log_chroma;
        let red = chroma.x + SLOPE * chroma.y;
        let tint = (LEAST_RED - red).max(red - MOST_RED);
        let beyond = tint.max(LEAST_BLUE - chroma.y).max(chroma.y - MOST_BLUE);
        Some(Self { cast: chroma - COMMON_SKIN, beyond, clipped: samples.clipped() })
    }

    pub fn lerp(self, to: Self, part: f32) -> Self {
        let number = |from: f32, to: f32| from + (to - from) * part;
        Self {
            cast: self.cast.lerp(to.cast, part),
            beyond: number(self.beyond, to.beyond),
            clipped: number(self.clipped, to.clipped),
        }
    }

    /// `is_known`: the light was measured, so that its colour is no reason.
    pub fn doubt(self, is_known: bool) -> Option<ColourDoubt> {
        if !is_known && self.beyond_by_light() > COLOURED {
            Some(ColourDoubt::ColouredLight)
        } else if self.clipped > OVEREXPOSED {
            Some(ColourDoubt::Overexposed)
        } else {
            None
        }
    }

    /// The white of a room in which `estimated` is what the surroundings tell; luminance 1.
    pub fn white_linear(self, estimated: Vec3) -> Vec3 {
        let sure = ((self.beyond_by_light() - COLOURED) / (SURELY_COLOURED - COLOURED)).clamp(0.0, 1.0);
        if sure <= 0.0 {
            return estimated;
        }
        let sure = sure * sure * (3.0 - 2.0 * sure);
        let around = estimated.max(Vec3::splat(1e-3)).map(f32::ln);
        let around = Vec2::new(around.x - around.y, around.z - around.y);
        let limit = Vec2::splat(CAST_MAX);
        let cast = around.lerp(self.cast.clamp(-limit, limit), sure);
        let white = Vec3::new(cast.x.exp(), 1.0, cast.y.exp());
        white / luminance(white)
    }

    fn beyond_by_light(self) -> f32 {
        self.beyond - CLIPPED_BEYOND * (self.clipped / OVEREXPOSED).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::chroma::log_chroma;
    use super::super::skin_mesh::SkinMesh;
    use super::super::synthetic::{HEIGHT, Picture, WIDTH, face};
    use super::*;
    use crate::frame::{Frame, PixelFormat};
    use crate::light::MONK_SRGB;
    use crate::srgb;

    /// Of a face with this skin in this light.
    fn witness(skin: Vec3) -> SkinWitness {
        let face = face(0.0);
        let bytes = Picture::flat(Vec3::splat(0.4)).shaded(&face, skin, |normal| 0.6 + 0.4 * normal.z).bytes();
        let mut samples = SkinSamples::default();
        let frame = Frame::new(&bytes, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
        samples.take(&frame, &face, &SkinMesh::default());
        SkinWitness::of(&samples).unwrap()
    }

    #[test]
    fn no_tone_is_doubted_in_white_light_by_a_lamp_or_by_the_sky() {
        for light in [Vec3::ONE, Vec3::new(1.0, 0.75, 0.45), Vec3::new(0.8, 0.9, 1.0)] {
            for (tone, rgb) in (1..).zip(MONK_SRGB) {
                let seen = witness(srgb::linear(rgb) * light * 0.9);
                assert_eq!(seen.doubt(false), None, "tone {tone} in {light}: {seen:?}");
                let estimated = Vec3::new(1.1, 0.98, 0.9);
                assert_eq!(seen.white_linear(estimated), estimated, "tone {tone} in {light}");
            }
        }
    }

    #[test]
    fn every_tone_tells_strong_red_green_and_blue_light_and_about_what_colour_it_has() {
        for light in [Vec3::new(1.0, 0.15, 0.12), Vec3::new(0.2, 1.0, 0.25), Vec3::new(0.15, 0.25, 1.0)] {
            for (tone, rgb) in (1..).zip(MONK_SRGB) {
                let seen = witness(srgb::linear(rgb) * light);
                assert_eq!(seen.doubt(false), Some(ColourDoubt::ColouredLight), "tone {tone} in {light}: {seen:?}");
                assert_eq!(seen.doubt(true), None, "a measured light is no doubt");
                if tone > 7 {
                    // In a light that takes most of what little they reflect, noise is left.
                    continue;
                }
                let white = log_chroma(seen.white_linear(Vec3::ONE));
                let off = (white - log_chroma(light / luminance(light))).abs();
                assert!(off.max_element() < 0.8, "tone {tone} in {light}: {off}");
            }
        }
    }

    #[test]
    fn skin_that_is_blown_out_is_overexposed_and_not_in_coloured_light() {
        for rgb in &MONK_SRGB[..5] {
            let seen = witness(srgb::linear(*rgb) * 4.0);
            assert_eq!(seen.doubt(false), Some(ColourDoubt::Overexposed), "{rgb:?}: {seen:?}");
            assert_eq!(seen.doubt(true), Some(ColourDoubt::Overexposed), "{rgb:?}");
        }
    }

    #[test]
    fn a_light_comes_gradually_into_the_white_point() {
        let at = |beyond| SkinWitness { cast: Vec2::new(1.2, 0.1), beyond, clipped: 0.0 }.white_linear(Vec3::ONE);
        assert_eq!(at(COLOURED), Vec3::ONE);
        let (little, much) = (at(COLOURED + 0.02), at(1.0));
        assert!((1.0..1.1).contains(&little.x) && much.x > 1.7, "{little} {much}");
        assert!((luminance(much) - 1.0).abs() < 1e-5);
    }
}
