//! Taps against [`Frame::rgb_at`], in every format.

use super::*;
use crate::frame::YuvCoding;

const WIDTH: u32 = 10;
const HEIGHT: u32 = 6;

fn colour<T: Taps>(taps: T, word: u32) -> [u8; 3] {
    let mut words = [word; BATCH];
    taps.to_colours(&mut words);
    let [r, g, b, _] = words[BATCH - 1].to_le_bytes();
    if T::BLUE_FIRST { [b, g, r] } else { [r, g, b] }
}

fn check<T: Taps>(frame: &Frame<'_>, taps: T) {
    assert_eq!(colour(taps, T::BLACK), [0; 3]);
    for (y, x) in (0..HEIGHT).flat_map(|y| (0..WIDTH).map(move |x| (y, x))) {
        let near = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)];
        assert_eq!(colour(taps, taps.tap(x as usize, y as usize)), frame.rgb_at(x, y), "{frame:?} {x},{y}");
        if x + 2 < WIDTH && y + 1 < HEIGHT {
            let colours = taps.quad(x as usize, y as usize).map(|word| colour(taps, word));
            assert_eq!(colours, near.map(|(x, y)| frame.rgb_at(x, y)), "{frame:?} {x},{y}");
        }
    }
}

#[test]
fn taps_are_the_colours_of_single_pixels() {
    for (format, spare) in PixelFormat::ALL.into_iter().flat_map(|format| [0, 1, 6].map(|spare| (format, spare))) {
        let stride = format.bytes_per_row(WIDTH) + spare;
        let needed = format.bytes_needed(stride - spare, stride, HEIGHT as usize).unwrap();
        // Not a byte more than a frame must have.
        let data: Vec<u8> = (0..needed).map(|i| (i * 37 % 251) as u8).collect();
        for (bt709, full_range) in [(false, false), (true, false), (false, true)] {
            let frame = Frame::with_stride(&data, format, WIDTH, HEIGHT, stride).unwrap();
            let frame = frame.with_yuv_coding(YuvCoding { bt709, full_range });
            match frame.taps() {
                AnyTaps::Rgba(taps) => check(&frame, taps),
                AnyTaps::Bgra(taps) => check(&frame, taps),
                AnyTaps::Rgb(taps) => check(&frame, taps),
                AnyTaps::Yuyv(taps) => check(&frame, taps),
                AnyTaps::Nv12(taps) => check(&frame, taps),
                AnyTaps::I420(taps) => check(&frame, taps),
            }
        }
    }
}
