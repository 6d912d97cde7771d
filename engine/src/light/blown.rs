//! Blown-out skin: what its clipped channels would have shown.
//!
//! In: a linear colour, which of its channels are clipped, the chroma of skin that is not. Out: the colour with those
//! channels at least as bright as that chroma makes them beside the channel that came through best.
//!
//! Clipping takes the red off skin first, so that blown skin would pass for paler skin or for a reflection, and a
//! product on it would look grey beside the same product on the skin around. A few clipped pixels are highlights; they stay.

use carmine_shaders::cpu::{luminance, smoothstep};
use glam::{BVec3, Vec2, Vec3};

/// Share of a face's samples that is clipped, above which it counts as blown out, and from which wholly so. Highlights
/// on a face in good light are less.
const SHARE_MIN: f32 = 0.1;
const SHARE_ALL: f32 = 0.25;

/// How a face is blown out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blown {
    /// Linear colour of its skin, of luminance 1.
    chroma: Vec3,
    /// How far clipped channels are restored, 0–1.
    pub part: f32,
}

impl Blown {
    /// Of a face that is not.
    pub const NOT: Self = Self { chroma: Vec3::ONE, part: 0.0 };

    /// How far a face with this share of clipped samples is, 0–1.
    pub fn part(clipped: f32) -> f32 {
        smoothstep(SHARE_MIN, SHARE_ALL, clipped)
    }

    /// `log_chroma`: of skin that is not clipped.
    pub fn new(log_chroma: Vec2, part: f32) -> Self {
        let colour = Vec3::new(log_chroma.x.exp(), 1.0, log_chroma.y.exp());
        Self { chroma: colour / luminance(colour), part }
    }

    /// The colour with its `clipped` channels restored.
    pub fn restored(self, colour: Vec3, clipped: BVec3) -> Vec3 {
        let level = (colour / self.chroma).max_element();
        Vec3::select(clipped, colour.lerp(colour.max(self.chroma * level), self.part), colour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SKIN: Vec3 = Vec3::new(0.5, 0.27, 0.2);

    fn blown() -> Blown {
        Blown::new(Vec2::new((SKIN.x / SKIN.y).ln(), (SKIN.z / SKIN.y).ln()), 1.0)
    }

    #[test]
    fn clipped_skin_gets_its_red_back_and_the_rest_stays() {
        for stops in [2.2f32, 3.0, 3.6] {
            let (truth, seen) = (SKIN * stops, (SKIN * stops).min(Vec3::ONE));
            let restored = blown().restored(seen, seen.cmpge(Vec3::splat(0.99)));
            assert!(restored.abs_diff_eq(truth, 1e-4), "{restored} for {truth}");
        }
        let kept = Vec3::new(0.9, 0.5, 0.4);
        assert_eq!(blown().restored(kept, BVec3::FALSE), kept);
        assert_eq!(Blown::NOT.restored(Vec3::ONE, BVec3::TRUE), Vec3::ONE);
    }

    #[test]
    fn white_is_as_bright_as_it_takes_to_clip_every_channel() {
        let restored = blown().restored(Vec3::ONE, BVec3::TRUE);
        assert!(restored.abs_diff_eq(SKIN / SKIN.z, 1e-4), "{restored}");
    }

    #[test]
    fn a_few_highlights_do_not_make_a_face_blown() {
        assert_eq!([0.0, 0.05, 0.1].map(Blown::part), [0.0; 3]);
        assert_eq!(Blown::part(0.3), 1.0);
    }
}
