use carmine_shaders::cpu::{lab_from_linear_srgb, linear_srgb_from_lab, luminance};
use glam::{Vec2, Vec3};

use super::adapt::light_from_neutral;
use super::estimator::Ground;
use super::exposure::Exposure;
use super::likeness::Likeness;
use super::sheen::matte;
use super::skin::{linear_at, median};
use super::tone::{Doubt, SkinTone, ToneReading, ToneRejection};
use crate::face::{FittedFace, MESH_VERTEX_COUNT};
use crate::frame::Frame;
use crate::zeroize;

/// Corners of the places where skin is looked at: right cheek, left cheek, forehead.
const PATCHES: [[u16; 4]; 3] = [[117, 101, 205, 147], [346, 330, 425, 376], [67, 297, 299, 69]];
/// Looks along each side of a patch.
const GRID: usize = 12;
/// A patch smaller than this, as a diagonal in pixels, is left out.
const DIAGONAL_MIN_PX: f32 = 6.0;
/// Fewer pixels that are skin than this tell nothing.
const PIXELS_MIN: usize = 60;
/// A white whose strongest channel is this many times its weakest is no white: as guessed, and as known.
const COLOURED: (f32, f32) = (1.8, 8.0);
/// Chroma of skin ends here (in vivo it is about 10–35); its hue lies about 40–75°, sunburnt to sallow within these.
const CHROMA_MAX: f32 = 42.0;
const HUE_DEG: (f32, f32) = (24.0, 90.0);
/// Robust standard deviation of L*, and of a* and b*, beyond which one tone cannot stand for all.
const UNEVEN: (f32, f32) = (10.0, 7.0);

/// What is known of the light when a tone is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub white_linear: Vec3,
    pub exposure: Exposure,
    /// How good the white point is, 0–1; `None` if it was measured.
    pub white_confidence: Option<f32>,
}

/// Reads skin tones. Reused from face to face.
#[derive(Debug, Default)]
pub(super) struct Complexion {
    labs: Vec<Vec3>,
    values: Vec<f32>,
}

