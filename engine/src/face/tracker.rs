//! Station 2 (track): follows faces from frame to frame.
//!
//! In: frames, newest last. Out: [`Faces`] with identities and smoothed landmarks.
//!
//! 1. The detector runs on every frame while no face is followed, and at intervals while fewer are followed than asked
//!    for. A detection starts a track, unless it overlaps a followed face.
//! 2. Each track's region of interest is cropped for the landmark model. A low presence, or landmarks that are not
//!    finite or far out, end the track.
//! 3. The landmarks' own bounding box and eye line give the region for the next frame.
//! 4. If tracks have come to overlap, only the oldest is kept.
//! 5. Landmarks are smoothed ([`OneEuro`]), and a new track gets its identity.
//!
//! Steps, thresholds and regions are those of MediaPipe's Face Landmarker graphs; the detector's interval while faces
//! are followed is this project's choice.

use std::time::Duration;

use carmine_models::{Golden, ModelId, VerifiedModel};

use super::crop::{Border, ValueRange, crop};
use super::detector::Detector;
use super::model::Model;
use super::one_euro::OneEuro;
use super::roi::Roi;
use super::tract_model::load;
use super::{FaceError, FaceId, Faces, LANDMARK_COUNT, Landmarks, Sequence, TrackedFace, TrackerConfig, self_test};
use crate::frame::Frame;

/// Side of the landmark model's square input in pixels.
const INPUT_SIDE: usize = 256;
/// Farthest that a landmark may lie from the crop, even of a face that its crop cuts off. NaN fails this test too.
const FARTHEST_CROP_PX: f32 = 4.0 * INPUT_SIDE as f32;

/// Station 2: detector → region → landmarks → next region.
#[derive(Debug)]
pub struct FaceTracker {
    config: TrackerConfig,
    detector: Detector,
    landmarks: Box<dyn Model>,
    /// Followed faces, oldest first; in step with `faces.faces` between calls.
    tracks: Vec<Track>,
    faces: Faces,
    next_id: u32,
    /// When the detector last ran; `None` to run it at once.
    last_detection: Option<Duration>,
    size_px: (u32, u32),
    spare: Vec<Track>,
    spare_faces: Vec<TrackedFace>,
}

/// One face from frame to frame.
#[derive(Debug)]
struct Track {
    /// `None` until the landmark model has seen it.
    id: Option<FaceId>,
    presence: f32,
    roi: Roi,
    /// Unsmoothed: regions of interest come from these, since smoothed points would lag behind the face.
    raw_px: Landmarks,
    filter: OneEuro,
}

impl FaceTracker {
    /// With the embedded models, which first pass the golden self-test.
    pub fn new(config: TrackerConfig) -> Result<Self, FaceError> {
        let detector = VerifiedModel::embedded(ModelId::FaceDetector)?;
        Self::with_models(config, &detector, &VerifiedModel::embedded(ModelId::FaceLandmarks)?)
    }

    /// With the host's own models (the same networks, perhaps newer weights), which first pass the golden
    /// self-test.
    pub fn with_models(
        config: TrackerConfig,
        detector: &VerifiedModel<'_>,
        landmarks: &VerifiedModel<'_>,
    ) -> Result<Self, FaceError> {
        config.check()?;
        self_test::check_shapes(detector, ModelId::FaceDetector)?;
        self_test::check_shapes(landmarks, ModelId::FaceLandmarks)?;
        let golden = Golden::embedded()?;
        let mut detector = load(detector, config.threads)?;
        self_test::detector(&mut *detector, &golden)?;
        let mut landmarks = load(landmarks, config.threads)?;
        self_test::landmarks(&mut *landmarks, &golden)?;
        Ok(Self::from_parts(config, detector, landmarks))
    }

    fn from_parts(config: TrackerConfig, detector: Box<dyn Model>, landmarks: Box<dyn Model>) -> Self {
        Self {
            config,
            detector: Detector::new(detector, config.min_detection_confidence),
            landmarks,
            tracks: Vec::new(),
            faces: Faces::default(),
            next_id: 0,
            last_detection: None,
            size_px: (0, 0),
            spare: Vec::new(),
            spare_faces: Vec::new(),
        }
    }

    /// Follows every face into this frame. Borrowed until the next call; newest `frame.time()` last.
    ///
    /// A time that repeats or runs back counts as one usual step. A frame of another size than the last starts a new
    /// stream.
    pub fn track(&mut self, frame: &Frame<'_>) -> Result<&Faces, FaceError> {
        let size_px = (frame.width(), frame.height());
        if self.config.sequence == Sequence::Stills || size_px != self.size_px {
            self.reset();
        }
        self.size_px = size_px;
        self.faces.time = frame.time();
        self.spare_faces.append(&mut self.faces.faces);

        if self.must_detect(frame.time()) {
            self.last_detection = Some(frame.time());
            self.detect_new_faces(frame)?;
        }
        let followed = self.tracks.len();
        for index in (0..followed).rev() {
            if !self.update_track(index, frame)? {
                let known = self.tracks[index].id.is_some();
                self.spare.push(self.tracks.remove(index));
                if known {
                    self.last_detection = None;
                }
            }
        }
        self.drop_duplicates();
        self.publish(frame.time());
        Ok(&self.faces)
    }

