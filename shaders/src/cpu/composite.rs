//! Reflectance model of worn skin. All colours linear, in neutral light. Twin of `wgsl/shared/composite.wgsl`, which
//! lists the steps.

use glam::Vec3;

use super::coat::Coat;
use super::kubelka_munk::over;
use super::lighting::{lobe, parts};

const ALBEDO_MIN: f32 = 0.01;
const ALBEDO_MAX: f32 = 0.95;
// A broad lobe also gathers this part of the key light from all over the room.
const ROOM: f32 = 0.1;
const SOFT_EXPONENT: f32 = 7.0;
const SHARP_EXPONENT: f32 = 80.0;
const GLEAM: f32 = 0.06;

/// The bare skin at a pixel, and its light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Skin {
    /// Mean colour of the bare zone around the pixel.
    pub mean: Vec3,
    /// What a white surface would show there.
    pub shading: f32,
    /// Unit normal, camera space.
    pub normal: Vec3,
    /// Half-way between the key light and the viewer.
    pub half_vector: Vec3,
    /// Brightness of the key light's mirror image, in units of white.
    pub key: f32,
    /// Of the flakes at this pixel, about 0–1.
    pub sparkle: f32,
}

/// `pixel` as the camera would see it worn; `around`: the pixel averaged with its neighbours.
pub fn composite(pixel: Vec3, around: Vec3, skin: &Skin, worn: &Coat) -> Vec3 {
    let light = skin.shading.max(1e-3);
    let split = parts(pixel, around, skin.mean);
    let albedo = (skin.mean / light).clamp(Vec3::splat(ALBEDO_MIN), Vec3::splat(ALBEDO_MAX));

    let detail = split.detail + (1.0 - split.detail) * worn.even;
    let diffuse = over(worn.film, albedo) * light * detail;
    let relief = detail * detail * detail;
    let lobes = worn.surface.soft * detail * (ROOM + lobe(skin.normal, skin.half_vector, SOFT_EXPONENT))
        + worn.surface.sharp * relief * lobe(skin.normal, skin.half_vector, SHARP_EXPONENT);
    let mirrored = (worn.keep + worn.surface.gain) * split.specular + skin.key * (lobes + skin.sparkle);
    let tint = worn.keep + worn.surface.tint;

    let through = worn.film.transmittance * worn.film.transmittance;
    let unexplained = pixel - albedo * light * split.detail - split.specular;
    let gleam = split.specular / (split.specular + GLEAM * light);
    let remains = 1.0 - gleam * (1.0 - worn.keep - worn.surface.gain).max(0.0);
    diffuse + unexplained * through * remains + tint * mirrored
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bare_skin_stays_as_it_is(r in 0f32..1.0, g in 0f32..1.0, b in 0f32..1.0, shading in 0.05f32..1.2) {
            let skin = Skin {
                mean: Vec3::new(0.5, 0.3, 0.2),
                shading,
                normal: Vec3::Z,
                half_vector: Vec3::Z,
                key: 0.5,
                sparkle: 0.0,
            };
            let pixel = Vec3::new(r, g, b);
            let seen = composite(pixel, pixel, &skin, &Coat::BARE);
            prop_assert!(seen.abs_diff_eq(pixel, 1e-4), "{pixel} {seen}");
        }
    }
}
