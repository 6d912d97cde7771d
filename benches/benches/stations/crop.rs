//! From the frame into the networks' inputs, from every format; and the naive way, the whole frame to RGBA first.

use std::sync::OnceLock;

use carmine::face::Landmarks;
use carmine::frame::PixelFormat;
use carmine::steps;
use carmine_benches::clip::{Clip, SIZES, Size};
use carmine_benches::stored::Stored;
use divan::Bencher;

use super::tracked;

/// The whole frame, scaled for the detector.
#[divan::bench(args = Stored::all())]
fn letterbox(bencher: Bencher<'_, '_>, stored: Stored) {
    let bytes = stored.bytes(Clip::at(stored.1).unwrap());
    let mut input = vec![0.0; 128 * 128 * 3];
    bencher.bench_local(|| steps::letterbox(&stored.frame(&bytes), &mut input));
}

/// The turned square around the face, scaled for the landmark model.
#[divan::bench(args = Stored::all())]
fn crop(bencher: Bencher<'_, '_>, stored: Stored) {
    let bytes = stored.bytes(Clip::at(stored.1).unwrap());
    let mut input = vec![0.0; 256 * 256 * 3];
    let face = face(stored.1);
    bencher.bench_local(|| steps::crop_face(&stored.frame(&bytes), face, &mut input));
}

/// The same after the whole frame has become RGBA.
#[divan::bench(args = Stored::all())]
fn convert_then_crop(bencher: Bencher<'_, '_>, stored: Stored) {
    let bytes = stored.bytes(Clip::at(stored.1).unwrap());
    let mut input = vec![0.0; 256 * 256 * 3];
    let (face, mut rgba) = (face(stored.1), Vec::new());
    bencher.bench_local(|| {
        stored.frame(&bytes).write_rgba(&mut rgba);
        let upright = Stored(PixelFormat::Rgba8, stored.1);
        steps::crop_face(&upright.frame(&rgba), face, &mut input);
    });
}

/// The clip's first face.
fn face(size: Size) -> &'static Landmarks {
    static FACES: [OnceLock<Landmarks>; 2] = [const { OnceLock::new() }; 2];
    let place = SIZES.iter().position(|&known| known == size).unwrap();
    FACES[place].get_or_init(|| tracked(size)[0].faces[0].landmarks_px.clone())
}
