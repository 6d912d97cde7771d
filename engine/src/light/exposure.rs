use carmine_shaders::cpu::luminance;
use glam::Vec3;

use super::room::{RoomLight, inside};
use super::skin::linear_at;
use crate::face::{FittedFace, rings};
use crate::frame::Frame;

/// What a white surface shows in a face's light, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Exposure {
    /// Linear luminance, about 0–1.
    pub level: f32,
    /// Standard deviation of its natural logarithm.
    pub sigma_ln: f32,
}

/// What is brightest in a room reflects 0.85 if it is paper, 0.4 if it is a light wall, more if it is a lamp.
const ROOM_SIGMA_LN: f32 = 0.4;
/// The sclera is shaded by lids and lashes, more or less.
const SCLERA_SIGMA_LN: f32 = 0.35;
/// Known by a card: what is left is where the card was held.
const CALIBRATED_SIGMA_LN: f32 = 0.06;

impl Exposure {
    pub fn calibrated(room: RoomLight) -> Self {
        Self { level: room.exposure, sigma_ln: CALIBRATED_SIGMA_LN }
    }

    /// From three witnesses: the room, the white of the eyes, and what skin can be. They are weighed on a logarithmic scale; their
    /// discord, and whatever the bounds of skin overrule, count as uncertainty.
    pub fn estimate(room: RoomLight, skin: Option<Vec3>, sclera: Option<Sclera>) -> Self {
        /// The albedo of skin in luminance: lightest (L* 79) and darkest (L* 22, Monk tone 10 with headroom).
        const SKIN_ALBEDO: (f32, f32) = (0.55, 0.035);
        /// No skin reflects more of red light.
        const SKIN_RED: f32 = 0.85;
        let (mut level, mut variance) = (room.exposure, ROOM_SIGMA_LN.powi(2));
        if let Some(sclera) = sclera {
            let seen = sclera.exposure.clamp(room.exposure / 4.0, room.exposure * 2.0);
            let discord = (seen / room.exposure).ln();
            // Shade makes the sclera too dark, nothing makes it too bright: bright it is to be trusted, dark only when wide open.
            let weight = if discord > 0.0 { 0.5 } else { 0.5 * ((sclera.openness - 0.2) / 0.15).clamp(0.1, 1.0) };
            level *= (discord * weight).exp();
            variance = ((1.0 - weight) * ROOM_SIGMA_LN).powi(2)
                + (weight * SCLERA_SIGMA_LN).powi(2)
                + (weight * (1.0 - weight)) * discord * discord;
        }
        if let Some(skin) = skin {
            let level_of_skin = luminance(skin);
            let least = (level_of_skin / SKIN_ALBEDO.0).max(skin.x / (SKIN_RED * room.white_linear.x.max(0.1)));
            let bounded = level.clamp(least, (level_of_skin / SKIN_ALBEDO.1).max(least));
            variance += (0.5 * (bounded / level).ln()).powi(2);
            level = bounded;
        }
        Self { level: level.clamp(0.02, 1.4), sigma_ln: variance.sqrt().clamp(0.2, 0.8) }
    }
}

/// The white of the eyes as a witness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sclera {
    /// Exposure as it tells it, whatever the skin's tone.
    pub exposure: f32,
    /// How far the eyes are open: height over width.
    pub openness: f32,
}

/// `None` for closed or tiny eyes.
pub(super) fn sclera(frame: &Frame<'_>, face: &FittedFace) -> Option<Sclera> {
    /// Luminance of the sclera (about 0.6), shaded by lids and lashes.
    const SCLERA_ALBEDO: f32 = 0.42;
    let mut levels = [0.0f32; 256];
    let mut count = 0;
    let (mut openness, mut open_eyes) = (0.0, 0.0f32);
    let eyes = [(&rings::RIGHT_EYE, rings::RIGHT_IRIS), (&rings::LEFT_EYE, rings::LEFT_IRIS)];
    for (ring, iris) in eyes {
        let point = |index: u16| face.landmarks_px[usize::from(index)].truncate();
        let (outer, inner) = (point(ring[0]), point(ring[8]));
        let (lower, upper) = (point(ring[4]), point(ring[12]));
        let width = outer.distance(inner);
        let open = lower.distance(upper) / width.max(1.0);
        if width < 14.0 || open < 0.2 {
            continue;
        }
        (openness, open_eyes) = (openness + open, open_eyes + 1.0);
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
    Some(Sclera { exposure: levels[count * 4 / 5] / SCLERA_ALBEDO, openness: openness / open_eyes.max(1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(exposure: f32) -> RoomLight {
        RoomLight { exposure, ..Default::default() }
    }

    #[test]
    fn skin_bounds_the_exposure() {
        let grey = |level: f32| Some(Vec3::splat(level));
        assert!(Exposure::estimate(room(0.1), grey(0.5), None).level >= 0.5 / 0.55 - 1e-5);
        assert!(Exposure::estimate(room(1.0), grey(0.01), None).level <= 0.01 / 0.035 + 1e-5);
        assert_eq!(Exposure::estimate(room(0.8), None, None).level, 0.8);
        let ruddy = Exposure::estimate(room(0.5), Some(Vec3::new(0.7, 0.2, 0.15)), None);
        assert!(ruddy.level >= 0.7 / 0.85 - 1e-5, "{ruddy:?}");
    }

    #[test]
    fn squinting_eyes_say_little_and_discord_is_doubt() {
        let of = |exposure, openness| Exposure::estimate(room(0.8), None, Some(Sclera { exposure, openness }));
        assert!(of(0.3, 0.21).level > 0.74 && of(0.3, 0.36).level < 0.5);
        assert!(of(1.2, 0.21).level > 0.95, "shade never brightens");
        assert!(of(0.8, 0.36).sigma_ln < 0.3 && of(0.3, 0.36).sigma_ln > 0.5);
        assert!(Exposure::calibrated(room(0.8)).sigma_ln < 0.1);
    }
}
