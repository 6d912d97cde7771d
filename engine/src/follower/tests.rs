//! A mirror on a simulated machine: pictures come 30 times a second, tracking takes as long as the test says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use carmine_models::CanonicalFace;
use glam::Vec3;

use super::*;
use crate::face::{FaceError, FaceId, Landmarks, MESH_VERTEX_COUNT, Occlusion, TrackedFace};
use crate::frame::PixelFormat;
use crate::light::LightEstimator;

const FPS: f64 = 30.0;
const SIDE: u32 = 64;
/// Pixels a second that the face moves.
const SPEED: f64 = 20.0;

/// The simulated machine's clock and load.
#[derive(Debug, Default)]
struct Machine {
    now: f64,
    /// Seconds that tracking takes just now, and took last.
    track_s: f64,
    spent: f64,
    tracked: usize,
    failing: bool,
    zeroized: usize,
}

/// Finds the face exactly where it is at the picture's time.
#[derive(Debug)]
struct Simulated {
    machine: Arc<Mutex<Machine>>,
    faces: Faces,
    fitter: FaceFitter,
    light: LightEstimator,
    observation: Observation,
    times: StationTimes,
}

fn face_at(time: Duration) -> Landmarks {
    let mut landmarks = Landmarks::default();
    let canonical = CanonicalFace::embedded().unwrap();
    for (point, vertex) in landmarks.iter_mut().zip(&canonical.vertices_cm) {
        let middle = Vec3::new(20.0 + (SPEED * time.as_secs_f64()) as f32, 32.0, 0.0);
        *point = middle + Vec3::from(*vertex) * Vec3::new(2.0, -2.0, -2.0);
    }
    let eye = landmarks[33];
    landmarks[MESH_VERTEX_COUNT..].fill(eye);
    landmarks
}

impl Stations for Simulated {
    fn observe(&mut self, frame: &Frame<'_>, scope: Scope) -> Result<(), Error> {
        let mut machine = self.machine.lock().unwrap();
        if machine.failing {
            let failed = FaceError::Run { model: carmine_models::ModelId::FaceLandmarks, reason: "a fault".into() };
            return Err(failed.into());
        }
        (machine.spent, machine.tracked) = (machine.track_s, machine.tracked + 1);
        self.faces.time = frame.time();
        self.faces.faces = vec![TrackedFace { id: FaceId(7), presence: 0.9, landmarks_px: face_at(frame.time()) }];
        let fitted = self.fitter.fit(&self.faces, SIDE, SIDE, &Camera::default());
        self.observation.set_faces(fitted);
        self.times = StationTimes { track: Some(Duration::from_secs_f64(machine.track_s)), ..StationTimes::default() };
        if scope == Scope::All || !self.observation.is_of(fitted) {
            let occlusion = Occlusion { id: FaceId(7), ..Occlusion::default() };
            self.observation.set_light(self.light.estimate(frame, fitted), &[occlusion]);
            (self.times.occlusion, self.times.light) = (Some(Duration::from_millis(1)), Some(Duration::from_millis(1)));
        }
        Ok(())
    }

    fn tracked(&self) -> &Faces {
        &self.faces
    }

    fn observation(&self) -> &Observation {
        &self.observation
    }

    fn times(&self) -> StationTimes {
        self.times
    }

    fn reset(&mut self) {
        self.observation.clear();
    }

    fn zeroize(&mut self) {
        self.observation.zeroize();
        self.machine.lock().unwrap().zeroized += 1;
    }
}

/// A host, with a thread beside whose work is done when the machine's clock says so.
struct Mirror {
    machine: Arc<Mutex<Machine>>,
    follower: Follower,
    beside: Option<(f64, Errand)>,
    pixels: Vec<u8>,
    observation: Observation,
    number: u64,
    time: Duration,
}

