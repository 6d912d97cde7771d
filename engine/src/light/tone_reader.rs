//! Reads the colour of a face's skin as under D65.
//!
//! In: a frame, a fitted face, its skin and the light on it. Out: a median Lab colour with its spread and uncertainty,
//! or why none can be determined.
//! 1. Refuse light too far from white, too little skin, and too little light.
//! 2. Sample a grid of places on both cheeks and the forehead: means of nine pixels that are bare skin and not clipped.
//! 3. Subtract the specular part; divide out the exposure and the shading; remove the light's colour (Bradford).
//! 4. Median and robust spread in Lab. Cheeks and forehead catch more sheen than the rest of the face, so half of what
//!    they are brighter than skin that faces the camera is removed.
//! 5. Refuse colours that no skin has, which come from a wrong white point, and spreads too large for a single tone.

use carmine_shaders::cpu::{lab_from_linear_srgb, linear_srgb_from_lab, luminance};
use glam::{Mat3, Vec2, Vec3};

use super::chromatic_adaptation::light_from_neutral;
use super::diffuse::diffuse;
use super::exposure::Exposure;
use super::face_skin::{FaceShading, FaceSkin};
use super::landmark_points::points_px;
use super::pixel::{NEIGHBOURHOOD, is_inside, linear_at};
use super::skin_colour::SkinColour;
use super::tone::{LightDoubt, SkinTone, ToneReading, ToneRejection};
use crate::face::FittedFace;
use crate::frame::Frame;
use crate::statistics::MedianAndSigma;
use crate::zeroize;

/// Corners of the patches that are sampled: right cheek, left cheek, forehead.
const PATCHES: [[u16; 4]; 3] = [[117, 101, 205, 147], [346, 330, 425, 376], [67, 297, 299, 69]];
/// Places along each side of a patch.
const GRID: usize = 12;
const PLACES_MAX: usize = PATCHES.len() * GRID * GRID;
/// A patch smaller than this, as a diagonal in pixels, or with a corner less visible, is left out.
const DIAGONAL_MIN_PX: f32 = 6.0;
const VISIBILITY_MIN: f32 = 0.25;
/// Least weight of a place that counts as bare skin.
const SKIN_WEIGHT_MIN: f32 = 0.2;
/// Least number of places that are skin.
const PLACES_MIN: usize = 60;
/// At least one of this many places must be skin; at most one of this many may be clipped.
const SKIN_ONE_OF: usize = 4;
const CLIPPED_ONE_OF: usize = 3;
/// 252 of 255, in linear light, and how many of a mean's nine pixels may reach it.
const CLIPPED: f32 = 0.973;
const CLIPPED_PIXELS_MAX: usize = 3;
/// Greatest ratio of a white's strongest to its weakest channel: of an estimated white, and of a measured one.
const CAST_MAX_GUESSED: f32 = 1.8;
const CAST_MAX_MEASURED: f32 = 8.0;
/// Least luminance of skin, and of the light on it: below them noise dominates.
const SKIN_LUMINANCE_MIN: f32 = 0.008;
const EXPOSURE_MIN: f32 = 0.04;
/// Chroma of skin ends here (in vivo it is about 10–35); its hue lies about 40–75°, sunburnt to sallow within these.
const CHROMA_MAX: f32 = 42.0;
const HUE_MIN_DEG: f32 = 24.0;
const HUE_MAX_DEG: f32 = 90.0;
/// Least chroma at which the hue is checked.
const CHROMA_OF_HUE: f32 = 8.0;
/// Robust standard deviation of L*, and of a* and b*, beyond which one tone cannot stand for all.
const LIGHTNESS_SIGMA_MAX: f32 = 10.0;
const CHROMA_SIGMA_MAX: f32 = 7.0;
/// Greatest factor by which cheeks and forehead are taken to be brighter than the rest.
const SHEEN_MAX: f32 = 2.0;
/// The white point's error, as a share of red and of blue: if measured, what a perfect estimate takes off, and without
/// evidence.
const WHITE_SIGMA_MEASURED: f32 = 0.03;
const WHITE_SIGMA_SURE: f32 = 0.1;
const WHITE_SIGMA_GUESSED: f32 = 0.18;

/// The light under which a tone is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToneLight {
    pub white_linear: Vec3,
    pub exposure: Exposure,
    /// How good the white point is, 0–1; `None` if it was measured.
    pub white_confidence: Option<f32>,
}

