use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3, Vec4, Vec4Swizzles};

use super::estimator::Ground;
use super::fill::{blur, colour, push_pull, pyramid_len};
use super::likeness::{Likeness, brightness};
use super::sheen::believed;
use super::surface::{Grid, Surface};
use crate::face::{FittedFace, MESH_VERTEX_COUNT};
use crate::frame::Frame;
use crate::zeroize;

/// Side of the square map of the face's skin, in texels.
pub(super) const SIDE: usize = 64;

/// How far the map reaches beyond the landmarks, in the size of their bounds.
const MARGIN: f32 = 0.06;
/// Standard deviation of the mean, in widths of the face: half of the weight lies within 8 % of that width.
const BLUR_WIDTHS: f32 = 0.035;
/// Linear luminance at which half of a colour is noise.
const NOISE: f32 = 0.004;
/// Shading relative to the face's own level stays within.
const SHADING: (f32, f32) = (0.02, 4.0);

/// The bare skin of one face and the light on it, as a small map over the face.
#[derive(Debug)]
pub struct SkinMap {
    /// The map covers min x, min y, width, height in `frame_px`: the face's landmarks with a small margin.
    pub rect_px: Vec4,
    /// Rows from the top. x, y, z: linear RGB of the bare skin averaged around the texel, in the camera's own light (no
    /// white balance). w: the shading there, which is the linear luminance that a white surface would show; one that faces
    /// the camera shows [`FaceLight::exposure`](super::FaceLight::exposure).
    ///
    /// So `rgb / (w · white)` is the skin's albedo and what it mirrors of the light around; the albedo's luminance is the
    /// same all over the face, because changes of the skin's luminance on this map's scale are taken for light, but
    /// for those that mirrored light explains. Lips, eyes, brows, nostrils, hair and background are
    /// left out; where there are such and beyond the face, skin is extrapolated. Finite and above zero everywhere.
    pub map: Box<[Vec4; SIDE * SIDE]>,
    empty: bool,
}

impl Clone for SkinMap {
    fn clone(&self) -> Self {
        Self { map: self.map.clone(), ..*self }
    }

    /// Copies into the map that is there already.
    fn clone_from(&mut self, source: &Self) {
        (self.rect_px, self.empty) = (source.rect_px, source.empty);
        self.map.copy_from_slice(&source.map[..]);
    }
}

impl Default for SkinMap {
    fn default() -> Self {
        Self { rect_px: Vec4::new(0.0, 0.0, 1.0, 1.0), map: Box::new([Vec4::ONE; SIDE * SIDE]), empty: true }
    }
}

/// Memory for one map in the making.
#[derive(Debug)]
pub(super) struct Scratch {
    grid: Grid,
    /// Texels as they were sampled.
    seen: Box<[Vec4; SIDE * SIDE]>,
    /// Their mean.
    mean: Box<[Vec4; SIDE * SIDE]>,
    /// The same with its halvings.
    pyramid: Box<[Vec4; pyramid_len(SIDE)]>,
}

impl Default for Scratch {
    fn default() -> Self {
        Self {
            grid: Box::new([Vec4::ZERO; SIDE * SIDE]),
            seen: Box::new([Vec4::ZERO; SIDE * SIDE]),
            mean: Box::new([Vec4::ZERO; SIDE * SIDE]),
            pyramid: Box::new([Vec4::ZERO; pyramid_len(SIDE)]),
        }
    }
}

impl Scratch {
    pub fn zeroize(&mut self) {
        let Self { grid, seen, mean, pyramid } = self;
        [grid, seen, mean].into_iter().for_each(|map| zeroize::overwrite(&mut map[..], Vec4::ZERO));
        zeroize::overwrite(&mut pyramid[..], Vec4::ZERO);
    }
}

impl SkinMap {
    /// Texels along each side of the map.
    pub const SIDE: usize = SIDE;

    pub(super) fn zeroize(&mut self) {
        zeroize::overwrite(&mut self.map[..], Vec4::ZERO);
        (self.rect_px, self.empty) = (Vec4::ZERO, true);
    }

    pub(super) fn cleared(mut self) -> Self {
        self.empty = true;
        self
    }

