//! How much of the light bare skin mirrors, without taking its colour.
//!
//! In: samples of skin with their colours and normals, the white point, and harmonics of the irradiance. Out: the
//! specular reflectance, and with it the specular luminance of any normal.
//! 1. Predict what a surface as rough as skin would show if it mirrored everything: the light at the mirrored view, each
//!    band weighed by how the lobe passes it.
//! 2. What is mirrored has the light's colour (the dichromatic model), so skin loses colour the larger a part of its
//!    luminance that is: with all colours brought to luminance 1, colour = skin + reflectance · u · (white − skin), where
//!    u is the prediction over the luminance. A straight line through the samples has that slope.
//! 3. Weigh the slope with what skin is known to mirror (Weyrich et al. 2006), by what the samples tell.

use glam::Vec3;

use super::skin_colour::SkinColour;
use super::skin_samples::SkinSamples;
use super::spherical_harmonics::{Coefficients, band, basis};

/// Of light that comes evenly from everywhere, the part that skin mirrors: half to all of what an index of refraction of 1.4
/// gives at normal incidence (0.028), for powdered and for bare skin (Weyrich et al. 2006).
const REFLECTANCE: f32 = 0.02;
/// Powder, sweat and grease make it differ by as much.
const REFLECTANCE_SIGMA: f32 = 0.01;
const REFLECTANCE_MAX: f32 = 0.04;

/// How a lobe as rough as skin's (Blinn's exponent 14 to 20) passes the bands of the light, over how a matte surface passes
/// them: cos¹⁴(θ/2) keeps 1, 0.78 and 0.47 of bands 0 to 2 and the clamped cosine 1, 2/3 and 1/4.
const LOBE_OVER_MATTE: [f32; 3] = [1.0, 1.17, 1.87];

/// A sample with less luminance tells no colour.
const LUMINANCE_MIN: f32 = 1e-3;
/// Weight of the samples below which nothing is told.
const WEIGHT_MIN: f32 = 30.0;
/// Neighbours share their blemishes: so many samples count as one.
const SAMPLES_ALIKE: f32 = 30.0;
/// Skin's colour differs by no less over a face.
const COLOUR_SIGMA_MIN: f32 = 0.05;

/// How much skin mirrors.
#[derive(Clone, Copy, Debug)]
pub(super) struct SkinSpecular {
    /// Of light that comes evenly from everywhere.
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
    /// From the samples' colours, and from what skin is known to mirror as far as these tell nothing.
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

    /// The light that skin mirrors into the camera, linear luminance. It is the same amount on every skin, and so more
    /// than all that very dark skin reflects otherwise.
    ///
    /// `sh`: what a white, matte surface shows over its normals; `normal_camera` has length 1.
    pub fn luminance(self, sh: &Coefficients, normal_camera: Vec3) -> f32 {
        self.reflectance * perfect_mirror(sh, normal_camera)
    }
}

impl Sums {
    /// The regression's slope towards white, and what is known before.
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

/// What a surface that is as rough, but mirrors everything, shows the camera.
fn perfect_mirror(sh: &Coefficients, normal_camera: Vec3) -> f32 {
    let facing = normal_camera.z.max(0.0);
    let mirrored_view = 2.0 * facing * normal_camera - Vec3::Z;
    let lobe = basis(mirrored_view).into_iter().zip(sh).enumerate();
    let lit: f32 = lobe.map(|(index, (basis, light))| LOBE_OVER_MATTE[band(index)] * basis * light).sum();
    facing * lit.max(0.0)
}
