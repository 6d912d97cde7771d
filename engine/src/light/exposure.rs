//! What a white surface shows in a face's light, and how sure that is.
//!
//! In: the room's exposure, the white of the eyes, and the colour of the face's skin. Out: a linear luminance and the
//! standard deviation of its logarithm.
//! 1. Start from the room.
//! 2. Combine it with the sclera, weighted by their variances, on a logarithmic scale; their disagreement adds to the
//!    uncertainty.
//! 3. If the skin's albedo would then lie outside the possible range, move the exposure towards that range.
//! 4. Bound it from below: no skin reflects more than 88 % of all light, or 96 % of red. If much of the skin is
//!    clipped, the surroundings are, too, and say too little: then it is taken for no lighter than most skin is.
//!
//! Room and sclera do not depend on the skin's tone, and the prior of skin's albedo is flat over most of its range, so
//! that no tone is measured worse than another. Constants were chosen on 40 still pictures of 35 people.

use carmine_shaders::cpu::{luminance, smoothstep};
use glam::Vec3;

use super::room_light::RoomLight;
use super::sclera::Sclera;

/// Uncertainty of the room: its brightest thing may be paper, a light wall, or cloth.
const ROOM_SIGMA_LN: f32 = 0.4;
/// Uncertainty of the sclera: lids and lashes shade it to a varying degree.
const SCLERA_SIGMA_LN: f32 = 0.27;
/// Uncertainty of an exposure that was measured with a card: where the card was held.
const KNOWN_SIGMA_LN: f32 = 0.06;
/// The sclera's exposure is held within these parts of the room's.
const SCLERA_OVER_ROOM_MIN: f32 = 0.25;
const SCLERA_OVER_ROOM_MAX: f32 = 6.0;
const SCLERA_TRUST_MIN: f32 = 0.1;
/// Share of their disagreement that is the room's error if the sclera is brighter, and the sclera's if it is darker.
const ROOM_ERROR: f32 = 0.5;
const SCLERA_ERROR: f32 = 0.4;
/// The albedo of skin in luminance (Monk tone 10, and L* 79).
const SKIN_ALBEDO_MIN: f32 = 0.015;
const SKIN_ALBEDO_MAX: f32 = 0.55;
/// Standard deviation of the albedo's logarithm beyond that range: skin can lie outside the tone scale, and a picture
/// is no laboratory measurement.
const SKIN_SIGMA_LN: f32 = 0.4;
/// Greatest reflectance of skin, for luminance and for red.
const SKIN_REFLECTANCE_MAX: f32 = 0.88;
const SKIN_RED_MAX: f32 = 0.96;
/// The same for luminance where skin is clipped; the share of it that is from where on this counts, and wholly; and the
/// factor by which such a light may exceed the greatest level.
const BLOWN_REFLECTANCE_MAX: f32 = 0.38;
const BLOWN_MIN: f32 = 0.2;
const BLOWN_ALL: f32 = 0.6;
const BLOWN_LEVEL: f32 = 4.0;
/// Share of that bound's correction that is added to the uncertainty.
const BOUND_DOUBT: f32 = 0.5;
const LEVEL_MIN: f32 = 0.02;
const LEVEL_MAX: f32 = 1.4;
const SIGMA_LN_MIN: f32 = 0.2;
const SIGMA_LN_MAX: f32 = 0.8;

/// What a white surface shows in a face's light, and how sure that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Exposure {
    /// Linear luminance, about 0–1.
    pub level: f32,
    /// Standard deviation of its natural logarithm.
    pub sigma_ln: f32,
}

impl Exposure {
    /// In a room whose light was measured.
    pub fn known(room: RoomLight) -> Self {
        Self { level: room.exposure, sigma_ln: KNOWN_SIGMA_LN }
    }

