//! HEIC and AVIF pictures as phones and editors write them, and broken ones.

use std::path::Path;

use heifer_isobmff::HeifFile;
use moxcms::ColorProfile;
use proptest::prelude::*;

use super::super::colour::PAPER;
use super::super::still::Still;
use super::super::still::tests::{COLOURS, adobe, close};
use super::super::{FrameSource, Picture, SourceError};

/// Width and height of the picture below.
const SIZE: [usize; 2] = [96, 64];

/// Four fields: two colours above two others.
fn fields() -> Vec<u8> {
    let [width, height] = SIZE;
    let field = |x: usize, y: usize| COLOURS[2 * usize::from(2 * y >= height) + usize::from(2 * x >= width)];
    (0..height).flat_map(|y| (0..width).flat_map(move |x| field(x, y))).collect()
}

/// A box of MP4's form.
fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&(content.len() as u32 + 8).to_be_bytes()[..], name, content].concat()
}

/// The boxes in some bytes, each with its head, by name.
fn boxes(mut bytes: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut found = Vec::new();
    while bytes.len() >= 8 {
        let length = u32::from_be_bytes(*bytes.first_chunk().unwrap()) as usize;
        let (this, rest) = bytes.split_at(length.clamp(8, bytes.len()));
        found.push((&this[4..8], this));
        bytes = rest;
    }
    found
}

/// The content of the box at the end of this path.
fn inside<'a>(bytes: &'a [u8], path: &[&[u8; 4]]) -> &'a [u8] {
    path.iter().fold(bytes, |bytes, name| {
        let whole = boxes(bytes).into_iter().find(|(found, _)| found == *name).unwrap().1;
        // What is in it begins with a version and flags.
        &whole[if **name == *b"meta" { 12 } else { 8 }..]
    })
}

/// The primary picture of a file in a file of its own, with its properties of which `keep` says so, and others behind
/// them.
fn rewritten(file: &[u8], keep: impl Fn(&[u8]) -> bool, others: &[Vec<u8>]) -> Vec<u8> {
    let parsed = HeifFile::parse(file).unwrap();
    let item = parsed.primary_item().unwrap();
    let known = boxes(inside(file, &[b"meta", b"iprp", b"ipco"]));
    let own = item.properties.iter().map(|property| known[usize::from(property.index) - 1]);
    let mut properties: Vec<_> = own.filter(|(name, _)| keep(name)).map(|(_, whole)| whole.to_vec()).collect();
    properties.extend_from_slice(others);
    wrapped(&item.item_type.0, &properties, &parsed.item_data(item.id).unwrap())
}

/// A file of one picture.
fn wrapped(coding: &[u8; 4], properties: &[Vec<u8>], data: &[u8]) -> Vec<u8> {
    let full = |name, content: &[&[u8]]| boxed(name, &[&[0_u8; 4][..], &content.concat()[..]].concat());
    let brand = if coding == b"av01" { &b"avif\0\0\0\0avifmif1miaf"[..] } else { b"heic\0\0\0\0heicmif1" };
    let head = boxed(b"ftyp", brand);
    let meta = |at: usize| {
        let count = properties.len() as u8;
        let all: Vec<u8> = (1..=count).map(|index| 0x80 | index).collect();
        let info = boxed(b"infe", &[&[2, 0, 0, 0, 0, 1, 0, 0][..], coding, b"\0"].concat());
        let place = [(at as u32).to_be_bytes(), (data.len() as u32).to_be_bytes()].concat();
        let parts = [
            full(b"hdlr", &[&[0; 4], b"pict", &[0; 13]]),
            full(b"pitm", &[&[0, 1]]),
            full(b"iloc", &[&[0x44, 0, 0, 1, 0, 1, 0, 0, 0, 1], &place]),
            full(b"iinf", &[&[0, 1], &info]),
            boxed(
                b"iprp",
                &[boxed(b"ipco", &properties.concat()), full(b"ipma", &[&[0, 0, 0, 1, 0, 1, count], &all])].concat(),
            ),
        ];
        full(b"meta", &[&parts.concat()])
    };
    let at = head.len() + meta(0).len() + 8;
    [head, meta(at), boxed(b"mdat", data)].concat()
}

