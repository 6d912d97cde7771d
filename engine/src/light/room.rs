use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

use super::skin::linear_at;
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
    /// From the frame's near-neutral and brightest pixels. Weak evidence moves it little from white.
    pub(super) fn estimate(frame: &Frame<'_>, faces: &[FittedFace]) -> Self {
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
        Self { white_linear: white / luminance(white), exposure: (bright / 0.85).clamp(0.02, 1.1) }
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

/// Exposure on one face from three witnesses: the room, the white of the eyes, and what skin can be.
pub(super) fn face_exposure(room: f32, skin: Option<f32>, sclera: Option<f32>) -> f32 {
    // The albedo of skin in luminance: very light 0.62, very dark 0.035 (Monk tones 1 and 10 with headroom).
    const SKIN_ALBEDO: (f32, f32) = (0.62, 0.035);
    let both = sclera.map_or(room, |sclera| (room * sclera.clamp(room / 4.0, room * 2.0)).sqrt());
    match skin {
        Some(skin) => both.clamp(skin / SKIN_ALBEDO.0, (skin / SKIN_ALBEDO.1).max(skin / SKIN_ALBEDO.0)),
        None => both,
    }
    .clamp(0.02, 1.2)
}

/// Exposure as the white of the eyes tells it, whatever the skin's tone; `None` for closed or tiny eyes.
pub(super) fn sclera(frame: &Frame<'_>, face: &FittedFace) -> Option<f32> {
    /// Luminance of the sclera (about 0.6), shaded by lids and lashes.
    const SCLERA_ALBEDO: f32 = 0.42;
    let mut levels = [0.0f32; 256];
    let mut count = 0;
    let eyes = [(&rings::RIGHT_EYE, rings::RIGHT_IRIS), (&rings::LEFT_EYE, rings::LEFT_IRIS)];
    for (ring, iris) in eyes {
        let point = |index: u16| face.landmarks_px[usize::from(index)].truncate();
        let (outer, inner) = (point(ring[0]), point(ring[8]));
        let (lower, upper) = (point(ring[4]), point(ring[12]));
        let width = outer.distance(inner);
        if width < 14.0 || lower.distance(upper) < 0.2 * width {
            continue;
        }
        let centre = point(iris[0]);
        let iris_radius = point(iris[1]).distance(point(iris[3])) * 0.5;
        for along in 1..16u8 {
            for across in 1..8u8 {
                let middle = outer.lerp(inner, f32::from(along) / 16.0);
                let at = middle + (lower - upper) * (f32::from(across) / 8.0 - 0.5);
                if at.distance(centre) > iris_radius * 1.15 && inside(ring.map(point), at) && count < levels.len() {
                    levels[count] = luminance(linear_at(frame, at));
                    count += 1;
                }
            }
        }
    }
    if count < 12 {
        return None;
    }
    let levels = &mut levels[..count];
    levels.sort_unstable_by(f32::total_cmp);
    Some(levels[count * 4 / 5] / SCLERA_ALBEDO)
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
        RoomLight::estimate(&Frame::new(&data, PixelFormat::Rgb8, 64, 48).unwrap(), &[])
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

    #[test]
    fn skin_bounds_the_exposure() {
        assert!(face_exposure(0.1, Some(0.5), None) >= 0.5 / 0.62);
        assert!(face_exposure(1.0, Some(0.01), None) <= 0.01 / 0.035 + 1e-5);
        assert_eq!(face_exposure(0.8, None, None), 0.8);
    }
}
