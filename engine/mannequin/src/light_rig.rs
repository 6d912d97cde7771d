//! The lights that fairness is measured in: many parallel beams each, in camera space.
//!
//! In: nothing but a choice. Out: directions and irradiances that together light a white card facing the camera to a
//! known level.
//!
//! 1. Directions are spread evenly over a cap of the sphere (a Fibonacci lattice), or over all of it.
//! 2. Each has a weight: even, or by the CIE standard overcast sky (Moon & Spencer 1942).
//! 3. The weights are scaled so that a card facing the camera receives the wanted level.
//! 4. A lamp's colour is a black body's as the camera shows it (`black_body`).

use std::f32::consts::{PI, TAU};

use glam::Vec3;

use crate::black_body::cast;

/// Light in camera space, made of many parallel beams.
#[derive(Clone, Debug)]
pub struct LightRig {
    /// What tables call it.
    pub name: &'static str,
    /// Strongest source's direction.
    pub(crate) key: Vec3,
    pub(crate) beams: Vec<Beam>,
    /// What the wall behind receives, linear RGB.
    pub(crate) wall: Vec3,
    /// Standard deviation of the camera's noise at mid grey, in steps of 8 bits.
    pub(crate) noise_steps: f32,
}

/// Parallel light from one direction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Beam {
    /// Unit vector towards the light.
    pub direction: Vec3,
    /// On a card that faces the beam, linear RGB; 1 makes a white card white.
    pub irradiance: Vec3,
}

impl LightRig {
    /// The three lights that fairness is measured in.
    pub fn three() -> [Self; 3] {
        [Self::frontal(), Self::warm_side(), Self::overcast()]
    }

    /// A large soft box before the face, and a white room: neutral.
    pub fn frontal() -> Self {
        let key = Vec3::new(0.12, 0.42, 0.9).normalize_or(Vec3::Z);
        let mut beams = Vec::new();
        add(&mut beams, &cap(key, 0.5, 40), Vec3::ONE * 0.58);
        add(&mut beams, &dome(40, |_| 1.0), Vec3::ONE * 0.30);
        Self { name: "frontal, neutral", key, beams, wall: Vec3::splat(0.80), noise_steps: 1.0 }
    }

    /// A lamp of 3000 K at 45°, with a weaker fill of 4000 K from all around.
    pub fn warm_side() -> Self {
        let key = Vec3::new(-0.72, 0.38, 0.72).normalize_or(Vec3::Z);
        let mut beams = Vec::new();
        add(&mut beams, &cap(key, 0.28, 32), cast(3000.0) * 0.42);
        add(&mut beams, &dome(40, |_| 1.0), cast(4000.0) * 0.20);
        Self { name: "warm side, 3000 K", key, beams, wall: cast(3400.0) * 0.42, noise_steps: 1.3 }
    }

    /// An overcast sky of 7500 K above, a third as bright as [`Self::frontal`].
    pub fn overcast() -> Self {
        let mut beams = Vec::new();
        // CIE overcast sky, and what the ground gives back.
        let sky = |d: Vec3| if d.y > 0.0 { (1.0 + 2.0 * d.y) / 3.0 } else { 0.18 };
        add(&mut beams, &dome(72, sky), cast(7500.0) * 0.29);
        let key = Vec3::new(0.0, 0.8, 0.6);
        Self { name: "overcast, dim, 7500 K", key, beams, wall: cast(7500.0) * 0.27, noise_steps: 2.0 }
    }

    /// Linear RGB of a white, matte card that faces the camera where the face is: what a calibration would find.
    pub fn card_linear(&self) -> Vec3 {
        self.beams.iter().map(|beam| beam.irradiance * beam.direction.z.max(0.0)).sum()
    }
}

/// Adds beams from directions with weights, so that together they light a card that faces the camera to `level`.
fn add(beams: &mut Vec<Beam>, directions: &[(Vec3, f32)], level: Vec3) {
    let whole: f32 = directions.iter().map(|(direction, weight)| direction.z.max(0.0) * weight).sum();
    let beam = |&(direction, weight)| Beam { direction, irradiance: level * (weight / whole.max(1e-6)) };
    beams.extend(directions.iter().map(beam).filter(|beam| beam.irradiance.max_element() > 1e-6));
}

/// Directions evenly over a cap of `radius_rad` around `axis`, of equal weight.
fn cap(axis: Vec3, radius_rad: f32, count: usize) -> Vec<(Vec3, f32)> {
    let (x, y) = axis.any_orthonormal_pair();
    let spot = |i: usize| {
        let cos = 1.0 - (1.0 - radius_rad.cos()) * (i as f32 + 0.5) / count as f32;
        let (sin, turn) = ((1.0 - cos * cos).sqrt(), golden_turn(i));
        (axis * cos + (x * turn.cos() + y * turn.sin()) * sin, 1.0)
    };
    (0..count).map(spot).collect()
}

/// Directions evenly over the whole sphere, weighted by `radiance`.
fn dome(count: usize, radiance: impl Fn(Vec3) -> f32) -> Vec<(Vec3, f32)> {
    cap(Vec3::Y, PI, count).into_iter().map(|(direction, _)| (direction, radiance(direction))).collect()
}

/// The turn of the lattice's point `index`: steps of the golden ratio.
fn golden_turn(index: usize) -> f32 {
    (index as f32 * 0.618_034).fract() * TAU
}

#[cfg(test)]
mod tests {
    use carmine_shaders::cpu::luminance;

    use super::*;

    #[test]
    fn a_card_shows_the_level_and_the_cast() {
        let [frontal, warm, overcast] = LightRig::three().map(|light| light.card_linear());
        assert!((luminance(frontal) - 0.88).abs() < 1e-3 && (luminance(overcast) - 0.29).abs() < 1e-3);
        assert!(frontal.abs_diff_eq(Vec3::splat(frontal.x), 1e-4));
        assert!(warm.x > 1.4 * warm.z && overcast.z > 1.03 * overcast.x, "{warm} {overcast}");
    }
}
