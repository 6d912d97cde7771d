use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

use super::skin::linear_at;
use crate::face::FittedFace;
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
    /// From the frame's near-neutral and brightest pixels. Weak evidence moves it little from white; how weak (0) or
    /// good (1) it is comes with it.
    pub(super) fn estimate(frame: &Frame<'_>, faces: &[FittedFace]) -> (Self, f32) {
        const COLUMNS: u32 = 64;
        const ROWS: u32 = 48;
        // Of luminance, square-root spaced so that shadows keep their resolution.
        let mut histogram = [0u32; 64];
        let (mut neutral, mut neutral_weight) = (Vec3::ZERO, 0.0);
        let mut seen = 0;
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let at = Vec2::new(
                    (column as f32 + 0.5) / COLUMNS as f32 * frame.width() as f32,
                    (row as f32 + 0.5) / ROWS as f32 * frame.height() as f32,
                );
                let colour = linear_at(frame, at);
                let level = luminance(colour);
                histogram[((level.max(0.0).sqrt() * 63.0) as usize).min(63)] += 1;
                seen += 1;
                // Skin is no grey card; clipped and black pixels have lost their colour.
                if (0.03..0.9).contains(&level) && !faces.iter().any(|face| on_face(face, at)) {
                    let saturation = 1.0 - colour.min_element() / colour.max_element().max(1e-4);
                    let weight = (-(saturation / 0.15).powi(2)).exp() * level;
                    neutral += colour / level * weight;
                    neutral_weight += weight;
                }
            }
        }
        let confidence = (neutral_weight / (seen as f32 * 0.05)).min(1.0);
        let cast = if neutral_weight > 0.0 { neutral / neutral_weight } else { Vec3::ONE };
        let white = Vec3::ONE.lerp(cast, confidence);

        let mut above = seen / 33;
        let mut bin = 63;
        while bin > 0 && histogram[bin] <= above {
            above -= histogram[bin];
            bin -= 1;
        }
        // Within the bin, so that a slowly changing light gives a slowly changing exposure.
        let within = 1.0 - (above as f32 + 0.5) / (histogram[bin] as f32).max(1.0);
        let bright = ((bin as f32 + within.clamp(0.0, 1.0)) / 63.0).min(1.0).powi(2);
        // What is brightest in a room is seldom whiter than paper (0.85), and often a skin or a wall.
        (Self { white_linear: white / luminance(white), exposure: (bright / 0.85).clamp(0.02, 1.1) }, confidence)
    }

    pub(super) fn mixed(self, other: Self, part: f32) -> Self {
        Self {
            white_linear: self.white_linear.lerp(other.white_linear, part),
            exposure: self.exposure + (other.exposure - self.exposure) * part,
        }
    }
}

fn on_face(face: &FittedFace, at: Vec2) -> bool {
    let centre = face.landmarks_px[1].truncate();
    at.distance(centre) < face.landmarks_px.interocular() * 1.3
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
        assert!(flat([160, 160, 160]).white_linear.abs_diff_eq(Vec3::ONE, 1e-3));
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
