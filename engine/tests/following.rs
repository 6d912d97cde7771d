//! Following faces from frame to frame with the real models: steadiness, leaving, returning, identities, odd frames.
#![allow(clippy::unwrap_used, reason = "a test")]

mod tracking;

use std::time::Duration;

use carmine::Frame;
use carmine::face::{Camera, FaceFitter, FaceTracker, Faces, Sequence, TrackerConfig};
use carmine::frame::{PixelFormat, Rotation};
use glam::DVec2;
use image::{RgbImage, imageops};
use tracking::{Noise, still};

const FPS: f64 = 30.0;

/// A tracker with a clock.
struct Follower {
    tracker: FaceTracker,
    frames: u32,
}

impl Follower {
    fn new(max_faces: usize) -> Self {
        Self { tracker: FaceTracker::new(TrackerConfig { max_faces, ..TrackerConfig::default() }).unwrap(), frames: 0 }
    }

    fn see(&mut self, picture: &RgbImage) -> &Faces {
        let time = Duration::from_secs_f64(f64::from(self.frames) / FPS);
        self.frames += 1;
        let frame = Frame::new(picture, PixelFormat::Rgb8, picture.width(), picture.height()).unwrap();
        self.tracker.track(&frame.with_time(time)).unwrap()
    }

    fn ids(&mut self, picture: &RgbImage) -> Vec<u32> {
        self.see(picture).faces.iter().map(|face| face.id.0).collect()
    }
}

fn moved(picture: &RgbImage, x: i64, y: i64) -> RgbImage {
    let mut moved = picture.clone();
    imageops::replace(&mut moved, picture, x, y);
    moved
}

#[test]
fn a_still_face_under_noise_holds_still() {
    const SETTLING: u32 = 30;
    const MEASURED: u32 = 45;
    let picture = still("astronaut.png");
    let mut noise = Noise::new(2.0);
    let mut follower = Follower::new(1);
    let (mut sum, mut squares) = (vec![DVec2::ZERO; 478], vec![DVec2::ZERO; 478]);
    for index in 0..SETTLING + MEASURED {
        let mut noisy = picture.clone();
        noise.add(&mut noisy);
        let faces = follower.see(&noisy);
        if index >= SETTLING {
            for ((sum, squares), point) in sum.iter_mut().zip(&mut squares).zip(faces.faces[0].landmarks_px.iter()) {
                *sum += point.truncate().as_dvec2();
                *squares += point.truncate().as_dvec2().powf(2.0);
            }
        }
    }
    let count = f64::from(MEASURED);
    let variance = |(sum, squares): (&DVec2, &DVec2)| (squares / count - (sum / count).powf(2.0)).element_sum() / 2.0;
    let deviation = (sum.iter().zip(&squares).map(variance).sum::<f64>() / 478.0).sqrt();
    println!("standard deviation {deviation:.4} px");
    assert!(deviation <= 0.04, "{deviation} px");
}

#[test]
fn a_leaving_face_is_gone_at_once_and_soon_back() {
    let picture = still("astronaut.png");
    let empty = RgbImage::new(picture.width(), picture.height());
    let mut follower = Follower::new(4);
    assert_eq!(follower.ids(&picture), [0]);
    assert_eq!(follower.ids(&picture), [0]);
    for _ in 0..3 {
        assert!(follower.ids(&empty).is_empty());
    }
    let back: Vec<_> = (0..2).map(|_| follower.ids(&picture)).collect();
    assert_eq!(back[1], [1], "not back within two detections: {back:?}");
}

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn two_faces_keep_their_identities() {
    let picture = still("two_people.jpg");
    let mut follower = Follower::new(4);
    let mut first = Vec::new();
    for index in 0..12 {
        let faces = follower.see(&moved(&picture, 2 * index, index)).faces.clone();
        assert_eq!(faces.iter().map(|face| face.id.0).collect::<Vec<_>>(), [0, 1]);
        let places: Vec<f32> = faces.iter().map(|face| face.landmarks_px[1].x).collect();
        if first.is_empty() {
            first = places;
        } else {
            assert!(places.iter().zip(&first).all(|(now, then)| (now - then).abs() < 40.0), "they changed places");
        }
    }
}

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn who_stays_keeps_an_identity_and_who_returns_gets_a_new_one() {
    let picture = still("two_people.jpg");
    let mut follower = Follower::new(4);
    let faces = follower.see(&picture).faces.clone();
    let hidden = faces[0].landmarks_px[1].truncate();
    let mut covered = picture.clone();
    let size = (faces[0].landmarks_px.interocular() * 4.0) as u32;
    let corner = hidden - size as f32 / 2.0;
    imageops::replace(&mut covered, &RgbImage::new(size, size), corner.x as i64, corner.y as i64);
    assert_eq!(follower.ids(&covered), [1]);
    assert_eq!(follower.ids(&covered), [1]);
    // While one face is followed, others are detected some six times a second.
    let back = (0..12).map(|_| follower.ids(&picture)).find(|ids| ids.len() > 1);
    assert_eq!(back, Some(vec![1, 2]));
}