    /// Looks at the skin of `face` anew, keeping the part `keep` of what the map held. `facing`: the luminance of
    /// skin that faces the camera, without what it mirrors; `ground`: what each vertex is likely to show.
    pub(super) fn update(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        (surface, skin, facing): (&Surface, Option<Likeness>, Option<f32>),
        ground: &[Ground; MESH_VERTEX_COUNT],
        scratch: &mut Scratch,
        (exposure, keep): (f32, f32),
    ) {
        let keep = if self.empty { 0.0 } else { keep };
        self.empty = false;
        let points = face.landmarks_px.iter().map(|point| point.truncate());
        let (low, high) = points.fold((Vec2::MAX, Vec2::MIN), |(low, high), point| (low.min(point), high.max(point)));
        let size = (high - low).max(Vec2::splat(4.0));
        let (origin, size) = (low - size * MARGIN, size * (1.0 + 2.0 * MARGIN));
        self.rect_px = Vec4::new(origin.x, origin.y, size.x, size.y);
        let cell = size / SIDE as f32;
        // Without skin in sight there is nothing to learn from: the middle of what skin can be.
        const UNSEEN: Vec3 = Vec3::new(0.36, 0.22, 0.16);
        let (Some(skin), Some(facing)) = (skin, facing) else {
            let texel = (UNSEEN * exposure).extend(exposure);
            self.map.iter_mut().for_each(|to| *to = texel.lerp(*to, keep));
            return;
        };

        surface.draw(face, ground, (origin, cell), &mut scratch.grid);
        sample(&mut scratch.seen, &scratch.grid, frame, &skin, (origin, cell));
        let reach = (high - low).max_element().min(1.3 * (high - low).x) * BLUR_WIDTHS / cell;
        scratch.mean.copy_from_slice(&scratch.seen[..]);
        blur(&mut scratch.mean, (reach * 1.5).to_array());
        doubt(&mut scratch.seen, &scratch.mean[..], &scratch.grid);
        blur(&mut scratch.seen, reach.to_array());
        for (to, from) in scratch.pyramid.iter_mut().zip(scratch.seen.iter()) {
            // Where nearly nothing is known, what is known around it speaks; in between both do.
            let known = ((from.w - 0.02) / 0.25).clamp(0.0, 1.0);
            *to = if known > 0.0 { colour(*from).extend(1.0) * known } else { Vec4::ZERO };
        }
        push_pull(&mut scratch.pyramid[..], SIDE);
        let mean = &scratch.pyramid[..SIDE * SIDE];
        let typical = if mean[0].w > 0.0 { None } else { Some(UNSEEN * exposure) };

        let chroma = skin.colour() / skin.luminance.max(1e-6);
        for ((to, from), ground) in self.map.iter_mut().zip(mean.iter()).zip(scratch.grid.iter()) {
            let colour = typical.unwrap_or(from.xyz()).max(Vec3::splat(1e-4));
            // In deep shadow there is more noise and stray light than colour.
            let level = luminance(colour);
            let colour = colour.lerp(chroma * level, 1.0 - level / (level + NOISE));
            let bare = believed(level, ground.w, ground.y * skin.luminance - ground.w);
            let relative = (bare / facing.max(1e-5)).clamp(SHADING.0, SHADING.1);
            *to = colour.extend(exposure * relative).lerp(*to, keep);
        }
    }
}

/// Fills the map with weighted colours of pixels that look like skin where skin can be.
fn sample(
    seen: &mut [Vec4; SIDE * SIDE],
    grid: &Grid,
    frame: &Frame<'_>,
    skin: &Likeness,
    (origin, cell): (Vec2, Vec2),
) {
    const PARTS: [Vec2; 4] =
        [Vec2::new(0.375, 0.125), Vec2::new(0.875, 0.375), Vec2::new(0.125, 0.625), Vec2::new(0.625, 0.875)];
    let (width, height) = (frame.width() as f32, frame.height() as f32);
    let packed = frame.packed();
    for (index, (texel, ground)) in seen.iter_mut().zip(grid.iter()).enumerate() {
        *texel = Vec4::ZERO;
        // Near an excluded vertex trust falls off at once: contours are never exact.
        let trust = ((ground.x - 0.15) / 0.6).clamp(0.0, 1.0);
        if trust <= 0.0 {
            continue;
        }
        let corner = Vec2::new((index % SIDE) as f32, (index / SIDE) as f32);
        for part in PARTS {
            let at = origin + (corner + part) * cell + 0.5;
            if at.x >= 0.0 && at.y >= 0.0 && at.x < width && at.y < height {
                let (x, y) = (at.x as u32, at.y as u32);
                let rgb = packed.map_or_else(|| frame.rgb_at(x, y), |packed| packed.rgb_at(x, y));
                let (colour, likely) = skin.of(rgb, ground.y, trust);
                *texel += colour.extend(1.0) * (likely * trust * 0.25);
            }
        }
    }
}

/// A second look at texels that differ from the skin around them.
fn doubt(seen: &mut [Vec4; SIDE * SIDE], mean: &[Vec4], grid: &Grid) {
    for ((texel, mean), ground) in seen.iter_mut().zip(mean).zip(grid.iter()) {
        if texel.w > 0.0 {
            let off = 1.6 * brightness(luminance(colour(*texel)), luminance(colour(*mean)), ground.x);
            *texel /= (1.0 + off * off).powi(2);
        }
    }
}
