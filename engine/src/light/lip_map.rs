use carmine_shaders::cpu::luminance;
use glam::{Mat3, Vec2, Vec3, Vec4, Vec4Swizzles};

use super::lip_edges::{LipEdges, lip_edges};
use super::room::inside;
use super::sheen::doubt;
use super::skin::{SkinSamples, linear_at};
use crate::face::{FittedFace, rings};
use crate::frame::Frame;
use crate::zeroize;

/// Side of a [`LipMap`]'s map.
const SIDE: usize = 32;

/// Memory for one map in the making.
pub(super) type Scratch = Box<[Vec4; SIDE * SIDE]>;

/// Mean bare colour and shading of a zone, as a small map that follows it.
#[derive(Debug)]
pub struct LipMap {
    /// The map covers min x, min y, width, height in `frame_px`.
    pub rect_px: Vec4,
    /// Rows from the top: linear RGB of the bare zone averaged around the texel, and the shading there (what a white
    /// surface would show, linear).
    pub map: Box<[Vec4; SIDE * SIDE]>,
    /// Where the zone ends.
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
            map: Box::new([Vec4::ONE; SIDE * SIDE]),
            edges: LipEdges::default(),
            empty: true,
        }
    }
}

/// How far the mean reaches, in widths of the lips: wide enough to leave their relief in the detail.
const BLUR_WIDTHS: f32 = 0.13;
/// Of a slow change in the bare lips' luminance, the part that is shading rather than pigment (as an exponent).
const RELIEF: f32 = 0.5;

impl LipMap {
    /// Texels along each side of the map.
    pub const SIDE: usize = SIDE;

    pub(super) fn zeroize(&mut self) {
        zeroize::overwrite(&mut self.map[..], Vec4::ZERO);
        (self.rect_px, self.edges, self.empty) = (Vec4::ZERO, LipEdges::default(), true);
    }

    pub(super) fn cleared(mut self) -> Self {
        self.empty = true;
        self
    }

    /// Looks at the lips of `face` anew, keeping the part `keep` of what the map held. `mirrored`: the luminance that
    /// they mirror on average.
    pub(super) fn update(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        (skin, mirrored): (&SkinSamples, f32),
        scratch: &mut Scratch,
        (exposure, keep): (f32, f32),
    ) {
        let keep = if self.empty { 0.0 } else { keep };
        self.empty = false;
        self.edges = lip_edges(frame, face).lerp(self.edges, keep);
        let outer = rings::LIPS_OUTER.map(|i| face.landmarks_px[usize::from(i)].truncate());
        let inner = rings::LIPS_INNER.map(|i| face.landmarks_px[usize::from(i)].truncate());
        let (low, high) = outer.iter().fold((Vec2::MAX, Vec2::MIN), |(low, high), &p| (low.min(p), high.max(p)));
        let size = (high - low).max(Vec2::splat(2.0));
        let (origin, size) = (low - size * 0.2, size * 1.4);
        self.rect_px = Vec4::new(origin.x, origin.y, size.x, size.y);
        let cell = size / SIDE as f32;

        sample(scratch, frame, [outer, inner], origin, cell);
        let mean = mean_of(&scratch[..]);
        let width = (high - low).max_element();
        let reach = Vec2::splat(width * BLUR_WIDTHS) / cell;
        blur(scratch, reach.x, 1);
        blur(scratch, reach.y, SIDE);

        let slope = skin_slope(skin, (low + high) * 0.5, width);
        let mean_level = luminance(mean).max(1e-4);
        // The darker the lips, the more of their relief is mirrored light.
        let relief_part = RELIEF * (1.0 - doubt(mean_level, mirrored));
        for (index, (to, from)) in self.map.iter_mut().zip(scratch.iter()).enumerate() {
            // Far from any lip pixel the overall mean takes over.
            let colour = (from.xyz() + mean * 1e-3) / (from.w + 1e-3);
            let at = origin + (Vec2::new((index % SIDE) as f32, (index / SIDE) as f32) + 0.5) * cell;
            let relief = (luminance(colour) / mean_level).max(0.05).powf(relief_part);
            let texel = colour.extend(exposure * slope.at(at) * relief);
            *to = texel.lerp(*to, keep);
        }
    }
}

