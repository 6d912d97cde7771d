//! The bare lips of a face and the light on them, as a small map that follows them.
//!
//! In: a frame, a fitted face, samples of the skin around, and the lips' specular luminance. Out: per texel of a 32²
//! map the mean colour of the bare lips around it, and the shading there; and the lips' edges.
//! 1. Sample each texel at four places; between the outer and the inner contour is lip.
//! 2. Reflections and teeth inside the contours are brighter than lip: give them less weight.
//! 3. Blur so widely that the lips' relief is not in the map; far from any lip pixel use the overall mean.
//! 4. The shading is a plane fitted to the skin around, times a power of the lips' own low-frequency luminance.
//! 5. Blend with the previous map (exponential smoothing).

use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3, Vec4, Vec4Swizzles};

use super::diffuse::doubt;
use super::face_skin::MapUpdate;
use super::landmark_points::points_px;
use super::lip_edges::{LipEdgeFinder, LipEdges};
use super::map_rect::{Bounds, MapRect};
use super::pixel::linear_at;
use super::shading_plane::ShadingPlane;
use super::skin_samples::SkinSamples;
use super::texels::corner;
use crate::face::{FittedFace, rings};
use crate::frame::Frame;
use crate::{polygon, zeroize};

/// Side of a [`LipMap`]'s map, in texels.
const SIDE: usize = 32;
const TEXELS: usize = SIDE * SIDE;

/// How far the map reaches beyond the lips' contour, in the size of its bounds, which are no smaller than this.
const MARGIN: f32 = 0.2;
const SIZE_MIN_PX: f32 = 2.0;
/// Standard deviation of the mean, in widths of the lips: wide enough to leave their relief in the detail.
const BLUR_WIDTHS: f32 = 0.13;
const BLUR_SIGMA_MIN: f32 = 0.3;
/// Share of the low-frequency luminance of bare lips that is shading rather than pigment, as an exponent.
const RELIEF: f32 = 0.5;
/// Weight of the overall mean beside that of lip pixels around a texel.
const OVERALL_WEIGHT: f32 = 1e-3;
/// Linear RGB of lips that are not visible.
const UNSEEN: Vec3 = Vec3::splat(0.2);
/// A texel brighter than this many means is a reflection or teeth.
const BRIGHT: f32 = 1.4;
/// Where a texel is sampled, in texels.
const SUBSAMPLES: [Vec2; 4] =
    [Vec2::new(0.25, 0.25), Vec2::new(0.75, 0.25), Vec2::new(0.25, 0.75), Vec2::new(0.75, 0.75)];

/// Memory for a map in the making.
#[derive(Debug)]
pub(super) struct LipBuffers {
    /// Premultiplied texels (colour · weight, weight).
    texels: Box<[Vec4; TEXELS]>,
    edges: LipEdgeFinder,
}

impl Default for LipBuffers {
    fn default() -> Self {
        Self { texels: Box::new([Vec4::ZERO; TEXELS]), edges: LipEdgeFinder::default() }
    }
}

impl LipBuffers {
    pub fn zeroize(&mut self) {
        zeroize::overwrite(&mut self.texels[..], Vec4::ZERO);
        self.edges.zeroize();
    }
}

/// Mean bare colour and shading of the lips, as a small map that follows them.
#[derive(Debug)]
pub struct LipMap {
    /// The map covers min x, min y, width, height in `frame_px`.
    pub rect_px: Vec4,
    /// Rows from the top: linear RGB of the bare lips averaged around the texel, and the shading there (what a white
    /// surface would show, linear).
    pub map: Box<[Vec4; TEXELS]>,
    /// Where the lips end.
    pub(crate) edges: LipEdges,
    empty: bool,
}

impl Clone for LipMap {
    fn clone(&self) -> Self {
        Self { map: self.map.clone(), ..*self }
    }

    /// Copies into the map that is there already.
    fn clone_from(&mut self, source: &Self) {
        (self.rect_px, self.edges, self.empty) = (source.rect_px, source.edges, source.empty);
        self.map.copy_from_slice(&source.map[..]);
    }
}

impl Default for LipMap {
    fn default() -> Self {
        Self {
            rect_px: Vec4::new(0.0, 0.0, 1.0, 1.0),
            map: Box::new([Vec4::ONE; TEXELS]),
            edges: LipEdges::default(),
            empty: true,
        }
    }
}

/// What is known of the light on the lips when their map is made.
#[derive(Clone, Copy)]
pub(super) struct LipLight<'a> {
    /// The skin around them.
    pub skin: &'a SkinSamples,
    /// Their mean specular luminance.
    pub specular: f32,
    /// It falsifies colours, so that they do not tell where lips end.
    pub is_doubted: bool,
}

impl LipMap {
    /// Texels along each side of the map.
    pub const SIDE: usize = SIDE;

    pub(super) fn zeroize(&mut self) {
        zeroize::overwrite(&mut self.map[..], Vec4::ZERO);
        (self.rect_px, self.edges, self.empty) = (Vec4::ZERO, LipEdges::default(), true);
    }

