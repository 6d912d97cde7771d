//! Robust statistics: the middle and the spread of samples, some of which are wrong.

/// Standard deviation of a normal distribution over its median absolute deviation.
pub(crate) const SIGMA_OVER_MAD: f32 = 1.4826;

/// The median of the values, which are reordered; `None` if there are none.
pub(crate) fn median(values: &mut [f32]) -> Option<f32> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// A median, and the robust standard deviation from the median absolute deviation.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MedianAndSigma {
    pub median: f32,
    pub sigma: f32,
}

impl MedianAndSigma {
    /// Of values, which are overwritten; `None` if there are none.
    pub fn of(values: &mut [f32]) -> Option<Self> {
        let middle = median(values)?;
        values.iter_mut().for_each(|value| *value = (*value - middle).abs());
        median(values).map(|deviation| Self { median: middle, sigma: SIGMA_OVER_MAD * deviation })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outliers_move_neither_median_nor_sigma() {
        let mut values = [1.0, 2.0, 3.0, 4.0, 1000.0];
        let found = MedianAndSigma::of(&mut values).unwrap();
        assert_eq!((found.median, found.sigma), (3.0, SIGMA_OVER_MAD));
        assert!(MedianAndSigma::of(&mut []).is_none());
    }
}