/// A turn in quarters against the clock.
fn irot(quarters: u8) -> Vec<u8> {
    boxed(b"irot", &[quarters])
}

fn imir(axis: u8) -> Vec<u8> {
    boxed(b"imir", &[axis])
}

/// Code points of ITU-T H.273: primaries, transfer, matrix; full range.
fn nclx([primaries, transfer, matrix]: [u8; 3]) -> Vec<u8> {
    boxed(b"colr", &[&b"nclx"[..], &[0, primaries, 0, transfer, 0, matrix, 0x80]].concat())
}

/// The picture, and what is told of it.
fn opened(bytes: &[u8]) -> (Picture, Option<String>) {
    let mut still = Still::from_bytes("photo.heic", bytes).unwrap_or_else(|error| panic!("{error}"));
    let mut picture = Picture::default();
    assert!(still.next_frame(&mut picture).unwrap());
    (picture, still.warning())
}

/// The colours in the middle of its four quarters, row by row.
fn quarters(picture: &Picture) -> Vec<[u8; 3]> {
    let mut rgba = Vec::new();
    picture.frame().unwrap().write_rgba(&mut rgba);
    assert!(rgba.iter().skip(3).step_by(4).all(|alpha| *alpha == 255));
    let [width, height] = [picture.width as usize, picture.height as usize];
    let at = |x: usize, y: usize| std::array::from_fn(|channel| rgba[(y * width + x) * 4 + channel]);
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| at(x * width / 4, y * height / 4)).to_vec()
}

/// The fields where each turn brings them, with the size.
fn turns() -> [(Vec<Vec<u8>>, [usize; 4], bool); 7] {
    [
        (vec![], [0, 1, 2, 3], false),
        (vec![irot(1)], [1, 3, 0, 2], true),
        (vec![irot(2)], [3, 2, 1, 0], false),
        (vec![irot(3)], [2, 0, 3, 1], true),
        (vec![imir(0)], [2, 3, 0, 1], false),
        (vec![imir(1)], [1, 0, 3, 2], false),
        (vec![irot(1), imir(1)], [3, 1, 2, 0], true),
    ]
}

fn assert_turned(file: impl Fn(&[Vec<u8>]) -> Vec<u8>, open: impl Fn(&[u8]) -> Picture) {
    for (properties, places, is_lying) in turns() {
        let picture = open(&file(&properties));
        let size = if is_lying { [SIZE[1], SIZE[0]] } else { SIZE };
        assert_eq!([picture.width as usize, picture.height as usize], size, "{properties:?}");
        let seen = quarters(&picture);
        assert!(close(&seen, &places.map(|place| COLOURS[place]), 4), "{properties:?}: {seen:?}");
    }
}

#[cfg(feature = "heic")]
mod hevc {
    use heifer::{EncodeOptions, Image, Metadata};

    use super::*;

