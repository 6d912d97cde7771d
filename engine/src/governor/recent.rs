//! The median of the newest few values.

/// The newest few values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Recent {
    values: [f32; 5],
    count: usize,
}

impl Recent {
    pub fn push(&mut self, value: f32) {
        self.values[self.count % self.values.len()] = value;
        self.count += 1;
    }

    /// 0 until three values are known, since two may be outliers.
    pub fn median(&self) -> f32 {
        let mut sorted = self.values;
        let known = &mut sorted[..self.count.min(self.values.len())];
        known.sort_unstable_by(f32::total_cmp);
        if known.len() < 3 { 0.0 } else { known[known.len() / 2] }
    }
}