#[test]
fn odd_frames_and_odd_times_are_survived() {
    let picture = still("astronaut.png");
    let mut tracker = FaceTracker::new(TrackerConfig::default()).unwrap();
    let mut fitter = FaceFitter::new().unwrap();
    let face = imageops::crop_imm(&picture, 120, 20, 220, 220).to_image();
    let mut pictures = vec![
        RgbImage::new(1, 1),
        RgbImage::from_pixel(1, 1, image::Rgb([255; 3])),
        RgbImage::new(1, 300),
        RgbImage::new(300, 1),
        RgbImage::new(640, 480),
        picture.clone(),
    ];
    for side in [4, 9, 24, 60, 150] {
        pictures.push(imageops::resize(&face, side, side, imageops::FilterType::Triangle));
    }
    for cut in [60, 80, 110] {
        pictures.push(imageops::crop_imm(&face, cut, 0, 220 - cut, 220).to_image());
        pictures.push(imageops::crop_imm(&face, 0, cut, 220, 220 - cut).to_image());
    }
    for seconds in [0.0, 0.0, 5.0, 4.0, 1e-9, 1e9] {
        for picture in &pictures {
            let (width, height) = picture.dimensions();
            let frame = Frame::new(picture, PixelFormat::Rgb8, width, height).unwrap();
            let frame = frame.with_time(Duration::from_secs_f64(seconds));
            for _ in 0..2 {
                let faces = tracker.track(&frame).unwrap();
                assert!(faces.faces.iter().all(|face| face.landmarks_px.iter().all(|point| point.is_finite())));
                for face in fitter.fit(faces, width, height, &Camera::default()) {
                    assert!(face.camera_from_face.is_finite());
                    assert!(face.normals_camera.iter().all(|normal| (normal.length() - 1.0).abs() < 1e-3));
                    assert!(face.visibility.iter().all(|seen| (0.0..=1.0).contains(seen)));
                }
            }
        }
    }
}

#[test]
fn every_format_and_rotation_shows_the_same_face() {
    let picture = still("astronaut.png");
    let mut tracker =
        FaceTracker::new(TrackerConfig { max_faces: 1, sequence: Sequence::Stills, ..TrackerConfig::default() })
            .unwrap();
    let mut find = |frame: Frame<'_>| tracker.track(&frame).unwrap().faces[0].landmarks_px.clone();
    let (width, height) = picture.dimensions();
    let plain = find(Frame::new(&picture, PixelFormat::Rgb8, width, height).unwrap());

    let bgra: Vec<u8> = picture.pixels().flat_map(|p| [p[2], p[1], p[0], 255]).collect();
    assert_eq!(find(Frame::new(&bgra, PixelFormat::Bgra8, width, height).unwrap()), plain);
    let turned = imageops::rotate270(&picture);
    let turned = Frame::new(&turned, PixelFormat::Rgb8, height, width).unwrap();
    assert_eq!(find(turned.with_rotation(Rotation::Cw90)), plain);
    let turned = imageops::rotate180(&picture);
    let turned = Frame::new(&turned, PixelFormat::Rgb8, width, height).unwrap();
    assert_eq!(find(turned.with_rotation(Rotation::Cw180)), plain);
}

#[test]
fn a_fitted_face_looks_at_the_camera() {
    let picture = still("grace_hopper.jpg");
    let (width, height) = picture.dimensions();
    let mut tracker =
        FaceTracker::new(TrackerConfig { max_faces: 1, sequence: Sequence::Stills, ..TrackerConfig::default() })
            .unwrap();
    let mut fitter = FaceFitter::new().unwrap();
    let faces = tracker.track(&Frame::new(&picture, PixelFormat::Rgb8, width, height).unwrap()).unwrap();
    let face = &fitter.fit(faces, width, height, &Camera::default())[0];
    let (nose_tip, right_cheek, left_cheek) = (1, 234, 454);
    assert!(face.normals_camera[nose_tip].z > 0.8);
    assert_eq!(face.visibility[nose_tip], 1.0);
    assert!(face.normals_camera[right_cheek].x < -0.5 && face.normals_camera[left_cheek].x > 0.5);
    let scale = face.camera_from_face.x_axis.truncate().length();
    assert!((0.9..1.1).contains(&scale), "scale {scale}");

    // Every vertex projects onto its landmark.
    let focal_px = height as f32 / 2.0 / (Camera::default().vertical_fov_rad / 2.0).tan();
    for (vertex, landmark) in face.mesh_face_cm.iter().zip(face.landmarks_px.iter()) {
        let at = face.camera_from_face.transform_point3(*vertex);
        let x = width as f32 / 2.0 + focal_px * at.x / -at.z;
        let y = height as f32 / 2.0 - focal_px * at.y / -at.z;
        assert!((x - landmark.x).hypot(y - landmark.y) < 0.05);
    }
}

#[test]
#[ignore = "needs the test faces in ../shared/faces"]
fn a_head_turned_aside_hides_its_far_side() {
    let folder = tracking::faces_folder();
    let picture = image::open(folder.join("cg/mh_cf_yaw.png")).unwrap().to_rgb8();
    let (width, height) = picture.dimensions();
    let mut tracker =
        FaceTracker::new(TrackerConfig { max_faces: 1, sequence: Sequence::Stills, ..TrackerConfig::default() })
            .unwrap();
    let mut fitter = FaceFitter::new().unwrap();
    let faces = tracker.track(&Frame::new(&picture, PixelFormat::Rgb8, width, height).unwrap()).unwrap();
    let face = &fitter.fit(faces, width, height, &Camera::default())[0];
    let turned_to = face.camera_from_face.z_axis.x;
    let (right_side, left_side) = ([234, 93, 127], [454, 323, 356]);
    let (near, far) = if turned_to < 0.0 { (left_side, right_side) } else { (right_side, left_side) };
    let seen = |side: [usize; 3]| side.map(|vertex| face.visibility[vertex]);
    println!("turned to {turned_to}: near {:?}, far {:?}", seen(near), seen(far));
    assert!(seen(near).iter().all(|&seen| seen > 0.9));
    assert!(seen(far).iter().all(|&seen| seen == 0.0));
}
