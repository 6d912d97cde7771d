//! Station 4.

use carmine::light::LightEstimator;
use carmine_benches::clip::{Clip, SIZES, Size};
use divan::Bencher;

use super::{fitted, tracked};

/// Room, skin, key light and the lips' map of one face.
#[divan::bench(args = SIZES)]
fn estimate(bencher: Bencher<'_, '_>, size: Size) {
    let clip = Clip::at(size).unwrap();
    let faces: Vec<_> = tracked(size).iter().map(|faces| fitted(faces, size)).collect();
    let mut estimator = LightEstimator::default();
    let mut index = 0;
    bencher.bench_local(|| {
        let at = index % faces.len();
        index += 1;
        // Time advances, so that the estimate is smoothed as in a mirror.
        let frame = clip.frame(at).with_time(carmine_benches::clip::STEP * index as u32);
        estimator.estimate(&frame, &faces[at]).room
    });
}
