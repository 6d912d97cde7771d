//! A coat's surface reflection: a finish's numbers, scaled by coverage.

use glam::Vec3;

/// A surface's reflection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reflection {
    /// The bare skin's own reflection is scaled by this.
    pub gain: f32,
    /// A broad lobe round the key light's mirror image.
    pub soft: f32,
    /// A tight lobe.
    pub sharp: f32,
    /// How dense flakes lie, 0–1.
    pub flakes: f32,
    /// How coarse they are, 0–1.
    pub coarse: f32,
    /// Linear colour that all of it takes.
    pub tint: Vec3,
}

impl Reflection {
    /// Nothing at all.
    pub const NONE: Self = Self { gain: 0.0, soft: 0.0, sharp: 0.0, flakes: 0.0, coarse: 0.0, tint: Vec3::ZERO };

    /// Every number times `factor`.
    pub fn scaled(self, factor: f32) -> Self {
        Self {
            gain: self.gain * factor,
            soft: self.soft * factor,
            sharp: self.sharp * factor,
            flakes: self.flakes * factor,
            coarse: self.coarse * factor,
            tint: self.tint * factor,
        }
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            gain: self.gain + other.gain,
            soft: self.soft + other.soft,
            sharp: self.sharp + other.sharp,
            flakes: self.flakes + other.flakes,
            coarse: self.coarse + other.coarse,
            tint: self.tint + other.tint,
        }
    }
}