    fn heic(profile: Option<&ColorProfile>) -> Vec<u8> {
        let data = fields().chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).map(u16::from).collect();
        let image = Image { width: SIZE[0] as u32, height: SIZE[1] as u32, bit_depth: 8, has_alpha: false, data };
        let metadata =
            Metadata { icc_profile: profile.map(|profile| profile.encode().unwrap()), ..Metadata::default() };
        let options = EncodeOptions { quality: 95, ..EncodeOptions::default() };
        heifer::encode_with_metadata(&image, &metadata, &options).unwrap()
    }

    #[test]
    fn as_it_is_with_a_profile_and_with_code_points() {
        let plain = heic(None);
        for (what, bytes, expected) in [
            ("plain", plain.clone(), COLOURS.to_vec()),
            ("in a file of its own", rewritten(&plain, |_| true, &[]), COLOURS.to_vec()),
            ("Adobe RGB by its profile", heic(Some(&ColorProfile::new_adobe_rgb())), adobe(&COLOURS)),
        ] {
            let (picture, told) = opened(&bytes);
            assert_eq!(([picture.width as usize, picture.height as usize], told), (SIZE, None), "{what}");
            let seen = quarters(&picture);
            assert!(close(&seen, &expected, 5), "{what}: {seen:?} for {expected:?}");
        }
        let p3 = ColorProfile::new_display_p3();
        let by_profile = quarters(&opened(&heic(Some(&p3))).0);
        let no_colour = |name: &[u8]| name != b"colr";
        let by_points = quarters(&opened(&rewritten(&plain, no_colour, &[nclx([12, 13, 6])])).0);
        assert!(close(&by_points, &by_profile, 5) && !close(&by_points, &COLOURS, 8), "{by_points:?} {by_profile:?}");
    }

    #[test]
    fn turned_and_mirrored_as_the_container_says() {
        let plain = heic(None);
        assert_turned(|properties| rewritten(&plain, |_| true, properties), |bytes| opened(bytes).0);
    }

    #[test]
    fn high_dynamic_range_is_brought_below_white() {
        let plain = heic(None);
        let file = rewritten(&plain, |name| name != b"colr", &[nclx([9, 16, 6])]);
        let seen = quarters(&opened(&file).0);
        assert!(!close(&seen, &COLOURS, 20), "{seen:?}");
    }

    #[test]
    fn what_is_transparent_is_laid_on_paper() {
        let rgba: Vec<u8> = fields()
            .chunks_exact(3)
            .enumerate()
            .flat_map(|(at, p)| [p[0], p[1], p[2], if at % SIZE[0] < SIZE[0] / 2 { 0 } else { 255 }])
            .collect();
        let options = EncodeOptions { quality: 95, ..EncodeOptions::default() };
        let file = heifer::encode_rgba8(SIZE[0] as u32, SIZE[1] as u32, &rgba, &options).unwrap();
        let seen = quarters(&opened(&file).0);
        assert!(close(&seen, &[[PAPER; 3], COLOURS[1], [PAPER; 3], COLOURS[3]], 5), "{seen:?}");
    }

    #[test]
    fn broken_ones_are_told() {
        let plain = rewritten(&heic(None), |_| true, &[]);
        for cut in [12, 40, 100, plain.len() / 2, plain.len() - 20] {
            let error = Still::from_bytes("photo", &plain[..cut]).err().map(|error| error.to_string());
            assert!(error.as_ref().is_some_and(|error| error.contains("is damaged")), "{cut}: {error:?}");
        }
        let huge = boxed(b"ispe", &[&[0; 4][..], &60_000_u32.to_be_bytes(), &9_u32.to_be_bytes()].concat());
        let error = Still::from_bytes("photo", &rewritten(&plain, |name| name != b"ispe", &[huge])).err().unwrap();
        assert!(matches!(error, SourceError::TooLarge { .. }), "{error}");
    }

    proptest! {
        #[test]
        fn flipped_bytes_never_panic(at in 0_usize..100_000, value in any::<u8>()) {
            let mut bytes = rewritten(&heic(None), |_| true, &[irot(1)]);
            let at = at % bytes.len();
            bytes[at] = value;
            let _ = Still::from_bytes("photo", &bytes);
        }
    }
}

#[test]
fn rare_codings_are_named() {
    let error = Still::from_bytes("photo", &wrapped(b"jpeg", &[], b"a picture")).err().unwrap();
    assert!(error.to_string().contains("a HEIF picture of a rare coding"), "{error}");
}

#[cfg(unix)]
mod av1 {
    use std::process::Command;

    use super::*;
    use crate::child::tests::ProgramFolder;

