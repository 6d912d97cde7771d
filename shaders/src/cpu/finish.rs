//! What each finish does with reflected light. One function per file in `wgsl/finish/`.

use glam::Vec3;

use super::lighting::lobe;

/// What a finish is told of the skin and the light at one pixel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surface {
    /// Light that the bare skin mirrors, in units of the room's white.
    pub specular: f32,
    /// Fine relief of the diffuse level; 1 is even.
    pub detail: f32,
    /// Unit normal, camera space.
    pub normal: Vec3,
    /// Unit vector towards the key light, camera space.
    pub key_direction: Vec3,
    /// Brightness of the key light's mirror image, in units of the room's white.
    pub key: f32,
}

/// Reflected light under finish 0 (matte), 1 (satin) or 2 (gloss).
pub fn finish_specular(finish: u32, surface: Surface) -> f32 {
    match finish {
        0 => finish_matte(surface),
        1 => finish_satin(surface),
        _ => finish_gloss(surface),
    }
}

fn finish_matte(surface: Surface) -> f32 {
    0.12 * surface.specular / (1.0 + 4.0 * surface.specular)
}

fn finish_satin(surface: Surface) -> f32 {
    let glow = lobe(surface.normal, surface.key_direction, 16.0);
    surface.specular + 0.05 * surface.key * surface.detail * glow
}

fn finish_gloss(surface: Surface) -> f32 {
    let relief = surface.detail * surface.detail * surface.detail;
    let highlight = lobe(surface.normal, surface.key_direction, 80.0);
    let sheen = lobe(surface.normal, surface.key_direction, 12.0);
    1.8 * surface.specular + surface.key * relief * (0.34 * highlight + 0.05 * sheen)
}
