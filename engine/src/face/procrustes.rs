//! Weighted Procrustes analysis: the similarity that brings source points closest to their targets.
//!
//! In: pairs of points with weights. Out: rotation, scale and translation of the least weighted sum of squared
//! distances.
//!
//! 1. Subtract the weighted means of both sides.
//! 2. The rotation is that of the unit quaternion which is the largest eigenvector of a symmetric 4 × 4 matrix made of
//!    the cross-covariance (Horn, "Closed-form solution of absolute orientation using unit quaternions", 1987). Unlike
//!    a singular value decomposition it cannot give a mirror.
//! 3. The scale is the rotated covariance's trace over the source's spread (Umeyama 1991).
//! 4. The translation joins the means.

use glam::{DMat3, DQuat, DVec3};

/// Rotation, scale and translation, applied in the order scale, rotation, translation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Similarity {
    /// Never a mirror.
    pub rotation: DMat3,
    /// Above zero.
    pub scale: f64,
    pub translation: DVec3,
}

impl Similarity {
    /// The point moved from target to source space.
    pub(super) fn inverse_transform(&self, point: DVec3) -> DVec3 {
        self.rotation.transpose() * (point - self.translation) / self.scale
    }
}

/// A source point, where it should go, and how much that counts: not negative.
#[derive(Clone, Copy, Debug)]
pub(super) struct WeightedPair {
    pub source: DVec3,
    pub target: DVec3,
    pub weight: f64,
}

/// Fits a similarity. `None` where the points leave the answer open: not finite, all in one place, or on one line.
pub(super) fn fit(pairs: impl Iterator<Item = WeightedPair> + Clone) -> Option<Similarity> {
    let total: f64 = pairs.clone().map(|pair| pair.weight).sum();
    let mean = |pick: fn(&WeightedPair) -> DVec3| -> DVec3 {
        pairs.clone().map(|pair| pick(&pair) * pair.weight).sum::<DVec3>() / total
    };
    let (source_mean, target_mean) = (mean(|pair| pair.source), mean(|pair| pair.target));

    // Columns: where the source's axes lie among the targets.
    let mut covariance = DMat3::ZERO;
    let mut spread = 0.0;
    for WeightedPair { source, target, weight } in pairs {
        let (source, target) = (source - source_mean, target - target_mean);
        covariance += DMat3::from_cols(target * source.x, target * source.y, target * source.z) * weight;
        spread += source.length_squared() * weight;
    }
    let rotation = rotation_of(&covariance)?;
    let rotated_trace: f64 = (0..3).map(|axis| covariance.col(axis).dot(rotation.col(axis))).sum();
    let scale = rotated_trace / spread;
    let translation = target_mean - rotation * source_mean * scale;
    (scale.is_finite() && scale > 0.0 && translation.is_finite()).then_some(Similarity { rotation, scale, translation })
}

/// The rotation nearest to a cross-covariance (Horn 1987).
fn rotation_of(m: &DMat3) -> Option<DMat3> {
    let [[xx, xy, xz], [yx, yy, yz], [zx, zy, zz]] = m.to_cols_array_2d();
    let matrix = [
        [xx + yy + zz, yz - zy, zx - xz, xy - yx],
        [yz - zy, xx - yy - zz, xy + yx, zx + xz],
        [zx - xz, xy + yx, yy - xx - zz, yz + zy],
        [xy - yx, zx + xz, yz + zy, zz - xx - yy],
    ];
    let Eigen { values, vectors } = eigen(matrix)?;
    let mut order = [0, 1, 2, 3];
    order.sort_unstable_by(|&a, &b| values[b].total_cmp(&values[a]));
    let [best, second] = [order[0], order[1]];
    // Two equal maxima: points on a line, or in one place, turn freely.
    let extent = values[best].abs().max(values[order[3]].abs());
    if values[best] - values[second] <= 1e-9 * extent {
        return None;
    }
    let [w, x, y, z] = vectors.map(|row| row[best]);
    let quaternion = DQuat::from_xyzw(x, y, z, w);
    (quaternion.length_squared() > 0.5).then(|| DMat3::from_quat(quaternion.normalize()))
}

