//! The bare skin of one face, sampled at the mesh's vertices.
//!
//! In: a frame, a fitted face, and how surely each vertex is bare skin. Out: colour, luminance and normal of the
//! vertices in sight, their median luminance, and the skin's own colour.
//! 1. Leave out lips, eyes, brows and outline, where hair and background bleed in, and vertices that face away.
//! 2. Mean of nine pixels around each of the rest.
//! 3. On a blown-out face, restore their clipped channels.
//! 4. Median luminance; median and robust spread of the log chroma where skin is nearly sure.
//! 5. Later, once the light is known: subtract the specular part, and move doubtful luminances towards the likely ones.

use carmine_shaders::cpu::luminance;
use glam::{Vec2, Vec3};

use super::blown::Blown;
use super::chroma::log_chroma;
use super::colour_doubt::COMMON_SKIN;
use super::diffuse::{believed_diffuse, diffuse};
use super::landmark_points::point_px;
use super::pixel::{NEIGHBOURHOOD, is_inside, linear_at};
use super::skin_colour::{CHROMA_SIGMA_MAX, CHROMA_SIGMA_MIN, SkinColour};
use super::skin_mesh::SkinMesh;
use crate::face::{FittedFace, MESH_VERTEX_COUNT, rings};
use crate::frame::Frame;
use crate::statistics::{MedianAndSigma, median};
use crate::zeroize;

/// Least visibility of a vertex that is sampled.
const VISIBILITY_MIN: f32 = 0.3;
/// Pixels of a sample are one apart for an interocular distance of this many pixels.
const INTEROCULAR_PER_STEP: f32 = 60.0;
/// Fewer samples have no median.
const SAMPLES_MIN: usize = 20;
/// Linear value of a channel (250 of 255) above which a mean of pixels is clipped, at least in part.
const CLIPPED: f32 = 0.957;
/// Samples that are not clipped, from which on they tell what the others would show.
const UNCLIPPED_MIN: usize = 12;
/// Skin's own colour is learnt where it is this sure.
const TRUST_MIN: f32 = 0.5;

/// One vertex of the mesh and the colour around it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct SkinSample {
    pub position_px: Vec2,
    pub normal_camera: Vec3,
    pub visibility: f32,
    pub colour: Vec3,
    /// Luminance of `colour`.
    pub seen: f32,
    /// The diffuse part of it, after [`SkinSamples::remove_specular`].
    pub luminance: f32,
    /// See [`SkinMesh::trust`].
    pub trust: f32,
}

impl SkinSample {
    /// The sample's weight: less where visibility is low, and where its colour differs from the face's own skin.
    pub fn weight(&self, skin: &SkinColour) -> f32 {
        let off = skin.chroma_distance(log_chroma(self.colour));
        self.visibility * self.trust / (1.0 + off.length_squared()).powi(2)
    }
}

/// The samples of one face. Reused from face to face.
#[derive(Debug)]
pub(super) struct SkinSamples {
    vertices: Vec<u16>,
    samples: Vec<SkinSample>,
    values: Vec<f32>,
    luminance: Option<f32>,
    colour: Option<SkinColour>,
    clipped: f32,
    blown: Blown,
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
            colour: None,
            clipped: 0.0,
            blown: Blown::NOT,
        }
    }
}

impl SkinSamples {
    pub fn zeroize(&mut self) {
        zeroize::empty(&mut self.samples, SkinSample::default());
        zeroize::empty(&mut self.values, 0.0);
        (self.luminance, self.colour, self.clipped, self.blown) = (None, None, 0.0, Blown::NOT);
    }

    /// Replaces the samples by those of `face`. Vertices that face away or lie outside the frame are left out.
    pub fn take(&mut self, frame: &Frame<'_>, face: &FittedFace, mesh: &SkinMesh) {
        let step = (face.landmarks_px.interocular() / INTEROCULAR_PER_STEP).max(1.0);
        self.samples.clear();
        let mut clipped = 0.0;
        for &index in &self.vertices {
            let vertex = usize::from(index);
            let (position_px, visibility) = (point_px(face, index), face.visibility[vertex]);
            if visibility > VISIBILITY_MIN && is_inside(frame, position_px) {
                let colour = patch_mean(frame, position_px, step);
                let luminance = luminance(colour);
                clipped += f32::from(u8::from(colour.max_element() > CLIPPED));
                self.samples.push(SkinSample {
                    position_px,
                    normal_camera: face.normals_camera[vertex],
                    visibility,
                    colour,
                    seen: luminance,
                    luminance,
                    trust: mesh.trust(vertex),
                });
            }
        }
        self.clipped = clipped / (self.samples.len() as f32).max(1.0);
        self.restore_blown();
        self.luminance = self.median_luminance();
        self.colour = self.learn_colour();
    }