impl Mirror {
    fn new() -> Self {
        let machine = Arc::new(Mutex::new(Machine { track_s: 0.015, ..Machine::default() }));
        let simulated = Simulated {
            machine: Arc::clone(&machine),
            faces: Faces::default(),
            fitter: FaceFitter::new().unwrap(),
            light: LightEstimator::default(),
            observation: Observation::default(),
            times: StationTimes::default(),
        };
        Self {
            machine,
            follower: Follower::with_stations(Box::new(simulated), Sequence::Stream, Camera::default()).unwrap(),
            beside: None,
            pixels: vec![120; (SIDE * SIDE * 3) as usize],
            observation: Observation::default(),
            number: 0,
            time: Duration::ZERO,
        }
    }

    /// Takes the newest picture; whether it was shown.
    fn next(&mut self) -> bool {
        let mut machine = self.machine.lock().unwrap();
        self.number = ((machine.now * FPS + 1e-9) as u64).max(self.number + 1);
        let taken = self.number as f64 / FPS;
        machine.now = machine.now.max(taken);
        self.time = Duration::from_secs_f64(taken);
        drop(machine);
        let shown = self.step().unwrap();
        let mut machine = self.machine.lock().unwrap();
        machine.now += std::mem::take(&mut machine.spent);
        shown
    }

    fn step(&mut self) -> Result<bool, Error> {
        let now = self.now();
        if let Some((_, errand)) = self.beside.take_if(|(until, _)| *until <= now) {
            self.follower.take_back(errand)?;
        }
        let frame = Frame::new(&self.pixels, PixelFormat::Rgb8, SIDE, SIDE).unwrap().with_time(self.time);
        match self.follower.follow(&frame, self.number, true, &mut self.observation)? {
            Followed::Show => Ok(true),
            Followed::PassOver => Ok(false),
            Followed::ShowAndRun(mut errand) => {
                assert!(self.beside.is_none());
                errand.run(&frame);
                let mut machine = self.machine.lock().unwrap();
                self.beside = Some((machine.now + std::mem::take(&mut machine.spent), errand));
                Ok(true)
            }
        }
    }

    /// Waits until nothing is out.
    fn wait(&mut self) {
        if let Some((until, errand)) = self.beside.take() {
            let mut machine = self.machine.lock().unwrap();
            machine.now = machine.now.max(until);
            drop(machine);
            self.follower.take_back(errand).unwrap();
        }
    }

    /// Pictures shown and tracked a second, over so many seconds.
    fn run(&mut self, seconds: f64) -> (f64, f64) {
        let (from, tracked) = (self.now(), self.machine.lock().unwrap().tracked);
        let mut shown = 0;
        while self.now() < from + seconds {
            shown += u32::from(self.next());
        }
        let tracked = self.machine.lock().unwrap().tracked - tracked;
        (f64::from(shown) / seconds, tracked as f64 / seconds)
    }

    fn now(&self) -> f64 {
        self.machine.lock().unwrap().now
    }

    fn load(&self, track_s: f64) {
        self.machine.lock().unwrap().track_s = track_s;
    }

    /// How far the one face that is shown is from where it is, in pixels.
    fn off_px(&self) -> f32 {
        let [face] = self.observation.faces() else { panic!("one face is followed") };
        face.landmarks_px[5].distance(face_at(self.time)[5])
    }
}

#[test]
fn a_slow_machine_keeps_its_pictures_and_tracks_less_until_it_is_fast_again() {
    let mut mirror = Mirror::new();
    let (shown, tracked) = mirror.run(2.0);
    assert!((shown - 30.0).abs() <= 1.0 && shown == tracked, "{shown} {tracked}");

    mirror.load(0.06);
    mirror.run(1.0);
    let missed = mirror.follower.tally().missed;
    let (shown, tracked) = mirror.run(10.0);
    assert!((shown - 30.0).abs() <= 0.2 && (9.0..17.0).contains(&tracked), "{shown} {tracked}");
    assert!(mirror.follower.tally().rung >= 3 && mirror.follower.tally().missed == missed);

    mirror.load(0.015);
    mirror.run(20.0);
    let (shown, tracked) = mirror.run(2.0);
    assert!((shown - 30.0).abs() <= 1.0 && shown == tracked, "{shown} {tracked}");
    assert_eq!((mirror.follower.tally().rung, mirror.follower.tally().missed), (0, missed));
}

