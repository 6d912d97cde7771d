//! Profiles of every kind against the colours that they mean, each value by the formulas of its own standard.

use super::*;

fn converted(meaning: &Meaning, pixels: Pixels<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    assert_eq!(meaning.convert(pixels, &mut out), None);
    out
}

fn rgb(bytes: &[u8]) -> Pixels<'_> {
    Pixels { bytes, channels: Channels::Rgb, has_alpha: false, is_deep: false }
}

fn srgb_encoded(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let code = if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (code * 255.0).round() as u8
}

fn srgb_light(code: u8) -> f64 {
    let code = f64::from(code) / 255.0;
    if code <= 0.040_45 { code / 12.92 } else { ((code + 0.055) / 1.055).powf(2.4) }
}

/// A colour by hand: linear light, then a matrix to sRGB's primaries.
fn by_hand(code: [u8; 3], light: impl Fn(u8) -> f64, matrix: [[f64; 3]; 3]) -> [u8; 3] {
    let light = code.map(light);
    matrix.map(|row| srgb_encoded(row.iter().zip(light).map(|(cell, value)| cell * value).sum()))
}

const P3: [[f64; 3]; 3] =
    [[1.224_940, -0.224_940, 0.0], [-0.042_057, 1.042_057, 0.0], [-0.019_638, -0.078_636, 1.098_273]];
const ADOBE: [[f64; 3]; 3] = [[1.398_283, -0.398_283, 0.0], [0.0, 1.0, 0.0], [0.0, -0.042_938, 1.042_938]];
/// ProPhoto (ROMM) has a white of D50: Bradford's adaptation is in it.
const PRO_PHOTO: [[f64; 3]; 3] =
    [[2.034_367, -0.727_635, -0.306_733], [-0.228_827, 1.231_753, -0.002_927], [-0.008_558, -0.153_268, 1.161_826]];

/// Colours of skin, lips and cloth, none beyond sRGB in any of these spaces.
const COLOURS: [[u8; 3]; 7] = [[0; 3], [255; 3], [128; 3], [198, 150, 130], [92, 60, 48], [150, 72, 80], [60, 80, 110]];

#[test]
fn profiles_of_other_primaries() {
    let gamma = |exponent: f64| move |code: u8| (f64::from(code) / 255.0).powf(exponent);
    let romm = |code: u8| {
        let code = f64::from(code) / 255.0;
        if code < 16.0 / 512.0 { code / 16.0 } else { code.powf(1.8) }
    };
    for (name, profile, expect) in [
        ("Display P3", ColorProfile::new_display_p3(), COLOURS.map(|c| by_hand(c, srgb_light, P3))),
        ("Adobe RGB", ColorProfile::new_adobe_rgb(), COLOURS.map(|c| by_hand(c, gamma(2.199_218_75), ADOBE))),
        ("ProPhoto", ColorProfile::new_pro_photo_rgb(), COLOURS.map(|c| by_hand(c, romm, PRO_PHOTO))),
    ] {
        let meaning = Meaning::of_icc(&profile.encode().unwrap()).unwrap();
        let out = converted(&meaning, rgb(&COLOURS.concat()));
        for ((seen, expected), from) in out.chunks_exact(4).zip(expect).zip(COLOURS) {
            let most = seen.iter().zip(expected).map(|(a, b)| a.abs_diff(b)).max().unwrap();
            assert!(most <= 2 && seen[3] == 255, "{name} {from:?}: {seen:?} for {expected:?}");
        }
        // The same in 16 bits.
        let deep: Vec<u8> = COLOURS.concat().iter().flat_map(|value| [*value, *value]).collect();
        let deep = converted(&meaning, Pixels { is_deep: true, ..rgb(&deep) });
        assert!(deep.iter().zip(&out).all(|(a, b)| a.abs_diff(*b) <= 1), "{name} in 16 bits");
    }
}

#[test]
fn srgb_by_any_name_keeps_every_number() {
    let colours: Vec<u8> = (0..=255).flat_map(|value: u8| [value, value.wrapping_mul(7), 255 - value]).collect();
    let meaning = Meaning::of_icc(&ColorProfile::new_srgb().encode().unwrap()).unwrap();
    let mut expected = Vec::new();
    colours.chunks_exact(3).for_each(|pixel| expected.extend([pixel[0], pixel[1], pixel[2], 255]));
    for meaning in [Meaning::Srgb, meaning] {
        assert_eq!(converted(&meaning, rgb(&colours)), expected);
    }
}

#[test]
fn grey_of_another_gamma_and_grey_with_a_profile_of_three_channels() {
    let greys: Vec<u8> = (0..=255).collect();
    let pixels = Pixels { channels: Channels::Grey, ..rgb(&greys) };
    let linear = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let out = converted(&Meaning::of_icc(&linear).unwrap(), pixels);
    for (grey, seen) in greys.iter().zip(out.chunks_exact(4)) {
        let expected = srgb_encoded(f64::from(*grey) / 255.0);
        assert!(seen[..3].iter().all(|value| value.abs_diff(expected) <= 1), "{grey}: {seen:?} for {expected}");
    }
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    let out = converted(&Meaning::of_icc(&srgb).unwrap(), pixels);
    assert!(out.chunks_exact(4).zip(&greys).all(|(seen, grey)| seen[..3] == [*grey; 3]));
}

