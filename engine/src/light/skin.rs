use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

use super::likeness::{Likeness, decoded, log_chroma};
use super::sheen::{believed, matte};
use super::surface::Surface;
use crate::face::{FittedFace, MESH_VERTEX_COUNT, rings};
use crate::frame::Frame;
use crate::zeroize;

/// One look at the skin: a mesh vertex and the colour around it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SkinSample {
    pub position_px: Vec2,
    pub normal_camera: Vec3,
    pub visibility: f32,
    pub colour: Vec3,
    /// Of `colour`.
    pub seen: f32,
    /// The same without what the skin mirrors, once [`SkinSamples::take_off`] was told.
    pub luminance: f32,
    /// See [`Surface::trust`].
    pub trust: f32,
}

/// The bare skin of one face, sampled at the mesh's vertices: no lips, eyes, brows or outline, where hair
/// and background bleed in. Reused from face to face.
#[derive(Debug)]
pub(super) struct SkinSamples {
    vertices: Vec<u16>,
    samples: Vec<SkinSample>,
    values: Vec<f32>,
    luminance: Option<f32>,
    likeness: Option<Likeness>,
}

impl Default for SkinSamples {
    fn default() -> Self {
        let excluded: [&[u16]; 9] = [
            &rings::LIPS_OUTER,
            &rings::LIPS_OUTER_MIDDLE,
            &rings::LIPS_INNER_MIDDLE,
            &rings::LIPS_INNER,
            &rings::RIGHT_EYE,
            &rings::LEFT_EYE,
            &rings::RIGHT_BROW,
            &rings::LEFT_BROW,
            &rings::FACE_OVAL,
        ];
        let is_skin = |vertex: &u16| !excluded.iter().any(|ring| ring.contains(vertex));
        let vertices: Vec<u16> = (0..MESH_VERTEX_COUNT as u16).filter(is_skin).collect();
        let count = vertices.len();
        Self {
            vertices,
            samples: Vec::with_capacity(count),
            values: Vec::with_capacity(count),
            luminance: None,
            likeness: None,
        }
    }
}

impl SkinSamples {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.samples, SkinSample::default());
        zeroize::empty(&mut self.values, 0.0);
        (self.luminance, self.likeness) = (None, None);
    }

    /// Replaces the samples by those of `face`. Vertices that face away or lie outside the frame are left out.
    pub fn take(&mut self, frame: &Frame<'_>, face: &FittedFace, surface: &Surface) {
        let step = (face.landmarks_px.interocular() / 60.0).max(1.0);
        self.samples.clear();
        for &vertex in &self.vertices {
            let vertex = usize::from(vertex);
            let (position_px, visibility) = (face.landmarks_px[vertex].truncate(), face.visibility[vertex]);
            let inside = Vec2::ZERO.cmple(position_px).all()
                && position_px.x <= (frame.width() - 1) as f32
                && position_px.y <= (frame.height() - 1) as f32;
            if visibility > 0.3 && inside {
                let colour = patch_mean(frame, position_px, step);
                let luminance = luminance(colour);
                self.samples.push(SkinSample {
                    position_px,
                    normal_camera: face.normals_camera[vertex],
                    visibility,
                    colour,
                    seen: luminance,
                    luminance,
                    trust: surface.trust(vertex),
                });
            }
        }
        self.luminance = self.median_luminance();
        self.likeness = self.learn();
    }

    /// Takes off what the skin mirrors, which `sheen` tells of a normal. The likeness stays that of what is seen.
    pub fn take_off(&mut self, sheen: impl Fn(Vec3) -> f32) {
        for sample in &mut self.samples {
            sample.luminance = matte(sample.seen, sheen(sample.normal_camera));
        }
        self.luminance = self.median_luminance();
    }

    /// Draws the samples' luminances towards what the whole face's light makes `likely`, where they are doubtful.
    pub fn settle(&mut self, sheen: impl Fn(Vec3) -> f32, likely: impl Fn(Vec3) -> f32) {
        for sample in &mut self.samples {
            let normal = sample.normal_camera;
            sample.luminance = believed(sample.seen, sheen(normal), likely(normal));
        }
    }

    fn median_luminance(&mut self) -> Option<f32> {
        self.values.clear();
        self.values.extend(self.samples.iter().map(|sample| sample.luminance));
        if self.samples.len() >= 20 { median(&mut self.values) } else { None }
    }

    fn learn(&mut self) -> Option<Likeness> {
        let luminance = self.luminance?;
        let mut robust = |component: fn(Vec2) -> f32| {
            let trusted = self.samples.iter().filter(|sample| sample.trust > 0.5);
            self.values.clear();
            self.values.extend(trusted.map(|sample| component(log_chroma(sample.colour))));
            let middle = median(&mut self.values)?;
            self.values.iter_mut().for_each(|value| *value = (*value - middle).abs());
            // Of a normal distribution the standard deviation is 1.4826 times the median deviation.
            median(&mut self.values).map(|deviation| (middle, 1.4826 * deviation))
        };
        let ((red, red_spread), (blue, blue_spread)) = (robust(|chroma| chroma.x)?, robust(|chroma| chroma.y)?);
        let (low, high) = Likeness::SPREAD;
        let spread = Vec2::new(red_spread, blue_spread).clamp(Vec2::splat(low), Vec2::splat(high));
        Some(Likeness { luminance, chroma: Vec2::new(red, blue), spread })
    }

    pub fn iter(&self) -> impl Iterator<Item = &SkinSample> {
        self.samples.iter()
    }

    /// Median of the samples' luminance, or `None` with too little skin in sight.
    pub fn luminance(&self) -> Option<f32> {
        self.luminance
    }

    /// What this face's own skin looks like, or `None` with too little of it in sight.
    pub fn likeness(&self) -> Option<Likeness> {
        self.likeness
    }
}

/// The middle one of the values, which are left in another order.
pub(super) fn median(values: &mut [f32]) -> Option<f32> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f32::total_cmp).1)
}

/// Linear colour of a pixel; positions outside the frame take the nearest pixel.
pub(super) fn linear_at(frame: &Frame<'_>, position_px: Vec2) -> Vec3 {
    decoded(rgb_at(frame, position_px))
}

/// The same, as 8-bit sRGB.
pub(super) fn rgb_at(frame: &Frame<'_>, position_px: Vec2) -> [u8; 3] {
    let x = position_px.x.round().clamp(0.0, (frame.width() - 1) as f32) as u32;
    let y = position_px.y.round().clamp(0.0, (frame.height() - 1) as f32) as u32;
    frame.rgb_at(x, y)
}

/// Mean linear colour of nine pixels `step` apart.
fn patch_mean(frame: &Frame<'_>, centre_px: Vec2, step: f32) -> Vec3 {
    let mut sum = Vec3::ZERO;
    for y in -1i8..=1 {
        for x in -1i8..=1 {
            sum += linear_at(frame, centre_px + Vec2::new(f32::from(x), f32::from(y)) * step);
        }
    }
    sum / 9.0
}
