//! White point and exposure of a room, from what lies around the faces.
//!
//! In: a frame, the faces in it, and the white of their eyes. Out: the room's light, and how good the white point is.
//! 1. Sample the frame on a grid, leaving out the people, since skin is not neutral.
//! 2. Exposure: the luminance that three of a hundred pixels exceed is that of a light wall, cloth or paper.
//! 3. White point: the chroma of what is neither clipped nor black, and of the white of the eyes (`white_point`).

use carmine_shaders::cpu::luminance;
use glam::Vec2;

use super::chroma::{linear_and_log_chroma, log_chroma};
use super::landmark_points::points_px;
use super::map_rect::Bounds;
use super::pixel::rgb_at;
use super::room_light::RoomLight;
use super::sclera::Sclera;
use super::white_point::ChromaHistogram;
use crate::face::{FittedFace, rings};
use crate::frame::Frame;

/// The grid.
const COLUMNS: u32 = 64;
const ROWS: u32 = 48;
/// If the surroundings of the people fill less than this part of the frame, the people are sampled as well.
const AROUND_MIN: f32 = 0.08;
/// Clipped and black pixels have lost their colour: luminance of those that have not.
const COLOURED_MIN: f32 = 0.03;
const COLOURED_MAX: f32 = 0.9;
/// Reflectance of what is brightest in a room: a light wall, cloth or paper.
const WHITENESS: f32 = 0.6;
const EXPOSURE_MIN: f32 = 0.02;
const EXPOSURE_MAX: f32 = 1.1;
/// Least trust in the sclera of all faces for it to be used for the white point.
const SCLERA_TRUST_MIN: f32 = 0.3;
/// How far a person reaches beyond the face's outline, in its size: to the sides, above, and below with the neck.
const PERSON_SIDE: f32 = 0.2;
const PERSON_ABOVE: f32 = 0.1;
const PERSON_BELOW: f32 = 0.5;

/// A room's light, estimated from one frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoomEstimate {
    pub room: RoomLight,
    /// How good the evidence for the white point is, 0–1.
    pub white_confidence: f32,
}

impl RoomEstimate {
    /// `scleras`: the white of the eyes of those faces that show it.
    pub fn of(frame: &Frame<'_>, faces: &[FittedFace], scleras: impl Iterator<Item = Sclera>) -> Self {
        let mut around = LuminanceHistogram::default();
        let mut all = LuminanceHistogram::default();
        let mut chromas = ChromaHistogram::default();
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let at = Vec2::new(
                    (column as f32 + 0.5) / COLUMNS as f32 * frame.width() as f32,
                    (row as f32 + 0.5) / ROWS as f32 * frame.height() as f32,
                );
                let (colour, chroma) = linear_and_log_chroma(rgb_at(frame, at));
                let level = luminance(colour);
                all.add(level);
                if !faces.iter().any(|face| is_on_person(face, at)) {
                    around.add(level);
                    if (COLOURED_MIN..COLOURED_MAX).contains(&level) {
                        chromas.add(chroma, level);
                    }
                }
            }
        }
        let seen = if around.seen as f32 > AROUND_MIN * all.seen as f32 { around } else { all };
        let (sum, trust) = scleras.fold((0.0, 0.0), |(sum, trust), sclera| {
            (sum + log_chroma(sclera.colour).y * sclera.trust, trust + sclera.trust)
        });
        let white = chromas.white_point((trust > SCLERA_TRUST_MIN).then(|| sum / trust));
        let exposure = (seen.brightest() / WHITENESS).clamp(EXPOSURE_MIN, EXPOSURE_MAX);
        Self { room: RoomLight { white_linear: white.linear, exposure }, white_confidence: white.confidence }
    }
}

/// Bins of a [`LuminanceHistogram`].
const BINS: usize = 64;
/// One of this many pixels may be brighter: reflections and lamps.
const BRIGHTER: u32 = 33;

/// Of luminance, square-root spaced so that shadows keep their resolution.
#[derive(Clone, Copy, Debug)]
struct LuminanceHistogram {
    bins: [u32; BINS],
    seen: u32,
}

impl Default for LuminanceHistogram {
    fn default() -> Self {
        Self { bins: [0; BINS], seen: 0 }
    }
}

impl LuminanceHistogram {
    const LAST: usize = BINS - 1;

    fn add(&mut self, level: f32) {
        self.bins[((level.max(0.0).sqrt() * Self::LAST as f32) as usize).min(Self::LAST)] += 1;
        self.seen += 1;
    }

    /// The luminance that three of a hundred pixels exceed.
    fn brightest(&self) -> f32 {
        let mut above = self.seen / BRIGHTER;
        let mut bin = Self::LAST;
        while bin > 0 && self.bins[bin] <= above {
            above -= self.bins[bin];
            bin -= 1;
        }
        // Within the bin, so that a slowly changing light gives a slowly changing exposure.
        let within = 1.0 - (above as f32 + 0.5) / (self.bins[bin] as f32).max(1.0);
        ((bin as f32 + within.clamp(0.0, 1.0)) / Self::LAST as f32).min(1.0).powi(2)
    }
}

/// Face, ears and neck: a rectangle around the outline, longer below.
fn is_on_person(face: &FittedFace, at: Vec2) -> bool {
    let outline = Bounds::of(points_px(face, &rings::FACE_OVAL).into_iter());
    let size = outline.size();
    at.cmpge(outline.low - size * Vec2::new(PERSON_SIDE, PERSON_ABOVE)).all()
        && at.cmple(outline.high + size * Vec2::new(PERSON_SIDE, PERSON_BELOW)).all()
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;
    use crate::frame::PixelFormat;

    fn flat(rgb: [u8; 3]) -> RoomLight {
        let data: Vec<u8> = rgb.into_iter().cycle().take(64 * 48 * 3).collect();
        let frame = Frame::new(&data, PixelFormat::Rgb8, 64, 48).unwrap();
        RoomEstimate::of(&frame, &[], std::iter::empty()).room
    }

    #[test]
    fn grey_surroundings_are_white_light_and_warm_ones_warm() {
        assert!(flat([160, 160, 160]).white_linear.abs_diff_eq(Vec3::ONE, 5e-3));
        let warm = flat([170, 160, 150]).white_linear;
        assert!(warm.x > 1.02 && warm.z < 0.98 && (luminance(warm) - 1.0).abs() < 1e-4, "{warm}");
        assert!(flat([200, 40, 40]).white_linear.abs_diff_eq(Vec3::ONE, 0.05), "a red wall is no red light");
    }

    #[test]
    fn a_dark_room_is_underexposed() {
        assert!(flat([235, 235, 235]).exposure > 0.9);
        assert!(flat([60, 60, 60]).exposure < 0.1);
    }
}
