//! Stations 2 and 3: the tracker whole and in its steps, and the fit.

use std::time::Duration;

use carmine::Frame;
use carmine::face::{Camera, FaceFitter, FaceTracker, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine::models::ModelId;
use carmine::steps::{ModelRunner, Smoother};
use carmine_benches::clip::{Clip, SIZES, STEP, Size};
use divan::Bencher;

use super::{WARM_UP, following, tracked};

/// The models alone.
#[divan::bench(args = ModelId::ALL)]
fn network(bencher: Bencher<'_, '_>, model: ModelId) {
    let mut network = ModelRunner::embedded(model).unwrap();
    network.fill_from_frame(&Clip::at(SIZES[0]).unwrap().frame(0)).unwrap();
    bencher.bench_local(|| network.run().unwrap());
}

/// Detecting where there is no face: crop, model, decoding, for the whole frame and one closer view. What an idle
/// mirror does.
#[divan::bench(args = SIZES)]
fn detect(bencher: Bencher<'_, '_>, size: Size) {
    let grey = vec![128; (size.0 * size.1 * 4) as usize];
    let frame = Frame::new(&grey, PixelFormat::Rgba8, size.0, size.1).unwrap();
    let mut tracker = FaceTracker::new(following()).unwrap();
    bencher.bench_local(|| assert!(tracker.track(&frame).unwrap().faces.is_empty()));
}

/// One of those two views alone, to compare with: crop and model.
#[divan::bench(args = SIZES)]
fn detect_one_view(bencher: Bencher<'_, '_>, size: Size) {
    let grey = vec![128; (size.0 * size.1 * 4) as usize];
    let frame = Frame::new(&grey, PixelFormat::Rgba8, size.0, size.1).unwrap();
    let mut network = ModelRunner::embedded(ModelId::FaceDetector).unwrap();
    bencher.bench_local(|| {
        network.fill_from_frame(&frame).unwrap();
        network.run().unwrap();
    });
}

/// Following one face: crop, model, projection, filter. The detector sleeps.
#[divan::bench(args = SIZES)]
fn landmarks(bencher: Bencher<'_, '_>, size: Size) {
    track(bencher, size, following());
}

/// The tracker as a mirror runs it: up to four faces, so the detector runs again every 170 ms.
#[divan::bench(args = SIZES)]
fn mirror(bencher: Bencher<'_, '_>, size: Size) {
    track(bencher, size, TrackerConfig::default());
}

fn track(bencher: Bencher<'_, '_>, size: Size, config: TrackerConfig) {
    let clip = Clip::at(size).unwrap();
    let mut tracker = FaceTracker::new(config).unwrap();
    for index in 0..WARM_UP {
        tracker.track(&clip.frame(index)).unwrap();
    }
    let mut index = WARM_UP;
    bencher.bench_local(|| {
        index += 1;
        assert_eq!(tracker.track(&clip.frame(index)).unwrap().faces.len(), 1);
    });
}

/// One-Euro on 478 points.
#[divan::bench]
fn filter(bencher: Bencher<'_, '_>) {
    let faces = tracked(SIZES[0]);
    let mut places = faces.iter().map(|faces| &faces.faces[0].landmarks_px).cycle();
    let (mut smoother, mut time) = (Smoother::default(), Duration::ZERO);
    bencher.bench_local(|| {
        time += STEP;
        smoother.smooth(time, places.next().unwrap())[0]
    });
}

/// Pose, metric mesh, normals and visibility.
#[divan::bench]
fn fit(bencher: Bencher<'_, '_>) {
    let faces = tracked(SIZES[0]);
    let mut fitter = FaceFitter::new().unwrap();
    let mut next = faces.iter().cycle();
    bencher.bench_local(|| {
        let fitted = fitter.fit(next.next().unwrap(), SIZES[0].0, SIZES[0].1, &Camera::default());
        assert_eq!(fitted.len(), 1);
    });
}
