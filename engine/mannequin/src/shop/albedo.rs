//! The colours of one figure: skin, features and cloth, from its tone.

use carmine_shaders::cpu::{MONK_SRGB, linear_from_srgb, luminance};
use glam::Vec3;

/// Albedo of everything about one figure, linear RGB under D65.
#[derive(Clone, Copy, Debug)]
pub(super) struct FigureAlbedo {
    pub skin: Vec3,
    pub lip: Vec3,
    pub brow: Vec3,
    pub hair: Vec3,
    pub iris: Vec3,
    pub sclera: Vec3,
    pub cloth: Vec3,
    /// How much blood shows, 0–1.
    pub flush: f32,
    /// Strength of the skin's sheen: dark skin shows more of it, and warmer.
    pub sheen: Vec3,
}

/// Per tone, sRGB: hair, brows and iris.
const HAIR_BROW_IRIS_SRGB: [[[u8; 3]; 3]; 10] = [
    [[0x96, 0x76, 0x54], [0x8d, 0x6b, 0x4c], [0x74, 0x90, 0xa0]],
    [[0x62, 0x44, 0x35], [0x66, 0x4a, 0x3a], [0x78, 0x8c, 0x70]],
    [[0x2e, 0x24, 0x20], [0x44, 0x35, 0x2e], [0x5a, 0x3c, 0x28]],
    [[0x5a, 0x3c, 0x28], [0x5a, 0x40, 0x30], [0x82, 0x64, 0x3c]],
    [[0x33, 0x25, 0x1e], [0x40, 0x2f, 0x26], [0x60, 0x42, 0x2a]],
    [[0x26, 0x1d, 0x1a], [0x33, 0x26, 0x20], [0x58, 0x3a, 0x24]],
    [[0x2c, 0x1e, 0x19], [0x2c, 0x20, 0x1b], [0x4c, 0x32, 0x20]],
    [[0x20, 0x18, 0x16], [0x22, 0x19, 0x16], [0x44, 0x2c, 0x1c]],
    [[0x1a, 0x15, 0x14], [0x18, 0x13, 0x11], [0x3e, 0x28, 0x1a]],
    [[0x16, 0x13, 0x13], [0x11, 0x0e, 0x0d], [0x38, 0x24, 0x18]],
];
/// The tops: quiet colours, light beside deep skin and the other way round.
const CLOTH_SRGB: [[u8; 3]; 10] = [
    [0x8b, 0x93, 0x8c],
    [0x9a, 0x86, 0x80],
    [0x6f, 0x7b, 0x86],
    [0x8a, 0x74, 0x6c],
    [0x7d, 0x86, 0x7a],
    [0xe6, 0xdf, 0xd4],
    [0xd9, 0xcd, 0xbd],
    [0xe8, 0xe0, 0xd6],
    [0xd8, 0xc8, 0xb4],
    [0xe4, 0xda, 0xcc],
];

impl FigureAlbedo {
    /// `tone`: 0 to 9, the Monk tone less one.
    pub fn of(tone: usize) -> Self {
        let tone = tone.min(MONK_SRGB.len() - 1);
        let linear = |srgb: [u8; 3]| linear_from_srgb(Vec3::from(srgb.map(f32::from)) / 255.0);
        let [hair, brow, iris] = HAIR_BROW_IRIS_SRGB[tone].map(linear);
        let skin = linear(MONK_SRGB[tone]);
        let light = (luminance(skin) / 0.5).min(1.0);
        // Light lips let blood through, dark ones carry the skin's own pigment.
        let lip = skin * Vec3::new(1.60, 0.92, 1.02).lerp(Vec3::new(0.74, 0.42, 0.43), light.sqrt());
        let lip = lip + Vec3::new(0.028, 0.006, 0.009) * (1.0 - light).powi(4);
        Self {
            skin,
            lip,
            brow,
            hair,
            iris,
            sclera: Vec3::new(0.70, 0.665, 0.635) * (0.80 + 0.20 * light),
            cloth: linear(CLOTH_SRGB[tone]) * 0.9,
            flush: 0.45 + 0.55 * light,
            sheen: Vec3::ONE.lerp(Vec3::new(1.25, 0.98, 0.80), 1.0 - light),
        }
    }
}