    /// The faces of the last tracked frame.
    pub fn faces(&self) -> &Faces {
        &self.faces
    }

    /// Forgets every face, as if just made, and overwrites with zeros all that was kept of them and of the last frame:
    /// crops, boxes, landmarks. Identities go on: none is given twice. What tract frees while it runs a foreign network
    /// is the allocator's.
    pub fn zeroize(&mut self) {
        self.reset();
        for track in &mut self.spare {
            (track.id, track.presence, track.roi) = (None, 0.0, Roi::BLANK);
            track.raw_px.zeroize();
            track.filter.zeroize();
        }
        for face in &mut self.spare_faces {
            (face.id, face.presence) = (FaceId(0), 0.0);
            face.landmarks_px.zeroize();
        }
        // Fails only if a run did not return its input; the next frame then gets a new one.
        let _ = self.detector.zeroize();
        let _ = self.landmarks.zeroize();
        (self.faces.time, self.size_px) = (Duration::ZERO, (0, 0));
    }

    /// Starts a new stream: faces of earlier frames are not followed into later ones. Identities are still never
    /// reused. Memory is not overwritten; [`zeroize`](Self::zeroize) does that.
    pub fn reset(&mut self) {
        self.spare.append(&mut self.tracks);
        self.spare_faces.append(&mut self.faces.faces);
        self.last_detection = None;
    }

    fn must_detect(&self, now: Duration) -> bool {
        if self.tracks.len() >= self.config.max_faces {
            return false;
        }
        let waited = self.last_detection.and_then(|last| now.checked_sub(last));
        self.tracks.is_empty() || waited.is_none_or(|waited| waited >= self.config.detect_every)
    }

    /// Starts a track for each detected face that is not followed yet.
    fn detect_new_faces(&mut self, frame: &Frame<'_>) -> Result<(), FaceError> {
        for face in self.detector.detect(frame)? {
            if self.tracks.len() >= self.config.max_faces {
                break;
            }
            let Some(roi) = face.roi() else { continue };
            if self.tracks.iter().any(|track| track.roi.iou(&roi) >= self.config.same_face_overlap) {
                continue;
            }
            let mut track = self.spare.pop().unwrap_or_else(|| Track {
                id: None,
                presence: 0.0,
                roi,
                raw_px: Landmarks::default(),
                filter: OneEuro::default(),
            });
            (track.id, track.roi) = (None, roi);
            track.filter.reset();
            self.tracks.push(track);
        }
        Ok(())
    }

    /// Finds the track's face in this frame; false if it is lost.
    fn update_track(&mut self, index: usize, frame: &Frame<'_>) -> Result<bool, FaceError> {
        let track = &mut self.tracks[index];
        crop(frame, &track.roi, INPUT_SIDE, Border::Replicate, ValueRange::UNIT, self.landmarks.input()?);
        self.landmarks.run()?;
        let (points, logit) = (self.landmarks.output(0), self.landmarks.output(1));
        track.presence = logit.first().map_or(0.0, |logit| 1.0 / (1.0 + (-logit).exp()));
        let seen = track.presence >= self.config.min_presence_confidence;
        let sane = points.len() == 3 * LANDMARK_COUNT && points.iter().all(|value| value.abs() <= FARTHEST_CROP_PX);
        if !seen || !sane {
            return Ok(false);
        }
        track.roi.project(points, INPUT_SIDE, &mut track.raw_px);
        let next = Roi::around_landmarks(&track.raw_px);
        track.roi = next.unwrap_or(track.roi);
        Ok(next.is_some())
    }

    /// If several tracks have converged on one face, keeps the oldest.
    fn drop_duplicates(&mut self) {
        let mut index = 0;
        while index < self.tracks.len() {
            let roi = self.tracks[index].roi;
            if self.tracks[..index].iter().any(|older| older.roi.iou(&roi) >= self.config.same_face_overlap) {
                self.spare.push(self.tracks.remove(index));
            } else {
                index += 1;
            }
        }
    }

    fn publish(&mut self, time: Duration) {
        for track in &mut self.tracks {
            let id = *track.id.get_or_insert_with(|| {
                let id = FaceId(self.next_id);
                self.next_id = self.next_id.wrapping_add(1);
                id
            });
            let mut face = self.spare_faces.pop().unwrap_or_else(|| TrackedFace {
                id,
                presence: 0.0,
                landmarks_px: Landmarks::default(),
            });
            (face.id, face.presence) = (id, track.presence);
            let points = match self.config.sequence {
                Sequence::Stills => &track.raw_px,
                Sequence::Stream => track.filter.smooth(time, &track.raw_px),
            };
            face.landmarks_px.copy_from_slice(&points[..]);
            self.faces.faces.push(face);
        }
    }
}

#[cfg(test)]
mod tests;
