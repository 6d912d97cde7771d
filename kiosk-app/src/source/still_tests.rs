//! Pictures as people's files come: what their numbers mean, how they are turned, what lies below them.

use moxcms::ColorProfile;
use proptest::prelude::*;

use super::super::colour::PAPER;
use super::super::exif::tests::block;
use super::super::jpeg::written::{Written, full, icc, segment};
use super::*;

/// A PNG chunk with its checksum (PNG specification, 5.3).
fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let named = [&name[..], body].concat();
    let crc = !named.iter().fold(!0_u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    [&(body.len() as u32).to_be_bytes()[..], &named, &crc.to_be_bytes()].concat()
}

/// The colours of the samples below.
pub const COLOURS: [[u8; 3]; 4] = [[200, 40, 30], [30, 180, 60], [40, 60, 190], [180, 150, 130]];

/// A PNG of two by two pixels with further chunks before and behind its pixels.
fn png(before: &[u8], behind: &[u8]) -> Vec<u8> {
    png_of(png::ColorType::Rgb, png::BitDepth::Eight, [2, 2], &COLOURS.concat(), before, behind)
}

fn png_of(
    color: png::ColorType,
    depth: png::BitDepth,
    [width, height]: [u32; 2],
    pixels: &[u8],
    before: &[u8],
    behind: &[u8],
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(depth);
    if color == png::ColorType::Indexed {
        encoder.set_palette(COLOURS.concat());
        encoder.set_trns(vec![255, 0]);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(pixels).unwrap();
    writer.finish().unwrap();
    // Eight bytes of signature and 25 of the header come first, twelve of the end last.
    let end = bytes.len() - 12;
    [&bytes[..33], before, &bytes[33..end], behind, &bytes[end..]].concat()
}

/// Compressed without compression: one stored block (RFC 1950, RFC 1951).
fn stored(bytes: &[u8]) -> Vec<u8> {
    let (a, b) = bytes
        .iter()
        .fold((1_u32, 0_u32), |(a, b), byte| ((a + u32::from(*byte)) % 65521, (a + u32::from(*byte) + b) % 65521));
    let length = bytes.len() as u16;
    [&[0x78, 0x01, 0x01], &length.to_le_bytes()[..], &(!length).to_le_bytes(), bytes, &(b << 16 | a).to_be_bytes()]
        .concat()
}

fn iccp(profile: &ColorProfile) -> Vec<u8> {
    chunk(b"iCCP", &[b"own\0\0", &stored(&profile.encode().unwrap())[..]].concat())
}

fn gama(gamma: u32) -> Vec<u8> {
    chunk(b"gAMA", &gamma.to_be_bytes())
}

fn chrm(places: [u32; 8]) -> Vec<u8> {
    chunk(b"cHRM", &places.map(u32::to_be_bytes).concat())
}

const SRGB_PLACES: [u32; 8] = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000];
const ADOBE_PLACES: [u32; 8] = [31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000];

pub fn opened(bytes: &[u8]) -> (Picture, Option<String>) {
    let still = Still::from_bytes("photo", bytes).unwrap();
    let warning = still.warning();
    (still.picture, warning)
}

