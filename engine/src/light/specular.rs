//! The specular reflectance of bare skin.
//!
//! In: samples of skin with their colours and normals, the white point, and harmonics of the irradiance. Out: the
//! specular reflectance, and with it the specular luminance of any normal.
//! 1. Predict the luminance of a perfect mirror as rough as skin: the light in the mirrored view direction, each band
//!    attenuated by the lobe.
//! 2. The specular part has the light's colour (dichromatic model, Shafer 1985), so skin is the less coloured the
//!    larger its specular share: with all colours scaled to luminance 1, colour = skin + reflectance · u · (white −
//!    skin), where u is the prediction over the luminance. The reflectance is the slope of a line through the samples.
//! 3. Combine the slope with measured values of skin (Weyrich et al. 2006), weighted by the samples' evidence.

use glam::Vec3;

use super::skin_colour::SkinColour;
use super::skin_samples::SkinSamples;
use super::spherical_harmonics::{Coefficients, band, basis};

/// Share of uniform light that skin reflects specularly: half to all of what an index of refraction of 1.4 gives at
/// normal incidence (0.028), for powdered and for bare skin (Weyrich et al. 2006).
const REFLECTANCE: f32 = 0.02;
/// Its variation by powder, sweat and grease.
const REFLECTANCE_SIGMA: f32 = 0.01;
const REFLECTANCE_MAX: f32 = 0.04;

/// How a lobe as rough as skin's (Blinn's exponent 14 to 20) passes the bands of the light, over how a matte surface
/// passes them: cos¹⁴(θ/2) keeps 1, 0.78 and 0.47 of bands 0 to 2 and the clamped cosine 1, 2/3 and 1/4.
const LOBE_OVER_MATTE: [f32; 3] = [1.0, 1.17, 1.87];

/// Least luminance of a sample whose colour is used.
const LUMINANCE_MIN: f32 = 1e-3;
/// Weight of the samples below which only the prior is used.
const WEIGHT_MIN: f32 = 30.0;
/// Neighbouring samples are correlated: this many count as one.
const SAMPLES_ALIKE: f32 = 30.0;
/// Least variation of skin's colour over a face.
const COLOUR_SIGMA_MIN: f32 = 0.05;

/// The specular reflectance of one face's skin.
#[derive(Clone, Copy, Debug)]
pub(super) struct SkinSpecular {
    /// For uniform light.
    reflectance: f32,
}

/// Weighted sums of the samples' regression.
#[derive(Default)]
struct Sums {
    weight: f32,
    u: f32,
    u_squared: f32,
    colour: Vec3,
    u_colour: Vec3,
    colour_squared: Vec3,
}

impl SkinSpecular {
    /// From the samples' colours, and from the prior as far as they give no evidence.
    pub fn fit(samples: &SkinSamples, skin: SkinColour, white_linear: Vec3, sh: &Coefficients) -> Self {
        let mut sums = Sums::default();
        for sample in samples.iter().filter(|sample| sample.seen > LUMINANCE_MIN) {
            let weight = sample.weight(&skin);
            let u = perfect_mirror(sh, sample.normal_camera) / sample.seen;
            let colour = sample.colour / sample.seen;
            sums.weight += weight;
            sums.u += weight * u;
            sums.u_squared += weight * u * u;
            sums.colour += colour * weight;
            sums.u_colour += colour * (weight * u);
            sums.colour_squared += colour * colour * weight;
        }
        if sums.weight < WEIGHT_MIN {
            return Self { reflectance: REFLECTANCE };
        }
        Self { reflectance: sums.reflectance(white_linear) }
    }

    /// The specular luminance towards the camera, linear. It is the same on every skin, and on very dark skin exceeds
    /// the diffuse part.
    ///
    /// `sh`: what a white, matte surface shows over its normals; `normal_camera` has length 1.
    pub fn luminance(self, sh: &Coefficients, normal_camera: Vec3) -> f32 {
        self.reflectance * perfect_mirror(sh, normal_camera)
    }
}

impl Sums {
    /// The regression's slope towards white, combined with the prior.
    fn reflectance(&self, white_linear: Vec3) -> f32 {
        let (u, colour) = (self.u / self.weight, self.colour / self.weight);
        let u_variance = (self.u_squared / self.weight - u * u).max(1e-6);
        let slope = (self.u_colour / self.weight - colour * u) / u_variance;
        let bare = colour - slope * u;
        // Green is left out: at luminance 1 it follows from the other two.
        let to_white = (white_linear - bare).with_y(0.0);
        let variance = (self.colour_squared / self.weight - colour * colour).with_y(0.0).max_element();
        let variance = variance.max(COLOUR_SIGMA_MIN * COLOUR_SIGMA_MIN);
        let precision = self.weight / SAMPLES_ALIKE * u_variance * to_white.length_squared() / variance;
        let told = slope.dot(to_white) / to_white.length_squared().max(1e-6);
        let precision_before = 1.0 / (REFLECTANCE_SIGMA * REFLECTANCE_SIGMA);
        let reflectance = (precision * told + precision_before * REFLECTANCE) / (precision + precision_before);
        reflectance.clamp(0.0, REFLECTANCE_MAX)
    }
}

/// Luminance towards the camera of a perfect mirror as rough as skin.
fn perfect_mirror(sh: &Coefficients, normal_camera: Vec3) -> f32 {
    let facing = normal_camera.z.max(0.0);
    let mirrored_view = 2.0 * facing * normal_camera - Vec3::Z;
    let lobe = basis(mirrored_view).into_iter().zip(sh).enumerate();
    let lit: f32 = lobe.map(|(index, (basis, light))| LOBE_OVER_MATTE[band(index)] * basis * light).sum();
    facing * lit.max(0.0)
}
