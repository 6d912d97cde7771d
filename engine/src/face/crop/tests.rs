//! The crop against the same in plain numbers, pixel by pixel.

use glam::{DVec2, Vec2};
use proptest::prelude::*;

use super::*;
use crate::frame::{PixelFormat, Rotation, YuvCoding};

/// Red grows to the right, green downwards.
fn ramp(width: usize, height: usize) -> Vec<u8> {
    (0..width * height).flat_map(|at| [(at % width * 8) as u8, (at / width * 8) as u8, 100, 255]).collect()
}

/// A crop into rows with room between them, which must stay as it is.
fn take_from(frame: &Frame<'_>, roi: &Roi, side: usize, border: Border, range: ValueRange) -> Vec<f32> {
    let row_stride = side * 3 + 5;
    let mut values = vec![f32::INFINITY; row_stride * side];
    crop(frame, roi, side, border, range, InputTensor { values: &mut values, row_stride });
    let rows = values.chunks(row_stride).map(|row| row.split_at(side * 3));
    rows.flat_map(|(row, room)| {
        assert!(room.iter().all(|value| *value == f32::INFINITY));
        row.to_vec()
    })
    .collect()
}

/// The same as [`crop`], in plain numbers: pixel by pixel of the upright picture.
fn plain(frame: &Frame<'_>, roi: &Roi, side: usize, border: Border, range: ValueRange) -> Vec<f32> {
    let fixed = |point: DVec2| (point * (1_u64 << 32) as f64).to_array().map(|value| value as i64);
    let step = Vec2::from_angle(roi.rotation_rad).as_dvec2() * f64::from(roi.size_px) / side as f64;
    let origin = fixed(roi.frame_from_crop(Vec2::ZERO, side).as_dvec2() + 1.0 / 64.0);
    let (across, down) = (fixed(step), fixed(step.perp()));
    let last = [frame.width() as i64 - 1, frame.height() as i64 - 1];
    let tap = |x: i64, y: i64, channel: usize| {
        let inside = (0..=last[0]).contains(&x) && (0..=last[1]).contains(&y);
        let colour = frame.rgb_at(x.clamp(0, last[0]) as u32, y.clamp(0, last[1]) as u32);
        if inside || border == Border::Replicate { i64::from(colour[channel]) } else { 0 }
    };
    let mut out = Vec::new();
    for (v, u) in (0..side as i64).flat_map(|v| (0..side as i64).map(move |u| (v, u))) {
        let [x, y] = [0, 1].map(|axis| (origin[axis] + across[axis] * u + down[axis] * v) >> 27);
        let ([column, row], [right, lower]) = ([x >> 5, y >> 5], [x & 31, y & 31]);
        for channel in 0..3 {
            let above = tap(column, row, channel) * (32 - right) + tap(column + 1, row, channel) * right;
            let below = tap(column, row + 1, channel) * (32 - right) + tap(column + 1, row + 1, channel) * right;
            let level = (above * (32 - lower) + below * lower + 512) >> 10;
            out.push(level as f32 * ((range.white - range.black) / 255.0) + range.black);
        }
    }
    out
}

fn any_frame() -> impl Strategy<Value = (PixelFormat, Rotation, u32, u32, usize, YuvCoding)> {
    let formats = PixelFormat::ALL.to_vec();
    let rotations = vec![Rotation::None, Rotation::Cw90, Rotation::Cw180, Rotation::Cw270];
    let coding = (any::<bool>(), any::<bool>()).prop_map(|(bt709, full_range)| YuvCoding { bt709, full_range });
    let sides = (1_u32..24, 1_u32..24);
    (prop::sample::select(formats), prop::sample::select(rotations), sides, 0_usize..7, coding).prop_map(
        |(format, rotation, (width, height), spare, yuv)| (format, rotation, width * 2, height * 2, spare, yuv),
    )
}

