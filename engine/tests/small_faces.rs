//! Faces far from the camera, and many of them.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test")]

mod tracking;

use std::time::Duration;

use carmine::Frame;
use carmine::face::{FaceTracker, Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use glam::{Vec2, Vec3};
use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use tracking::{mean_distance, still};

/// Of the interocular distance: a face of so few pixels gives no better landmarks.
const ERROR: f64 = 0.08;

/// A person in a picture of her own, and her landmarks in it.
struct Person {
    picture: RgbImage,
    landmarks: Vec<Vec3>,
    face_px: f32,
}

impl Person {
    fn of(name: &str) -> Self {
        let picture = still(name);
        let mut tracker = tracker(Sequence::Stills, 1);
        let landmarks = found(&mut tracker, &picture, 0).remove(0);
        let wide =
            landmarks.iter().fold([f32::INFINITY, f32::NEG_INFINITY], |[low, high], p| [low.min(p.x), high.max(p.x)]);
        Self { picture, landmarks, face_px: wide[1] - wide[0] }
    }

    /// Puts her into `scene` with a face of so many pixels; her landmarks there.
    fn stand(&self, scene: &mut RgbImage, face_px: f32, corner: [i64; 2]) -> Vec<Vec3> {
        let scale = face_px / self.face_px;
        let [width, height] =
            [self.picture.width(), self.picture.height()].map(|side| (side as f32 * scale).round() as u32);
        let small = imageops::resize(&self.picture, width, height, FilterType::Triangle);
        imageops::replace(scene, &small, corner[0], corner[1]);
        let corner = Vec2::new(corner[0] as f32, corner[1] as f32);
        self.landmarks.iter().map(|point| ((point.truncate() + 0.5) * scale - 0.5 + corner).extend(point.z)).collect()
    }
}

fn tracker(sequence: Sequence, max_faces: usize) -> FaceTracker {
    FaceTracker::new(TrackerConfig { max_faces, sequence, ..TrackerConfig::default() }).unwrap()
}

fn found(tracker: &mut FaceTracker, picture: &RgbImage, millis: u64) -> Vec<Vec<Vec3>> {
    let frame = Frame::new(picture, PixelFormat::Rgb8, picture.width(), picture.height()).unwrap();
    let faces = tracker.track(&frame.with_time(Duration::from_millis(millis))).unwrap();
    faces.faces.iter().map(|face| face.landmarks_px.to_vec()).collect()
}

/// A wall in a room: not a face, and not flat either.
fn room(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let shade = 120 + ((x * 40 / width) + (y * 60 / height)) as u8;
        let shelf = y % (height / 4) < height / 60;
        if shelf { Rgb([70, 50, 40]) } else { Rgb([shade, shade, shade - 10]) }
    })
}

/// Upper left corners all over a frame.
fn places(width: u32, height: u32, room_px: i64) -> impl Iterator<Item = [i64; 2]> {
    let at = move |length: u32, part: i64| (i64::from(length) - room_px) * part / 4;
    (0..5).flat_map(move |row| (0..5).map(move |column| [at(width, column), at(height, row)]))
}

#[test]
fn a_face_of_60_px_in_720p_and_of_100_px_in_4k_is_found_wherever_it_is() {
    let person = Person::of("astronaut.png");
    for (width, height, face_px) in [(1280, 720, 60.0), (720, 1280, 60.0), (1920, 1080, 60.0), (3840, 2160, 100.0)] {
        let mut stills = tracker(Sequence::Stills, 32);
        let room_px = (person.picture.width() as f32 * face_px / person.face_px) as i64;
        let mut worst = 0.0_f64;
        for corner in places(width, height, room_px) {
            let mut scene = room(width, height);
            let truth = person.stand(&mut scene, face_px, corner);
            let faces = found(&mut stills, &scene, 0);
            assert_eq!(faces.len(), 1, "{width}×{height} at {corner:?}");
            worst = worst.max(mean_distance(&faces[0], &truth));
        }
        println!("{face_px} px in {width}×{height}: worst {:.1} %", 100.0 * worst);
        assert!(worst < ERROR, "{worst}");
    }
}

#[test]
fn a_small_face_is_seen_at_the_streams_first_frame_and_soon_where_it_appears_later() {
    let person = Person::of("astronaut.png");
    let mut scene = room(1280, 720);
    let truth = person.stand(&mut scene, 60.0, [700, 150]);
    let mut first = tracker(Sequence::Stream, 4);
    let faces = found(&mut first, &scene, 0);
    assert!(faces.len() == 1 && mean_distance(&faces[0], &truth) < ERROR);

    let mut later = tracker(Sequence::Stream, 4);
    let empty = room(1280, 720);
    (0..5).for_each(|frame| assert!(found(&mut later, &empty, frame * 33).is_empty()));
    let frames = (5..40).find(|frame| !found(&mut later, &scene, frame * 33).is_empty());
    assert!(frames.is_some_and(|frame| frame < 5 + 20), "{frames:?}");
}

#[test]
fn whoever_steps_before_a_distant_group_finds_a_place() {
    let person = Person::of("astronaut.png");
    let mut scene = room(1280, 720);
    for index in 0..5 {
        person.stand(&mut scene, 60.0, [20 + index * 250, 50]);
    }
    let mut tracker = tracker(Sequence::Stream, 4);
    assert!((1..4).contains(&found(&mut tracker, &scene, 0).len()));
    let near = person.stand(&mut scene, 200.0, [100, -50]);
    let seen = (1..20)
        .any(|frame| found(&mut tracker, &scene, frame * 33).iter().any(|face| mean_distance(face, &near) < ERROR));
    assert!(seen);
}

#[test]
fn a_group_of_24_is_found_whole() {
    let people = ["astronaut.png", "grace_hopper.jpg"].map(Person::of);
    let mut scene = room(1920, 1080);
    let mut truth = Vec::new();
    for row in 0..3 {
        for column in 0..8 {
            let person = &people[(row + column) % 2];
            truth.push(person.stand(&mut scene, 64.0, [column as i64 * 238, row as i64 * 340]));
        }
    }
    let faces = found(&mut tracker(Sequence::Stills, 32), &scene, 0);
    let hit = |truth: &Vec<Vec3>| faces.iter().any(|face| mean_distance(face, truth) < ERROR);
    let missed = truth.iter().filter(|truth| !hit(truth)).count();
    println!("{} faces, {missed} of 24 missed", faces.len());
    assert!(faces.len() == 24 && missed == 0, "{} faces, {missed} missed", faces.len());
}
