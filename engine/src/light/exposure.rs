use carmine_shaders::cpu::luminance;
use glam::Vec3;

use super::likeness::log_chroma;
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

/// What is brightest in a room is paper, a light wall, or cloth.
const ROOM_SIGMA_LN: f32 = 0.4;
/// The sclera is shaded by lids and lashes, more or less.
const SCLERA_SIGMA_LN: f32 = 0.27;
/// Known by a card: what is left is where the card was held.
const CALIBRATED_SIGMA_LN: f32 = 0.06;

impl Exposure {
    pub fn calibrated(room: RoomLight) -> Self {
        Self { level: room.exposure, sigma_ln: CALIBRATED_SIGMA_LN }
    }

    /// From three witnesses, weighed on a logarithmic scale: the room, the white of the eyes, and what skin is likely to be. The
    /// first two know nothing of the skin's tone, and the last says nothing over most of the range, so that no tone is
    /// read worse than another. Their discord counts as uncertainty.
    pub fn estimate(room: RoomLight, skin: Option<Vec3>, sclera: Option<Sclera>) -> Self {
        /// The albedo of skin in luminance (L* 79, and Monk tone 10); beyond, the logarithm's standard deviation, for a tone
        /// scale goes on, and a picture's skin is not measured in a laboratory.
        const SKIN_ALBEDO: (f32, f32) = (0.55, 0.015);
        const BEYOND_SIGMA_LN: f32 = 0.4;
        /// No skin reflects more, of red light and of all.
        const SKIN_MAX: (f32, f32) = (0.96, 0.88);
        let (mut ln_level, mut variance) = (room.exposure.ln(), ROOM_SIGMA_LN.powi(2));
        if let Some(sclera) = sclera {
            let seen = sclera.exposure.clamp(room.exposure / 4.0, room.exposure * 6.0);
            let discord = (seen / room.exposure).ln();
            // In a dark room nothing around the face is white.
            let dark = 0.5 * discord.max(0.0);
            variance += dark * dark;
            // Shade makes the sclera too dark, nothing makes it too bright.
            let shade = 0.4 * (-discord).max(0.0);
            let of_sclera = (SCLERA_SIGMA_LN / sclera.trust.max(0.1)).powi(2) + shade * shade;
            let weight = variance / (variance + of_sclera);
            ln_level += weight * discord;
            variance = variance * of_sclera / (variance + of_sclera) + weight * (1.0 - weight) * discord * discord;
        }
        if let Some(skin) = skin {
            let luminance = luminance(skin);
            let ln_albedo = luminance.max(1e-5).ln() - ln_level;
            let beyond = ln_albedo - ln_albedo.clamp(SKIN_ALBEDO.1.ln(), SKIN_ALBEDO.0.ln());
            ln_level += beyond * variance / (variance + BEYOND_SIGMA_LN * BEYOND_SIGMA_LN);
            let least = (luminance / SKIN_MAX.1).max(skin.x / (SKIN_MAX.0 * room.white_linear.x.max(0.1)));
            let bounded = ln_level.max(least.max(1e-5).ln());
            variance += (0.5 * (bounded - ln_level)).powi(2);
            ln_level = bounded;
        }
        Self { level: ln_level.exp().clamp(0.02, 1.4), sigma_ln: variance.sqrt().clamp(0.2, 0.8) }
    }
}

/// The white of the eyes as a witness.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sclera {
    /// Exposure as it tells it, whatever the skin's tone.
    pub exposure: f32,
    /// Its mean linear colour.
    pub colour: Vec3,
    /// How much of it is in sight, 0–1.
    pub trust: f32,
}

