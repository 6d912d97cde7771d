//! From linear light to the picture's bytes.
//!
//! In: linear sRGB, 0 to [`WHITE`]. Out: RGBA8, sRGB, opaque. A straight line up to a knee and an exponential shoulder
//! above it instead of clipping, then sRGB's encoding (IEC 61966-2-1); looked up in a table of 4096 steps.

use carmine_shaders::cpu::srgb_from_linear;
use glam::Vec3;

/// Linear value from which on everything is white.
pub(super) const WHITE: f32 = 1.6;
const STEPS: usize = 4096;
/// Where the shoulder begins.
const KNEE: f32 = 0.62;

/// The curve as a table.
#[derive(Debug)]
pub(super) struct ToneCurve(Vec<u8>);

impl ToneCurve {
    pub fn new() -> Self {
        Self((0..STEPS).map(|step| byte(step as f32 / (STEPS - 1) as f32 * WHITE)).collect())
    }

    pub fn rgba(&self, linear: Vec3) -> [u8; 4] {
        let byte = |value: f32| self.0[((value * ((STEPS - 1) as f32 / WHITE) + 0.5) as usize).min(STEPS - 1)];
        [byte(linear.x), byte(linear.y), byte(linear.z), 255]
    }
}

fn byte(linear: f32) -> u8 {
    let bent =
        if linear < KNEE { linear } else { KNEE + (1.0 - KNEE) * (1.0 - (-(linear - KNEE) / (1.0 - KNEE)).exp()) };
    (srgb_from_linear(Vec3::splat(bent)).x * 255.0).round() as u8
}