    /// From the room, the prior of skin's albedo, and the sclera. `clipped`: share of the skin that is.
    pub fn estimate(room: RoomLight, skin: Option<Vec3>, clipped: f32, sclera: Option<Sclera>) -> Self {
        let blown = smoothstep(BLOWN_MIN, BLOWN_ALL, clipped);
        let (mut ln_level, mut variance) = (room.exposure.ln(), ROOM_SIGMA_LN.powi(2));
        if let Some(sclera) = sclera {
            let (least, most) = (room.exposure * SCLERA_OVER_ROOM_MIN, room.exposure * SCLERA_OVER_ROOM_MAX);
            let discord = (sclera.exposure.clamp(least, most) / room.exposure).ln();
            // The room's estimate is too dark if nothing around the face is white.
            let dark = ROOM_ERROR * discord.max(0.0);
            variance += dark * dark;
            // Shade makes the sclera too dark; nothing makes it too bright.
            let shade = SCLERA_ERROR * (-discord).max(0.0);
            let of_sclera = (SCLERA_SIGMA_LN / sclera.trust.max(SCLERA_TRUST_MIN)).powi(2) + shade * shade;
            let weight = variance / (variance + of_sclera);
            ln_level += weight * discord;
            variance = variance * of_sclera / (variance + of_sclera) + weight * (1.0 - weight) * discord * discord;
        }
        if let Some(skin) = skin {
            let luminance = luminance(skin);
            let ln_albedo = luminance.max(1e-5).ln() - ln_level;
            let beyond = ln_albedo - ln_albedo.clamp(SKIN_ALBEDO_MIN.ln(), SKIN_ALBEDO_MAX.ln());
            ln_level += beyond * variance / (variance + SKIN_SIGMA_LN * SKIN_SIGMA_LN);
            let least_red = skin.x / (SKIN_RED_MAX * room.white_linear.x.max(0.1));
            let reflectance = SKIN_REFLECTANCE_MAX + (BLOWN_REFLECTANCE_MAX - SKIN_REFLECTANCE_MAX) * blown;
            let least = (luminance / reflectance).max(least_red);
            let bounded = ln_level.max(least.max(1e-5).ln());
            variance += (BOUND_DOUBT * (bounded - ln_level)).powi(2);
            ln_level = bounded;
        }
        let (level, sigma_ln) = (ln_level.exp(), variance.sqrt());
        let most = LEVEL_MAX * (1.0 + (BLOWN_LEVEL - 1.0) * blown);
        Self { level: level.clamp(LEVEL_MIN, most), sigma_ln: sigma_ln.clamp(SIGMA_LN_MIN, SIGMA_LN_MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(exposure: f32) -> RoomLight {
        RoomLight { exposure, ..Default::default() }
    }

    #[test]
    fn skin_leans_on_the_exposure_and_bounds_it() {
        let grey = |level: f32| Some(Vec3::splat(level));
        let of = |room_level, skin| Exposure::estimate(room(room_level), skin, 0.0, None).level;
        assert!((of(0.8, None) - 0.8).abs() < 1e-5 && (of(0.8, grey(0.3)) - 0.8).abs() < 1e-5);
        assert!(of(0.1, grey(0.5)) >= 0.5 / 0.88 - 1e-5, "no skin is white");
        assert!((0.85..1.0).contains(&of(0.8, grey(0.6))) && (0.4..0.8).contains(&of(0.8, grey(0.01))));
        let ruddy = of(0.5, Some(Vec3::new(0.7, 0.2, 0.15)));
        assert!(ruddy >= 0.7 / 0.96 - 1e-5, "{ruddy}");
    }

    #[test]
    fn a_blown_out_face_is_in_stronger_light_than_its_surroundings_can_show() {
        let of = |clipped| Exposure::estimate(room(1.1), Some(Vec3::new(2.0, 1.0, 0.7)), clipped, None).level;
        assert_eq!(of(0.0), of(0.2));
        assert!(of(0.0) <= 1.4 && of(0.9) > 2.5 && of(0.4) > of(0.0) && of(0.4) < of(0.9));
    }

    #[test]
    fn squinting_eyes_say_little_and_discord_is_doubt() {
        let of = |exposure, trust| {
            Exposure::estimate(room(0.8), None, 0.0, Some(Sclera { exposure, colour: Vec3::ONE, trust }))
        };
        assert!(of(0.3, 0.15).level > 0.7 && of(0.3, 1.0).level < 0.55);
        assert!(of(1.2, 1.0).level > 1.02, "shade never brightens");
        assert!(of(0.8, 1.0).sigma_ln < 0.3 && of(0.3, 1.0).sigma_ln > 0.45);
        assert!(Exposure::known(room(0.8)).sigma_ln < 0.1);
    }
}