#[test]
fn inks_without_a_profile_take_away_light() {
    let inks = [[0, 0, 0, 0], [255, 0, 0, 0], [0, 0, 0, 255], [0, 128, 255, 0], [0, 0, 0, 51]];
    let out = converted(&Meaning::Srgb, Pixels { channels: Channels::Cmyk, ..rgb(&inks.concat()) });
    let expected = [[255, 255, 255], [0, 255, 255], [0, 0, 0], [255, 127, 0], [204, 204, 204]];
    for (seen, expected) in out.chunks_exact(4).zip(expected) {
        assert_eq!(seen[..3], expected);
    }
}

#[test]
fn what_is_transparent_is_laid_on_paper() {
    let pixels = [[9, 8, 7, 255], [0, 0, 0, 0], [255, 0, 0, 0], [0, 0, 0, 128], [255, 255, 255, 128]];
    let out = converted(&Meaning::Srgb, Pixels { has_alpha: true, ..rgb(&pixels.concat()) });
    let expected = [[9, 8, 7], [PAPER; 3], [PAPER; 3], [119; 3], [247; 3]];
    for (seen, expected) in out.chunks_exact(4).zip(expected) {
        assert_eq!((&seen[..3], seen[3]), (&expected[..], 255));
    }
    let grey = Pixels {
        channels: Channels::Grey,
        has_alpha: true,
        is_deep: true,
        ..rgb(&[0x12, 0x34, 0, 0, 0x80, 0x80, 255, 255])
    };
    assert_eq!(converted(&Meaning::Srgb, grey), [PAPER, PAPER, PAPER, 255, 128, 128, 128, 255]);
}

#[test]
fn a_profile_that_does_not_fit_is_told_and_the_numbers_are_taken_as_srgb() {
    assert!(Meaning::of_icc(b"no profile").is_err());
    let grey = Meaning::of_icc(&ColorProfile::new_gray_with_gamma(1.0).encode().unwrap()).unwrap();
    let mut out = Vec::new();
    let told = grey.convert(rgb(&[1, 2, 3]), &mut out).unwrap();
    assert!(told.contains("taken as sRGB"), "{told}");
    assert_eq!(out, [1, 2, 3, 255]);
}

/// Lab of solid inks: none, yellow, magenta, both, cyan, and so on.
const SOLIDS: [[f64; 3]; 8] = [
    [100.0, 0.0, 0.0],
    [90.0, -5.0, 80.0],
    [50.0, 70.0, -5.0],
    [50.0, 60.0, 40.0],
    [60.0, -30.0, -40.0],
    [55.0, -50.0, 30.0],
    [30.0, 20.0, -40.0],
    [25.0, 0.0, 0.0],
];

/// A printer's profile (ICC.1, version 2): a table of eight bits from four inks to Lab, in which black covers all.
pub fn printer() -> Vec<u8> {
    let mut table = [&b"mft1\0\0\0\0\x04\x03\x02\0"[..]].concat();
    for cell in 0..9_u32 {
        table.extend((if cell % 4 == 0 { 0x1_0000_u32 } else { 0 }).to_be_bytes());
    }
    let straight: Vec<u8> = (0..=255).collect();
    table.extend(straight.repeat(4));
    for solid in SOLIDS {
        let [l, a, b] = solid;
        table.extend([(l * 2.55).round() as u8, (a + 128.0) as u8, (b + 128.0) as u8]);
        table.extend([0, 128, 128]);
    }
    table.extend(straight.repeat(3));
    let mut profile = vec![0; 128];
    profile[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    profile[12..24].copy_from_slice(b"prtrCMYKLab ");
    profile[36..40].copy_from_slice(b"acsp");
    profile[68..80].copy_from_slice(&[0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D]);
    profile.extend(1_u32.to_be_bytes());
    profile.extend(b"A2B0");
    profile.extend([144_u32.to_be_bytes(), (table.len() as u32).to_be_bytes()].concat());
    profile.extend(table);
    let length = profile.len() as u32;
    profile[..4].copy_from_slice(&length.to_be_bytes());
    profile
}

/// Lab under D50 in sRGB (CIE 15, and Bradford's adaptation).
fn of_lab([l, a, b]: [f64; 3]) -> [u8; 3] {
    let y = (l + 16.0) / 116.0;
    let light = |f: f64| if f > 6.0 / 29.0 { f.powi(3) } else { 3.0 * (6.0_f64 / 29.0).powi(2) * (f - 4.0 / 29.0) };
    let xyz = [0.9642 * light(y + a / 500.0), light(y), 0.8249 * light(y - b / 200.0)];
    let matrix =
        [[3.133_856, -1.616_867, -0.490_615], [-0.978_768, 1.916_142, 0.033_454], [0.071_945, -0.228_991, 1.405_243]];
    matrix.map(|row: [f64; 3]| srgb_encoded(row.iter().zip(xyz).map(|(cell, value)| cell * value).sum()))
}

#[test]
fn inks_with_a_printers_profile() {
    let meaning = Meaning::of_icc(&printer()).unwrap();
    for (inks, lab) in [
        ([0, 0, 0, 0], SOLIDS[0]),
        ([0, 0, 0, 255], [0.0; 3]),
        ([0, 255, 255, 0], SOLIDS[3]),
        ([255, 255, 255, 0], SOLIDS[7]),
        ([0, 0, 0, 128], [49.8, 0.0, 0.0]),
    ] {
        let seen = converted(&meaning, Pixels { channels: Channels::Cmyk, ..rgb(&inks) });
        let expected = of_lab(lab);
        let most = seen.iter().zip(expected).map(|(a, b)| a.abs_diff(b)).max().unwrap();
        assert!(most <= 3, "{inks:?}: {seen:?} for {expected:?}");
    }
}
