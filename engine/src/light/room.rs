use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

use super::exposure::sclera;
use super::likeness::{decoded_with_chroma, log_chroma};
use super::skin::rgb_at;
use super::white::Surroundings;
use crate::face::{FittedFace, rings};
use crate::frame::Frame;

/// White point and exposure: what a white, matte card would show the camera.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoomLight {
    /// Linear RGB of that card, scaled to luminance 1.
    pub white_linear: Vec3,
    /// Linear luminance of that card, about 0–1.
    pub exposure: f32,
}

impl Default for RoomLight {
    /// Flat white light, exposed so that white is 1.
    fn default() -> Self {
        Self { white_linear: Vec3::ONE, exposure: 1.0 }
    }
}

impl RoomLight {
    /// From what is grey and what is brightest around the faces. How weak (0) or good (1) the evidence for the white point
    /// is comes with it.
    pub(super) fn estimate(frame: &Frame<'_>, faces: &[FittedFace]) -> (Self, f32) {
        const COLUMNS: u32 = 64;
        const ROWS: u32 = 48;
        /// With less than this part of the frame in sight around the faces, they count as well.
        const AROUND_MIN: f32 = 0.08;
        let mut around = Histogram::default();
        let mut all = Histogram::default();
        let mut surroundings = Surroundings::default();
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let at = Vec2::new(
                    (column as f32 + 0.5) / COLUMNS as f32 * frame.width() as f32,
                    (row as f32 + 0.5) / ROWS as f32 * frame.height() as f32,
                );
                let (colour, chroma) = decoded_with_chroma(rgb_at(frame, at));
                let level = luminance(colour);
                all.add(level);
                // Skin is no grey card, and the brightest thing in a picture of a light face only.
                if !faces.iter().any(|face| on_person(face, at)) {
                    around.add(level);
                    // Clipped and black pixels have lost their colour.
                    if (0.03..0.9).contains(&level) {
                        surroundings.add(chroma, level);
                    }
                }
            }
        }
        let seen = if around.seen as f32 > AROUND_MIN * all.seen as f32 { around } else { all };
        let bright = seen.brightest();
        let scleras = || faces.iter().filter_map(|face| sclera(frame, face, |_| 1.0));
        let (sum, weight) = scleras().fold((0.0, 0.0), |(sum, weight), sclera| {
            (sum + log_chroma(sclera.colour).y * sclera.trust, weight + sclera.trust)
        });
        let (white_linear, confidence) = surroundings.white((weight > 0.3).then(|| sum / weight));
        // What is brightest in a room is a light wall, cloth or paper.
        const WHITENESS: f32 = 0.6;
        (Self { white_linear, exposure: (bright / WHITENESS).clamp(0.02, 1.1) }, confidence)
    }

    pub(super) fn mixed(self, other: Self, part: f32) -> Self {
        Self {
            white_linear: self.white_linear.lerp(other.white_linear, part),
            exposure: self.exposure + (other.exposure - self.exposure) * part,
        }
    }
}

/// Of luminance, square-root spaced so that shadows keep their resolution.
#[derive(Clone, Copy, Debug)]
struct Histogram {
    bins: [u32; 64],
    seen: u32,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { bins: [0; 64], seen: 0 }
    }
}

impl Histogram {
    fn add(&mut self, level: f32) {
        self.bins[((level.max(0.0).sqrt() * 63.0) as usize).min(63)] += 1;
        self.seen += 1;
    }

    /// The luminance that three of a hundred pixels exceed.
    fn brightest(&self) -> f32 {
        let mut above = self.seen / 33;
        let mut bin = 63;
        while bin > 0 && self.bins[bin] <= above {
            above -= self.bins[bin];
            bin -= 1;
        }
        // Within the bin, so that a slowly changing light gives a slowly changing exposure.
        let within = 1.0 - (above as f32 + 0.5) / (self.bins[bin] as f32).max(1.0);
        ((bin as f32 + within.clamp(0.0, 1.0)) / 63.0).min(1.0).powi(2)
    }
}

/// Face, ears and neck: a rectangle around the outline, longer below.
fn on_person(face: &FittedFace, at: Vec2) -> bool {
    let outline = rings::FACE_OVAL.map(|vertex| face.landmarks_px[usize::from(vertex)].truncate());
    let (low, high) = outline.iter().fold((Vec2::MAX, Vec2::MIN), |(low, high), &at| (low.min(at), high.max(at)));
    let size = high - low;
    at.cmpge(low - size * Vec2::new(0.2, 0.1)).all() && at.cmple(high + size * Vec2::new(0.2, 0.5)).all()
}

/// Whether a point lies inside a polygon (even-odd rule).
pub(super) fn inside<const N: usize>(polygon: [Vec2; N], at: Vec2) -> bool {
    let mut odd = false;
    for i in 0..N {
        let (a, b) = (polygon[i], polygon[(i + 1) % N]);
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            odd = !odd;
        }
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::PixelFormat;

    fn flat(rgb: [u8; 3]) -> RoomLight {
        let data: Vec<u8> = rgb.into_iter().cycle().take(64 * 48 * 3).collect();
        RoomLight::estimate(&Frame::new(&data, PixelFormat::Rgb8, 64, 48).unwrap(), &[]).0
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
