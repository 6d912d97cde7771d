//! Decodes 8-bit sRGB (IEC 61966-2-1) by a table, since thousands of pixels are decoded per frame.

use std::sync::LazyLock;

use carmine_shaders::cpu;
use glam::Vec3;

/// The linear value of every 8-bit one.
pub(crate) static LINEAR: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|value| cpu::linear_from_srgb(Vec3::splat(value as f32 / 255.0)).x));

/// Linear colour of an 8-bit sRGB one.
#[inline]
pub(crate) fn linear(rgb: [u8; 3]) -> Vec3 {
    Vec3::from(rgb.map(|value| LINEAR[usize::from(value)]))
}
