use carmine_shaders::cpu::{linear_from_srgb, luminance};
use glam::Vec3;

/// Monk Skin Tone Scale, tones 1 to 10, sRGB.
pub const MONK_SRGB: [[u8; 3]; 10] = [
    [0xf6, 0xed, 0xe4],
    [0xf3, 0xe7, 0xdb],
    [0xf7, 0xea, 0xd0],
    [0xea, 0xda, 0xba],
    [0xd7, 0xbd, 0x96],
    [0xa0, 0x7e, 0x56],
    [0x82, 0x5c, 0x43],
    [0x60, 0x41, 0x34],
    [0x3a, 0x31, 0x2a],
    [0x29, 0x24, 0x20],
];

/// What a point is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Material {
    Skin,
    Lip,
    Hair,
    Sclera,
    Iris,
    Pupil,
    LidRim,
    Hollow,
    Cloth,
    Wall,
}

/// Albedo (linear, under D65) of every material.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette([Vec3; 10]);

impl Palette {
    /// Of a person with this skin. Everything that does not belong to the skin is the same for all.
    pub fn of(skin_srgb: [u8; 3]) -> Self {
        let skin = linear_from_srgb(Vec3::from(skin_srgb.map(f32::from)) / 255.0);
        // Light lips let blood through, dark ones carry the skin's own pigment.
        let dark = 1.0 - (luminance(skin) / 0.5).min(1.0);
        let lip = skin * Vec3::new(0.70, 0.40, 0.40).lerp(Vec3::new(1.20, 0.80, 0.82), dark);
        let palette = [
            skin,
            lip,
            Vec3::new(0.0130, 0.0095, 0.0080),
            Vec3::new(0.62, 0.60, 0.58),
            Vec3::new(0.085, 0.045, 0.022),
            Vec3::splat(0.004),
            skin * Vec3::new(0.80, 0.56, 0.54),
            skin * Vec3::new(0.10, 0.05, 0.05),
            Vec3::new(0.20, 0.22, 0.24),
            Vec3::splat(0.62),
        ];
        Self(palette)
    }

    pub fn albedo(&self, material: Material) -> Vec3 {
        self.0[material as usize]
    }
}
