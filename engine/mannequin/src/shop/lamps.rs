//! The studio's lights: a handful of soft lamps each, in camera space, and the backdrop.
//!
//! In: which light, and how the head is turned. Out: lamps; the light as spherical harmonics in the head's own space,
//! softened by a window on the finer terms; a backdrop with a glow behind the head.

use glam::{Mat3, Vec2, Vec3};

use super::transfer::{TERMS, harmonics};
use crate::black_body::cast;
use crate::noise;

/// The light that a shop mannequin stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StudioLight {
    /// Soft daylight through a large window.
    #[default]
    Daylight,
    /// A shop's warm lamps.
    Store,
    /// Evening: dimmer and warm from one side, with the last blue light from behind.
    Evening,
}

/// A soft source in camera space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lamp {
    /// Unit vector towards it.
    pub direction: Vec3,
    /// Irradiance on what faces it, linear RGB.
    pub colour: Vec3,
    /// How strongly surfaces mirror it, 0–1.
    pub mirrored: f32,
}

/// All light, and what lies behind the figure.
#[derive(Debug)]
pub(super) struct Lamps {
    pub lamps: Vec<Lamp>,
    /// The backdrop in the middle of its glow, and at its rim; linear RGB.
    backdrop: [Vec3; 2],
}

impl StudioLight {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Daylight, Self::Store, Self::Evening];

    /// As it is named in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Daylight => "daylight",
            Self::Store => "store",
            Self::Evening => "evening",
        }
    }

    pub(super) fn lamps(self) -> Lamps {
        let lamp = |x: f32, y: f32, z: f32, colour: Vec3, mirrored: f32| Lamp {
            direction: Vec3::new(x, y, z).normalize_or(Vec3::Z),
            colour,
            mirrored,
        };
        match self {
            Self::Daylight => Lamps {
                lamps: vec![
                    lamp(-0.55, 0.60, 0.75, cast(5600.0) / cast(6500.0) * 0.74, 1.0),
                    lamp(0.60, 0.10, 0.80, cast(7000.0) / cast(6500.0) * 0.24, 0.5),
                    lamp(0.0, 0.1, 1.0, Vec3::splat(0.16), 0.0),
                    lamp(0.80, 0.45, -0.55, cast(7500.0) / cast(6500.0) * 0.55, 1.0),
                    lamp(-0.85, 0.25, -0.50, cast(7000.0) / cast(6500.0) * 0.30, 0.7),
                    lamp(0.0, -1.0, 0.3, Vec3::new(0.10, 0.085, 0.075), 0.0),
                    lamp(0.0, 1.0, -0.2, Vec3::splat(0.16), 0.4),
                ],
                backdrop: [Vec3::new(0.62, 0.585, 0.55), Vec3::new(0.36, 0.335, 0.315)],
            },
            Self::Store => Lamps {
                lamps: vec![
                    lamp(0.50, 0.62, 0.72, cast(3000.0) * 0.58, 1.0),
                    lamp(-0.65, 0.15, 0.75, cast(3600.0) * 0.22, 0.5),
                    lamp(0.0, 0.1, 1.0, cast(3800.0) * 0.12, 0.0),
                    lamp(-0.80, 0.40, -0.55, cast(3400.0) * 0.55, 1.0),
                    lamp(0.85, 0.30, -0.50, cast(2800.0) * 0.30, 0.7),
                    lamp(0.0, -1.0, 0.3, cast(2800.0) * 0.09, 0.0),
                    lamp(0.0, 1.0, -0.2, cast(3200.0) * 0.14, 0.4),
                ],
                backdrop: [Vec3::new(0.50, 0.38, 0.275), Vec3::new(0.235, 0.160, 0.108)],
            },
            Self::Evening => Lamps {
                lamps: vec![
                    lamp(-0.66, 0.48, 0.70, cast(2900.0) * 0.46, 1.0),
                    lamp(0.60, 0.05, 0.80, cast(4600.0) * 0.14, 0.4),
                    lamp(0.0, 0.1, 1.0, cast(4000.0) * 0.10, 0.0),
                    lamp(0.82, 0.35, -0.50, Vec3::new(0.20, 0.27, 0.46), 1.0),
                    lamp(-0.85, 0.30, -0.50, cast(2700.0) * 0.22, 0.7),
                    lamp(0.0, -1.0, 0.3, cast(2900.0) * 0.05, 0.0),
                    lamp(0.0, 1.0, -0.3, Vec3::new(0.07, 0.09, 0.14), 0.5),
                ],
                backdrop: [Vec3::new(0.135, 0.098, 0.118), Vec3::new(0.035, 0.029, 0.046)],
            },
        }
    }
}

impl Lamps {
    /// The light's coefficients as the head sees it that is turned by `rotation`, per channel.
    pub fn seen_from(&self, rotation: Mat3) -> [[f32; TERMS]; 3] {
        /// Sources are soft: finer terms are weaker.
        const WINDOW: [f32; TERMS] = [1.0, 0.96, 0.96, 0.96, 0.80, 0.80, 0.80, 0.80, 0.80];
        let mut sums = [[0.0; TERMS]; 3];
        for lamp in &self.lamps {
            let basis = harmonics(rotation.transpose() * lamp.direction);
            for (sums, colour) in sums.iter_mut().zip(lamp.colour.to_array()) {
                for ((sum, basis), window) in sums.iter_mut().zip(basis).zip(WINDOW) {
                    *sum += colour * basis * window;
                }
            }
        }
        sums
    }

    /// The studio's backdrop, linear RGB: a soft glow behind the head.
    pub fn backdrop(&self, width: usize, height: usize) -> Vec<Vec3> {
        let [glow, rim] = self.backdrop;
        let shown = |pixel: usize| {
            let at = Vec2::new((pixel % width) as f32, (pixel / width) as f32) / height as f32;
            let from = at - Vec2::new(0.5 * width as f32 / height as f32, 0.44);
            let t = 1.0 - (-(from / Vec2::new(0.52, 0.62)).length_squared()).exp();
            // A grain below what is seen keeps wide gradients from banding.
            let grain = 1.0 + 0.006 * noise::normal(noise::hash(pixel as u32));
            glow.lerp(rim, t) * grain
        };
        (0..width * height).map(shown).collect()
    }
}
