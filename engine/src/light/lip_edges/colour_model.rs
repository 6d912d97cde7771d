//! Normal distributions of colours in CIE L\*a\*b\*, in which outliers have no say.

use glam::{Mat3, Vec3};

use crate::statistics::MedianAndSigma;

/// Samples farther from the median than so many standard deviations, by the median absolute deviation, are
/// outliers at first.
const DEVIATIONS: f32 = 3.0;
/// Added to that, in Lab.
const SIGMA_MIN: f32 = 1.0;
/// Later: squared distances in standard deviations; 1 % of samples in three dimensions lie beyond.
const DISTANCE_MAX: f32 = 11.3;
/// Fits, each without the outliers of the one before.
const ROUNDS: usize = 2;
/// Least samples of a model.
const SAMPLES_MIN: usize = 8;

/// A normal distribution of colours.
#[derive(Clone, Copy, Debug)]
pub(super) struct ColourModel {
    mean: Vec3,
    inverse: Mat3,
    ln_det: f32,
}

impl ColourModel {
    /// Of these colours. `floor`: variances that are added, of the picture's noise and of what few samples do not tell.
    /// `scratch`: memory that is reused. `None` of too few.
    pub fn fit(samples: &[Vec3], floor: Vec3, scratch: &mut Vec<f32>) -> Option<Self> {
        if samples.len() < SAMPLES_MIN {
            return None;
        }
        let [l, a, b] = [0, 1, 2].map(|axis| {
            scratch.clear();
            scratch.extend(samples.iter().map(|lab| lab[axis]));
            MedianAndSigma::of(scratch).unwrap_or_default()
        });
        let centre = Vec3::new(l.median, a.median, b.median);
        let sigma = Vec3::new(l.sigma, a.sigma, b.sigma) + SIGMA_MIN;
        let mut model: Option<Self> = None;
        for _ in 0..ROUNDS {
            let is_kept = |lab: Vec3| match &model {
                None => (lab - centre).abs().cmplt(sigma * DEVIATIONS).all(),
                Some(model) => model.distance_squared(lab) < DISTANCE_MAX,
            };
            let next = Self::of(|| samples.iter().copied().filter(|&lab| is_kept(lab)), floor);
            let Some(next) = next else { break };
            model = Some(next);
        }
        model
    }

    fn of<I: Iterator<Item = Vec3>>(kept: impl Fn() -> I, floor: Vec3) -> Option<Self> {
        let (sum, count) = kept().fold((Vec3::ZERO, 0.0), |(sum, count), lab| (sum + lab, count + 1.0));
        if count < 2.0 {
            return None;
        }
        let mean = sum / count;
        let mut covariance = Mat3::from_diagonal(floor);
        for lab in kept() {
            let off = lab - mean;
            let share = off / (count - 1.0);
            covariance += Mat3::from_cols(share * off.x, share * off.y, share * off.z);
        }
        let det = covariance.determinant();
        (det > 0.0 && det.is_finite()).then(|| Self { mean, inverse: covariance.inverse(), ln_det: det.ln() })
    }

    /// Squared distance from the mean in standard deviations.
    #[inline]
    pub fn distance_squared(&self, lab: Vec3) -> f32 {
        let off = lab - self.mean;
        off.dot(self.inverse * off)
    }

    /// −ln of the density of each colour, but for a constant.
    pub fn costs<const N: usize>(&self, [l, a, b]: &[[f32; N]; 3]) -> [f32; N] {
        let Self { mean, inverse, ln_det } = *self;
        let [xx, yy, zz] = [inverse.x_axis.x, inverse.y_axis.y, inverse.z_axis.z];
        let [xy, xz, yz] = [inverse.x_axis.y, inverse.x_axis.z, inverse.y_axis.z].map(|value| 2.0 * value);
        std::array::from_fn(|at| {
            let (x, y, z) = (l[at] - mean.x, a[at] - mean.y, b[at] - mean.z);
            0.5 * (xx * x * x + yy * y * y + zz * z * z + xy * x * y + xz * x * z + yz * y * z + ln_det)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outliers_do_not_move_a_model() {
        let grain = |i: usize| Vec3::new((i % 7) as f32 - 3.0, (i % 5) as f32 - 2.0, (i % 3) as f32 - 1.0);
        let colour = Vec3::new(60.0, 20.0, 15.0);
        let mut samples: Vec<_> = (0..100).map(|i| colour + grain(i)).collect();
        let clean = ColourModel::fit(&samples, Vec3::ONE, &mut Vec::new()).unwrap();
        samples.extend([Vec3::new(100.0, 0.0, 0.0); 20]);
        let model = ColourModel::fit(&samples, Vec3::ONE, &mut Vec::new()).unwrap();
        assert!(model.mean.distance(clean.mean) < 0.5, "{model:?} {clean:?}");
        let [near, far] = model.costs(&[[60.0, 60.0], [20.0, 30.0], [15.0, 15.0]]);
        assert!(near < far);
        let exact = 0.5 * (model.distance_squared(colour) + model.ln_det);
        assert!((near - exact).abs() < 1e-3, "{near} {exact}");
        assert!(ColourModel::fit(&samples[..SAMPLES_MIN - 1], Vec3::ONE, &mut Vec::new()).is_none());
    }

    #[test]
    fn one_colour_again_and_again_is_a_model_too() {
        let model = ColourModel::fit(&[Vec3::new(50.0, 10.0, 10.0); 30], Vec3::ONE, &mut Vec::new()).unwrap();
        assert!(model.costs(&[[50.0], [10.0], [10.0]])[0].is_finite());
    }
}
