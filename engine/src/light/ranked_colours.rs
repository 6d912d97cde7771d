//! Colours sorted by their luminance, so that the brightest and the darkest can be left out of a mean.

use std::ops::Range;

use carmine_shaders::cpu::luminance;
use glam::Vec3;

#[derive(Clone, Copy, Debug, Default)]
struct Ranked {
    luminance: f32,
    colour: Vec3,
}

/// Up to `N` linear colours.
#[derive(Clone, Copy, Debug)]
pub(super) struct RankedColours<const N: usize> {
    colours: [Ranked; N],
    count: usize,
}

impl<const N: usize> RankedColours<N> {
    /// From the colours in any order; those beyond `N` are left out.
    pub fn of(colours: impl Iterator<Item = Vec3>) -> Self {
        let mut ranked = Self { colours: [Ranked::default(); N], count: 0 };
        for (to, colour) in ranked.colours.iter_mut().zip(colours) {
            *to = Ranked { luminance: luminance(colour), colour };
            ranked.count += 1;
        }
        ranked.colours[..ranked.count].sort_unstable_by(|a, b| a.luminance.total_cmp(&b.luminance));
        ranked
    }

    pub fn len(&self) -> usize {
        self.count
    }

    /// The luminance of this rank, the darkest being 0.
    pub fn luminance(&self, rank: usize) -> f32 {
        self.colours[rank].luminance
    }

    /// Mean of the colours of these ranks.
    pub fn mean(&self, ranks: Range<usize>) -> Vec3 {
        let kept = &self.colours[ranks];
        kept.iter().map(|ranked| ranked.colour).sum::<Vec3>() / kept.len() as f32
    }
}
