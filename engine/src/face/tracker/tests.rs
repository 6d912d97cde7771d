//! The tracker over networks whose answers the test chooses.

use std::sync::{Arc, Mutex};

use super::*;
use crate::face::LANDMARK_COUNT;
use crate::face::detector::{self, ANCHORS, Detection, REGRESSORS};
use crate::face::landmark_finder::INPUT_SIDE;
use crate::face::model::InputTensor;
use crate::frame::PixelFormat;

/// What the fake networks answer; changed by the test between frames.
#[derive(Debug, Default)]
struct Answers {
    /// Boxes (centre x, y and side in pixels of the 128 input).
    detected: Vec<[f32; 3]>,
    presence_logit: f32,
    /// How far beside the landmarks the detector has eyes, nose and mouth, in pixels of its input.
    askew: f32,
    /// Put in place of one landmark.
    broken: Option<f32>,
    /// In so many of its first runs faces lie on their side, and are uncertain.
    lying_runs: usize,
    detector_runs: usize,
    landmark_runs: usize,
}

type Shared = Arc<Mutex<Answers>>;

/// A network that answers what the test wants.
#[derive(Debug)]
struct FakeNetwork {
    answers: Shared,
    side: usize,
    input: Vec<f32>,
    outputs: [Vec<f32>; 2],
    answer: fn(&mut Answers) -> [Vec<f32>; 2],
}

impl FakeNetwork {
    fn boxed(answers: &Shared, side: usize, answer: fn(&mut Answers) -> [Vec<f32>; 2]) -> Box<dyn Model> {
        let (answers, input) = (answers.clone(), vec![0.0; side * side * 3]);
        Box::new(Self { answers, side, input, outputs: Default::default(), answer })
    }
}

impl Model for FakeNetwork {
    fn input(&mut self) -> Result<InputTensor<'_>, FaceError> {
        Ok(InputTensor { values: &mut self.input, row_stride: self.side * 3 })
    }

    fn run(&mut self) -> Result<(), FaceError> {
        self.outputs = (self.answer)(&mut self.answers.lock().unwrap());
        Ok(())
    }

    fn zeroize(&mut self) -> Result<(), FaceError> {
        self.input.fill(0.0);
        self.outputs.iter_mut().for_each(|values| values.fill(0.0));
        Ok(())
    }

    fn output(&self, index: usize) -> &[f32] {
        &self.outputs[index]
    }
}

fn detections(answers: &mut Answers) -> [Vec<f32>; 2] {
    answers.detector_runs += 1;
    let mut outputs = [vec![0.0; ANCHORS * REGRESSORS], vec![-9.0; ANCHORS]];
    for (index, [x, y, side]) in answers.detected.iter().enumerate() {
        // The first anchors lie at (4 + 8 × half their number, 4).
        let anchor = [4.0 + 8.0 * (index / 2) as f32, 4.0];
        let row = &mut outputs[0][index * REGRESSORS..][..REGRESSORS];
        row[..4].copy_from_slice(&[x - anchor[0], y - anchor[1], *side, *side]);
        // Where the landmarks below have eyes, nose and mouth.
        for (part, index) in [[33, 133], [263, 362], [1, 1], [13, 14]].into_iter().enumerate() {
            let [one, other] = index.map(landmark_of_face);
            let at =
                [0, 1].map(|axis| [x, y][axis] + (one[axis] + other[axis]) / 2.0 * side - anchor[axis] + answers.askew);
            row[4 + 2 * part..][..2].copy_from_slice(&at);
        }
        let is_lying = answers.detector_runs <= answers.lying_runs;
        if is_lying {
            // The left eye below the right one.
            (row[6], row[7]) = (row[4], row[5] + side);
        }
        outputs[1][index] = if is_lying { 1.0 } else { 5.0 } - index as f32;
    }
    outputs
}

/// Where a landmark lies, in parts of the face's side from its middle: level between the eyes' corners, and as wide as
/// high.
fn landmark_of_face(index: usize) -> [f32; 2] {
    let along = index as f32 / (LANDMARK_COUNT - 1) as f32 - 0.5;
    [along, if matches!(index, 33 | 133 | 263 | 362) { 0.0 } else { (index % 9) as f32 / 8.0 - 0.5 }]
}

