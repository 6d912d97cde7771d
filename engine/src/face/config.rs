//! What a host can set about tracking and about its camera, with the range of each value.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::time::Duration;

use super::FaceError;

/// How the frames that a tracker gets belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sequence {
    /// A camera or a clip: faces are followed from frame to frame, and smoothed. Small faces and turned heads are
    /// looked for in the first frame, and by and by while nobody is followed; of [`TrackerConfig::max_faces`] they take
    /// half at most, so that whoever steps before them finds a place.
    #[default]
    Stream,
    /// Each frame stands alone: faces are detected every time and not smoothed, and identities mean nothing. As long as
    /// there may be more faces, each frame is searched for small ones and for heads at any angle, which takes some
    /// 40 ms in 720p, and 100 ms in 4K.
    Stills,
}

/// What the tracker is asked to do. Values out of their range are refused with [`FaceError::Setting`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrackerConfig {
    /// Faces followed at once: 0 to 32.
    pub max_faces: usize,
    /// Whether frames follow each other or stand alone.
    pub sequence: Sequence,
    /// Threads that compute the networks, the caller's included: 1 to 64. If the number does not divide the networks'
    /// rows, the next lower one that does is used. Each further thread shortens a frame if a processor core is free for
    /// it, and lengthens it if not.
    pub threads: usize,
    /// Probability (0 to 1) from which on a box of the detector counts as a face. A lower value finds more small and
    /// turned faces, and costs a run of the landmark model for each false detection.
    pub min_detection_confidence: f32,
    /// Probability (0 to 1) of the landmark model below which a face is lost.
    pub min_presence_confidence: f32,
    /// Time from one run of the detector to the next while one face is followed and more may come: 0 (every frame) to
    /// 10 s. Without a face it runs on every frame, twice. A place where the networks did not agree on a face is
    /// left alone for as long.
    pub detect_every: Duration,
    /// Regions that overlap by at least this share (intersection over union, 0.05 to 1) hold the same face.
    pub same_face_overlap: f32,
}

impl Default for TrackerConfig {
    /// Four faces in a stream, on the caller's thread. Confidences and overlap are MediaPipe's defaults. The detector's
    /// interval is shorter than a person needs to step in front of a mirror, and costs a few percent of the time.
    fn default() -> Self {
        Self {
            max_faces: 4,
            sequence: Sequence::Stream,
            threads: 1,
            min_detection_confidence: 0.5,
            min_presence_confidence: 0.5,
            detect_every: Duration::from_millis(170),
            same_face_overlap: 0.5,
        }
    }
}

impl TrackerConfig {
    /// Whether every value lies within its range.
    pub fn check(&self) -> Result<(), FaceError> {
        within("max_faces", self.max_faces, 0..=32)?;
        within("threads", self.threads, 1..=64)?;
        within("min_detection_confidence", self.min_detection_confidence, 0.0..=1.0)?;
        within("min_presence_confidence", self.min_presence_confidence, 0.0..=1.0)?;
        within("detect_every in seconds", self.detect_every.as_secs_f64(), 0.0..=10.0)?;
        within("same_face_overlap", self.same_face_overlap, 0.05..=1.0)
    }
}

/// The pinhole camera that a frame came from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Vertical field of view of the upright frame in radians; [`Camera::FOV_DEG`] is its range in degrees.
    pub vertical_fov_rad: f32,
}

impl Default for Camera {
    /// MediaPipe's default for an unknown camera, 63°.
    fn default() -> Self {
        Self::with_vertical_fov_deg(63.0)
    }
}

impl Camera {
    /// Vertical fields of view that are accepted, in degrees: from a long lens to a very wide one.
    pub const FOV_DEG: RangeInclusive<f32> = 10.0..=150.0;

    /// A camera with this vertical field of view.
    pub fn with_vertical_fov_deg(degrees: f32) -> Self {
        Self { vertical_fov_rad: degrees.to_radians() }
    }

    /// Whether the field of view lies within its range.
    pub fn check(&self) -> Result<(), FaceError> {
        let (least, most) = (Self::FOV_DEG.start().to_radians(), Self::FOV_DEG.end().to_radians());
        within("vertical_fov_rad", self.vertical_fov_rad, least..=most)
    }
}

fn within<T: PartialOrd + Display>(setting: &'static str, value: T, range: RangeInclusive<T>) -> Result<(), FaceError> {
    if range.contains(&value) {
        return Ok(());
    }
    let [value, least, most] = [&value, range.start(), range.end()].map(T::to_string);
    Err(FaceError::Setting { setting, value, least, most })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_out_of_range_are_refused_by_name() {
        let usual = TrackerConfig::default();
        usual.check().unwrap();
        for (config, setting) in [
            (TrackerConfig { max_faces: 33, ..usual }, "max_faces"),
            (TrackerConfig { threads: 0, ..usual }, "threads"),
            (TrackerConfig { min_detection_confidence: -0.1, ..usual }, "min_detection_confidence"),
            (TrackerConfig { min_presence_confidence: f32::NAN, ..usual }, "min_presence_confidence"),
            (TrackerConfig { detect_every: Duration::MAX, ..usual }, "detect_every"),
            (TrackerConfig { same_face_overlap: 0.0, ..usual }, "same_face_overlap"),
        ] {
            let error = config.check().unwrap_err().to_string();
            assert!(error.starts_with(setting) && error.contains("set it to a value from"), "{error}");
        }
    }

    #[test]
    fn fields_of_view_are_checked_in_the_unit_that_they_are_given_in() {
        for degrees in [10.0, 63.0, 150.0] {
            Camera::with_vertical_fov_deg(degrees).check().unwrap();
        }
        for degrees in [0.0, -63.0, 9.9, 150.1, 180.0, f32::NAN, f32::INFINITY] {
            assert!(Camera::with_vertical_fov_deg(degrees).check().is_err(), "{degrees}");
        }
    }
}