/// Its pixels as red, green and blue.
pub fn colours(bytes: &[u8]) -> Vec<[u8; 3]> {
    let (picture, warning) = opened(bytes);
    assert_eq!(warning, None);
    let mut rgba = Vec::new();
    picture.frame().unwrap().write_rgba(&mut rgba);
    assert!(rgba.iter().skip(3).step_by(4).all(|alpha| *alpha == 255));
    rgba.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

pub fn close(seen: &[[u8; 3]], expected: &[[u8; 3]], most: u8) -> bool {
    seen.len() == expected.len()
        && seen.iter().flatten().zip(expected.iter().flatten()).all(|(a, b)| a.abs_diff(*b) <= most)
}

/// What these colours are in sRGB where they are Adobe RGB's, by its own standard.
pub fn adobe(colours: &[[u8; 3]]) -> Vec<[u8; 3]> {
    let encoded = |light: f64| {
        let light = light.clamp(0.0, 1.0);
        let code = if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
        (code * 255.0).round() as u8
    };
    let of = |colour: &[u8; 3]| {
        let [r, g, b] = colour.map(|code| (f64::from(code) / 255.0).powf(2.199_218_75));
        [1.398_283 * r - 0.398_283 * g, g, -0.042_938 * g + 1.042_938 * b].map(encoded)
    };
    colours.iter().map(of).collect()
}

#[test]
fn pngs_whose_chunks_say_what_their_numbers_mean() {
    let linear = |colours: [[u8; 3]; 4]| {
        colours.map(|colour| {
            colour.map(|code| {
                let light = f64::from(code) / 255.0;
                ((1.055 * light.powf(1.0 / 2.4) - 0.055) * 255.0).round() as u8
            })
        })
    };
    let adobe_gamma = gama(45470);
    let adobe_icc = iccp(&ColorProfile::new_adobe_rgb());
    let srgb = chunk(b"sRGB", &[0]);
    let cicp = |primaries, transfer| chunk(b"cICP", &[primaries, transfer, 0, 1]);
    let p3 = colours(&png(&iccp(&ColorProfile::new_display_p3()), &[]));
    for (name, before, expected) in [
        ("nothing", Vec::new(), COLOURS.to_vec()),
        ("sRGB", srgb.clone(), COLOURS.to_vec()),
        ("sRGB's gamma, as many programs write it", gama(45455), COLOURS.to_vec()),
        ("sRGB's gamma, rounded", gama(45000), COLOURS.to_vec()),
        ("sRGB's gamma and primaries", [gama(45455), chrm(SRGB_PLACES)].concat(), COLOURS.to_vec()),
        ("linear light", gama(100_000), linear(COLOURS).to_vec()),
        ("a gamma of nothing", gama(0), COLOURS.to_vec()),
        ("Adobe RGB by gamma and primaries", [adobe_gamma.clone(), chrm(ADOBE_PLACES)].concat(), adobe(&COLOURS)),
        ("Adobe RGB by its profile", adobe_icc.clone(), adobe(&COLOURS)),
        ("a profile goes before gamma and primaries", [gama(100_000), adobe_icc.clone()].concat(), adobe(&COLOURS)),
        ("sRGB goes before gamma and primaries", [gama(100_000), chrm(ADOBE_PLACES), srgb].concat(), COLOURS.to_vec()),
        ("sRGB by code points", cicp(1, 13), COLOURS.to_vec()),
        ("video's code points", cicp(1, 1), COLOURS.to_vec()),
        ("unknown code points", cicp(2, 2), COLOURS.to_vec()),
        ("Display P3 by code points", cicp(12, 13), p3.clone()),
        ("code points go before a profile", [cicp(1, 13), adobe_icc].concat(), COLOURS.to_vec()),
    ] {
        let seen = colours(&png(&before, &[]));
        assert!(close(&seen, &expected, 2), "{name}: {seen:?} for {expected:?}");
        if expected == COLOURS {
            assert_eq!(seen, COLOURS, "{name}: sRGB stays as it is");
        }
    }
    assert!(p3[0][0] > COLOURS[0][0] + 5, "{p3:?}");
}

#[test]
fn high_dynamic_range_is_brought_below_white() {
    // Codes of 203 cd/m² and of 1000 cd/m², in 16 bits.
    for (transfer, white, peak) in [(16_u8, 0.5807_f64, 0.7518_f64), (18, 0.75, 1.0)] {
        let sixteen = |code: f64| ((code * 65535.0).round() as u16).to_be_bytes();
        let pixels: Vec<u8> = [white, peak].iter().flat_map(|code| [sixteen(*code); 3]).flatten().collect();
        let cicp = chunk(b"cICP", &[9, transfer, 0, 1]);
        let seen = colours(&png_of(png::ColorType::Rgb, png::BitDepth::Sixteen, [2, 1], &pixels, &cicp, &[]));
        assert!((235..=245).contains(&seen[0][1]) && seen[1][1] >= 253, "{transfer}: {seen:?}");
    }
}

#[test]
fn pngs_of_every_kind_of_pixel() {
    use png::{BitDepth, ColorType};
    let paper = [PAPER; 3];
    let transparent = chunk(b"tRNS", &[0, 200, 0, 40, 0, 30]);
    let sixteen: Vec<u8> = COLOURS.concat().iter().flat_map(|value| [*value, *value]).collect();
    let with_alpha =
        |alpha: [u8; 4]| -> Vec<u8> { COLOURS.iter().zip(alpha).flat_map(|([r, g, b], a)| [*r, *g, *b, a]).collect() };
    let [a, b, c, d] = COLOURS;
    for (name, bytes, expected) in [
        ("16 bits", png_of(ColorType::Rgb, BitDepth::Sixteen, [2, 2], &sixteen, &[], &[]), COLOURS.to_vec()),
        ("grey", png_of(ColorType::Grayscale, BitDepth::Eight, [2, 1], &[9, 200], &[], &[]), vec![[9; 3], [200; 3]]),
        (
            "grey of one bit",
            png_of(ColorType::Grayscale, BitDepth::One, [2, 1], &[0x40], &[], &[]),
            vec![[0; 3], [255; 3]],
        ),
        (
            "grey in linear light",
            png_of(ColorType::Grayscale, BitDepth::Eight, [2, 1], &[55, 255], &gama(100_000), &[]),
            vec![[128; 3], [255; 3]],
        ),
        (
            "grey with alpha",
            png_of(ColorType::GrayscaleAlpha, BitDepth::Eight, [2, 1], &[9, 255, 9, 0], &[], &[]),
            vec![[9; 3], paper],
        ),
        (
            "alpha",
            png_of(ColorType::Rgba, BitDepth::Eight, [2, 2], &with_alpha([255, 0, 0, 255]), &[], &[]),
            vec![a, paper, paper, d],
        ),
        ("one transparent colour", png(&transparent, &[]), vec![paper, b, c, d]),
        (
            "a palette",
            png_of(ColorType::Indexed, BitDepth::Eight, [2, 2], &[3, 2, 1, 0], &[], &[]),
            vec![d, c, paper, a],
        ),
    ] {
        let seen = colours(&bytes);
        assert!(close(&seen, &expected, 1), "{name}: {seen:?} for {expected:?}");
    }
}

/// Two pixels side by side, red and blue, as PNG, JPEG and WebP with this EXIF block.
fn turned(exif: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let (red, blue) = ([200, 40, 30], [40, 60, 190]);
    let pixels = [red, blue].concat();
    let png = |before: &[u8], behind: &[u8]| {
        png_of(png::ColorType::Rgb, png::BitDepth::Eight, [2, 1], &pixels, before, behind)
    };
    let mut webp = Vec::new();
    let mut encoder = image_webp::WebPEncoder::new(&mut webp);
    encoder.set_exif_metadata(exif.to_vec());
    encoder.encode(&pixels, 2, 1, image_webp::ColorType::Rgb8).unwrap();
    fn red_of(column: usize, _: usize) -> u8 {
        [200, 40][column]
    }
    fn green_of(column: usize, _: usize) -> u8 {
        [40, 60][column]
    }
    fn blue_of(column: usize, _: usize) -> u8 {
        [30, 190][column]
    }
    let segments = segment(0xE1, &[b"Exif\0\0", exif].concat());
    let channels = vec![full(b'R', red_of), full(b'G', green_of), full(b'B', blue_of)];
    let jpeg = Written { segments, ..Written::of([16, 8], channels) };
    vec![
        ("PNG", png(&chunk(b"eXIf", exif), &[])),
        ("PNG, behind its pixels", png(&[], &chunk(b"eXIf", exif))),
        ("WebP", webp),
        ("JPEG", jpeg.bytes()),
    ]
}

#[test]
fn every_turn_of_every_format_stands_upright() {
    for turn in 1..=8_u8 {
        for (is_little, kind) in [(true, 3), (false, 3), (true, 4), (false, 4)] {
            for (format, bytes) in turned(&block(is_little, 0x0112, kind, turn.into())) {
                let (picture, _) = opened(&bytes);
                let seen = colours(&bytes);
                let [width, height] = [picture.width, picture.height];
                // The first row's first pixel of the file is to be at this corner: EXIF 2.3, table of Orientation.
                let is_tall = turn >= 5;
                assert_eq!(height > width, is_tall, "{format} {turn}");
                let first_is_red = matches!(turn, 1 | 4 | 5 | 6);
                let first = seen[0];
                assert_eq!(first[0] > 100, first_is_red, "{format} turned {turn}, number of kind {kind}: {seen:?}");
            }
        }
    }
}

#[test]
fn a_broken_profile_is_told_and_the_picture_is_used() {
    let broken = chunk(b"iCCP", &[b"own\0\0", &stored(b"no profile, but long enough to be one")[..]].concat());
    let (picture, warning) = opened(&png(&broken, &[]));
    assert_eq!(picture.data[..3], COLOURS[0]);
    let told = warning.unwrap();
    assert!(told.starts_with("photo: its colour profile") && told.contains("taken as sRGB"), "{told}");
}

#[test]
fn a_broken_webp_is_told() {
    for bytes in [
        &b"RIFF\x10\0\0\0WEBPVP8 "[..],
        b"RIFF\x10\0\0\0WEBP",
        b"RIFF\xFF\xFF\xFF\xFFWEBPVP8X\x0A\0\0\0\x10\0\0\0\xFF\xFF\xFF\xFF\xFF\xFF",
    ] {
        let error = Still::from_bytes("photo", bytes).err().unwrap().to_string();
        assert!(error.contains("damaged") || error.contains("too large"), "{error}");
    }
}

proptest! {
    #[test]
    fn flipped_bytes_never_panic(at in 0_usize..4000, value in any::<u8>()) {
        let p3 = png(&[iccp(&ColorProfile::new_display_p3()), chunk(b"eXIf", &block(true, 0x0112, 4, 6))].concat(), &[]);
        let jpeg = Written { segments: icc(&ColorProfile::new_adobe_rgb().encode().unwrap()), ..Written::of([8, 8], vec![full(1, |_, _| 9)]) };
        let mut webp = Vec::new();
        image_webp::WebPEncoder::new(&mut webp).encode(&COLOURS.concat(), 2, 2, image_webp::ColorType::Rgb8).unwrap();
        for mut bytes in [p3, jpeg.bytes(), webp] {
            let at = at % bytes.len();
            bytes[at] = value;
            let _ = Still::from_bytes("photo", &bytes);
        }
    }
}
