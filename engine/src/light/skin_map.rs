//! The bare skin of a face and the light on it, as a small map over the face.
//!
//! In: a frame, a fitted face, what its skin looks like, and what each vertex is expected to show. Out: per texel of a
//! 64² map the mean colour of the bare skin around it, and the shading there.
//! 1. Rasterise the mesh onto the map: where skin can be, and its expected luminance.
//! 2. Sample each texel at four places, each pixel weighted by how surely it is skin.
//! 3. Blur; weight each texel again by its distance from the skin around it; blur again.
//! 4. Fill unknown texels from known ones around them (push-pull).
//! 5. Split each mean into its specular and its diffuse part; the diffuse part over that of skin which faces the camera
//!    is the shading, because changes of the skin's luminance on this map's scale are taken for light.
//! 6. Blend with the previous map (exponential smoothing).

use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3, Vec4, Vec4Swizzles};

use super::blur::blur;
use super::diffuse::believed_diffuse;
use super::face_skin::{FaceShading, FaceSkin, MapUpdate};
use super::landmark_points::all_points_px;
use super::map_rect::{Bounds, MapRect};
use super::push_pull::{push_pull, pyramid_len};
use super::skin_colour::{SkinColour, luminance_distance};
use super::skin_mesh::{SkinMesh, SkinTexel};
use super::texels::{SKIN_MAP_SIDE as SIDE, SKIN_TEXELS, colour, corner};
use crate::face::FittedFace;
use crate::frame::Frame;
use crate::zeroize;

/// How far the map reaches beyond the landmarks, in the size of their bounds, which are no smaller than this.
const MARGIN: f32 = 0.06;
const SIZE_MIN_PX: f32 = 4.0;
/// Standard deviation of the mean, in widths of the face: half of the weight lies within 8 % of that width.
const BLUR_WIDTHS: f32 = 0.035;
/// A face's height counts as no more than this many of its widths.
const HEIGHT_WIDTHS_MAX: f32 = 1.3;
/// The mean that texels are compared with reaches farther.
const COMPARED_BLUR: f32 = 1.5;
/// Factor on a texel's distance compared with a pixel's: texels are means, which vary less.
const COMPARED_DISTANCE: f32 = 1.6;
/// Trust below which nothing is sampled, and the range above it to full weight: contours are never exact.
const TRUST_MIN: f32 = 0.15;
const TRUST_RANGE: f32 = 0.6;
/// Weight below which a texel is unknown, and the range above it to fully known.
const WEIGHT_MIN: f32 = 0.02;
const WEIGHT_RANGE: f32 = 0.25;
/// Linear luminance at which half of a colour is noise.
const NOISE: f32 = 0.004;
/// Shading relative to the face's own level stays within.
const SHADING_MIN: f32 = 0.02;
const SHADING_MAX: f32 = 4.0;
/// Linear RGB of skin if none is visible, under light in which white is 1: the middle of the range of skin.
const UNSEEN: Vec3 = Vec3::new(0.36, 0.22, 0.16);
/// Where a texel is sampled, in texels.
const SUBSAMPLES: [Vec2; 4] =
    [Vec2::new(0.375, 0.125), Vec2::new(0.875, 0.375), Vec2::new(0.125, 0.625), Vec2::new(0.625, 0.875)];

/// The bare skin of one face and the light on it, as a small map over the face.
#[derive(Debug)]
pub struct SkinMap {
    /// The map covers min x, min y, width, height in `frame_px`: the face's landmarks with a small margin.
    pub rect_px: Vec4,
    /// Rows from the top. x, y, z: linear RGB of the bare skin averaged around the texel, in the camera's own light (no
    /// white balance). w: the shading there, which is the linear luminance that a white surface would show; one that
    /// faces the camera shows [`FaceLight::exposure`](super::FaceLight::exposure).
    ///
    /// So `rgb / (w · white)` is the skin's albedo plus its specular reflection of the surroundings. The albedo's
    /// luminance is the same all over the face, because changes of the skin's luminance on this map's scale are taken
    /// for light, except for the specular part. Lips, eyes, brows, nostrils, hair and background are left out; there,
    /// and beyond the face, skin is extrapolated. Of a blown-out face it is what would be seen if no channel were
    /// clipped, so that it can exceed 1. Finite and above zero everywhere.
    pub map: Box<[Vec4; SKIN_TEXELS]>,
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
        Self { rect_px: Vec4::new(0.0, 0.0, 1.0, 1.0), map: Box::new([Vec4::ONE; SKIN_TEXELS]), empty: true }
    }
}

