//! Heads turned in the picture's plane, by every 15°: found where they are, or not at all.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod tracking;

use carmine::Frame;
use carmine::face::{FaceTracker, Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use glam::{Vec2, Vec3};
use image::RgbImage;
use tracking::{faces_folder, interocular, landmarks_of, mean_distance, read_json, still};

/// Angles from one to the next, in degrees.
const STEP_DEG: usize = 15;
/// Of the interocular distance: what is farther off is a face in the wrong place.
const WRONG: f64 = 0.03;

/// A picture turned clockwise about its middle on black, in a frame that holds all of it; and where its points then
/// are.
struct Turned {
    picture: RgbImage,
    turn: Vec2,
    from: Vec2,
    to: Vec2,
}

impl Turned {
    fn new(picture: &RgbImage, degrees: usize) -> Self {
        if degrees == 0 {
            return Self { picture: picture.clone(), turn: Vec2::X, from: Vec2::ZERO, to: Vec2::ZERO };
        }
        let turn = Vec2::from_angle((degrees as f32).to_radians());
        let size = Vec2::new(picture.width() as f32, picture.height() as f32);
        let (cos, sin) = (turn.x.abs(), turn.y.abs());
        let whole = Vec2::new(size.x * cos + size.y * sin, size.x * sin + size.y * cos).round();
        let (from, to) = ((size - 1.0) / 2.0, (whole - 1.0) / 2.0);
        let back = Vec2::new(turn.x, -turn.y);
        let turned = RgbImage::from_fn(whole.x as u32, whole.y as u32, |x, y| {
            let at = back.rotate(Vec2::new(x as f32, y as f32) - to) + from;
            let pixel = |at: Vec2| {
                let inside = at.cmpge(Vec2::ZERO).all() && at.cmplt(size).all();
                if inside {
                    Vec3::from(picture.get_pixel(at.x as u32, at.y as u32).0.map(f32::from))
                } else {
                    Vec3::ZERO
                }
            };
            let (corner, part) = (at.floor(), at - at.floor());
            let above = pixel(corner).lerp(pixel(corner + Vec2::X), part.x);
            let below = pixel(corner + Vec2::Y).lerp(pixel(corner + Vec2::ONE), part.x);
            image::Rgb(above.lerp(below, part.y).to_array().map(|level| level.round() as u8))
        });
        Self { picture: turned, turn, from, to }
    }

    fn moved(&self, points: &[Vec3]) -> Vec<Vec3> {
        points.iter().map(|point| (self.turn.rotate(point.truncate() - self.from) + self.to).extend(point.z)).collect()
    }
}

/// What became of the faces that should be found.
#[derive(Debug, Default)]
struct Tally {
    faces: usize,
    found: usize,
    wrong: usize,
    /// Where there is none.
    false_faces: usize,
    worst: f64,
}

impl Tally {
    fn add(&mut self, faces: &[Vec<Vec3>], truth: &[Vec<Vec3>]) {
        let nearest = |face: &Vec<Vec3>, others: &[Vec<Vec3>]| {
            others.iter().map(|other| mean_distance(face, other)).fold(f64::INFINITY, f64::min)
        };
        for truth in truth {
            let error = faces.iter().map(|face| mean_distance(face, truth)).fold(f64::INFINITY, f64::min);
            self.faces += 1;
            if error < WRONG {
                self.found += 1;
                self.worst = self.worst.max(error);
            }
        }
        for face in faces {
            let off = nearest(face, truth);
            let on_a_face = truth.iter().any(|truth| face[4].distance(truth[4]) < 1.5 * interocular(truth) as f32);
            self.wrong += usize::from(off >= WRONG && on_a_face);
            self.false_faces += usize::from(!on_a_face);
        }
    }

    fn share(&self) -> f64 {
        self.found as f64 / self.faces.max(1) as f64
    }
}

fn stills() -> FaceTracker {
    FaceTracker::new(TrackerConfig { max_faces: 8, sequence: Sequence::Stills, ..TrackerConfig::default() }).unwrap()
}

fn found(tracker: &mut FaceTracker, picture: &RgbImage) -> Vec<Vec<Vec3>> {
    let frame = Frame::new(picture, PixelFormat::Rgb8, picture.width(), picture.height()).unwrap();
    tracker.track(&frame).unwrap().faces.iter().map(|face| face.landmarks_px.to_vec()).collect()
}

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn every_still_at_every_angle_is_found_where_it_is_or_not_at_all() {
    let folder = faces_folder();
    let mut tracker = stills();
    let mut tallies: Vec<Tally> = (0..360).step_by(STEP_DEG).map(|_| Tally::default()).collect();
    let mut pictures: Vec<_> = folder.join("stills").read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    pictures.sort();
    let mut failures = Vec::new();
    for path in pictures {
        let name = path.file_name().unwrap().to_str().unwrap();
        let reference = read_json(&folder.join(format!("reference/{name}.json")));
        let faces: Vec<_> = reference["faces"].as_array().unwrap().iter().map(landmarks_of).collect();
        let picture = image::open(&path).unwrap().to_rgb8();
        for (tally, degrees) in tallies.iter_mut().zip((0..360).step_by(STEP_DEG)) {
            let turned = Turned::new(&picture, degrees);
            let truth: Vec<_> = faces.iter().map(|face| turned.moved(face)).collect();
            let mut here = Tally::default();
            here.add(&found(&mut tracker, &turned.picture), &truth);
            if here.found < here.faces || here.wrong > 0 || here.false_faces > 0 {
                failures.push(format!("{name} at {degrees}°: {here:?}"));
            }
            tally.faces += here.faces;
            tally.found += here.found;
            tally.wrong += here.wrong;
            tally.false_faces += here.false_faces;
            tally.worst = tally.worst.max(here.worst);
        }
    }
    println!("{}", failures.join("\n"));
    let (mut all, mut within_60) = ([0; 2], [0; 2]);
    let (mut wrong, mut false_faces) = (0, 0);
    for (tally, degrees) in tallies.iter().zip((0..360).step_by(STEP_DEG)) {
        println!("{degrees:3}°: {:5.1} % found, {tally:?}", 100.0 * tally.share());
        let add = |to: &mut [usize; 2]| *to = [to[0] + tally.found, to[1] + tally.faces];
        add(&mut all);
        if degrees.min(360 - degrees) <= 60 {
            add(&mut within_60);
        }
        wrong += tally.wrong;
        false_faces += tally.false_faces;
    }
    let share = |[found, faces]: [usize; 2]| found as f64 / faces as f64;
    println!(
        "within ±60° {:.1} %, at any angle {:.1} % found; {wrong} in the wrong place; {false_faces} where the reference has \
         no face",
        100.0 * share(within_60),
        100.0 * share(all)
    );
    assert_eq!(wrong, 0, "a face in the wrong place");
    assert!(share(within_60) >= 0.95 && tallies.iter().all(|tally| tally.share() >= 0.85));
}

#[test]
fn a_bundled_portrait_is_found_at_every_angle() {
    let mut tracker = stills();
    for name in ["astronaut.png", "grace_hopper.jpg"] {
        let picture = still(name);
        let upright = found(&mut tracker, &picture);
        assert_eq!(upright.len(), 1, "{name}");
        for degrees in (0..360).step_by(STEP_DEG) {
            let turned = Turned::new(&picture, degrees);
            let faces = found(&mut tracker, &turned.picture);
            let truth = turned.moved(&upright[0]);
            assert_eq!(faces.len(), 1, "{name} at {degrees}°");
            let error = mean_distance(&faces[0], &truth);
            println!("{name} at {degrees}°: {:.2} %", 100.0 * error);
            assert!(error < WRONG, "{name} at {degrees}°: {error}");
        }
    }
}

#[test]
fn a_head_that_lies_in_a_stream_is_never_followed_in_the_wrong_place() {
    let picture = still("astronaut.png");
    let upright = found(&mut stills(), &picture);
    for degrees in (0..360).step_by(STEP_DEG) {
        let turned = Turned::new(&picture, degrees);
        let truth = turned.moved(&upright[0]);
        let mut tracker = FaceTracker::new(TrackerConfig::default()).unwrap();
        for frame in 0..5 {
            for face in found(&mut tracker, &turned.picture) {
                let error = mean_distance(&face, &truth);
                assert!(error < WRONG, "{degrees}°, frame {frame}: {error}");
            }
        }
    }
}
