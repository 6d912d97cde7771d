//! Order statistics of a few cells' values, in memory that is reused.

use super::grid::CELLS;
use crate::zeroize;

/// Values of the cells last asked for.
#[derive(Debug)]
pub(super) struct Samples(Vec<f32>);

impl Default for Samples {
    fn default() -> Self {
        Self(Vec::with_capacity(CELLS))
    }
}

impl Samples {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.0, 0.0);
    }

    /// Replaces the values.
    pub fn take(&mut self, values: impl Iterator<Item = f32>) -> &mut Self {
        self.0.clear();
        self.0.extend(values);
        self
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value that this share of the values lies below; 0 of none.
    pub fn percentile(&mut self, share: f32) -> f32 {
        let Some(last) = self.0.len().checked_sub(1) else { return 0.0 };
        let index = (last as f32 * share).round() as usize;
        *self.0.select_nth_unstable_by(index.min(last), f32::total_cmp).1
    }

    pub fn median(&mut self) -> f32 {
        self.percentile(0.5)
    }

    /// The standard deviation; 0 of none.
    pub fn deviation(&self) -> f32 {
        let count = self.0.len().max(1) as f32;
        let mean = self.0.iter().sum::<f32>() / count;
        (self.0.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / count).sqrt()
    }

    /// The share of the values that lie above `limit`; 0 of none.
    pub fn share_above(&self, limit: f32) -> f32 {
        self.0.iter().filter(|&&value| value > limit).count() as f32 / self.0.len().max(1) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_the_ends_and_none() {
        let mut samples = Samples::default();
        samples.take([5.0, 1.0, 3.0, 2.0, 4.0].into_iter());
        assert_eq!((samples.len(), samples.median(), samples.percentile(1.0)), (5, 3.0, 5.0));
        assert!((samples.deviation() - 2.0_f32.sqrt()).abs() < 1e-6);
        assert_eq!(samples.share_above(3.5), 0.4);
        samples.take(std::iter::empty());
        assert_eq!((samples.median(), samples.deviation(), samples.share_above(0.0)), (0.0, 0.0, 0.0));
    }
}