    /// The fields as AVIF, if there is an ffmpeg that writes it and one that reads it.
    fn avif(folder: &ProgramFolder) -> Option<Vec<u8>> {
        let [width, height] = SIZE;
        std::fs::write(folder.path("fields.rgb"), fields()).unwrap();
        let make = format!(
            "ffmpeg -nostdin -v error -y -f rawvideo -pix_fmt rgb24 -s {width}x{height} -i fields.rgb \
             -vf scale=out_color_matrix=bt709:out_range=pc -pix_fmt yuv444p -colorspace bt709 -color_range pc \
             -c:v libaom-av1 -still-picture 1 -crf 4 fields.avif && \
             ffmpeg -nostdin -v error -i fields.avif -f null -"
        );
        let made = Command::new("sh").args(["-c", &make]).current_dir(&folder.0).status();
        if !made.is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED: there is no ffmpeg, or it has no AV1 encoder or decoder");
            return None;
        }
        Some(std::fs::read(folder.path("fields.avif")).unwrap())
    }

    fn read(path: &Path, bytes: &[u8]) -> Result<(Picture, Option<String>), SourceError> {
        std::fs::write(path, bytes).unwrap();
        let mut source = crate::source::open(path)?;
        let mut picture = Picture::default();
        source.next_frame(&mut picture)?;
        Ok((picture, source.warning()))
    }

    #[test]
    fn through_ffmpeg_as_it_is_turned_and_with_a_profile() {
        let folder = ProgramFolder::new("avif");
        let Some(plain) = avif(&folder) else { return };
        let path = folder.path("photo.avif");
        let open = |bytes: &[u8]| read(&path, bytes).unwrap_or_else(|error| panic!("{error}"));
        assert!(close(&quarters(&open(&plain).0), &COLOURS, 4), "{:?}", quarters(&open(&plain).0));
        assert_turned(|properties| rewritten(&plain, |_| true, properties), |bytes| open(bytes).0);
        let profile = boxed(b"colr", &[&b"prof"[..], &ColorProfile::new_adobe_rgb().encode().unwrap()].concat());
        let seen = quarters(&open(&rewritten(&plain, |name| name != b"colr", &[profile])).0);
        assert!(close(&seen, &adobe(&COLOURS), 5), "{seen:?} for {:?}", adobe(&COLOURS));
    }

    #[test]
    fn through_ffmpeg_cut_as_the_container_says() {
        let folder = ProgramFolder::new("avif-cut");
        let Some(plain) = avif(&folder) else { return };
        let path = folder.path("photo.avif");
        // The left half of it, less a column; then a part that it does not have.
        let fraction = |over: i32, under: u32| [over.to_be_bytes(), under.to_be_bytes()].concat();
        let clap =
            |middle| boxed(b"clap", &[fraction(47, 1), fraction(64, 1), fraction(middle, 2), fraction(0, 1)].concat());
        let (picture, _) = read(&path, &rewritten(&plain, |_| true, &[clap(-49)])).unwrap();
        assert_eq!([picture.width, picture.height], [47, 64]);
        assert!(close(&quarters(&picture), &[0, 0, 2, 2].map(|place| COLOURS[place]), 4), "{:?}", quarters(&picture));
        let error = read(&path, &rewritten(&plain, |_| true, &[clap(-99)])).err().unwrap();
        assert!(error.to_string().contains("a part that it does not have"), "{error}");
    }

    #[test]
    fn what_is_not_whole_or_lacks_its_parts_is_told() {
        let folder = ProgramFolder::new("avif-broken");
        let Some(plain) = avif(&folder) else { return };
        let path = folder.path("photo.avif");
        let why = |bytes: &[u8]| read(&path, bytes).err().map_or_else(String::new, |error| error.to_string());
        let other_size = boxed(b"ispe", &[&[0; 4][..], &192_u32.to_be_bytes(), &64_u32.to_be_bytes()].concat());
        let told = why(&rewritten(&plain, |name| name != b"ispe", &[other_size]));
        assert!(told.contains("an AVIF picture in parts") && told.contains("save it as PNG or JPEG"), "{told}");
        let told = why(&plain[..plain.len() / 2]);
        assert!(told.contains("save it as PNG or JPEG"), "{told}");
    }
}
