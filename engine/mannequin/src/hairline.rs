//! Where the hair begins on a head.

use carmine_shaders::cpu::smoothstep;
use glam::Vec3;

/// A hairline, the same on both sides, in face space.
pub(crate) struct Hairline<const N: usize> {
    /// z and the hairline's y there, cm, from the nape over the ear to the forehead; z grows.
    pub knots_cm: [[f32; 2]; N],
    /// How much higher it lies over the middle of the forehead, cm.
    pub arch_cm: f32,
    /// How wide that arch is, cm.
    pub arch_width_cm: f32,
}

impl<const N: usize> Hairline<N> {
    /// How far a point of the head lies above the hairline, cm; negative on bare skin. `between` gives the height
    /// between two knots at z: the two figures round it differently, and their pictures are held bit by bit.
    pub fn above_cm(&self, at: Vec3, between: impl Fn([f32; 2], [f32; 2], f32) -> f32) -> f32 {
        let z = at.z.clamp(self.knots_cm[0][0], self.knots_cm[N - 1][0]);
        let next = self.knots_cm.iter().position(|&[knot, _]| knot >= z).unwrap_or(N - 1).max(1);
        let arch = self.arch_cm * (-(at.x / self.arch_width_cm).powi(2)).exp() * smoothstep(1.0, 3.0, z);
        at.y - between(self.knots_cm[next - 1], self.knots_cm[next], z) - arch
    }
}
