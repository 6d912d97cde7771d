//! Mannequins sit for the engine's whole public chain, one picture per tone, light and pose.
//!
//! 1. Draw the mannequin, whose landmarks, places and light are known exactly.
//! 2. Observe it with [`TryOn`], once in the light that the engine estimates and once in the true one.
//! 3. Render every product of the set and measure it.

use carmine::face::{Camera, FittedFace, Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine::light::{self, LightEstimator, RoomLight};
use carmine::look::Look;
use carmine::render::Offscreen;
use carmine::{Frame, Scene, TryOn, TryOnConfig};
use carmine_shaders::cpu::{delta_e2000, lab_from_linear_srgb, luminance};
use glam::Vec2;

use super::measure::Worn;
use super::region::Region;
use super::{Mode, Report, Seen, Sitting, VIEW, Wear};
use crate::Fault;
use carmine_mannequin::{LightRig, Lit, MONK_SRGB, Mannequin, Pose, Viewport};

/// The engine's whole public chain, and the mannequin.
#[derive(Debug)]
pub struct Studio {
    mannequin: Mannequin,
    try_on: TryOn,
    offscreen: Offscreen,
    looks: Vec<(Wear, Look)>,
}

/// What is known about every picture of one pose in one light.
struct Truth<'a> {
    landmarks_px: &'a [Vec2],
    regions: &'a [Region],
    lit: &'a Lit<'a>,
    light: &'a LightRig,
}

impl Studio {
    /// Loads the models; renders on the given GPU.
    pub fn new(device: &wgpu::Device, queue: &wgpu::Queue, wears: &[Wear]) -> Result<Self, Fault> {
        let config = TryOnConfig {
            tracker: TrackerConfig { sequence: Sequence::Stills, ..Default::default() },
            camera: Camera { vertical_fov_rad: Viewport::VERTICAL_FOV_RAD },
        };
        let looks = wears.iter().map(|wear| Ok((*wear, wear.look()?)));
        Ok(Self {
            mannequin: Mannequin::new()?,
            try_on: TryOn::new(config)?,
            offscreen: Offscreen::new(device, queue)?,
            looks: looks.collect::<Result<_, Fault>>()?,
        })
    }

    /// Every tone (1 to 10) in every light and pose; `look_at` sees each picture.
    pub fn measure(
        &mut self,
        tones: &[usize],
        lights: &[LightRig],
        poses: &[Pose],
        look_at: &mut dyn FnMut(&Seen<'_>) -> Result<(), Fault>,
    ) -> Result<Report, Fault> {
        let Self { mannequin, try_on, offscreen, looks } = self;
        let mut sittings = Vec::new();
        for &pose in poses {
            let posed = mannequin.posed(pose, VIEW);
            let landmarks_px = &posed.landmarks_px()[..];
            let unit = interocular(landmarks_px);
            let regions = &looks.iter().map(|(wear, _)| Region::of(wear.place, &posed, unit)).collect::<Vec<_>>()[..];
            for light in lights {
                let lit = &posed.lit(light);
                let truth = Truth { landmarks_px, regions, lit, light };
                for &tone in tones {
                    let seed = sittings.len() as u32 + 1;
                    let sitting = Sitting { tone, light: light.name, pose, ..Default::default() };
                    sittings.push(sit(sitting, seed, &truth, try_on, &mut Room { offscreen, looks, look_at })?);
                }
            }
        }
        Ok(Report { sittings })
    }
}

/// Where looks are put on and looked at.
struct Room<'a> {
    offscreen: &'a mut Offscreen,
    looks: &'a [(Wear, Look)],
    look_at: &'a mut dyn FnMut(&Seen<'_>) -> Result<(), Fault>,
}

fn sit(
    mut sitting: Sitting,
    seed: u32,
    truth: &Truth<'_>,
    try_on: &mut TryOn,
    room: &mut Room<'_>,
) -> Result<Sitting, Fault> {
    let skin = MONK_SRGB.get(sitting.tone.wrapping_sub(1)).ok_or("tones go from 1 to 10")?;
    let before = truth.lit.shot(*skin, seed).rgba;
    let frame = Frame::new(&before, PixelFormat::Rgba8, VIEW.width, VIEW.height)?;
    let seen = try_on.observe(&frame)?;
    let (faces, estimated) = (seen.faces(), seen.light());
    let ([face], [face_light]) = (faces, &estimated.faces[..]) else { return Ok(sitting) };
    let card = truth.light.card_linear();
    let (white, level) = (card / luminance(card), luminance(card));
    sitting.landmark_error = Some(landmark_error(face, truth.landmarks_px));
    sitting.exposure_ratio = Some(face_light.exposure / level);
    let lab = lab_from_linear_srgb;
    sitting.white_error = delta_e2000(lab(estimated.room.white_linear), lab(white));

    let mut known = LightEstimator::with_room(RoomLight { white_linear: white, exposure: level });
    let calibrated = known.estimate(&frame, faces);
    let mut after = Vec::new();
    for (mode, light) in [(Mode::Estimated, estimated), (Mode::Calibrated, calibrated)] {
        for ((wear, look), region) in room.looks.iter().zip(truth.regions) {
            dress(room.offscreen, (frame, faces, light), look, &mut after)?;
            sitting.worn.push(Worn::measure((wear, mode), [&before, &after], region, truth.lit.light_linear()));
            (room.look_at)(&Seen { sitting: &sitting, wear, mode, before: &before, after: &after })?;
        }
    }
    Ok(sitting)
}

fn dress(
    offscreen: &mut Offscreen,
    (frame, faces, light): (Frame<'_>, &[FittedFace], &light::Light),
    look: &Look,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    Ok(offscreen.render(&Scene::new(frame, faces, light, look), out)?)
}

fn interocular(landmarks_px: &[Vec2]) -> f32 {
    landmarks_px[33].distance(landmarks_px[263])
}

fn landmark_error(face: &FittedFace, truth_px: &[Vec2]) -> f32 {
    let found = face.landmarks_px.iter().map(|landmark| landmark.truncate());
    let sum: f32 = found.zip(truth_px).map(|(found, truth)| found.distance(*truth)).sum();
    sum / truth_px.len() as f32 / interocular(truth_px)
}