/// A face that fills two thirds of its crop, so the region stays where it is.
fn landmarks(answers: &mut Answers) -> [Vec<f32>; 2] {
    answers.landmark_runs += 1;
    let span = INPUT_SIDE as f32 / 1.5;
    let points = (0..LANDMARK_COUNT).flat_map(|index| {
        let [x, y] = landmark_of_face(index).map(|at| INPUT_SIDE as f32 / 2.0 + at * span);
        [x, y, 0.0]
    });
    let mut outputs = [points.collect(), vec![answers.presence_logit]];
    if let Some(broken) = answers.broken {
        outputs[0][100] = broken;
    }
    outputs
}

fn fake(config: TrackerConfig) -> (FaceTracker, Shared) {
    let answers = Shared::default();
    answers.lock().unwrap().presence_logit = 9.0;
    let detector = FakeNetwork::boxed(&answers, detector::INPUT_SIDE, detections);
    let landmarks = FakeNetwork::boxed(&answers, INPUT_SIDE, landmarks);
    (FaceTracker::from_parts(config, detector, landmarks), answers)
}

fn track(tracker: &mut FaceTracker, millis: u64) -> Vec<u32> {
    let black = vec![0; 128 * 128 * 3];
    let frame = Frame::new(&black, PixelFormat::Rgb8, 128, 128).unwrap().with_time(Duration::from_millis(millis));
    tracker.track(&frame).unwrap().faces.iter().map(|face| face.id.0).collect()
}

const LEFT: [f32; 3] = [30.0, 60.0, 30.0];
const RIGHT: [f32; 3] = [95.0, 60.0, 30.0];

#[test]
fn the_detector_runs_each_frame_for_a_first_face_and_now_and_then_for_more() {
    let (mut tracker, answers) = fake(TrackerConfig::default());
    for millis in 0..5 {
        assert!(track(&mut tracker, millis).is_empty());
    }
    // So small a frame has no tiles: each is searched upright, the first in three turns more, the others in one of
    // them.
    assert_eq!(answers.lock().unwrap().detector_runs, 4 + 4 * 2);
    answers.lock().unwrap().detected = vec![LEFT];
    for step in 0..30 {
        assert_eq!(track(&mut tracker, 10 + step * 33), [0]);
    }
    // 957 ms at one run each 170 ms, rounded up to whole frames of 33 ms.
    assert_eq!(answers.lock().unwrap().detector_runs, 12 + 1 + 4);
}

#[test]
fn the_detector_rests_while_enough_faces_are_followed() {
    let (mut tracker, answers) = fake(TrackerConfig { max_faces: 2, ..TrackerConfig::default() });
    answers.lock().unwrap().detected = vec![LEFT, RIGHT, [60.0, 110.0, 20.0]];
    for step in 0..30 {
        assert_eq!(track(&mut tracker, step * 100), [0, 1]);
    }
    assert_eq!(answers.lock().unwrap().detector_runs, 1);
}

#[test]
fn a_lost_face_is_gone_at_once_and_comes_back_as_another() {
    let (mut tracker, answers) = fake(TrackerConfig::default());
    answers.lock().unwrap().detected = vec![LEFT];
    assert_eq!(track(&mut tracker, 0), [0]);
    answers.lock().unwrap().presence_logit = -0.1;
    assert!(track(&mut tracker, 33).is_empty());
    answers.lock().unwrap().presence_logit = 9.0;
    assert_eq!(track(&mut tracker, 66), [1]);
}

#[test]
fn numbers_that_are_not_finite_are_no_face() {
    let (mut tracker, answers) = fake(TrackerConfig::default());
    answers.lock().unwrap().detected = vec![LEFT];
    for broken in [f32::NAN, f32::INFINITY, f32::MAX] {
        assert_eq!(track(&mut tracker, 0).len(), 1);
        answers.lock().unwrap().broken = Some(broken);
        assert!(track(&mut tracker, 0).is_empty());
        answers.lock().unwrap().broken = None;
    }
    answers.lock().unwrap().presence_logit = f32::NAN;
    assert!(track(&mut tracker, 0).is_empty());
}

#[test]
fn a_detection_on_a_followed_face_is_the_same_face() {
    let (mut tracker, answers) = fake(TrackerConfig::default());
    answers.lock().unwrap().detected = vec![LEFT];
    assert_eq!(track(&mut tracker, 0), [0]);
    answers.lock().unwrap().detected = vec![[34.0, 62.0, 32.0], RIGHT];
    assert_eq!(track(&mut tracker, 500), [0, 1]);
    assert_eq!(answers.lock().unwrap().landmark_runs, 3);
}