/// Memory for a map in the making. Reused from face to face.
#[derive(Debug)]
pub(super) struct SkinMapBuffers {
    texels: Box<[SkinTexel; SKIN_TEXELS]>,
    /// Texels as they were sampled: colour · weight, weight.
    sampled: Box<[Vec4; SKIN_TEXELS]>,
    /// Their mean.
    mean: Box<[Vec4; SKIN_TEXELS]>,
    /// The same with its halvings.
    pyramid: Box<[Vec4; pyramid_len(SIDE)]>,
}

impl Default for SkinMapBuffers {
    fn default() -> Self {
        Self {
            texels: Box::new([SkinTexel::default(); SKIN_TEXELS]),
            sampled: Box::new([Vec4::ZERO; SKIN_TEXELS]),
            mean: Box::new([Vec4::ZERO; SKIN_TEXELS]),
            pyramid: Box::new([Vec4::ZERO; pyramid_len(SIDE)]),
        }
    }
}

impl SkinMapBuffers {
    pub fn zeroize(&mut self) {
        let Self { texels, sampled, mean, pyramid } = self;
        zeroize::overwrite(&mut texels[..], SkinTexel::default());
        [sampled, mean].into_iter().for_each(|map| zeroize::overwrite(&mut map[..], Vec4::ZERO));
        zeroize::overwrite(&mut pyramid[..], Vec4::ZERO);
    }
}

/// What a map is made from, besides the frame and the face.
#[derive(Clone, Copy)]
pub(super) struct SkinMapInput<'a> {
    pub mesh: &'a SkinMesh,
    /// `None` with too little visible skin.
    pub skin: Option<FaceSkin>,
    pub shading: &'a FaceShading,
}

impl SkinMap {
    /// Texels along each side of the map.
    pub const SIDE: usize = SIDE;

    pub(super) fn zeroize(&mut self) {
        zeroize::overwrite(&mut self.map[..], Vec4::ZERO);
        (self.rect_px, self.empty) = (Vec4::ZERO, true);
    }

    /// The next update replaces it entirely.
    pub(super) fn reset(mut self) -> Self {
        self.empty = true;
        self
    }

    /// Updates it with the skin of `face`.
    pub(super) fn update(
        &mut self,
        frame: &Frame<'_>,
        face: &FittedFace,
        input: SkinMapInput<'_>,
        buffers: &mut SkinMapBuffers,
        MapUpdate { exposure, kept }: MapUpdate,
    ) {
        let kept = if self.empty { 0.0 } else { kept };
        self.empty = false;
        let bounds = Bounds::of(all_points_px(face));
        let rect = MapRect::around(bounds, SIZE_MIN_PX, MARGIN, SIDE);
        self.rect_px = rect.to_vec4();
        let Some(skin) = input.skin else {
            let texel = (UNSEEN * exposure).extend(exposure);
            self.map.iter_mut().for_each(|to| *to = texel.lerp(*to, kept));
            return;
        };
        input.mesh.draw(face, input.shading, rect, &mut buffers.texels);
        sample(&mut buffers.sampled, &buffers.texels, frame, &skin.colour, rect);
        let width = bounds.size().max_element().min(HEIGHT_WIDTHS_MAX * bounds.size().x);
        buffers.average(width * BLUR_WIDTHS / rect.texel);
        let mean = &buffers.pyramid[..SKIN_TEXELS];
        let unseen = if mean[0].w > 0.0 { None } else { Some(UNSEEN * exposure) };
        let split = Split { skin, chroma: skin.colour.linear() / skin.colour.luminance.max(1e-6), exposure };
        for ((to, mean), texel) in self.map.iter_mut().zip(mean).zip(buffers.texels.iter()) {
            *to = split.texel(unseen.unwrap_or(mean.xyz()), texel).lerp(*to, kept);
        }
    }
}

