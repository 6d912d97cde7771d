//! A face's skin tone, with the uncertainty that comes from the light.
//!
//! In: a median colour as under D65, its spread, and the doubt in exposure and white point. Out: Lab, typology angle
//! and Monk tone, each with its uncertainty.
//! 1. Move the colour by one standard deviation of exposure and of white point each; half the difference of the results
//!    is the standard deviation of Lab and of the typology angle (ITA = atan2(L* − 50, b*), Chardon 1991).
//! 2. Nearest swatch of the Monk Skin Tone Scale by CIEDE2000 (Sharma 2005) for each of a range of exposures, weighted
//!    by their likelihood: the weights of a tone add up to its probability.

use carmine_shaders::cpu::{MONK_SRGB, delta_e2000, lab_from_linear_srgb, linear_from_srgb, linear_srgb_from_lab};
use glam::Vec3;

/// Exposures to either side of the likeliest one that the probabilities are summed over, and how far apart they are in
/// standard deviations.
const EXPOSURE_STEPS: i8 = 6;
const EXPOSURE_STEP_SIGMAS: f32 = 0.4;
/// Greatest uncertainty of the angle.
const ITA_SIGMA_MAX_DEG: f32 = 90.0;

/// A face's skin tone, or why it cannot be determined. Nothing in the engine uses it by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ToneReading {
    /// A tone with its uncertainty.
    Tone(SkinTone),
    /// It cannot be determined from the picture.
    CannotTell(ToneRejection),
}

/// Why a skin tone cannot be determined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ToneRejection {
    /// Too little light: noise and stray light outweigh the colour.
    TooDark,
    /// The skin is overexposed, its colour is clipped.
    TooBright,
    /// The light is far from white, or it is not known and makes a colour that no skin has.
    TooColoured,
    /// Too little bare skin of cheeks and forehead is visible.
    TooFewPixels,
    /// Cheeks and forehead differ too much: mixed light, hard shadows, a mask, make-up.
    TooUneven,
}

/// Colour of the bare skin as under D65, after white balance and exposure, without highlights and shadows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SkinTone {
    /// Median CIE L\*a\*b\* (D65, 2°) over cheeks and forehead.
    pub lab: Vec3,
    /// Variation of the skin's colour: robust standard deviation (1.4826 × median absolute deviation) of L\*, a\* and
    /// b\*.
    pub spread_lab: Vec3,
    /// One standard deviation of `lab` by the uncertainty of the light. From a single picture the exposure is estimated
    /// from the brightest things in the room and the white of the eyes, ± 20 % at best and often ± 50 %, which is
    /// 5 to 12 of L\*; with [`LightEstimator::with_room`](super::LightEstimator::with_room) it is ± 6 %.
    pub sigma_lab: Vec3,
    /// Individual typology angle (Chardon 1991): above 55 very light, 41–55 light, 28–41 intermediate, 10–28 tan,
    /// −30–10 brown, below −30 dark.
    pub ita_deg: f32,
    /// One standard deviation of `ita_deg`, by the same.
    pub ita_sigma_deg: f32,
    /// Nearest tone of the Monk scale by CIEDE2000, 1–10.
    pub monk: u8,
    /// The second nearest.
    pub monk_second: u8,
    /// Probability of tones 1 to 10, given the uncertainty of the exposure; the sum is 1.
    pub monk_probability: [f32; 10],
}

/// Individual typology angle in degrees of a CIE L\*a\*b\* colour.
pub fn ita_deg(lab: Vec3) -> f32 {
    (lab.x - 50.0).atan2(lab.z).to_degrees()
}

/// Uncertainty of the light: standard deviation of the exposure's natural logarithm, and of the share by which red may
/// be too strong and blue too weak.
#[derive(Clone, Copy, Debug)]
pub(super) struct LightDoubt {
    pub exposure_sigma_ln: f32,
    pub white_sigma: f32,
}

