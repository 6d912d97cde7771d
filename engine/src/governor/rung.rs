//! The ladder of rungs: how often the stations run.

/// How often the stations run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// One of `track_every` pictures is tracked; if more than 1, beside the display.
    pub track_every: u32,
    /// Occlusion and light are estimated for one of `estimate_every` tracked pictures.
    pub estimate_every: u32,
}

/// From the best to the cheapest.
pub const LADDER: [Rung; 8] = [
    Rung { track_every: 1, estimate_every: 1 },
    Rung { track_every: 1, estimate_every: 2 },
    Rung { track_every: 1, estimate_every: 4 },
    Rung { track_every: 2, estimate_every: 2 },
    Rung { track_every: 3, estimate_every: 1 },
    Rung { track_every: 4, estimate_every: 1 },
    Rung { track_every: 6, estimate_every: 1 },
    Rung { track_every: 8, estimate_every: 1 },
];

/// Least trackings a second; rungs with fewer are not used.
const LEAST_HZ: f32 = 7.0;

impl Rung {
    /// Whether it tracks often enough where pictures come this far apart.
    pub(super) fn is_allowed(self, interval_s: f32) -> bool {
        self.track_every == 1 || self.track_every as f32 * interval_s <= 1.0 / LEAST_HZ
    }
}