    fn restore_blown(&mut self) {
        self.blown = Blown::NOT;
        let part = Blown::part(self.clipped);
        if part <= 0.0 {
            return;
        }
        let mut median_of = |component: fn(Vec2) -> f32| {
            let whole = self.samples.iter().filter(|sample| sample.colour.max_element() <= CLIPPED);
            self.values.clear();
            self.values.extend(whole.map(|sample| component(log_chroma(sample.colour))));
            if self.values.len() >= UNCLIPPED_MIN { median(&mut self.values) } else { None }
        };
        let chroma = median_of(|chroma| chroma.x).zip(median_of(|chroma| chroma.y));
        self.blown = Blown::new(chroma.map_or(COMMON_SKIN, Vec2::from), part);
        for sample in &mut self.samples {
            sample.colour = self.blown.restored(sample.colour, sample.colour.cmpgt(Vec3::splat(CLIPPED)));
            sample.seen = luminance(sample.colour);
            sample.luminance = sample.seen;
        }
    }

    /// Subtracts the specular luminance, which `specular` gives for a normal. The skin's colour is not changed.
    pub fn remove_specular(&mut self, specular: impl Fn(Vec3) -> f32) {
        for sample in &mut self.samples {
            sample.luminance = diffuse(sample.seen, specular(sample.normal_camera));
        }
        self.luminance = self.median_luminance();
    }

    /// Moves doubtful luminances of samples towards the `likely` ones by the light on the whole face.
    pub fn draw_to_likely(&mut self, specular: impl Fn(Vec3) -> f32, likely: impl Fn(Vec3) -> f32) {
        for sample in &mut self.samples {
            let normal = sample.normal_camera;
            sample.luminance = believed_diffuse(sample.seen, specular(normal), likely(normal));
        }
    }

    fn median_luminance(&mut self) -> Option<f32> {
        self.values.clear();
        self.values.extend(self.samples.iter().map(|sample| sample.luminance));
        if self.samples.len() >= SAMPLES_MIN { median(&mut self.values) } else { None }
    }

    fn learn_colour(&mut self) -> Option<SkinColour> {
        let luminance = self.luminance?;
        let mut robust = |component: fn(Vec2) -> f32| {
            let trusted = self.samples.iter().filter(|sample| sample.trust > TRUST_MIN);
            self.values.clear();
            self.values.extend(trusted.map(|sample| component(log_chroma(sample.colour))));
            MedianAndSigma::of(&mut self.values)
        };
        let (red, blue) = (robust(|chroma| chroma.x)?, robust(|chroma| chroma.y)?);
        let bounded = |sigma: f32| sigma.clamp(CHROMA_SIGMA_MIN, CHROMA_SIGMA_MAX);
        let sigma = Vec2::new(bounded(red.sigma), bounded(blue.sigma));
        Some(SkinColour { luminance, log_chroma: Vec2::new(red.median, blue.median), sigma, blown: self.blown })
    }

    pub fn iter(&self) -> impl Iterator<Item = &SkinSample> {
        self.samples.iter()
    }

    /// Median of the samples' luminance, or `None` with too little visible skin.
    pub fn luminance(&self) -> Option<f32> {
        self.luminance
    }

    /// Share of the samples that are clipped, 0–1.
    pub fn clipped(&self) -> f32 {
        self.clipped
    }

    /// The colour of this face's own skin, or `None` with too little of it visible.
    pub fn colour(&self) -> Option<SkinColour> {
        self.colour
    }
}

/// Mean linear colour of nine pixels `step` apart.
fn patch_mean(frame: &Frame<'_>, centre_px: Vec2, step: f32) -> Vec3 {
    NEIGHBOURHOOD.iter().map(|&offset| linear_at(frame, centre_px + offset * step)).sum::<Vec3>() / 9.0
}
