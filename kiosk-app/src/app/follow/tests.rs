//! A mirror on a simulated machine: pictures come 30 times a second, tracking takes as long as the test says.

use std::sync::{Arc, Mutex};

use carmine::face::{FaceId, Faces, Landmarks, MESH_VERTEX_COUNT, TrackedFace};
use carmine::light::LightEstimator;
use carmine::models::CanonicalFace;
use glam::Vec3;

use super::*;
use crate::source::Picture;

const FPS: f64 = 30.0;
const SIDE: u32 = 64;
/// Pixels a second that the face moves.
const SPEED: f64 = 20.0;

/// The simulated machine's clock and load.
#[derive(Default)]
struct Machine {
    now: f64,
    /// Seconds that tracking takes just now, and took last.
    track_s: f64,
    spent: f64,
    tracked: usize,
    failing: bool,
}

/// Finds the face exactly where it is at the picture's time.
struct Fake {
    machine: Arc<Mutex<Machine>>,
    faces: Faces,
    fitter: FaceFitter,
    light: LightEstimator,
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

impl Stations for Fake {
    fn see(&mut self, picture: &Picture, look: bool, found: &mut Found) -> Result<(), AppError> {
        let mut machine = self.machine.lock().unwrap();
        if machine.failing {
            return Err(AppError::Usage("a fault".into()));
        }
        (machine.spent, machine.tracked) = (machine.track_s, machine.tracked + 1);
        self.faces.time = picture.time;
        self.faces.faces = vec![TrackedFace { id: FaceId(7), presence: 0.9, landmarks_px: face_at(picture.time) }];
        let frame = picture.frame()?;
        let fitted = self.fitter.fit(&self.faces, SIDE, SIDE, &Camera::default());
        found.looked = look || found.light.faces.is_empty();
        found.took = [Some(Duration::from_secs_f64(machine.track_s)), Some(Duration::ZERO), None, None];
        if found.looked {
            found.light.clone_from(self.light.estimate(&frame, fitted));
            found.occlusion = vec![Occlusion { id: FaceId(7), ..Default::default() }];
            found.took[2..].fill(Some(Duration::from_millis(1)));
        }
        Ok(())
    }

    fn faces(&self) -> &Faces {
        &self.faces
    }

    fn reset(&mut self) {}
}

/// Its work is done when the machine's clock says so.
struct FakeBench(Arc<Mutex<Machine>>, Option<(f64, Box<Eyes<Fake>>)>);

impl Bench<Fake> for FakeBench {
    fn send(&mut self, mut eyes: Box<Eyes<Fake>>) {
        assert!(self.1.is_none());
        eyes.work();
        let mut machine = self.0.lock().unwrap();
        self.1 = Some((machine.now + std::mem::take(&mut machine.spent), eyes));
    }

    fn back(&mut self, wait: bool) -> Result<Option<Box<Eyes<Fake>>>, AppError> {
        let mut machine = self.0.lock().unwrap();
        if let (true, Some((until, _))) = (wait, &self.1) {
            machine.now = machine.now.max(*until);
        }
        Ok(self.1.take_if(|(until, _)| *until <= machine.now).map(|(_, eyes)| eyes))
    }
}

struct Mirror {
    machine: Arc<Mutex<Machine>>,
    follower: Follower<Fake>,
    bench: FakeBench,
    seen: Seen,
    number: u64,
    turn: u32,
}

impl Mirror {
    fn new() -> Self {
        let machine = Arc::new(Mutex::new(Machine { track_s: 0.015, ..Machine::default() }));
        let fake = Fake {
            machine: Arc::clone(&machine),
            faces: Faces::default(),
            fitter: FaceFitter::new().unwrap(),
            light: LightEstimator::default(),
        };
        let mut seen = Seen::default();
        seen.shot.picture.shape(carmine::frame::PixelFormat::Rgb8, SIDE, SIDE).fill(120);
        let follower = Follower::new(fake, false).unwrap();
        Self { bench: FakeBench(Arc::clone(&machine), None), machine, follower, seen, number: 0, turn: 1 }
    }

