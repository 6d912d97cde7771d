//! The uniform Catmull–Rom spline (Catmull & Rom 1974).

use std::ops::{Add, Mul};

/// The curve between `b` (`t` = 0) and `c` (`t` = 1), whose neighbours are `a` and `d`.
pub(crate) fn between<T: Copy + Add<Output = T> + Mul<f32, Output = T>>(a: T, b: T, c: T, d: T, t: f32) -> T {
    let (t2, t3) = (t * t, t * t * t);
    a * (-0.5 * t3 + t2 - 0.5 * t)
        + b * (1.5 * t3 - 2.5 * t2 + 1.0)
        + c * (-1.5 * t3 + 2.0 * t2 + 0.5 * t)
        + d * (0.5 * t3 - 0.5 * t2)
}
