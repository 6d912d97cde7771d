//! What each finish does with light mirrored at its surface. One function per file in `wgsl/finish/`.

use glam::Vec3;

/// A surface's reflection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reflection {
    /// The bare skin's own reflection is scaled by this.
    pub gain: f32,
    /// A broad lobe round the key light's mirror image.
    pub soft: f32,
    /// A tight one.
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

    /// All of it times `factor`.
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

/// Of finish 0 matte, 1 satin, 2 cream, 3 gloss, 4 metallic, 5 shimmer, 6 glitter, 7 sheer.
pub fn finish_reflection(finish: u32, tint: Vec3) -> Reflection {
    let [gain, soft, sharp, flakes, coarse] = match finish {
        0 => [0.18, 0.0, 0.0, 0.0, 0.0],
        1 => [1.0, 0.05, 0.0, 0.0, 0.0],
        2 => [0.9, 0.10, 0.02, 0.0, 0.0],
        3 => [1.8, 0.05, 0.34, 0.0, 0.0],
        4 => [1.1, 0.55, 0.06, 0.0, 0.0],
        5 => [0.8, 0.22, 0.0, 0.6, 0.0],
        6 => [0.8, 0.08, 0.0, 0.75, 1.0],
        _ => [1.0, 0.0, 0.0, 0.0, 0.0],
    };
    let tint = if (4..=6).contains(&finish) { tint } else { Vec3::ONE };
    Reflection { gain, soft, sharp, flakes, coarse, tint }
}
