//! JPEG and WebP photos with colour profiles, as cameras, editors and print shops write them.

use moxcms::ColorProfile;

use super::super::colour::tests::printer;
use super::super::exif::tests::block;
use super::super::jpeg::written::{Written, adobe as adobes_marker, full, icc, jfif, segment};
use super::tests::{COLOURS, adobe, close, colours, opened};

/// A photo of four colours side by side, with these segments.
fn photo(segments: Vec<u8>) -> Vec<u8> {
    photo_in(vec![vec![0, 1, 2]], segments)
}

/// The same with its channels in these scans.
fn photo_in(scans: Vec<Vec<usize>>, segments: Vec<u8>) -> Vec<u8> {
    fn red(column: usize, _: usize) -> u8 {
        COLOURS[column][0]
    }
    fn green(column: usize, _: usize) -> u8 {
        COLOURS[column][1]
    }
    fn blue(column: usize, _: usize) -> u8 {
        COLOURS[column][2]
    }
    let channels = vec![full(b'R', red), full(b'G', green), full(b'B', blue)];
    Written { scans, segments, ..Written::of([32, 8], channels) }.bytes()
}

/// Those colours as they are read, and what is told.
fn four(photo: &[u8]) -> (Vec<[u8; 3]>, Option<String>) {
    let (picture, told) = opened(photo);
    let mut rgba = Vec::new();
    picture.frame().unwrap().write_rgba(&mut rgba);
    let middle = |column: usize| std::array::from_fn(|channel| rgba[(8 * column + 4) * 4 + channel]);
    ((0..4).map(middle).collect(), told)
}

/// A profile in several parts.
fn in_parts(profile: &[u8], count: usize) -> Vec<Vec<u8>> {
    let parts = profile.chunks(profile.len().div_ceil(count)).enumerate();
    parts
        .map(|(at, part)| segment(0xE2, &[b"ICC_PROFILE\0", &[at as u8 + 1, count as u8][..], part].concat()))
        .collect()
}

#[test]
fn a_profile_that_is_there_twice_is_that_profile() {
    let profile = in_parts(&ColorProfile::new_adobe_rgb().encode().unwrap(), 3);
    let other = in_parts(&ColorProfile::new_display_p3().encode().unwrap(), 2);
    for (what, segments, says) in [
        ("once", profile.concat(), None),
        ("twice", [profile.concat(), profile.concat()].concat(), None),
        ("one copy cut off before it", [profile[..1].concat(), profile.concat()].concat(), None),
        ("one copy cut off behind it", [profile.concat(), profile[..2].concat()].concat(), None),
        ("another behind it", [profile.concat(), other.concat()].concat(), Some("two colour profiles that differ")),
    ] {
        let (seen, told) = four(&photo(segments));
        assert!(close(&seen, &adobe(&COLOURS), 2), "{what}: {seen:?}");
        assert_eq!(told.is_some(), says.is_some(), "{what}: {told:?}");
        assert!(told.unwrap_or_default().contains(says.unwrap_or_default()), "{what}");
    }
}

#[test]
fn a_profile_without_one_of_its_parts_is_told() {
    let (seen, told) = four(&photo(in_parts(&ColorProfile::new_adobe_rgb().encode().unwrap(), 3)[..2].concat()));
    assert!(close(&seen, &COLOURS, 2), "{seen:?}");
    let told = told.unwrap();
    assert!(told.contains("a part of it is missing") && told.contains("taken as sRGB"), "{told}");
}

#[test]
fn jpegs_and_webps_with_a_profile() {
    let profile = ColorProfile::new_adobe_rgb().encode().unwrap();
    let expected = adobe(&COLOURS);
    for scans in [vec![vec![0, 1, 2]], vec![vec![0], vec![1], vec![2]]] {
        let (seen, told) = four(&photo_in(scans, icc(&profile)));
        assert!(close(&seen, &expected, 2) && told.is_none(), "{seen:?} for {expected:?}");
    }
    let mut webp = Vec::new();
    let mut encoder = image_webp::WebPEncoder::new(&mut webp);
    encoder.set_icc_profile(profile);
    encoder.encode(&COLOURS.concat(), 2, 2, image_webp::ColorType::Rgb8).unwrap();
    assert!(close(&colours(&webp), &expected, 2));
    // What a camera writes for Adobe RGB without a profile.
    let mut exif = block(false, 0x8769, 4, 26);
    exif.truncate(26);
    exif.extend([0, 1, 0xA0, 1, 0, 3, 0, 0, 0, 1, 0, 2, 0, 0]);
    let (seen, told) = four(&photo(segment(0xE1, &[b"Exif\0\0", &exif[..]].concat())));
    assert!(close(&seen, &expected, 2) && told.is_none(), "{seen:?} for {expected:?}");
}

#[test]
fn grey_jpegs_with_a_profile_of_their_own_or_of_three_channels() {
    fn level(column: usize, _: usize) -> u8 {
        [55, 255][column]
    }
    let grey = |segments| Written { segments, ..Written::of([16, 8], vec![full(1, level)]) }.bytes();
    let ends = |bytes: &[u8]| {
        let seen = colours(bytes);
        [seen[4], seen[12]]
    };
    assert!(close(&ends(&grey(jfif())), &[[55; 3], [255; 3]], 0));
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    assert!(close(&ends(&grey(icc(&linear))), &[[128; 3], [255; 3]], 1));
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    assert!(close(&ends(&grey(icc(&srgb))), &[[55; 3], [255; 3]], 0));
}

#[test]
fn jpegs_for_print_become_light() {
    fn some(_: usize, _: usize) -> u8 {
        200
    }
    fn most(_: usize, _: usize) -> u8 {
        250
    }
    let inks = vec![full(1, some), full(2, most), full(3, most), full(4, most)];
    let adobe = Written { segments: adobes_marker(0), ..Written::of([8, 8], inks) };
    // Stored upside down: light is left where the numbers are high.
    assert!(close(&colours(&adobe.bytes())[..1], &[[196, 245, 245]], 2), "{:?}", colours(&adobe.bytes())[0]);
}

#[test]
fn jpegs_for_print_with_a_printers_profile() {
    fn none(_: usize, _: usize) -> u8 {
        255
    }
    fn black(column: usize, _: usize) -> u8 {
        [255, 0][column]
    }
    let inks = vec![full(1, none), full(2, none), full(3, none), full(4, black)];
    let segments = [adobes_marker(0), icc(&printer())].concat();
    let seen = colours(&Written { segments, ..Written::of([16, 8], inks) }.bytes());
    assert!(close(&[seen[4], seen[12]], &[[255; 3], [0; 3]], 3), "{:?} {:?}", seen[4], seen[12]);
}