impl SkinTone {
    pub(super) fn new(lab: Vec3, spread_lab: Vec3, doubt: LightDoubt) -> Self {
        let linear = linear_srgb_from_lab(lab);
        let exposed = |sigmas: f32| lab_from_linear_srgb(linear * (sigmas * doubt.exposure_sigma_ln).exp());
        let warmed = |part: f32| lab_from_linear_srgb(linear * (1.0 + Vec3::new(0.5, 0.0, -0.5) * part));
        let (low, high) = (exposed(-1.0), exposed(1.0));
        let (cool, warm) = (warmed(-doubt.white_sigma), warmed(doubt.white_sigma));
        let half = |a: f32, b: f32| 0.5 * (a - b);
        let sigma_lab = ((0.5 * (high - low)).powf(2.0) + (0.5 * (warm - cool)).powf(2.0)).map(f32::sqrt);
        let ita_sigma_deg =
            half(ita_deg(high), ita_deg(low)).hypot(half(ita_deg(warm), ita_deg(cool))).min(ITA_SIGMA_MAX_DEG);

        let (monk, monk_second) = nearest(lab);
        let mut monk_probability = [0.0; 10];
        let mut total = 0.0;
        for step in -EXPOSURE_STEPS..=EXPOSURE_STEPS {
            let sigmas = f32::from(step) * EXPOSURE_STEP_SIGMAS;
            let weight = (-0.5 * sigmas * sigmas).exp();
            monk_probability[usize::from(nearest(exposed(sigmas)).0 - 1)] += weight;
            total += weight;
        }
        monk_probability.iter_mut().for_each(|probability| *probability /= total);
        let ita_deg = ita_deg(lab);
        Self { lab, spread_lab, sigma_lab, ita_deg, ita_sigma_deg, monk, monk_second, monk_probability }
    }
}

/// Nearest and second nearest Monk tone, 1–10.
fn nearest(lab: Vec3) -> (u8, u8) {
    let (mut first, mut second) = ((f32::MAX, 1), (f32::MAX, 1));
    for (tone, rgb) in (1u8..).zip(MONK_SRGB) {
        let swatch = lab_from_linear_srgb(linear_from_srgb(Vec3::from(rgb.map(f32::from)) / 255.0));
        let found = (delta_e2000(lab, swatch), tone);
        if found.0 < first.0 {
            (first, second) = (found, first);
        } else if found.0 < second.0 {
            second = found;
        }
    }
    (first.1, second.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALIBRATED: LightDoubt = LightDoubt { exposure_sigma_ln: 0.06, white_sigma: 0.02 };
    const GUESSED: LightDoubt = LightDoubt { exposure_sigma_ln: 0.4, white_sigma: 0.08 };

    #[test]
    fn every_swatch_is_its_own_tone() {
        for (tone, rgb) in (1u8..).zip(MONK_SRGB) {
            let lab = lab_from_linear_srgb(linear_from_srgb(Vec3::from(rgb.map(f32::from)) / 255.0));
            assert_eq!(nearest(lab).0, tone);
            assert!(nearest(lab).1.abs_diff(tone) <= 2 && nearest(lab).1 != tone);
        }
    }

    #[test]
    fn typology_angles_are_the_published_ones() {
        assert!((ita_deg(Vec3::new(70.0, 10.0, 20.0)) - 45.0).abs() < 1e-4);
        assert!((ita_deg(Vec3::new(50.0, 10.0, 20.0))).abs() < 1e-4);
        assert!(ita_deg(Vec3::new(30.0, 10.0, 10.0)) < -60.0);
    }

    #[test]
    fn what_is_not_known_of_the_light_is_not_known_of_the_skin() {
        let lab = Vec3::new(55.0, 14.0, 18.0);
        let [sure, guessed] = [CALIBRATED, GUESSED].map(|doubt| SkinTone::new(lab, Vec3::ONE, doubt));
        assert!(sure.sigma_lab.x < 2.0 && (6.0..14.0).contains(&guessed.sigma_lab.x), "{sure:?} {guessed:?}");
        assert!(guessed.ita_sigma_deg > 3.0 * sure.ita_sigma_deg);
        assert!((guessed.monk_probability.iter().sum::<f32>() - 1.0).abs() < 1e-4);
        let best = |tone: &SkinTone| tone.monk_probability[usize::from(tone.monk - 1)];
        assert!(best(&sure) > best(&guessed) && sure.monk == guessed.monk);
    }
}
