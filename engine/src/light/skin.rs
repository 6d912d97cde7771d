use std::sync::LazyLock;

use carmine_shaders::cpu::{linear_from_srgb, luminance};
use glam::{Vec2, Vec3};

use crate::face::{FittedFace, MESH_VERTEX_COUNT, rings};
use crate::frame::Frame;

/// One look at the skin: a mesh vertex and the colour around it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SkinSample {
    pub position_px: Vec2,
    pub normal_camera: Vec3,
    pub visibility: f32,
    pub luminance: f32,
}

/// The bare skin of one face, sampled at the mesh's vertices: no lips, eyes, brows or outline, where hair
/// and background bleed in. Reused from face to face.
#[derive(Debug)]
pub(super) struct SkinSamples {
    vertices: Vec<u16>,
    samples: Vec<SkinSample>,
    sorted: Vec<f32>,
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
        Self { vertices, samples: Vec::with_capacity(count), sorted: Vec::with_capacity(count) }
    }
}

impl SkinSamples {
    /// Replaces the samples by those of `face`. Vertices that face away or lie outside the frame are left out.
    pub fn take(&mut self, frame: &Frame<'_>, face: &FittedFace) {
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
                let normal_camera = face.normals_camera[vertex];
                self.samples.push(SkinSample { position_px, normal_camera, visibility, luminance: luminance(colour) });
            }
        }
        self.sorted.clear();
        self.sorted.extend(self.samples.iter().map(|sample| sample.luminance));
        self.sorted.sort_unstable_by(f32::total_cmp);
    }

    pub fn iter(&self) -> impl Iterator<Item = &SkinSample> {
        self.samples.iter()
    }

    /// Median linear luminance, or `None` with too little skin in sight.
    pub fn luminance(&self) -> Option<f32> {
        (self.sorted.len() >= 20).then(|| self.sorted[self.sorted.len() / 2])
    }
}

/// sRGB decoding of every 8-bit value: thousands of pixels are looked at per frame.
static LINEAR: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|value| linear_from_srgb(Vec3::splat(value as f32 / 255.0)).x));

/// Linear colour of a pixel; positions outside the frame take the nearest pixel.
pub(super) fn linear_at(frame: &Frame<'_>, position_px: Vec2) -> Vec3 {
    let x = position_px.x.round().clamp(0.0, (frame.width() - 1) as f32) as u32;
    let y = position_px.y.round().clamp(0.0, (frame.height() - 1) as f32) as u32;
    Vec3::from(frame.rgb_at(x, y).map(|value| LINEAR[usize::from(value)]))
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
