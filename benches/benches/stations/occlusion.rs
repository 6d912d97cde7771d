//! Station 3, its second half: what hides the face.

use carmine::face::OcclusionEstimator;
use carmine_benches::clip::{Clip, SIZES, STEP, Size};
use divan::Bencher;

use super::{fitted, tracked};

/// Unwrapping one face, comparing it with its model, updating the model.
#[divan::bench(args = SIZES)]
fn estimate(bencher: Bencher<'_, '_>, size: Size) {
    let clip = Clip::at(size).unwrap();
    let faces: Vec<_> = tracked(size).iter().map(|faces| fitted(faces, size)).collect();
    let mut estimator = OcclusionEstimator::new().unwrap();
    let mut index = 0;
    bencher.bench_local(|| {
        let at = index % faces.len();
        index += 1;
        assert_eq!(estimator.estimate(&clip.frame(at).with_time(STEP * index as u32), &faces[at]).len(), 1);
    });
}
