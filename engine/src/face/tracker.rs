//! Station 2 (track): follows faces from frame to frame.
//!
//! In: frames, newest last. Out: [`Faces`] with identities and smoothed landmarks.
//!
//! 1. The detector runs on every frame while no face is followed, and at intervals while fewer are followed than asked
//!    for. A still, and the first frame of a stream, are searched for small and turned faces too; so is every further
//!    frame of a stream, a part each time, while nobody is followed ([`search`](super::search)).
//! 2. What it finds, unless it overlaps a followed face, becomes a new track if both networks agree on it
//!    ([`first_sight`](super::first_sight)).
//! 3. Each older track's region of interest is shown to the landmark model. A low presence, or landmarks that are not
//!    finite or far out, end the track.
//! 4. The landmarks' own bounding box and eye line give the region for the next frame.
//! 5. If tracks have come to overlap, only the oldest is kept.
//! 6. Landmarks are smoothed ([`OneEuro`]), and a new track gets its identity.
//!
//! Steps, thresholds and regions are those of MediaPipe's Face Landmarker graphs; small and turned faces, the second
//! look at new ones, and the detector's interval while faces are followed are this project's.

use std::time::Duration;

use carmine_models::{Golden, ModelId, VerifiedModel};

use super::detector::Detector;
use super::doubts::Doubts;
use super::first_sight::{FirstSight, Sight};
use super::landmark_finder::LandmarkFinder;
use super::model::Model;
use super::one_euro::OneEuro;
use super::roi::Roi;
use super::search::{Look, Search};
use super::tract_model::load;
use super::{FaceError, FaceId, Faces, Landmarks, Sequence, TrackedFace, TrackerConfig, self_test};
use crate::frame::Frame;

/// Station 2: detector → region → landmarks → next region.
#[derive(Debug)]
pub struct FaceTracker {
    config: TrackerConfig,
    detector: Detector,
    landmarks: LandmarkFinder,
    search: Search,
    doubts: Doubts,
    /// The next frame is the first of its stream.
    is_first: bool,
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

impl Track {
    fn blank() -> Self {
        Self { id: None, presence: 0.0, roi: Roi::BLANK, raw_px: Landmarks::default(), filter: OneEuro::default() }
    }
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
            landmarks: LandmarkFinder::new(landmarks, config.min_presence_confidence),
            search: Search::default(),
            doubts: Doubts::default(),
            is_first: true,
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

        let known = self.tracks.len();
        if self.must_detect(frame.time()) {
            self.last_detection = Some(frame.time());
            self.detect_new_faces(frame)?;
        }
        for index in (0..known).rev() {
            if !self.update_track(index, frame)? {
                self.spare.push(self.tracks.remove(index));
                self.last_detection = None;
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
        self.search.zeroize();
        self.doubts.zeroize();
        (self.faces.time, self.size_px) = (Duration::ZERO, (0, 0));
    }

    /// Starts a new stream: faces of earlier frames are not followed into later ones. Identities are still never
    /// reused. Memory is not overwritten; [`zeroize`](Self::zeroize) does that.
    pub fn reset(&mut self) {
        self.spare.append(&mut self.tracks);
        self.spare_faces.append(&mut self.faces.faces);
        self.last_detection = None;
        self.doubts.reset();
        self.is_first = true;
    }

    fn must_detect(&self, now: Duration) -> bool {
        if self.tracks.len() >= self.config.max_faces {
            return false;
        }
        let waited = self.last_detection.and_then(|last| now.checked_sub(last));
        self.tracks.is_empty() || waited.is_none_or(|waited| waited >= self.config.detect_every)
    }

    /// Starts a track for each face that is found and not followed yet.
    fn detect_new_faces(&mut self, frame: &Frame<'_>) -> Result<(), FaceError> {
        let is_first = std::mem::replace(&mut self.is_first, false);
        self.search.whole(&mut self.detector, frame)?;
        self.search.leave_out(|roi| self.doubts.holds(roi, frame.time(), self.config.detect_every));
        if self.config.sequence == Sequence::Stills {
            self.search.put_off_lying();
        }
        self.examine(frame, self.config.max_faces)?;
        let (look, most) = match self.config.sequence {
            Sequence::Stills => (Look::Thorough, self.config.max_faces),
            Sequence::Stream if !self.tracks.is_empty() => return Ok(()),
            // Whoever steps before the others must find a place.
            Sequence::Stream if is_first => (Look::Thorough, self.config.max_faces.div_ceil(2)),
            Sequence::Stream => (Look::InPassing, self.config.max_faces.div_ceil(2)),
        };
        if self.tracks.len() < most {
            self.search.closer(&mut self.detector, frame, look)?;
            self.examine(frame, most)?;
        }
        Ok(())
    }

    /// Starts a track for each find on which both networks agree and which is not followed yet, up to so many tracks.
    fn examine(&mut self, frame: &Frame<'_>, most: usize) -> Result<(), FaceError> {
        for index in 0..self.search.finds().len() {
            if self.tracks.len() >= most {
                break;
            }
            let detection = self.search.finds()[index];
            let Some(roi) = detection.roi().filter(|roi| !self.is_followed(roi)) else { continue };
            let mut track = self.spare.pop().unwrap_or_else(Track::blank);
            let mut first_sight = FirstSight { detector: &mut self.detector, landmarks: &mut self.landmarks };
            match first_sight.examine(frame, detection, &mut track.raw_px) {
                Ok(Sight::Face(found)) if !self.is_followed(&found.roi) => {
                    (track.id, track.presence, track.roi) = (None, found.presence, found.roi);
                    track.filter.reset();
                    self.tracks.push(track);
                }
                other => {
                    self.spare.push(track);
                    if other? == Sight::Doubtful {
                        self.doubts.add(roi, frame.time());
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether this is the region of a face that has a track.
    fn is_followed(&self, roi: &Roi) -> bool {
        self.tracks.iter().any(|track| track.roi.iou(roi) >= self.config.same_face_overlap || track.roi.is_near(roi))
    }

    /// Finds the track's face in this frame; false if it is lost.
    fn update_track(&mut self, index: usize, frame: &Frame<'_>) -> Result<bool, FaceError> {
        let track = &mut self.tracks[index];
        let found = self.landmarks.find(frame, &track.roi, &mut track.raw_px)?;
        if let Some(found) = found {
            (track.presence, track.roi) = (found.presence, found.roi);
        }
        Ok(found.is_some())
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
