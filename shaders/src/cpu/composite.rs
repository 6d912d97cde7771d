//! One pixel: skin, light, layers of product.

use glam::{Vec3, Vec4, Vec4Swizzles};

use super::finish::{Surface, finish_specular};
use super::kubelka_munk::{Film, film, over, stack};
use super::lighting::parts;
use crate::layout::Face;

const ALBEDO_MIN: f32 = 0.01;
const ALBEDO_MAX: f32 = 0.95;

/// `pixel`: linear camera colour; `around`: the same averaged with its neighbours. `mask`: thickness, normal x and
/// y from 0 to 1, and the part of the pixel that is worn, as the mask pass stores them. `zone`: mean colour and shading of the bare zone.
pub fn composite(pixel: Vec3, around: Vec3, mask: Vec4, zone: Vec4, face: &Face) -> Vec3 {
    let mean = zone.xyz();
    let light = zone.w.max(1e-3) * face.white;
    let split = parts(pixel, around, mean, face.white);

    let tilt = mask.yz() * 2.0 - 1.0;
    let surface = Surface {
        specular: split.specular,
        detail: split.detail,
        normal: tilt.extend((1.0 - tilt.dot(tilt)).max(0.0).sqrt()),
        key_direction: face.key_direction,
        key: face.key_strength * zone.w,
    };

    let mut film_stack = Film::NONE;
    let mut specular = split.specular;
    for layer in face.layers.iter().take(face.layer_count as usize) {
        let thickness = mask.x * layer.amount;
        film_stack = stack(film(layer.k_over_s, thickness * layer.scattering_thickness), film_stack);
        specular += (finish_specular(layer.finish, surface) - specular) * thickness.min(1.0);
    }

    let albedo = (mean / light).clamp(Vec3::splat(ALBEDO_MIN), Vec3::splat(ALBEDO_MAX));
    let diffuse = over(film_stack, albedo) * light * split.detail;
    let through = film_stack.transmittance * film_stack.transmittance;
    let unexplained = pixel - albedo * light * split.detail - face.white * split.specular;
    pixel.lerp(diffuse + unexplained * through + face.white * specular, mask.w)
}