/// Fills the scratch map with weighted colours of pixels that show lip.
fn sample(scratch: &mut Scratch, frame: &Frame<'_>, [outer, inner]: [[Vec2; 20]; 2], origin: Vec2, cell: Vec2) {
    let (mut sum, mut count) = (0.0, 0.0);
    for (index, texel) in scratch.iter_mut().enumerate() {
        let corner = Vec2::new((index % SIDE) as f32, (index / SIDE) as f32);
        *texel = Vec4::ZERO;
        for part in [Vec2::new(0.25, 0.25), Vec2::new(0.75, 0.25), Vec2::new(0.25, 0.75), Vec2::new(0.75, 0.75)] {
            let at = origin + (corner + part) * cell;
            if inside(outer, at) && !inside(inner, at) {
                let colour = linear_at(frame, at);
                *texel += colour.extend(1.0);
                sum += luminance(colour);
                count += 1.0;
            }
        }
    }
    if count == 0.0 {
        // Lips too small or folded to sample: their middle stands for them.
        let centre = outer.iter().sum::<Vec2>() / outer.len() as f32;
        let colour = linear_at(frame, centre);
        scratch.fill(colour.extend(1.0));
        return;
    }
    // Reflections and teeth that the contour caught are brighter than lip: they count less.
    let limit = 1.4 * sum / count;
    for texel in scratch.iter_mut().filter(|texel| texel.w > 0.0) {
        let level = luminance(texel.xyz()) / texel.w;
        if level > limit {
            *texel *= (limit / level).powi(4);
        }
    }
}

/// Luminance of skin relative to the face's median, as a plane around the zone.
struct Slope {
    level: f32,
    gradient: Vec2,
    centre_px: Vec2,
}

impl Slope {
    fn at(&self, position_px: Vec2) -> f32 {
        (self.level + self.gradient.dot(position_px - self.centre_px)).clamp(0.35, 1.6)
    }
}

/// Fits the skin around `centre_px`, near samples counting most.
fn skin_slope(skin: &SkinSamples, centre_px: Vec2, width_px: f32) -> Slope {
    let flat = Slope { level: 1.0, gradient: Vec2::ZERO, centre_px };
    let Some(median) = skin.luminance().filter(|&median| median > 1e-4) else { return flat };
    let mut matrix = Mat3::from_diagonal(Vec3::new(0.5, 0.5, 0.05));
    let mut right = Vec3::new(0.0, 0.0, 0.05);
    for sample in skin.iter() {
        let offset = (sample.position_px - centre_px) / width_px.max(1.0);
        let weight = (-offset.length_squared() / 0.7).exp() * sample.visibility;
        let unknowns = offset.extend(1.0);
        matrix += Mat3::from_cols(unknowns * unknowns.x, unknowns * unknowns.y, unknowns) * weight;
        right += unknowns * (weight * (sample.luminance / median).clamp(0.2, 2.0));
    }
    let solution = matrix.inverse() * right;
    if !solution.is_finite() {
        return flat;
    }
    Slope { level: solution.z, gradient: solution.truncate() / width_px.max(1.0), centre_px }
}

fn mean_of(texels: &[Vec4]) -> Vec3 {
    let sum: Vec4 = texels.iter().sum();
    if sum.w > 0.0 { sum.xyz() / sum.w } else { Vec3::splat(0.2) }
}

/// Gaussian along one axis (`stride` 1: rows, `SIDE`: columns); `reach` is its standard deviation in texels.
fn blur(map: &mut [Vec4; SIDE * SIDE], reach: f32, stride: usize) {
    let mut weights = [0.0f32; SIDE];
    for (distance, weight) in weights.iter_mut().enumerate() {
        *weight = (-0.5 * (distance as f32 / reach.max(0.3)).powi(2)).exp();
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
