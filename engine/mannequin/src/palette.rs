//! Albedos of what the bust is made of, from the skin's colour.

use carmine_shaders::cpu::{linear_from_srgb, luminance};
use glam::Vec3;

/// What a point is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Material {
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

/// Albedo (linear, under D65) of every material of a person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Palette {
    skin: Vec3,
    lip: Vec3,
}

impl Palette {
    /// Of a person with this skin. Everything that does not belong to the skin is the same for all.
    pub fn of(skin_srgb: [u8; 3]) -> Self {
        let skin = linear_from_srgb(Vec3::from(skin_srgb.map(f32::from)) / 255.0);
        // Light lips let blood through, dark ones carry the skin's own pigment.
        let dark = 1.0 - (luminance(skin) / 0.5).min(1.0);
        let lip = skin * Vec3::new(0.70, 0.40, 0.40).lerp(Vec3::new(1.20, 0.80, 0.82), dark);
        Self { skin, lip }
    }

    pub fn albedo(&self, material: Material) -> Vec3 {
        match material {
            Material::Skin => self.skin,
            Material::Lip => self.lip,
            Material::Hair => Vec3::new(0.0130, 0.0095, 0.0080),
            Material::Sclera => Vec3::new(0.62, 0.60, 0.58),
            Material::Iris => Vec3::new(0.085, 0.045, 0.022),
            Material::Pupil => Vec3::splat(0.004),
            Material::LidRim => self.skin * Vec3::new(0.80, 0.56, 0.54),
            Material::Hollow => self.skin * Vec3::new(0.10, 0.05, 0.05),
            Material::Cloth => Vec3::new(0.20, 0.22, 0.24),
            Material::Wall => Vec3::splat(0.62),
        }
    }
}