    /// The next update replaces it entirely.
    pub(super) fn reset(mut self) -> Self {
        self.empty = true;
        self
    }

    /// Updates it with the lips of `face`.
    pub(super) fn update(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        light: LipLight<'_>,
        LipBuffers { texels, edges }: &mut LipBuffers,
        MapUpdate { exposure, kept }: MapUpdate,
    ) {
        let kept = if self.empty { 0.0 } else { kept };
        self.empty = false;
        let before = (kept > 0.0).then_some(&self.edges);
        let seen = if light.is_doubted { LipEdges::default() } else { edges.find(frame, face, before) };
        self.edges = seen.lerp(&self.edges, kept);
        let contour =
            Contour { outer: points_px(face, &rings::LIPS_OUTER), inner: points_px(face, &rings::LIPS_INNER) };
        let bounds = Bounds::of(contour.outer.into_iter());
        let rect = MapRect::around(bounds, SIZE_MIN_PX, MARGIN, SIDE);
        self.rect_px = rect.to_vec4();

        sample(texels, frame, &contour, rect);
        let mean = mean_of(&texels[..]);
        let width = bounds.size().max_element();
        let sigma = Vec2::splat(width * BLUR_WIDTHS) / rect.texel;
        blur(texels, sigma.x, 1);
        blur(texels, sigma.y, SIDE);

        let plane = ShadingPlane::fit(light.skin, (bounds.low + bounds.high) * 0.5, width);
        let mean_level = luminance(mean).max(1e-4);
        // The darker the lips, the more of their relief is specular.
        let relief_part = RELIEF * (1.0 - doubt(mean_level, light.specular));
        for (index, (to, from)) in self.map.iter_mut().zip(texels.iter()).enumerate() {
            let colour = (from.xyz() + mean * OVERALL_WEIGHT) / (from.w + OVERALL_WEIGHT);
            let at = rect.place_px(corner(index, SIDE) + 0.5);
            let relief = (luminance(colour) / mean_level).max(0.05).powf(relief_part);
            let texel = colour.extend(exposure * plane.at(at) * relief);
            *to = texel.lerp(*to, kept);
        }
    }
}

/// The lips' outer edge and the edge of the mouth's opening, in `frame_px`.
struct Contour {
    outer: [Vec2; 20],
    inner: [Vec2; 20],
}

impl Contour {
    fn has_lip_at(&self, position_px: Vec2) -> bool {
        polygon::contains(&self.outer, position_px) && !polygon::contains(&self.inner, position_px)
    }
}

/// Fills the texels with weighted colours of pixels that show lip.
fn sample(texels: &mut [Vec4; TEXELS], frame: &Frame<'_>, contour: &Contour, rect: MapRect) {
    let (mut sum, mut count) = (0.0, 0.0);
    for (index, texel) in texels.iter_mut().enumerate() {
        *texel = Vec4::ZERO;
        for subsample in SUBSAMPLES {
            let at = rect.place_px(corner(index, SIDE) + subsample);
            if contour.has_lip_at(at) {
                let colour = linear_at(frame, at);
                *texel += colour.extend(1.0);
                sum += luminance(colour);
                count += 1.0;
            }
        }
    }
    if count == 0.0 {
        // Lips too small or folded to sample: use the pixel at their middle.
        let centre = contour.outer.iter().sum::<Vec2>() / contour.outer.len() as f32;
        let colour = linear_at(frame, centre);
        texels.fill(colour.extend(1.0));
        return;
    }
    let limit = BRIGHT * sum / count;
    for texel in texels.iter_mut().filter(|texel| texel.w > 0.0) {
        let level = luminance(texel.xyz()) / texel.w;
        if level > limit {
            *texel *= (limit / level).powi(4);
        }
    }
}

fn mean_of(texels: &[Vec4]) -> Vec3 {
    let sum: Vec4 = texels.iter().sum();
    if sum.w > 0.0 { sum.xyz() / sum.w } else { UNSEEN }
}

/// Gaussian along one axis (`stride` 1: rows, `SIDE`: columns); `sigma` is its standard deviation in texels. The
/// weights are not brought to a sum of 1: colour and weight grow alike.
fn blur(map: &mut [Vec4; TEXELS], sigma: f32, stride: usize) {
    let mut weights = [0.0f32; SIDE];
    for (distance, weight) in weights.iter_mut().enumerate() {
        *weight = (-0.5 * (distance as f32 / sigma.max(BLUR_SIGMA_MIN)).powi(2)).exp();
    }
    for line in 0..SIDE {
        let start = if stride == 1 { line * SIDE } else { line };
        let mut values = [Vec4::ZERO; SIDE];
        for (i, value) in values.iter_mut().enumerate() {
            *value = map[start + i * stride];
        }
        for i in 0..SIDE {
            map[start + i * stride] = values.iter().enumerate().map(|(j, value)| *value * weights[i.abs_diff(j)]).sum();
        }
    }
}