/// A symmetric matrix's eigenvalues, and its eigenvectors as columns.
struct Eigen {
    values: [f64; 4],
    vectors: [[f64; 4]; 4],
}

/// The eigenvalue algorithm of Jacobi: rotations in one plane after the other until nothing is left beside the
/// diagonal.
fn eigen(mut a: [[f64; 4]; 4]) -> Option<Eigen> {
    const SWEEPS: usize = 32;
    let scale: f64 = a.iter().flatten().map(|value| value.abs()).sum();
    if !scale.is_finite() || scale == 0.0 {
        return None;
    }
    let mut vectors: [[f64; 4]; 4] = std::array::from_fn(|i| std::array::from_fn(|j| f64::from(u8::from(i == j))));
    for _ in 0..SWEEPS {
        let rest: f64 = (0..4).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j].abs()).sum();
        if rest <= 1e-15 * scale {
            break;
        }
        for (p, q) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            if a[p][q] == 0.0 {
                continue;
            }
            let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
            let tangent = theta.signum() / (theta.abs() + theta.hypot(1.0));
            let cosine = 1.0 / tangent.hypot(1.0);
            let sine = tangent * cosine;
            for row in a.iter_mut().chain(vectors.iter_mut()) {
                (row[p], row[q]) = (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
            }
            let (upper, lower) = (a[p], a[q]);
            a[p] = std::array::from_fn(|i| cosine * upper[i] - sine * lower[i]);
            a[q] = std::array::from_fn(|i| sine * upper[i] + cosine * lower[i]);
        }
    }
    Some(Eigen { values: std::array::from_fn(|i| a[i][i]), vectors })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(range: std::ops::Range<f64>) -> impl Strategy<Value = f64> {
        range
    }

    fn point() -> impl Strategy<Value = DVec3> {
        (number(-10.0..10.0), number(-10.0..10.0), number(-10.0..10.0)).prop_map(DVec3::from)
    }

    proptest! {
        #[test]
        fn a_random_similarity_is_recovered(
            points in prop::collection::vec((point(), 0.01_f64..2.0), 6..30),
            axis in point(), angle in -3.1_f64..3.1, scale in 0.01_f64..100.0, shift in point(),
        ) {
            prop_assume!(axis.length() > 0.1);
            let rotation = DMat3::from_axis_angle(axis / axis.length(), angle);
            let pairs = points.iter().map(|&(source, weight)| {
                WeightedPair { source, target: rotation * source * scale + shift, weight }
            });
            let found = fit(pairs.clone()).unwrap();
            prop_assert!((found.scale / scale - 1.0).abs() < 1e-6);
            prop_assert!((found.rotation.determinant() - 1.0).abs() < 1e-9);
            for WeightedPair { source, target, .. } in pairs {
                prop_assert!((found.inverse_transform(target) - source).length() < 1e-4);
            }
        }
    }

    #[test]
    fn a_mirrored_target_is_not_met_by_a_mirror() {
        let points = [DVec3::X, DVec3::Y * 2.0, DVec3::Z * 3.0, DVec3::ZERO];
        let mirrored =
            |source: DVec3| WeightedPair { source, target: DVec3::new(-source.x, source.y, source.z), weight: 1.0 };
        let found = fit(points.iter().map(|&source| mirrored(source))).unwrap();
        assert!((found.rotation.determinant() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn points_that_leave_the_answer_open_are_refused() {
        let onto_itself = |weight: f64| move |&p: &DVec3| WeightedPair { source: p, target: p, weight };
        let alike = [DVec3::ONE; 5];
        let line: [DVec3; 5] = std::array::from_fn(|i| DVec3::X * i as f64);
        let broken = [DVec3::X, DVec3::Y, DVec3::NAN, DVec3::Z, DVec3::ZERO];
        for points in [alike, line, broken] {
            assert_eq!(fit(points.iter().map(onto_itself(1.0))), None);
        }
        assert_eq!(fit([DVec3::X, DVec3::Y, DVec3::Z].iter().map(onto_itself(0.0))), None);
    }
}