impl SkinMapBuffers {
    /// Blurs the samples and fills the gaps; the result is the first level of `pyramid`. `sigma` is in texels.
    fn average(&mut self, sigma: Vec2) {
        self.mean.copy_from_slice(&self.sampled[..]);
        blur(&mut self.mean, (sigma * COMPARED_BLUR).to_array());
        doubt_outliers(&mut self.sampled, &self.mean, &self.texels);
        blur(&mut self.sampled, sigma.to_array());
        for (to, from) in self.pyramid.iter_mut().zip(self.sampled.iter()) {
            // Texels of little weight are filled from around; in between both are blended.
            let known = ((from.w - WEIGHT_MIN) / WEIGHT_RANGE).clamp(0.0, 1.0);
            *to = if known > 0.0 { colour(*from).extend(1.0) * known } else { Vec4::ZERO };
        }
        push_pull(&mut self.pyramid[..], SIDE);
    }
}

/// Splits a mean colour into the skin's own colour and its shading.
struct Split {
    skin: FaceSkin,
    /// The skin's median colour, of luminance 1.
    chroma: Vec3,
    exposure: f32,
}

impl Split {
    fn texel(&self, mean: Vec3, texel: &SkinTexel) -> Vec4 {
        let colour = mean.max(Vec3::splat(1e-4));
        // In deep shadow noise and stray light outweigh the colour.
        let level = luminance(colour);
        let colour = colour.lerp(self.chroma * level, 1.0 - level / (level + NOISE));
        let likely = texel.expected * self.skin.colour.luminance - texel.specular;
        let bare = believed_diffuse(level, texel.specular, likely);
        let relative = (bare / self.skin.facing_luminance.max(1e-5)).clamp(SHADING_MIN, SHADING_MAX);
        colour.extend(self.exposure * relative)
    }
}

/// Fills `sampled` with weighted colours of pixels that look like skin where skin can be.
fn sample(
    sampled: &mut [Vec4; SKIN_TEXELS],
    texels: &[SkinTexel; SKIN_TEXELS],
    frame: &Frame<'_>,
    skin: &SkinColour,
    rect: MapRect,
) {
    let (width, height) = (frame.width() as f32, frame.height() as f32);
    let packed = frame.packed();
    for (index, (to, texel)) in sampled.iter_mut().zip(texels).enumerate() {
        *to = Vec4::ZERO;
        let trust = ((texel.trust - TRUST_MIN) / TRUST_RANGE).clamp(0.0, 1.0);
        if trust <= 0.0 {
            continue;
        }
        for subsample in SUBSAMPLES {
            let at = rect.place_px(corner(index, SIDE) + subsample) + 0.5;
            if at.x >= 0.0 && at.y >= 0.0 && at.x < width && at.y < height {
                let (x, y) = (at.x as u32, at.y as u32);
                let rgb = packed.map_or_else(|| frame.rgb_at(x, y), |packed| packed.rgb_at(x, y));
                let (colour, likely) = skin.weigh_pixel(rgb, texel.expected, trust);
                *to += colour.extend(1.0) * (likely * trust * 0.25);
            }
        }
    }
}

/// Reduces the weight of texels that differ from the skin around them.
fn doubt_outliers(sampled: &mut [Vec4; SKIN_TEXELS], mean: &[Vec4; SKIN_TEXELS], texels: &[SkinTexel; SKIN_TEXELS]) {
    for ((to, mean), texel) in sampled.iter_mut().zip(mean).zip(texels) {
        if to.w > 0.0 {
            let distance = luminance_distance(luminance(colour(*to)), luminance(colour(*mean)), texel.trust);
            let off = COMPARED_DISTANCE * distance;
            *to /= (1.0 + off * off).powi(2);
        }
    }
}
