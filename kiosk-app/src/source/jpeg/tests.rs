//! JPEGs of every kind: decoded, or named for what they are.

use proptest::prelude::*;

use super::written::{Component, Written, adobe, full, icc, jfif};
use super::*;

/// A small JPEG with a gradient.
pub fn sample(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8 * 4, y as u8 * 4, shade]));
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

/// Takes the Huffman tables out, as cameras do that save the room.
pub fn without_tables(jpeg: &[u8]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    let mut at = 2;
    while jpeg[at + 1] != 0xDA {
        let length = 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        if jpeg[at + 1] != 0xC4 {
            out.extend(&jpeg[at..at + length]);
        }
        at += length;
    }
    out.extend(&jpeg[at..]);
    out
}

/// The channels of the pixel at a place.
fn pixel(picture: &Picture, x: usize, y: usize) -> Vec<u8> {
    let channels = if picture.format == PixelFormat::Rgb8 { 3 } else { 4 };
    let at = (y * picture.width as usize + x) * channels;
    picture.data[at..at + channels].to_vec()
}

fn near(a: &[u8], b: &[u8], most: u8) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(*b) <= most)
}

#[test]
fn decodes_and_tells_a_cut_off_picture() {
    let bytes = sample(32, 16, 90);
    let mut picture = Picture::default();
    decode(&bytes, &mut picture).unwrap();
    assert_eq!((picture.width, picture.height, picture.data.len()), (32, 16, 32 * 16 * 4));
    assert!(near(&pixel(&picture, 20, 8), &[80, 32, 90, 255], 12), "{:?}", pixel(&picture, 20, 8));
    for cut in [0, 1, 2, 3, 20, bytes.len() / 2, bytes.len() - 2] {
        assert!(decode(&bytes[..cut], &mut picture).is_err(), "cut at {cut}");
    }
}

#[test]
fn without_huffman_tables_it_has_the_standard_ones() {
    let whole = sample(64, 48, 120);
    let bare = without_tables(&whole);
    assert!(bare.len() < whole.len() - 300);
    let [mut with, mut without] = [Picture::default(), Picture::default()];
    decode(&whole, &mut with).unwrap();
    decode(&bare, &mut without).unwrap();
    assert_eq!(with.data, without.data);
}

fn luma(column: usize, row: usize) -> u8 {
    60 + (column * 11 + row * 7) as u8
}
fn blue(column: usize, row: usize) -> u8 {
    100 + (column * 5 + row * 3) as u8
}
fn red(column: usize, row: usize) -> u8 {
    150 + (column * 2 + row * 4) as u8
}

