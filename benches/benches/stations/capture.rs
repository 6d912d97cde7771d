//! Station 1, the part that does not wait for a device: motion JPEG to RGBA.

use carmine_benches::{avi, clip};
use divan::Bencher;

/// One frame of the clip at its own 960×720.
#[divan::bench]
fn decode(bencher: Bencher<'_, '_>) {
    let file = clip::encoded().unwrap();
    let mut jpegs = avi::frames(&file).into_iter().cycle();
    let mut pixels = Vec::new();
    bencher.bench_local(|| clip::decode(jpegs.next().unwrap(), &mut pixels).unwrap());
}
