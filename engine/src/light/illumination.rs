//! The light on a face and its skin's specular reflectance, fitted together.
//!
//! In: samples of skin, a first fit of the irradiance to what they show, the face's exposure and the white point. Out:
//! harmonics of the irradiance, the skin's specular reflectance, and what each vertex is expected to show.
//! 1. Scale the relative irradiance so that a white surface which faces the camera shows the exposure, as a card does.
//! 2. Fit the specular reflectance (`specular`) and subtract the specular part from the samples.
//! 3. Fit the irradiance to the rest, and repeat from 1, since both fits depend on each other.

use glam::Vec3;

use super::face_skin::{FaceShading, VertexShading};
use super::irradiance_fit::IrradianceFit;
use super::skin_samples::SkinSamples;
use super::specular::SkinSpecular;
use super::spherical_harmonics::{Coefficients, shading};
use crate::face::MESH_VERTEX_COUNT;

/// Rounds of steps 1 to 3: dark skin needs the second.
const ROUNDS: usize = 2;
/// Skin that faces the camera shows no less than this, over the median.
const FACING_MIN: f32 = 0.1;
/// Bounds of a vertex's expected luminance, which serves to recognise skin: beyond them nearly any pixel would pass.
const EXPECTED_MIN: f32 = 0.12;
const EXPECTED_MAX: f32 = 2.5;

/// The light on a face.
#[derive(Clone, Copy, Debug)]
pub(super) struct Illumination {
    /// Irradiance over the luminance of the skin's median.
    relative: Coefficients,
    /// That of skin which faces the camera.
    pub facing: f32,
    /// What a white surface shows.
    pub sh: Coefficients,
    specular: Option<SkinSpecular>,
}

impl Illumination {
    /// From `seen`, the irradiance fitted to the samples as they are; subtracts the samples' specular part.
    pub fn fit(
        samples: &mut SkinSamples,
        fit: &mut IrradianceFit,
        seen: Coefficients,
        exposure: f32,
        white_linear: Vec3,
    ) -> Self {
        let mut light = Self::of(seen, exposure);
        let Some(colour) = samples.colour() else { return light };
        for _ in 0..ROUNDS {
            let specular = SkinSpecular::fit(samples, colour, white_linear, &light.sh);
            samples.remove_specular(|normal| specular.luminance(&light.sh, normal));
            let relative = fit.fit_from(Some(light.relative), samples);
            light = Self { specular: Some(specular), ..Self::of(relative, exposure) };
        }
        light
    }

    fn of(relative: Coefficients, exposure: f32) -> Self {
        let facing = facing(&relative);
        let sh = relative.map(|coefficient| coefficient * exposure / facing);
        Self { relative, facing, sh, specular: None }
    }

    /// The luminance that skin with this normal mirrors.
    pub fn specular(&self, normal_camera: Vec3) -> f32 {
        self.specular.map_or(0.0, |specular| specular.luminance(&self.sh, normal_camera))
    }

    /// The diffuse luminance of skin with this normal, over the median.
    pub fn diffuse(&self, normal_camera: Vec3) -> f32 {
        shading(&self.relative, normal_camera)
    }

    /// What vertices with these normals are expected to show. `seen`: the median luminance of the samples as they were;
    /// `diffuse`: without their specular part.
    pub fn face_shading(&self, normals_camera: &[Vec3; MESH_VERTEX_COUNT], seen: f32, diffuse: f32) -> FaceShading {
        let diffuse_part = diffuse / seen;
        normals_camera.map(|normal| {
            let (specular, relative) = (self.specular(normal), self.diffuse(normal));
            VertexShading {
                expected: (relative * diffuse_part + specular / seen).clamp(EXPECTED_MIN, EXPECTED_MAX),
                specular,
                irradiance: (relative / self.facing).clamp(EXPECTED_MIN, EXPECTED_MAX),
            }
        })
    }
}

/// What skin that faces the camera shows, over the median.
pub(super) fn facing(relative: &Coefficients) -> f32 {
    shading(relative, Vec3::Z).max(FACING_MIN)
}