/// The colour that JFIF gives these channels.
fn colour([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let [y, cb, cr] = [f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0];
    [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb].map(|v| v.round().clamp(0.0, 255.0) as u8)
}

#[test]
fn channels_in_separate_scans_in_any_order_and_sampling() {
    for sampling in [[1, 1], [2, 1], [2, 2]] {
        for scans in [
            vec![vec![0, 1, 2]],
            vec![vec![0], vec![1], vec![2]],
            vec![vec![1], vec![2], vec![0]],
            vec![vec![0], vec![1, 2]],
        ] {
            for has_tables in [true, false] {
                let components = vec![Component { sampling, ..full(1, luma) }, full(2, blue), full(3, red)];
                let mut written =
                    Written { scans: scans.clone(), has_tables, segments: jfif(), ..Written::of([70, 50], components) };
                written.frame = 0xC0;
                let mut picture = Picture::default();
                let decoded = decode(&written.bytes(), &mut picture);
                assert!(decoded.is_ok(), "{sampling:?} {scans:?} {has_tables}: {decoded:?}");
                assert_eq!((picture.width, picture.height), (70, 50));
                // In the middle of chroma's blocks, so that their upsampling does not matter.
                for (x, y) in [(4, 4), (20, 12), (37, 20), (52, 36), (66, 44)] {
                    let chroma = [x / (8 * sampling[0]), y / (8 * sampling[1])];
                    let expected = colour([luma(x / 8, y / 8), blue(chroma[0], chroma[1]), red(chroma[0], chroma[1])]);
                    let seen = pixel(&picture, x, y);
                    assert!(near(&seen, &expected, 4), "{sampling:?} {scans:?} at {x}, {y}: {seen:?} for {expected:?}");
                }
            }
        }
    }
}

#[test]
fn red_green_and_blue_by_adobes_marker_or_by_name() {
    for (ids, segments) in [([1, 2, 3], adobe(0)), ([b'R', b'G', b'B'], Vec::new())] {
        for scans in [vec![vec![0, 1, 2]], vec![vec![0], vec![1], vec![2]]] {
            let components = vec![full(ids[0], luma), full(ids[1], blue), full(ids[2], red)];
            let written = Written { segments: segments.clone(), scans, ..Written::of([40, 24], components) };
            let mut picture = Picture::default();
            assert_eq!(decode(&written.bytes(), &mut picture).unwrap().channels, Channels::Rgb);
            let seen = pixel(&picture, 20, 12);
            assert!(near(&seen, &[luma(2, 1), blue(2, 1), red(2, 1)], 1), "{ids:?}: {seen:?}");
        }
    }
}

#[test]
fn inks_of_print_as_adobe_stores_them_and_as_others_do() {
    fn black(_: usize, row: usize) -> u8 {
        200 + row as u8
    }
    let stored = [luma(2, 1), blue(2, 1), red(2, 1), black(2, 1)];
    let components = || vec![full(1, luma), full(2, blue), full(3, red), full(4, black)];
    let [r, g, b] = colour([stored[0], stored[1], stored[2]]);
    for (segments, inks) in
        [(adobe(0), stored.map(|value| 255 - value)), (Vec::new(), stored), (adobe(2), [r, g, b, 255 - stored[3]])]
    {
        for scans in [vec![vec![0, 1, 2, 3]], vec![vec![0], vec![1], vec![2], vec![3]]] {
            let written =
                Written { segments: segments.clone(), scans: scans.clone(), ..Written::of([40, 24], components()) };
            let mut picture = Picture::default();
            assert_eq!(decode_as_is(&written.bytes(), &mut picture).unwrap().channels, Channels::Cmyk);
            let seen = pixel(&picture, 20, 12);
            assert!(near(&seen, &inks, 2), "{segments:?} {scans:?}: {seen:?} for {inks:?}");
            assert!(matches!(decode(&written.bytes(), &mut picture), Err(JpegDecodeError::Kind(_))));
        }
    }
}

#[test]
fn what_it_says_of_itself_comes_with_it() {
    let exif = super::super::exif::tests::block(true, 0x0112, 4, 6);
    let segments =
        [jfif(), super::written::segment(0xE1, &[b"Exif\0\0", &exif[..]].concat()), icc(b"a profile")].concat();
    for scans in [vec![vec![0, 1, 2]], vec![vec![0], vec![1], vec![2]]] {
        let components = vec![full(1, luma), full(2, blue), full(3, red)];
        let written = Written { segments: segments.clone(), scans, ..Written::of([16, 16], components) };
        let bytes = written.bytes();
        let decoded = decode(&bytes, &mut Picture::default()).unwrap();
        assert_eq!(decoded.exif.as_deref(), Some(&exif[..]));
        assert_eq!(profile::of(&bytes).unwrap().unwrap().bytes, b"a profile");
    }
    let grey = Written::of([16, 16], vec![full(1, luma)]);
    assert_eq!(decode(&grey.bytes(), &mut Picture::default()).unwrap().channels, Channels::Grey);
}

#[test]
fn kinds_that_are_not_read_are_named() {
    for (frame, bits, name) in [
        (0xC9, 8, "arithmetic coding"),
        (0xCA, 8, "arithmetic coding"),
        (0xC3, 8, "lossless"),
        (0xCB, 8, "lossless"),
        (0xC5, 8, "hierarchical"),
        (0xCD, 8, "hierarchical"),
        (0xF7, 8, "JPEG-LS"),
        (0xC1, 12, "12 bits"),
        (0xC2, 12, "12 bits"),
    ] {
        let written =
            Written { frame, bits, ..Written::of([16, 16], vec![full(1, luma), full(2, blue), full(3, red)]) };
        let error = decode(&written.bytes(), &mut Picture::default()).unwrap_err();
        assert!(matches!(error, JpegDecodeError::Kind(kind) if kind.contains(name)), "{frame:x}: {error}");
    }
    let two = Written::of([16, 16], vec![full(1, luma), full(2, blue)]);
    assert!(matches!(decode(&two.bytes(), &mut Picture::default()), Err(JpegDecodeError::Kind(_))));
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = decode_as_is(&bytes, &mut Picture::default());
        let mut with_magic = vec![0xFF, 0xD8, 0xFF];
        with_magic.extend(&bytes);
        let _ = decode_as_is(&with_magic, &mut Picture::default());
    }

    #[test]
    fn flipped_bytes_never_panic(at in 2_usize..2000, value in any::<u8>(), separate in any::<bool>(), tables in any::<bool>()) {
        let scans = if separate { vec![vec![0], vec![1], vec![2]] } else { vec![vec![0, 1, 2]] };
        let components = vec![Component { sampling: [2, 2], ..full(1, luma) }, full(2, blue), full(3, red)];
        let written = Written { scans, has_tables: tables, segments: adobe(1), ..Written::of([40, 40], components) };
        for mut bytes in [written.bytes(), sample(24, 24, 10)] {
            let at = at % bytes.len();
            bytes[at] = value;
            let _ = decode_as_is(&bytes, &mut Picture::default());
        }
    }
}