    /// Takes the newest picture; whether it was shown.
    fn next(&mut self) -> bool {
        let mut machine = self.machine.lock().unwrap();
        self.number = ((machine.now * FPS + 1e-9) as u64).max(self.number + 1);
        let taken = self.number as f64 / FPS;
        machine.now = machine.now.max(taken);
        drop(machine);
        let shot = &mut self.seen.shot;
        (shot.number, shot.turn, shot.picture.time) = (self.number, self.turn, Duration::from_secs_f64(taken));
        let shown = self.follower.see(&mut self.seen, true, &mut self.bench).unwrap();
        let mut machine = self.machine.lock().unwrap();
        machine.now += std::mem::take(&mut machine.spent);
        shown
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
}

#[test]
fn a_slow_machine_keeps_its_pictures_and_tracks_less_until_it_is_fast_again() {
    let mut mirror = Mirror::new();
    let (shown, tracked) = mirror.run(2.0);
    assert!((shown - 30.0).abs() <= 1.0 && shown == tracked, "{shown} {tracked}");

    mirror.load(0.06);
    mirror.run(1.0);
    let missed = mirror.seen.tally.missed;
    let (shown, tracked) = mirror.run(10.0);
    assert!((shown - 30.0).abs() <= 0.2 && (9.0..17.0).contains(&tracked), "{shown} {tracked}");
    assert!(mirror.seen.tally.rung >= 3 && mirror.seen.tally.missed == missed);

    mirror.load(0.015);
    mirror.run(20.0);
    let (shown, tracked) = mirror.run(2.0);
    assert!((shown - 30.0).abs() <= 1.0 && shown == tracked, "{shown} {tracked}");
    assert_eq!((mirror.seen.tally.rung, mirror.seen.tally.missed), (0, missed));
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
            let seen = &mirror.seen;
            let [face] = &seen.faces[..] else { panic!("one face is followed") };
            let off = face.landmarks_px[5].distance(face_at(seen.shot.picture.time)[5]);
            assert!(off < 0.05, "{off} px off");
            assert_eq!((seen.light.faces[0].id, seen.occlusion[0].id, face.id), (FaceId(7), FaceId(7), FaceId(7)));
        }
    }
    assert!(mirror.seen.tally.rung >= 3);
}

#[test]
fn another_input_is_tracked_before_it_is_shown() {
    let mut mirror = Mirror::new();
    mirror.load(0.08);
    mirror.run(3.0);
    assert!(mirror.seen.tally.rung >= 3);
    for _ in 0..3 {
        while mirror.bench.1.is_none() {
            mirror.next();
        }
        mirror.turn += 1;
        let tracked = mirror.machine.lock().unwrap().tracked;
        assert!(mirror.next());
        assert_eq!(mirror.machine.lock().unwrap().tracked, tracked + 1);
        assert_eq!((mirror.seen.faces.len(), mirror.bench.1.is_none()), (1, true));
        let off = mirror.seen.faces[0].landmarks_px[5].distance(face_at(mirror.seen.shot.picture.time)[5]);
        assert_eq!(off, 0.0);
    }
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
            mirror.follower.see(&mut mirror.seen, true, &mut mirror.bench).err()
        });
        assert!(failed.is_some(), "at {load}");
    }
}

#[test]
fn the_thread_beside_brings_the_stations_back_and_tells_when_it_broke() {
    let mut mirror = Mirror::new();
    mirror.next();
    let mut eyes = mirror.follower.eyes.take().unwrap();
    let mut beside = Beside::start().unwrap();
    eyes.order(&mirror.seen.shot.picture, true);
    beside.send(eyes);
    let eyes = beside.back(true).unwrap().unwrap();
    assert_eq!(mirror.machine.lock().unwrap().tracked, 2);
    assert!(beside.back(false).unwrap().is_none());

    // A lock that is poisoned makes the fake panic.
    let machine = Arc::clone(&mirror.machine);
    let poison = std::thread::spawn(move || {
        let _lock = machine.lock();
        panic!("on purpose");
    });
    assert!(poison.join().is_err());
    beside.send(eyes);
    assert!(beside.back(true).is_err_and(|error| error.to_string().contains("tracking thread broke off")));
}
