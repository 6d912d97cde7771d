//! Predicts the landmarks of the last tracked frame to a later time, without a model.
//!
//! In: faces as the tracker finds them, and the times of its frames. Out: the same faces at any later time.
//!
//! 1. Every tracked frame updates each face's motion ([`Motion`]): shift, growth, turn, and turning aside by depth.
//! 2. For a later time each face is extrapolated by its motion, at most as far as the horizon.
//!
//! `tests/prediction.rs` measures the error on clips by the age of the tracked frame.

use std::time::Duration;

use super::motion::Motion;
use super::{FaceId, Faces, Landmarks, TrackedFace};

/// Longest extrapolation: beyond it a face stays where it was predicted, since by then it may have turned back.
const HORIZON: Duration = Duration::from_millis(150);

/// Carries faces from the last tracked frame to later ones, without a model.
///
/// The whole face moves on as it did between the last three tracked frames; its expression stays. The predictor works
/// on smoothed landmarks and does not touch the tracker's filters, which get real frames at their real times only. A
/// prediction never starts, ends or renames a face. After warm-up it allocates nothing.
#[derive(Debug, Default)]
pub struct Predictor {
    /// In step with the last tracked faces.
    known: Vec<FaceMotion>,
    spare: Vec<FaceMotion>,
    time: Duration,
    faces: Faces,
    spare_faces: Vec<TrackedFace>,
}

/// A face as it was last tracked, and how it moves.
#[derive(Debug)]
struct FaceMotion {
    id: FaceId,
    presence: f32,
    landmarks_px: Landmarks,
    motion: Motion,
}

impl FaceMotion {
    fn blank() -> Self {
        Self { id: FaceId(0), presence: 0.0, landmarks_px: Landmarks::default(), motion: Motion::default() }
    }
}

impl Predictor {
    /// Updates the motion with newly tracked faces. A time that repeats or runs back leaves the speeds as they are.
    pub fn saw(&mut self, faces: &Faces) {
        let step = faces.time.checked_sub(self.time).map_or(0.0, |step| step.as_secs_f32());
        self.time = faces.time;
        // Faces not matched yet are kept in front of those that are.
        let mut missing = self.known.len();
        for face in &faces.faces {
            let index = self.known[..missing].iter().position(|known| known.id == face.id);
            let known = match index {
                Some(index) => {
                    missing -= 1;
                    let mut known = self.known.remove(index);
                    known.motion.moved(&known.landmarks_px, &face.landmarks_px, step);
                    known
                }
                None => {
                    let motion = Motion::resting(&face.landmarks_px);
                    FaceMotion { motion, ..self.spare.pop().unwrap_or_else(FaceMotion::blank) }
                }
            };
            let mut known = FaceMotion { id: face.id, presence: face.presence, ..known };
            known.landmarks_px.copy_from_slice(&face.landmarks_px[..]);
            self.known.push(known);
        }
        self.spare.extend(self.known.drain(..missing));
    }

    /// The faces of the last tracked frame as they stand at `time`; at its own time, or before it, as they were found.
    /// Borrowed until the next call.
    pub fn at(&mut self, time: Duration) -> &Faces {
        self.spare_faces.append(&mut self.faces.faces);
        self.faces.time = time;
        let ahead_s = time.saturating_sub(self.time).min(HORIZON).as_secs_f32();
        for known in &self.known {
            let mut face = self.spare_faces.pop().unwrap_or_else(|| TrackedFace {
                id: known.id,
                presence: 0.0,
                landmarks_px: Landmarks::default(),
            });
            (face.id, face.presence) = (known.id, known.presence);
            known.motion.carry(&known.landmarks_px, ahead_s, &mut face.landmarks_px);
            self.faces.faces.push(face);
        }
        &self.faces
    }

    /// Starts a new stream: later faces are not related to earlier ones. Memory is not overwritten.
    pub fn reset(&mut self) {
        self.spare.append(&mut self.known);
        self.time = Duration::ZERO;
    }

