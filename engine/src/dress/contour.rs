//! Smooth curves through rows of landmarks.
//!
//! In: values at landmarks (positions, normals, weights). Out: six pieces per step from one landmark to the next.
//!
//! A Catmull–Rom spline, extrapolated linearly past either end.

use std::ops::{Add, Mul};

use crate::catmull_rom::between;

/// Pieces that each step between two landmarks is cut into.
pub(super) const STEPS: usize = 6;

/// A smooth curve through `points`, [`STEPS`] pieces per step, both ends included.
pub(super) fn smooth<T>(points: impl Fn(usize) -> T, count: usize, mut emit: impl FnMut(T))
where
    T: Copy + Add<Output = T> + Mul<f32, Output = T>,
{
    let last = count - 1;
    for step in 0..last {
        let (b, c) = (points(step), points(step + 1));
        // Past an end, extrapolate linearly.
        let a = if step > 0 { points(step - 1) } else { b * 2.0 + c * -1.0 };
        let d = if step + 2 <= last { points(step + 2) } else { c * 2.0 + b * -1.0 };
        for piece in 0..STEPS {
            let t = piece as f32 / STEPS as f32;
            emit(between(a, b, c, d, t));
        }
    }
    emit(points(last));
}

#[cfg(test)]
mod tests {
    use glam::Vec2;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_curve_goes_through_every_point(values in prop::collection::vec((-100f32..100.0, -100f32..100.0), 2..12)) {
            let points: Vec<Vec2> = values.into_iter().map(Vec2::from).collect();
            let mut curve = Vec::new();
            smooth(|i| points[i], points.len(), |p| curve.push(p));
            prop_assert_eq!(curve.len(), (points.len() - 1) * STEPS + 1);
            for (i, point) in points.iter().enumerate() {
                prop_assert!(curve[i * STEPS].abs_diff_eq(*point, 1e-3));
            }
        }
    }

    #[test]
    fn a_straight_row_stays_straight() {
        let mut curve = Vec::new();
        smooth(|i| i as f32, 5, |p| curve.push(p));
        for (i, value) in curve.iter().enumerate() {
            assert!((value - i as f32 / STEPS as f32).abs() < 1e-5);
        }
    }
}