impl Complexion {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.labs, Vec3::ZERO);
        zeroize::empty(&mut self.values, 0.0);
    }

    /// Reads the tone of `face`. `facing`: the luminance of skin that faces the camera, without what it mirrors; `ground`: what
    /// each vertex shows. The part `keep` of `previous` is kept.
    pub fn read(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        (skin, facing, ground): (Option<Likeness>, Option<f32>, &[Ground; MESH_VERTEX_COUNT]),
        known: Known,
        (previous, keep): (ToneReading, f32),
    ) -> ToneReading {
        let white = known.white_linear.max(Vec3::splat(0.02));
        let cast = white.max_element() / white.min_element();
        let measured = known.white_confidence.is_none();
        if cast > if measured { COLOURED.1 } else { COLOURED.0 } {
            return ToneReading::CannotTell(ToneRejection::TooColoured);
        }
        let (Some(skin), Some(facing)) = (skin, facing) else {
            return ToneReading::CannotTell(ToneRejection::TooFewPixels);
        };
        if skin.luminance < 0.008 || known.exposure.level < 0.04 {
            return ToneReading::CannotTell(ToneRejection::TooDark);
        }
        let clipped = match self.look(frame, face, (&skin, ground), known) {
            Ok(clipped) => clipped,
            Err(why) => return ToneReading::CannotTell(why),
        };
        let (middle, spread) = self.middle_and_spread();
        let patches = linear_srgb_from_lab(middle);
        // Cheeks and forehead catch more sheen than the rest of the face: what they are brighter by is half believed.
        let sheen = (luminance(patches) * known.exposure.level / facing.max(1e-4)).clamp(1.0, 2.0);
        let middle = lab_from_linear_srgb(patches / sheen.sqrt());
        let chroma = Vec2::new(middle.y, middle.z);
        let hue = chroma.y.atan2(chroma.x).to_degrees();
        let strange = chroma.length() > 8.0 && !(HUE_DEG.0..HUE_DEG.1).contains(&hue);
        if !measured && (strange || chroma.length() > CHROMA_MAX) {
            return ToneReading::CannotTell(ToneRejection::TooColoured);
        }
        if spread.x > UNEVEN.0 || spread.y.max(spread.z) > UNEVEN.1 {
            return ToneReading::CannotTell(ToneRejection::TooUneven);
        }
        // Pixels left out for being clipped were the brightest ones.
        let doubt = Doubt {
            exposure_sigma_ln: known.exposure.sigma_ln.hypot(0.5 * clipped).hypot(0.5 * sheen.ln()),
            white_sigma: known.white_confidence.map_or(0.03, |sure| 0.18 - 0.1 * sure),
        };
        match previous {
            ToneReading::Tone(previous) if keep > 0.0 => ToneReading::Tone(SkinTone::new(
                middle.lerp(previous.lab, keep),
                spread.lerp(previous.spread_lab, keep),
                doubt,
            )),
            _ => ToneReading::Tone(SkinTone::new(middle, spread, doubt)),
        }
    }

    /// Gathers the colours of pixels that are bare skin in even light; gives the part that was clipped.
    fn look(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        (skin, ground): (&Likeness, &[Ground; MESH_VERTEX_COUNT]),
        known: Known,
    ) -> Result<f32, ToneRejection> {
        let white = known.white_linear;
        let d65 = light_from_neutral(white).inverse() * (1.0 / known.exposure.level.max(1e-3));
        self.labs.clear();
        self.labs.reserve(PATCHES.len() * GRID * GRID);
        let (mut seen, mut clipped) = (0usize, 0usize);
        for patch in PATCHES {
            let patch = patch.map(usize::from);
            let [a, b, c, d] = patch.map(|vertex| face.landmarks_px[vertex].truncate());
            let visible = patch.iter().all(|&vertex| face.visibility[vertex] > 0.25);
            if !visible || a.distance(c).min(b.distance(d)) < DIAGONAL_MIN_PX {
                continue;
            }
            let ground = patch.map(|vertex| ground[vertex]);
            let expected = ground.map(|ground| ground.expected);
            let light = ground.map(|ground| ground.light);
            let mirrored = ground.map(|ground| ground.mirrored);
            for index in 0..GRID * GRID {
                let step = |index: usize| (index as f32 + 0.5) / GRID as f32;
                let (u, v) = (step(index % GRID), step(index / GRID));
                let at = a.lerp(b, u).lerp(d.lerp(c, u), v).round();
                let (right, bottom) = ((frame.width() - 1) as f32, (frame.height() - 1) as f32);
                if at.x < 0.0 || at.y < 0.0 || at.x > right || at.y > bottom {
                    continue;
                }
                let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
                let mix = |of: [f32; 4]| mix(mix(of[0], of[1], u), mix(of[3], of[2], u), v);
                seen += 1;
                match even(frame, at) {
                    None => clipped += 1,
                    Some(colour) if skin.of_mean(colour, mix(expected), 1.0) > 0.2 => {
                        let level = luminance(colour);
                        let mirrored = white * (level - matte(level, mix(mirrored)));
                        self.labs.push(lab_from_linear_srgb(d65 * (colour - mirrored) / mix(light)));
                    }
                    Some(_) => {}
                }
            }
        }
        if clipped * 3 > seen {
            return Err(ToneRejection::TooBright);
        }
        if self.labs.len() < PIXELS_MIN || self.labs.len() * 4 < seen {
            return Err(ToneRejection::TooFewPixels);
        }
        Ok(clipped as f32 / seen as f32)
    }

    fn middle_and_spread(&mut self) -> (Vec3, Vec3) {
        let (mut middle, mut spread) = ([0.0; 3], [0.0; 3]);
        for component in 0..3 {
            self.values.clear();
            self.values.reserve(PATCHES.len() * GRID * GRID);
            self.values.extend(self.labs.iter().map(|lab| lab[component]));
            middle[component] = median(&mut self.values).unwrap_or(0.0);
            self.values.iter_mut().for_each(|value| *value = (*value - middle[component]).abs());
            spread[component] = 1.4826 * median(&mut self.values).unwrap_or(0.0);
        }
        (Vec3::from(middle), Vec3::from(spread))
    }
}

/// Mean linear colour of nine pixels, which evens out noise; `None` where it is not noise that clips them.
fn even(frame: &Frame<'_>, at: Vec2) -> Option<Vec3> {
    /// 252 of 255.
    const CLIPPED: f32 = 0.973;
    let (mut sum, mut clipped) = (Vec3::ZERO, 0);
    for y in -1i8..=1 {
        for x in -1i8..=1 {
            let colour = linear_at(frame, at + Vec2::new(f32::from(x), f32::from(y)));
            clipped += usize::from(colour.max_element() > CLIPPED);
            sum += colour;
        }
    }
    (clipped <= 3).then_some(sum / 9.0)
}