#[test]
fn of_two_tracks_on_one_face_the_older_stays() {
    let (mut tracker, answers) = fake(TrackerConfig::default());
    answers.lock().unwrap().detected = vec![LEFT, RIGHT];
    assert_eq!(track(&mut tracker, 0), [0, 1]);
    tracker.tracks[1].roi.centre_px = tracker.tracks[0].roi.centre_px + 2.0;
    assert_eq!(track(&mut tracker, 33), [0]);
}

#[test]
fn a_still_tracker_remembers_nothing() {
    let (mut tracker, answers) =
        fake(TrackerConfig { max_faces: 2, sequence: Sequence::Stills, ..TrackerConfig::default() });
    answers.lock().unwrap().detected = vec![LEFT, RIGHT];
    assert_eq!(track(&mut tracker, 0).len(), 2);
    assert_eq!(track(&mut tracker, 0).len(), 2);
    assert_eq!(answers.lock().unwrap().detector_runs, 2);
}

#[test]
fn in_a_still_a_head_that_lies_is_first_looked_for_where_it_stands() {
    let config = TrackerConfig { sequence: Sequence::Stills, ..TrackerConfig::default() };
    let (mut tracker, answers) = fake(config);
    answers.lock().unwrap().detected = vec![LEFT];
    answers.lock().unwrap().lying_runs = 1;
    let black = vec![0; 128 * 128 * 3];
    let frame = Frame::new(&black, PixelFormat::Rgb8, 128, 128).unwrap();
    tracker.search.whole(&mut tracker.detector, &frame).unwrap();
    let upright = tracker.search.finds()[0];
    tracker.search.put_off_lying();
    assert!(tracker.search.finds().is_empty());
    tracker.search.closer(&mut tracker.detector, &frame, Look::Thorough).unwrap();
    let finds = tracker.search.finds();
    assert!(finds.len() == 4 && finds[..3].iter().all(Detection::is_certain) && finds[3] == upright, "{finds:?}");
    // Who stands is not put off.
    tracker.search.whole(&mut tracker.detector, &frame).unwrap();
    tracker.search.put_off_lying();
    assert_eq!(tracker.search.finds().len(), 1);
}

#[test]
fn landmarks_that_the_detector_does_not_bear_out_are_no_face() {
    let (mut tracker, answers) = fake(TrackerConfig::default());
    // Eyes, nose and mouth elsewhere than the landmarks have them, however often it is asked.
    answers.lock().unwrap().detected = vec![LEFT];
    answers.lock().unwrap().askew = 12.0;
    assert!(track(&mut tracker, 0).is_empty());
    assert!(answers.lock().unwrap().detector_runs > 4, "it is asked again");
    // Once the place is looked at again.
    answers.lock().unwrap().askew = 0.0;
    assert_eq!(track(&mut tracker, 200), [0]);
}

#[test]
fn a_face_that_is_certain_and_borne_out_costs_one_run_of_each_network() {
    let (mut tracker, answers) = fake(TrackerConfig { max_faces: 1, ..TrackerConfig::default() });
    answers.lock().unwrap().detected = vec![LEFT];
    assert_eq!(track(&mut tracker, 0), [0]);
    let answers = answers.lock().unwrap();
    assert_eq!((answers.detector_runs, answers.landmark_runs), (1, 1));
}

#[test]
fn a_zeroized_tracker_gives_no_identity_twice() {
    let (mut tracker, answers) = fake(TrackerConfig::default());
    answers.lock().unwrap().detected = vec![LEFT];
    assert_eq!(track(&mut tracker, 0), [0]);
    tracker.zeroize();
    assert_eq!(track(&mut tracker, 33), [1]);
}

#[test]
fn no_faces_are_followed_where_none_are_asked_for() {
    let (mut tracker, answers) = fake(TrackerConfig { max_faces: 0, ..TrackerConfig::default() });
    answers.lock().unwrap().detected = vec![LEFT];
    assert!(track(&mut tracker, 0).is_empty());
    assert_eq!(answers.lock().unwrap().detector_runs, 0);
}

