//! What hides the face: a hand, hair, a microphone, the rim of glasses.
//!
//! No network is asked. Each frame the face is laid flat into the canonical face's map. What is known of this face
//! from the frames before (mean and spread of each cell's log luminance and chroma) is fitted to the frame's light by
//! a robust slow change, and cells that differ from everything known beside them, in blobs that come in from the
//! outline or the frame's edge, are covered. Only clear cells are learnt. Where nothing is known (stills, first frames)
//! the face's own skin statistics decide, which see another colour than skin, or hair and rims on the upper face, but
//! no hand.

mod atlas;
mod grid;
mod lighting;
mod memory;
mod prior;
mod scratch;
mod unwrap;

use std::time::Duration;

use carmine_models::CanonicalFace;
use glam::Vec2;

use super::{FaceError, FaceId, FittedFace};
use crate::frame::Frame;
use crate::zeroize;
use atlas::{Atlas, uv_of};
use grid::Blobs;
use lighting::Fitter;
use memory::Memory;
use prior::Prior;
use scratch::Scratch;
use unwrap::Unwrapped;

/// Side of an occlusion map: a cell is some 2.5 mm of a face.
pub const OCCLUSION_SIDE: usize = 64;
const SIDE: usize = OCCLUSION_SIDE;
const CELLS: usize = SIDE * SIDE;

/// A face that comes back within this time where it was left is the same one.
const KEEP: Duration = Duration::from_secs(2);
/// So many faces that went away are remembered at most.
const MOST_AWAY: usize = 4;

/// What hides one face. `clone_from` reuses the memory that is there.
#[derive(Debug, PartialEq, Eq)]
pub struct Occlusion {
    /// The face.
    pub id: FaceId,
    /// Over canonical UV, rows from v = 0 (the forehead), from u = 0 (the person's right) on: 0 clear – 255 covered.
    /// Cell (x, y) is centred at u = (x + ½) / [`OCCLUSION_SIDE`], v = (y + ½) / [`OCCLUSION_SIDE`].
    pub map: Box<[u8; OCCLUSION_SIDE * OCCLUSION_SIDE]>,
}

impl Default for Occlusion {
    fn default() -> Self {
        Self { id: FaceId(0), map: Box::new([0; CELLS]) }
    }
}

impl Clone for Occlusion {
    fn clone(&self) -> Self {
        Self { id: self.id, map: self.map.clone() }
    }

    fn clone_from(&mut self, source: &Self) {
        self.id = source.id;
        self.map.copy_from_slice(&source.map[..]);
    }
}

impl Occlusion {
    pub(crate) fn zeroize(&mut self) {
        self.id = FaceId(0);
        zeroize::overwrite(&mut self.map[..], 0);
    }

    /// How much is hidden (0–1) at a place in canonical UV, bilinear.
    pub fn at(&self, uv: Vec2) -> f32 {
        let at = (uv * SIDE as f32 - 0.5).clamp(Vec2::ZERO, Vec2::splat((SIDE - 1) as f32));
        let low = at.floor().min(Vec2::splat((SIDE - 2) as f32));
        let part = at - low;
        let cell = low.y as usize * SIDE + low.x as usize;
        let row = |cell: usize| {
            let (left, right) = (f32::from(self.map[cell]), f32::from(self.map[cell + 1]));
            left + (right - left) * part.x
        };
        let (upper, lower) = (row(cell), row(cell + SIDE));
        (upper + (lower - upper) * part.y) / 255.0
    }
}

/// One face's memory, and where it was last.
#[derive(Debug)]
struct Acquaintance {
    id: FaceId,
    seen: Duration,
    centre_px: Vec2,
    interocular_px: f32,
    memory: Memory,
}

/// Finds what hides each face, frame by frame.
#[derive(Debug)]
pub struct OcclusionEstimator {
    atlas: Atlas,
    now: Unwrapped,
    prior: Prior,
    fitter: Fitter,
    blobs: Blobs,
    scratch: Scratch,
    known: Vec<Acquaintance>,
    spare: Vec<Memory>,
    occlusions: Vec<Occlusion>,
    spare_occlusions: Vec<Occlusion>,
    time: Option<Duration>,
}

impl OcclusionEstimator {
    /// With the embedded canonical face.
    pub fn new() -> Result<Self, FaceError> {
        Ok(Self {
            atlas: Atlas::new(&CanonicalFace::embedded()?),
            now: Unwrapped::default(),
            prior: Prior::default(),
            fitter: Fitter::default(),
            blobs: Blobs::default(),
            scratch: Scratch::default(),
            known: Vec::new(),
            spare: Vec::new(),
            occlusions: Vec::new(),
            spare_occlusions: Vec::new(),
            time: None,
        })
    }