/// A skin's colour as read from one frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToneSample {
    lab: Vec3,
    spread_lab: Vec3,
    doubt: LightDoubt,
}

impl ToneSample {
    /// The tone, smoothed: the share `kept` comes from the `previous` one, if there was one.
    pub fn steadied(self, previous: ToneReading, kept: f32) -> SkinTone {
        match previous {
            ToneReading::Tone(previous) if kept > 0.0 => SkinTone::new(
                self.lab.lerp(previous.lab, kept),
                self.spread_lab.lerp(previous.spread_lab, kept),
                self.doubt,
            ),
            _ => SkinTone::new(self.lab, self.spread_lab, self.doubt),
        }
    }
}

/// Reads skin tones. Reused from face to face.
#[derive(Debug, Default)]
pub(super) struct ToneReader {
    labs: Vec<Vec3>,
    values: Vec<f32>,
}

impl ToneReader {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.labs, Vec3::ZERO);
        zeroize::empty(&mut self.values, 0.0);
    }

    /// Reads the tone of `face`; `skin` is `None` with too little of it visible.
    pub fn read(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        skin: Option<FaceSkin>,
        shading: &FaceShading,
        light: ToneLight,
    ) -> Result<ToneSample, ToneRejection> {
        let white = light.white_linear.max(Vec3::splat(0.02));
        let is_measured = light.white_confidence.is_none();
        let cast_max = if is_measured { CAST_MAX_MEASURED } else { CAST_MAX_GUESSED };
        if white.max_element() / white.min_element() > cast_max {
            return Err(ToneRejection::TooColoured);
        }
        let skin = skin.ok_or(ToneRejection::TooFewPixels)?;
        if skin.colour.luminance < SKIN_LUMINANCE_MIN || light.exposure.level < EXPOSURE_MIN {
            return Err(ToneRejection::TooDark);
        }
        let clipped = self.gather(frame, face, &skin.colour, shading, light)?;
        let [lightness, a, b] = self.statistics();
        let patches = linear_srgb_from_lab(Vec3::new(lightness.median, a.median, b.median));
        let sheen = luminance(patches) * light.exposure.level / skin.facing_luminance.max(1e-4);
        let sheen = sheen.clamp(1.0, SHEEN_MAX);
        let lab = lab_from_linear_srgb(patches / sheen.sqrt());
        if !is_measured && !can_be_skin(lab) {
            return Err(ToneRejection::TooColoured);
        }
        if lightness.sigma > LIGHTNESS_SIGMA_MAX || a.sigma.max(b.sigma) > CHROMA_SIGMA_MAX {
            return Err(ToneRejection::TooUneven);
        }
        // Pixels left out for being clipped were the brightest ones.
        let exposure_sigma_ln = light.exposure.sigma_ln.hypot(0.5 * clipped).hypot(0.5 * sheen.ln());
        let guessed = |sure: f32| WHITE_SIGMA_GUESSED - WHITE_SIGMA_SURE * sure;
        let white_sigma = light.white_confidence.map_or(WHITE_SIGMA_MEASURED, guessed);
        Ok(ToneSample {
            lab,
            spread_lab: Vec3::new(lightness.sigma, a.sigma, b.sigma),
            doubt: LightDoubt { exposure_sigma_ln, white_sigma },
        })
    }

    /// Collects the colours of places that are bare skin in even light; returns the share that was clipped.
    fn gather(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        skin: &SkinColour,
        shading: &FaceShading,
        light: ToneLight,
    ) -> Result<f32, ToneRejection> {
        let white = light.white_linear;
        let d65_from_frame = light_from_neutral(white).inverse() * (1.0 / light.exposure.level.max(1e-3));
        self.labs.clear();
        self.labs.reserve(PLACES_MAX);
        let (mut seen, mut clipped) = (0usize, 0usize);
        for patch in PATCHES.iter().filter_map(|corners| Patch::of(face, shading, corners)) {
            for index in 0..GRID * GRID {
                let (u, v) = (centre(index % GRID), centre(index / GRID));
                let at = patch.place_px(u, v);
                if !is_inside(frame, at) {
                    continue;
                }
                seen += 1;
                let Some(colour) = unclipped_mean(frame, at) else {
                    clipped += 1;
                    continue;
                };
                if skin.weigh_mean(colour, mix(patch.expected, u, v), 1.0) > SKIN_WEIGHT_MIN {
                    self.labs.push(patch.lab(colour, u, v, white, d65_from_frame));
                }
            }
        }
        if clipped * CLIPPED_ONE_OF > seen {
            return Err(ToneRejection::TooBright);
        }
        if self.labs.len() < PLACES_MIN || self.labs.len() * SKIN_ONE_OF < seen {
            return Err(ToneRejection::TooFewPixels);
        }
        Ok(clipped as f32 / seen as f32)
    }

    /// Of L*, a* and b* over the places.
    fn statistics(&mut self) -> [MedianAndSigma; 3] {
        [0, 1, 2].map(|component| {
            self.values.clear();
            self.values.reserve(PLACES_MAX);
            self.values.extend(self.labs.iter().map(|lab| lab[component]));
            MedianAndSigma::of(&mut self.values).unwrap_or_default()
        })
    }
}