#[test]
fn a_zeroized_tracker_and_fitter_hold_nothing() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/looks/inputs/light_skin.png");
    let picture = image::open(path).unwrap().to_rgb8();
    let frame = Frame::new(&picture, PixelFormat::Rgb8, picture.width(), picture.height()).unwrap();
    let mut tracker = FaceTracker::new(TrackerConfig::default()).unwrap();
    let mut fitter = crate::face::FaceFitter::new().unwrap();
    let faces = tracker.track(&frame.with_time(Duration::from_millis(40))).unwrap();
    assert_eq!(fitter.fit(faces, frame.width(), frame.height(), &Default::default()).len(), 1);

    let networks = |tracker: &mut FaceTracker| {
        let FaceTracker { detector, landmarks, .. } = tracker;
        [detector.network(), landmarks.network()].map(|network: &mut Box<dyn Model>| {
            let input = network.input().unwrap().values.iter().map(|value| value.abs()).sum::<f32>();
            [input, network.output(0).iter().map(|value| value.abs()).sum()]
        })
    };
    assert!(networks(&mut tracker).as_flattened().iter().all(|&sum| sum > 0.0));
    tracker.zeroize();
    fitter.zeroize();
    assert_eq!(networks(&mut tracker), [[0.0; 2]; 2]);
    let none = Landmarks::default();
    assert!(tracker.search.finds().is_empty());
    let [track] = &tracker.spare[..] else { panic!("one face was followed") };
    assert_eq!((&track.raw_px, track.id, track.roi), (&none, None, Roi::BLANK));
    assert_eq!(format!("{:?}", track.filter), format!("{:?}", OneEuro::default()));
    let [face] = &tracker.spare_faces[..] else { panic!("one face was found") };
    assert_eq!((&face.landmarks_px, face.presence, tracker.faces.time), (&none, 0.0, Duration::ZERO));
    fitter.check_blank();
}

#[test]
fn predictions_run_no_model_and_rename_nobody() {
    let (mut tracker, answers) = fake(TrackerConfig::default());
    answers.lock().unwrap().detected = vec![LEFT, RIGHT];
    let runs = || {
        let answers = answers.lock().unwrap();
        (answers.detector_runs, answers.landmark_runs)
    };
    let mut predictor = crate::face::Predictor::default();
    let black = vec![0; 128 * 128 * 3];
    let at = |millis| Frame::new(&black, PixelFormat::Rgb8, 128, 128).unwrap().with_time(Duration::from_millis(millis));
    for millis in [0, 100, 200, 300] {
        tracker.track(&at(millis)).unwrap();
        let before = runs();
        predictor.saw(&tracker.faces);
        for ahead in [0, 33, 66, 5000] {
            let ids: Vec<_> =
                predictor.at(Duration::from_millis(millis + ahead)).faces.iter().map(|f| f.id.0).collect();
            assert_eq!(ids, [0, 1]);
        }
        assert_eq!(runs(), before);
        let tracked = &tracker.faces.faces[0].landmarks_px;
        assert_eq!(predictor.at(Duration::from_millis(millis)).faces[0].landmarks_px, *tracked);
    }
}

#[test]
fn thresholds_are_the_hosts_to_choose() {
    // A probability of 0.73, and a detector that runs on every frame.
    let strict = TrackerConfig { min_presence_confidence: 0.8, ..TrackerConfig::default() };
    for (config, faces) in [(TrackerConfig::default(), 1), (strict, 0)] {
        let (mut tracker, answers) = fake(config);
        answers.lock().unwrap().detected = vec![LEFT];
        answers.lock().unwrap().presence_logit = 1.0;
        assert_eq!(track(&mut tracker, 0).len(), faces);
    }
    let (mut tracker, answers) = fake(TrackerConfig { detect_every: Duration::ZERO, ..TrackerConfig::default() });
    answers.lock().unwrap().detected = vec![LEFT];
    (0..5).for_each(|step| drop(track(&mut tracker, step * 33)));
    assert_eq!(answers.lock().unwrap().detector_runs, 5);
    // The detector's second box overlaps the first by less than that.
    let (mut tracker, answers) = fake(TrackerConfig { same_face_overlap: 0.05, ..TrackerConfig::default() });
    answers.lock().unwrap().detected = vec![LEFT];
    assert_eq!(track(&mut tracker, 0).len(), 1);
    answers.lock().unwrap().detected = vec![[LEFT[0] + 20.0, LEFT[1], LEFT[2]]];
    assert_eq!(track(&mut tracker, 500).len(), 1);
}