    /// What hides each of `faces` in `frame`, in their order. Borrowed until the next call.
    ///
    /// Faces are known by their [`FaceId`]; a time that repeats or runs back is taken as one usual step.
    pub fn estimate(&mut self, frame: &Frame<'_>, faces: &[FittedFace]) -> &[Occlusion] {
        let step = self.time.and_then(|last| frame.time().checked_sub(last)).filter(|step| !step.is_zero());
        let dt_s = step.map_or(1.0 / 30.0, |step| step.as_secs_f32().min(0.25));
        self.time = Some(frame.time());
        self.spare_occlusions.append(&mut self.occlusions);
        self.part(frame.time(), faces);
        for face in faces {
            self.now.take(&self.atlas, frame, face);
            self.prior.judge(&self.atlas, &self.now, &mut self.fitter, &mut self.blobs);
            let acquaintance = self.meet(frame.time(), face);
            let memory = &mut self.known[acquaintance].memory;
            let scratch = (&mut self.scratch, &mut self.fitter, &mut self.blobs);
            memory.compare(&self.atlas, &self.now, &self.prior.foreign, dt_s, scratch);
            let mut occlusion = self.spare_occlusions.pop().unwrap_or_default();
            occlusion.id = face.id;
            grid::soften(&memory.covered, &self.atlas.on_mesh, &mut occlusion.map);
            self.occlusions.push(occlusion);
        }
        &self.occlusions
    }

    /// Forgets every face, as if just made, and overwrites with zeros all that was kept of them: the face laid flat, what was
    /// learnt of it, and the maps.
    pub fn zeroize(&mut self) {
        self.reset();
        self.spare.iter_mut().for_each(Memory::zeroize);
        self.spare_occlusions.append(&mut self.occlusions);
        self.spare_occlusions.iter_mut().for_each(Occlusion::zeroize);
        self.now.zeroize();
        self.prior.zeroize();
        self.fitter.zeroize();
        self.blobs.zeroize();
        self.scratch.zeroize();
    }

    /// The next frame stands alone.
    pub(crate) fn reset(&mut self) {
        self.spare.extend(self.known.drain(..).map(|one| one.memory));
        self.time = None;
    }

    /// Gives up faces that have been away too long.
    fn part(&mut self, now: Duration, faces: &[FittedFace]) {
        let mut index = 0;
        while let Some(one) = self.known.get(index) {
            let here = faces.iter().any(|face| face.id == one.id);
            let crowd = self.known.len() > faces.len() + MOST_AWAY;
            if here || (!crowd && now.checked_sub(one.seen).is_some_and(|away| away < KEEP)) {
                index += 1;
            } else {
                let gone = self.known.swap_remove(index);
                self.spare.push(gone.memory);
            }
        }
    }

    /// The index of a face's memory: by its identity, or of a face just lost in the same place, or a new one.
    fn meet(&mut self, time: Duration, face: &FittedFace) -> usize {
        let centre_px = face.landmarks_px[1].truncate();
        let interocular_px = face.landmarks_px.interocular();
        let returned = |one: &Acquaintance| {
            one.seen != time
                && one.centre_px.distance(centre_px) < interocular_px
                && (0.67..1.5).contains(&(one.interocular_px / interocular_px.max(1.0)))
        };
        let found = self.known.iter().position(|one| one.id == face.id);
        let index = found.or_else(|| self.known.iter().position(returned)).unwrap_or_else(|| {
            let mut memory = self.spare.pop().unwrap_or_default();
            memory.reset();
            self.known.push(Acquaintance { id: face.id, seen: time, centre_px, interocular_px, memory });
            self.known.len() - 1
        });
        let one = &mut self.known[index];
        (one.id, one.seen, one.centre_px, one.interocular_px) = (face.id, time, centre_px, interocular_px);
        index
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::PixelFormat;
    use crate::light::synthetic::{HEIGHT, Picture, WIDTH, face};

    #[test]
    fn a_reset_estimator_holds_nothing() {
        let face = face(0.0);
        let bytes =
            Picture::flat(glam::Vec3::splat(0.4)).shaded(&face, glam::Vec3::new(0.5, 0.3, 0.2), |n| n.z).bytes();
        let frame = Frame::new(&bytes, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
        let mut estimator = OcclusionEstimator::new().unwrap();
        for millis in 0..30 {
            estimator.estimate(&frame.with_time(Duration::from_millis(33 * millis)), std::slice::from_ref(&face));
        }
        let learnt = format!("{:?}", estimator.known[0].memory);
        assert_ne!(learnt, format!("{:?}", Memory::default()));
        estimator.zeroize();
        for memory in estimator.spare.drain(..) {
            assert_eq!(format!("{memory:?}"), format!("{:?}", Memory::default()));
        }
        assert!(estimator.spare_occlusions.drain(..).all(|occlusion| occlusion == Occlusion::default()));
        assert_eq!(format!("{estimator:?}"), format!("{:?}", OcclusionEstimator::new().unwrap()));
    }
}