/// A patch that is sampled, and what is expected there: at its four corners, in order around it.
struct Patch {
    corners_px: [Vec2; 4],
    expected: [f32; 4],
    irradiance: [f32; 4],
    specular: [f32; 4],
}

impl Patch {
    /// `None` if a corner is hardly visible, or the patch is too small.
    fn of(face: &FittedFace, shading: &FaceShading, corners: &[u16; 4]) -> Option<Self> {
        let corners_px = points_px(face, corners);
        let [a, b, c, d] = corners_px;
        let vertices = corners.map(usize::from);
        let is_visible = vertices.iter().all(|&vertex| face.visibility[vertex] > VISIBILITY_MIN);
        if !is_visible || a.distance(c).min(b.distance(d)) < DIAGONAL_MIN_PX {
            return None;
        }
        let shading = vertices.map(|vertex| shading[vertex]);
        Some(Self {
            corners_px,
            expected: shading.map(|shading| shading.expected),
            irradiance: shading.map(|shading| shading.irradiance),
            specular: shading.map(|shading| shading.specular),
        })
    }

    /// The pixel at (`u`, `v`).
    fn place_px(&self, u: f32, v: f32) -> Vec2 {
        let [a, b, c, d] = self.corners_px;
        a.lerp(b, u).lerp(d.lerp(c, u), v).round()
    }

    /// The skin's colour as under D65 that shows `colour` at (`u`, `v`).
    fn lab(&self, colour: Vec3, u: f32, v: f32, white: Vec3, d65_from_frame: Mat3) -> Vec3 {
        let level = luminance(colour);
        let specular = white * (level - diffuse(level, mix(self.specular, u, v)));
        lab_from_linear_srgb(d65_from_frame * (colour - specular) / mix(self.irradiance, u, v))
    }
}

/// The middle of a cell of the grid along one side, 0–1.
fn centre(cell: usize) -> f32 {
    (cell as f32 + 0.5) / GRID as f32
}

/// Bilinear between four corners, given in order around.
fn mix(corners: [f32; 4], u: f32, v: f32) -> f32 {
    let lerp = |a: f32, b: f32, t: f32| a + (b - a) * t;
    lerp(lerp(corners[0], corners[1], u), lerp(corners[3], corners[2], u), v)
}

/// Whether skin can have this colour under white light.
fn can_be_skin(lab: Vec3) -> bool {
    let chroma = Vec2::new(lab.y, lab.z);
    let hue_deg = chroma.y.atan2(chroma.x).to_degrees();
    let is_strange = chroma.length() > CHROMA_OF_HUE && !(HUE_MIN_DEG..HUE_MAX_DEG).contains(&hue_deg);
    !(is_strange || chroma.length() > CHROMA_MAX)
}

/// Mean linear colour of nine pixels, which averages noise; `None` if too many of them are clipped.
fn unclipped_mean(frame: &Frame<'_>, at: Vec2) -> Option<Vec3> {
    let (mut sum, mut clipped) = (Vec3::ZERO, 0);
    for offset in NEIGHBOURHOOD {
        let colour = linear_at(frame, at + offset);
        clipped += usize::from(colour.max_element() > CLIPPED);
        sum += colour;
    }
    (clipped <= CLIPPED_PIXELS_MAX).then_some(sum / 9.0)
}