/// What lies beside the irises, away from the lids, whose skin a landmark's error would let in. `None` for closed or
/// tiny eyes. `light`: what a normal in camera space receives, over what the camera's direction does.
pub(super) fn sclera(frame: &Frame<'_>, face: &FittedFace, light: impl Fn(Vec3) -> f32) -> Option<Sclera> {
    /// Luminance of the sclera (about 0.6), shaded by lids and lashes, on the better lit sides: so that light-skinned
    /// people's skin comes out at L* 68 on average.
    const SCLERA_ALBEDO: f32 = 0.38;
    const COLUMNS: usize = 6;
    const ROWS: usize = 5;
    let eyes = [(&rings::RIGHT_EYE, rings::RIGHT_IRIS), (&rings::LEFT_EYE, rings::LEFT_IRIS)];
    // Luminance and colour of the best two sides.
    let mut best = [(0.0f32, Vec3::ZERO); 2];
    let (mut sides, mut widest) = (0.0f32, 0.0f32);
    for ((ring, iris), to_nose) in eyes.into_iter().zip([1.0, -1.0]) {
        let point = |index: u16| face.landmarks_px[usize::from(index)].truncate();
        let opening = ring.map(point);
        let across = opening[8] - opening[0];
        let down = opening[4] - opening[12];
        let (centre, width) = (point(iris[0]), across.length());
        let radius = iris[1..].iter().map(|&index| point(index).distance(centre)).sum::<f32>() / 4.0;
        if width < 14.0 || !radius.is_finite() {
            continue;
        }
        let (along, down, open) = (across / width, down.normalize_or_zero() * radius, down.length() / width);
        for side in [-1.0, 1.0] {
            let mut seen = [(0.0f32, Vec3::ZERO); COLUMNS * ROWS];
            let mut count = 0;
            for step in 0..COLUMNS * ROWS {
                let (column, row) = ((step % COLUMNS) as f32, (step / COLUMNS) as f32);
                let at = centre + along * (side * radius * (1.2 + 0.14 * column)) + down * (0.15 * row - 0.2);
                let margins = [down * 0.25, down * -0.25, along * (side * radius * 0.2)];
                if margins.iter().all(|&margin| inside(opening, at + margin)) {
                    let colour = linear_at(frame, at);
                    seen[count] = (luminance(colour), colour);
                    count += 1;
                }
            }
            if count < 4 {
                continue;
            }
            let seen = &mut seen[..count];
            seen.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            // Below are lashes and vessels, above are catch-lights.
            let kept = &seen[count * 4 / 10..count * 9 / 10];
            let mean = kept.iter().map(|(_, colour)| colour).sum::<Vec3>() / kept.len() as f32;
            // An eyeball beside the iris faces sideways by this, and may face a lamp; shade is not to be told from its own.
            const SIDEWAYS: Vec3 = Vec3::new(0.64, 0.0, 0.77);
            let normal = SIDEWAYS * Vec3::new(side * to_nose, 1.0, 1.0);
            let lit = light(face.camera_from_face.transform_vector3(normal).normalize_or(Vec3::Z)).clamp(1.0, 1.5);
            let found = (seen[count * 65 / 100].0 / lit, mean);
            (sides, widest) = (sides + 1.0, widest.max(open));
            if found.0 > best[0].0 {
                best = [found, best[0]];
            } else if found.0 > best[1].0 {
                best[1] = found;
            }
        }
    }
    if sides == 0.0 {
        return None;
    }
    // One side alone may be a catch-light, but the other ones may be hidden or in the shade.
    let two = sides > 1.0 && best[1].0 > 0.7 * best[0].0;
    let second = if two { best[1] } else { best[0] };
    let (level, colour) = (0.5 * (best[0].0 + second.0), 0.5 * (best[0].1 + second.1));
    // What is as red as lids or the rim of glasses is no sclera.
    let pale = ((0.95 - log_chroma(colour).x) / 0.3).clamp(0.1, 1.0);
    let trust = if two { (sides / 3.0).min(1.0) } else { 0.5 } * ((widest - 0.2) / 0.08).clamp(0.15, 1.0) * pale;
    Some(Sclera { exposure: level / SCLERA_ALBEDO, colour, trust })
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
        let of = |room_level, skin| Exposure::estimate(room(room_level), skin, None).level;
        assert!((of(0.8, None) - 0.8).abs() < 1e-5 && (of(0.8, grey(0.3)) - 0.8).abs() < 1e-5);
        assert!(of(0.1, grey(0.5)) >= 0.5 / 0.88 - 1e-5, "no skin is white");
        assert!((0.85..1.0).contains(&of(0.8, grey(0.6))) && (0.4..0.8).contains(&of(0.8, grey(0.01))));
        let ruddy = of(0.5, Some(Vec3::new(0.7, 0.2, 0.15)));
        assert!(ruddy >= 0.7 / 0.96 - 1e-5, "{ruddy}");
    }

    #[test]
    fn squinting_eyes_say_little_and_discord_is_doubt() {
        let of =
            |exposure, trust| Exposure::estimate(room(0.8), None, Some(Sclera { exposure, colour: Vec3::ONE, trust }));
        assert!(of(0.3, 0.15).level > 0.7 && of(0.3, 1.0).level < 0.55);
        assert!(of(1.2, 1.0).level > 1.02, "shade never brightens");
        assert!(of(0.8, 1.0).sigma_ln < 0.3 && of(0.3, 1.0).sigma_ln > 0.45);
        assert!(Exposure::calibrated(room(0.8)).sigma_ln < 0.1);
    }
}
