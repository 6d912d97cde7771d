use glam::Vec3;

use super::harmonics::{Coefficients, band, basis};
use super::likeness::{Likeness, log_chroma};
use super::skin::SkinSamples;

/// Of light that comes evenly from everywhere, the part that skin mirrors without taking its colour: half to all of what an
/// index of refraction of 1.4 gives at normal incidence (0.028), for powdered and for bare skin (Weyrich et al. 2006).
const MIRRORED: f32 = 0.02;
/// Powder, sweat and grease make it differ by as much.
const MIRRORED_SIGMA: f32 = 0.01;
const MIRRORED_MAX: f32 = 0.04;

/// How a lobe as rough as skin's (Blinn's exponent 14 to 20) passes the bands of the light, over how a matte surface passes
/// them: cos¹⁴(θ/2) keeps 1, 0.78 and 0.47 of bands 0 to 2 and the clamped cosine 1, 2/3 and 1/4.
const GAIN: [f32; 3] = [1.0, 1.17, 1.87];

/// How much skin mirrors.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheen {
    /// Of light that comes evenly from everywhere.
    part: f32,
}

impl Sheen {
    /// From the samples' colours, and from what skin is known to mirror as far as these tell nothing.
    ///
    /// What is mirrored has the light's colour, so skin loses colour the larger a part of its luminance that is: with
    /// all colours brought to luminance 1, colour = skin + part · u · (white − skin), where u is what a surface that
    /// mirrors everything would add, over the luminance. A straight line through the samples has that slope.
    pub fn of(skin: &SkinSamples, likeness: Likeness, white_linear: Vec3, sh: &Coefficients) -> Self {
        /// Neighbours share their blemishes: so many samples count as one.
        const ALIKE: f32 = 30.0;
        /// Skin's colour differs by no less over a face.
        const SPREAD_MIN: f32 = 0.05;
        let (mut total, mut u_sum, mut uu_sum) = (0.0f32, 0.0, 0.0);
        let (mut colour_sum, mut ucolour_sum, mut square_sum) = (Vec3::ZERO, Vec3::ZERO, Vec3::ZERO);
        for sample in skin.iter().filter(|sample| sample.seen > 1e-3) {
            let off = (log_chroma(sample.colour) - likeness.chroma) / (2.5 * likeness.spread);
            let weight = sample.visibility * sample.trust / (1.0 + off.length_squared()).powi(2);
            let u = mirror(sh, sample.normal_camera) / sample.seen;
            let colour = sample.colour / sample.seen;
            (total, u_sum, uu_sum) = (total + weight, u_sum + weight * u, uu_sum + weight * u * u);
            colour_sum += colour * weight;
            ucolour_sum += colour * (weight * u);
            square_sum += colour * colour * weight;
        }
        if total < 30.0 {
            return Self { part: MIRRORED };
        }
        let (u, colour) = (u_sum / total, colour_sum / total);
        let u_variance = (uu_sum / total - u * u).max(1e-6);
        let slope = (ucolour_sum / total - colour * u) / u_variance;
        let bare = colour - slope * u;
        let away = (white_linear - bare).with_y(0.0);
        let spread = (square_sum / total - colour * colour).with_y(0.0).max_element().max(SPREAD_MIN * SPREAD_MIN);
        let known = total / ALIKE * u_variance * away.length_squared() / spread;
        let told = slope.dot(away) / away.length_squared().max(1e-6);
        let before = 1.0 / (MIRRORED_SIGMA * MIRRORED_SIGMA);
        let part = (known * told + before * MIRRORED) / (known + before);
        Self { part: part.clamp(0.0, MIRRORED_MAX) }
    }

    /// The light that skin mirrors into the camera, linear luminance. It is the same amount on every skin, and so more
    /// than all that very dark skin reflects otherwise.
    ///
    /// `sh`: what a white, matte surface shows over its normals; `normal_camera` has length 1.
    pub fn at(self, sh: &Coefficients, normal_camera: Vec3) -> f32 {
        self.part * mirror(sh, normal_camera)
    }
}

/// A luminance without what is mirrored there, of which more may be expected than there is.
pub(super) fn matte(seen: f32, mirrored: f32) -> f32 {
    const LEAST: f32 = 0.25;
    (seen - mirrored).max(LEAST * seen)
}

/// How much less a luminance without what is mirrored is to be believed than that which the light on the whole face
/// makes likely, 0–1: the more of it is mirrored, the less of it is known.
pub(super) fn doubt(seen: f32, mirrored: f32) -> f32 {
    /// Relative errors of what is said to be mirrored, and of what is said to be likely.
    const ERRORS: (f32, f32) = (0.4, 0.15);
    let off = ERRORS.0 * mirrored / matte(seen, mirrored).max(1e-6);
    off * off / (off * off + ERRORS.1 * ERRORS.1)
}

/// A luminance without what is mirrored, drawn towards the `likely` one by its doubt.
pub(super) fn believed(seen: f32, mirrored: f32, likely: f32) -> f32 {
    let bare = matte(seen, mirrored).max(1e-6);
    bare * (likely.max(1e-6) / bare).powf(doubt(seen, mirrored))
}

/// The same of a surface that is as rough, but mirrors everything.
fn mirror(sh: &Coefficients, normal_camera: Vec3) -> f32 {
    let facing = normal_camera.z.max(0.0);
    let mirror = 2.0 * facing * normal_camera - Vec3::Z;
    let lit: f32 =
        basis(mirror).iter().zip(sh).enumerate().map(|(index, (basis, light))| GAIN[band(index)] * basis * light).sum();
    facing * lit.max(0.0)
}