    /// Forgets every face, as if just made, and overwrites with zeros all that was kept of them.
    pub fn zeroize(&mut self) {
        self.reset();
        for known in &mut self.spare {
            (known.id, known.presence, known.motion) = (FaceId(0), 0.0, Motion::default());
            known.landmarks_px.zeroize();
        }
        self.spare_faces.append(&mut self.faces.faces);
        for face in &mut self.spare_faces {
            (face.id, face.presence) = (FaceId(0), 0.0);
            face.landmarks_px.zeroize();
        }
        self.faces.time = Duration::ZERO;
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec3;

    use super::*;

    fn millis(value: u64) -> Duration {
        Duration::from_millis(value)
    }

    /// Faces at these places, by identity.
    fn faces(time: u64, places: &[(u32, f32)]) -> Faces {
        let faces = places.iter().map(|&(id, x)| {
            let mut landmarks_px = Landmarks::default();
            for (index, point) in landmarks_px.iter_mut().enumerate() {
                *point = Vec3::new(x + (index % 20) as f32 * 5.0, (index / 20) as f32 * 4.0, (index % 7) as f32);
            }
            TrackedFace { id: FaceId(id), presence: 0.9, landmarks_px }
        });
        Faces { time: millis(time), faces: faces.collect() }
    }

    fn places(faces: &Faces) -> Vec<(u32, f32)> {
        faces.faces.iter().map(|face| (face.id.0, face.landmarks_px[0].x.round())).collect()
    }

    #[test]
    fn faces_go_on_each_at_its_own_speed_and_stay_at_the_horizon() {
        let mut predictor = Predictor::default();
        assert!(predictor.at(millis(5)).faces.is_empty());
        for step in 0..3 {
            predictor.saw(&faces(100 * step, &[(3, 10.0 * step as f32), (5, 500.0), (8, 900.0 - 20.0 * step as f32)]));
        }
        assert_eq!(places(predictor.at(millis(200))), [(3, 20.0), (5, 500.0), (8, 860.0)]);
        assert_eq!(places(predictor.at(millis(250))), [(3, 25.0), (5, 500.0), (8, 850.0)]);
        assert_eq!(predictor.at(millis(250)).time, millis(250));
        assert_eq!(places(predictor.at(millis(350))), [(3, 35.0), (5, 500.0), (8, 830.0)]);
        assert_eq!(places(predictor.at(millis(9000))), [(3, 35.0), (5, 500.0), (8, 830.0)]);
        assert_eq!(places(predictor.at(millis(0))), [(3, 20.0), (5, 500.0), (8, 860.0)]);
    }

    #[test]
    fn at_the_tracked_time_nothing_is_changed() {
        let mut predictor = Predictor::default();
        for (time, x) in [(0, 0.3), (33, 1.7), (66, 4.1), (66, 9.9), (50, 3.3)] {
            let seen = faces(time, &[(1, x)]);
            predictor.saw(&seen);
            assert_eq!(predictor.at(millis(time)).faces[0].landmarks_px, seen.faces[0].landmarks_px);
        }
    }

    #[test]
    fn faces_come_and_go_with_the_tracker_alone() {
        let mut predictor = Predictor::default();
        for (time, seen) in [
            (0, &[(1, 0.0), (2, 300.0)][..]),
            (33, &[(2, 310.0)]),
            (66, &[(2, 320.0), (4, 600.0)]),
            (99, &[(4, 600.0), (9, 0.0)]),
            (132, &[]),
            (165, &[(9, 7.0)]),
        ] {
            predictor.saw(&faces(time, seen));
            let ids = |faces: &Faces| faces.faces.iter().map(|face| face.id.0).collect::<Vec<_>>();
            let wanted: Vec<_> = seen.iter().map(|seen| seen.0).collect();
            assert_eq!(ids(predictor.at(millis(time + 33))), wanted);
            assert_eq!(ids(predictor.at(millis(time + 9000))), wanted);
        }
    }

    #[test]
    fn a_zeroized_predictor_holds_nothing() {
        let mut predictor = Predictor::default();
        for step in 0..3 {
            predictor.saw(&faces(100 * step, &[(3, 10.0 * step as f32)]));
            predictor.at(millis(100 * step + 50));
        }
        predictor.zeroize();
        assert!(predictor.at(millis(300)).faces.is_empty());
        predictor.zeroize();
        let (known, face) = (&predictor.spare[0], &predictor.spare_faces[0]);
        assert_eq!(
            (&known.landmarks_px, known.id, known.motion),
            (&Landmarks::default(), FaceId(0), Motion::default())
        );
        assert_eq!((&face.landmarks_px, face.id), (&Landmarks::default(), FaceId(0)));
        assert_eq!((predictor.time, predictor.faces.time), (Duration::ZERO, Duration::ZERO));
    }
}
