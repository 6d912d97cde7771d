//! What is observed in one go, in steps and through the ladder is the same, with the real models.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::time::Duration;

use carmine::face::{Camera, FaceError, Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine::{Error, Followed, Follower, Frame, Observation, Scope, TryOn, TryOnConfig};
use image::RgbImage;

fn picture() -> RgbImage {
    image::open(concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/stills/astronaut.png")).unwrap().to_rgb8()
}

fn frame(picture: &RgbImage, index: u32) -> Frame<'_> {
    let frame = Frame::new(picture, PixelFormat::Rgb8, picture.width(), picture.height()).unwrap();
    frame.with_time(Duration::from_millis(33) * index)
}

fn try_on() -> TryOn {
    TryOn::new(TryOnConfig::default()).unwrap()
}

fn same(a: &Observation, b: &Observation) -> bool {
    format!("{:?} {:?} {:?}", a.faces(), a.light(), a.occlusion())
        == format!("{:?} {:?} {:?}", b.faces(), b.light(), b.occlusion())
}

#[test]
fn tracking_alone_finds_the_same_faces_and_estimates_nothing() {
    let picture = picture();
    let (mut whole, mut alone) = (try_on(), try_on());
    for index in 0..3 {
        let seen = whole.observe(&frame(&picture, index)).unwrap();
        let faces = alone.track(&frame(&picture, index)).unwrap();
        assert_eq!(format!("{faces:?}"), format!("{:?}", seen.faces()));
        let times = alone.times();
        assert!(times.track.is_some() && times.fit.is_some() && times.occlusion.is_none() && times.light.is_none());
        assert!(whole.times().occlusion.is_some() && whole.times().light.is_some());
    }
}

#[test]
fn light_and_occlusion_stay_while_the_faces_do() {
    let picture = picture();
    let empty = RgbImage::new(picture.width(), picture.height());
    let mut try_on = try_on();
    // No face has been estimated yet, so everything is.
    let first = try_on.observe_within(&frame(&picture, 0), Scope::Faces).unwrap().clone();
    assert_eq!((first.faces().len(), first.light().faces.len(), first.occlusion().len()), (1, 1, 1));
    let again = try_on.observe_within(&frame(&picture, 1), Scope::Faces).unwrap();
    assert_eq!(format!("{:?}", again.light()), format!("{:?}", first.light()));
    assert!(try_on.times().light.is_none());
    let gone = try_on.observe_within(&frame(&empty, 2), Scope::Faces).unwrap();
    assert!(gone.faces().is_empty() && gone.light().faces.is_empty() && gone.occlusion().is_empty());
    assert!(try_on.times().light.is_some());
}

#[test]
fn a_prediction_for_the_same_time_is_what_was_observed() {
    let picture = picture();
    let mut try_on = try_on();
    assert!(try_on.predict(&frame(&picture, 0)).faces().is_empty());
    for index in 0..3 {
        let seen = try_on.observe(&frame(&picture, index)).unwrap().clone();
        assert!(same(try_on.predict(&frame(&picture, index)), &seen));
        assert_eq!(try_on.predict(&frame(&picture, index + 1)).faces()[0].id, seen.faces()[0].id);
    }
}

#[test]
fn on_the_best_rung_the_ladder_changes_nothing() {
    let picture = picture();
    let (mut plain, mut follower) = (try_on(), Follower::new(try_on()).unwrap());
    let mut observation = Observation::default();
    for index in 0..3 {
        let followed = follower.follow(&frame(&picture, index), u64::from(index), true, &mut observation).unwrap();
        assert!(matches!(followed, Followed::Show));
        assert!(same(&observation, plain.observe(&frame(&picture, index)).unwrap()));
    }
    assert!(follower.take_times().light.is_some());
}

#[test]
fn starting_anew_and_overwriting_give_the_same_pictures_as_a_new_one() {
    let picture = picture();
    let config = |sequence| TryOnConfig {
        tracker: TrackerConfig { sequence, ..TrackerConfig::default() },
        ..TryOnConfig::default()
    };
    let known = |observation: &Observation| {
        let [face] = observation.faces() else { panic!("one face is there") };
        let light = &observation.light().faces[0];
        (face.landmarks_px.clone(), light.exposure, light.sh, observation.occlusion()[0].map.clone())
    };
    let new = known(try_on().observe(&frame(&picture, 9)).unwrap());
    let mut used = try_on();
    for index in 0..3 {
        used.observe(&frame(&picture, index)).unwrap();
    }
    used.reset();
    assert_eq!(known(used.observe(&frame(&picture, 9)).unwrap()), new);
    used.zeroize();
    assert_eq!(known(used.observe(&frame(&picture, 9)).unwrap()), new);
    // Every still is a new stream.
    let mut stills = TryOn::new(config(Sequence::Stills)).unwrap();
    let first = known(stills.observe(&frame(&picture, 0)).unwrap());
    assert_eq!(known(stills.observe(&frame(&picture, 30)).unwrap()), first);
}

#[test]
fn a_nearer_lens_moves_the_face_and_a_nonsensical_one_is_refused() {
    let picture = picture();
    let distance_cm = |degrees: f32| {
        let camera = Camera::with_vertical_fov_deg(degrees);
        let mut try_on = TryOn::new(TryOnConfig { camera, ..TryOnConfig::default() }).unwrap();
        -try_on.track(&frame(&picture, 0)).unwrap()[0].camera_from_face.w_axis.z
    };
    assert!(distance_cm(30.0) > 1.5 * distance_cm(63.0));
    for degrees in [0.0, 180.0, f32::NAN] {
        let camera = Camera::with_vertical_fov_deg(degrees);
        let refused = TryOn::new(TryOnConfig { camera, ..TryOnConfig::default() });
        assert!(matches!(refused, Err(Error::Face(FaceError::Setting { .. }))), "{degrees}");
    }
}

#[test]
fn a_stricter_tracker_finds_nobody_and_a_setting_out_of_range_is_refused() {
    let picture = picture();
    let with = |tracker| TryOn::new(TryOnConfig { tracker, ..TryOnConfig::default() });
    let usual = TrackerConfig::default();
    let strict = TrackerConfig { min_detection_confidence: 1.0, ..usual };
    assert!(with(strict).unwrap().track(&frame(&picture, 0)).unwrap().is_empty());
    let refused = with(TrackerConfig { same_face_overlap: 2.0, ..usual });
    assert!(matches!(refused, Err(Error::Face(FaceError::Setting { setting: "same_face_overlap", .. }))));
}