fn any_roi() -> impl Strategy<Value = Roi> {
    // Whole pixels and quarter turns reach positions that chance seldom hits.
    let free = (-30.0_f32..80.0, -30.0_f32..80.0, 0.3_f32..120.0, -3.2_f32..3.2);
    let even = (-8_i16..56, -8_i16..56, 1_i16..64, 0_i16..4).prop_map(|(x, y, size, turns)| {
        (f32::from(x), f32::from(y), f32::from(size), f32::from(turns) * std::f32::consts::FRAC_PI_2)
    });
    prop_oneof![free, even].prop_map(|(x, y, size_px, rotation_rad)| Roi {
        centre_px: Vec2::new(x, y),
        size_px,
        rotation_rad,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn every_format_and_rotation_gives_the_bits_of_the_plain_way(
        (format, rotation, width, height, spare, yuv) in any_frame(),
        roi in any_roi(),
        side in 1_usize..140,
        border in prop::sample::select(vec![Border::Zero, Border::Replicate]),
        seed in any::<u64>(),
    ) {
        let stride = width as usize * 4 + spare;
        let noise = |at: u64| ((at ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as u8;
        let data: Vec<u8> = (0..(stride * height as usize * 2) as u64).map(noise).collect();
        let frame = Frame::with_stride(&data, format, width, height, stride).unwrap();
        let frame = frame.with_rotation(rotation).with_yuv_coding(yuv);
        let range = if border == Border::Zero { ValueRange::SIGNED } else { ValueRange::UNIT };
        let found = take_from(&frame, &roi, side, border, range);
        let wanted = plain(&frame, &roi, side, border, range);
        prop_assert_eq!(found.len(), wanted.len());
        let differ = found.iter().zip(&wanted).position(|(found, wanted)| found.to_bits() != wanted.to_bits());
        prop_assert_eq!(differ, None);
    }
}

fn take(roi: Roi, side: usize, border: Border) -> Vec<[f32; 3]> {
    let data = ramp(16, 16);
    let frame = Frame::new(&data, PixelFormat::Rgba8, 16, 16).unwrap();
    take_from(&frame, &roi, side, border, ValueRange { black: 0.0, white: 255.0 }).as_chunks::<3>().0.to_vec()
}

#[test]
fn samples_lie_on_the_frame_without_a_half_pixel() {
    let roi = Roi { centre_px: Vec2::splat(8.0), size_px: 8.0, rotation_rad: 0.0 };
    assert_eq!(take(roi, 8, Border::Replicate)[9], [40.0, 40.0, 100.0]);
    assert_eq!(take(roi, 16, Border::Replicate)[17], [36.0, 36.0, 100.0]);
}

#[test]
fn a_quarter_turn_reads_downwards() {
    let roi = Roi { centre_px: Vec2::splat(8.0), size_px: 8.0, rotation_rad: std::f32::consts::FRAC_PI_2 };
    let pixels = take(roi, 8, Border::Replicate);
    assert_eq!([pixels[0], pixels[1]], [[96.0, 32.0, 100.0], [96.0, 40.0, 100.0]]);
}

#[test]
fn outside_the_frame_lies_its_border() {
    let roi = Roi { centre_px: Vec2::splat(-40.0), size_px: 8.0, rotation_rad: 0.3 };
    assert!(take(roi, 8, Border::Zero).iter().all(|&pixel| pixel == [0.0; 3]));
    assert!(take(roi, 8, Border::Replicate).iter().all(|&pixel| pixel == [0.0, 0.0, 100.0]));
}

#[test]
fn the_whole_frame_and_far_more_can_be_sampled() {
    for size_px in [1e-3, 16.0, 17.0, 65_536.0] {
        for rotation_rad in [0.0, 0.7, -3.1] {
            let roi = Roi { centre_px: Vec2::splat(8.0), size_px, rotation_rad };
            let pixels = take(roi, 32, Border::Replicate);
            assert!(pixels.as_flattened().iter().all(|value| (0.0..=255.0).contains(value)));
        }
    }
}