#[test]
fn what_is_shown_is_moved_to_the_very_picture() {
    let mut mirror = Mirror::new();
    // Never beyond the horizon of the prediction.
    for track_s in [0.015, 0.05, 0.06] {
        mirror.load(track_s);
        mirror.run(2.0);
        for _ in 0..20 {
            assert!(mirror.next());
            assert!(mirror.off_px() < 0.05, "{} px off", mirror.off_px());
            let (light, occlusion) = (mirror.observation.light(), mirror.observation.occlusion());
            assert_eq!((light.faces[0].id, occlusion[0].id), (FaceId(7), FaceId(7)));
        }
    }
    assert!(mirror.follower.tally().rung >= 3);
}

#[test]
fn times_are_told_once_for_what_was_tracked() {
    let mut mirror = Mirror::new();
    mirror.next();
    assert_eq!(mirror.follower.take_times().track, Some(Duration::from_millis(15)));
    assert_eq!(mirror.follower.take_times(), StationTimes::default());
    mirror.load(0.06);
    mirror.run(3.0);
    let told = (0..30).filter(|_| mirror.next() && mirror.follower.take_times().track.is_some()).count();
    assert!((9..17).contains(&told), "{told}");
}

#[test]
fn another_input_is_tracked_before_it_is_shown() {
    let mut mirror = Mirror::new();
    mirror.load(0.08);
    mirror.run(3.0);
    assert!(mirror.follower.tally().rung >= 3);
    for _ in 0..3 {
        while mirror.beside.is_none() {
            mirror.next();
        }
        mirror.follower.reset();
        mirror.wait();
        assert!(!mirror.follower.is_out());
        let tracked = mirror.machine.lock().unwrap().tracked;
        assert!(mirror.next());
        assert_eq!(mirror.machine.lock().unwrap().tracked, tracked + 1);
        assert_eq!((mirror.observation.faces().len(), mirror.beside.is_none()), (1, true));
        assert_eq!(mirror.off_px(), 0.0);
    }
}

#[test]
fn while_an_errand_of_another_input_is_out_nothing_is_shown() {
    let mut mirror = Mirror::new();
    mirror.load(0.08);
    mirror.run(3.0);
    mirror.wait();
    mirror.load(10.0);
    while mirror.beside.is_none() {
        mirror.next();
    }
    let zeroized = mirror.machine.lock().unwrap().zeroized;
    mirror.follower.zeroize();
    let shown = (0..10).filter(|_| mirror.next()).count();
    assert_eq!((shown, mirror.machine.lock().unwrap().zeroized), (0, zeroized));
    mirror.wait();
    assert_eq!(mirror.machine.lock().unwrap().zeroized, zeroized + 1);
    assert!(mirror.next());
    assert_eq!(mirror.off_px(), 0.0);
}

#[test]
fn a_few_failures_are_forgiven_but_not_many() {
    for load in [0.015, 0.08] {
        let mut mirror = Mirror::new();
        mirror.load(load);
        mirror.run(2.0);
        mirror.machine.lock().unwrap().failing = true;
        let shown = (0..3).filter(|_| mirror.next()).count();
        assert!(if load < 0.033 { shown == 0 } else { shown == 3 });
        mirror.machine.lock().unwrap().failing = false;
        mirror.run(1.0);
        mirror.machine.lock().unwrap().failing = true;
        let failed = (0..60).find_map(|_| {
            mirror.number += 1;
            mirror.machine.lock().unwrap().now += 0.2;
            mirror.step().err()
        });
        assert!(failed.is_some(), "at {load}");
    }
}

#[test]
fn stills_get_everything_and_are_not_governed() {
    let mut mirror = Mirror::new();
    mirror.follower.sequence = Sequence::Stills;
    mirror.load(1.0);
    for _ in 0..5 {
        assert!(mirror.next() && mirror.beside.is_none());
        assert_eq!(mirror.off_px(), 0.0);
    }
    assert_eq!(mirror.machine.lock().unwrap().tracked, 5);
}
