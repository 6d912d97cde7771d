//! Y4M streams of every layout that is read, and broken ones.

use proptest::prelude::*;

use super::*;

fn reader(bytes: &[u8]) -> Result<Option<Y4mReader<&[u8]>>, SourceError> {
    Y4mReader::new(Path::new("test.y4m"), bytes)
}

fn stream(header: &str, frame: &[u8], frames: usize) -> Vec<u8> {
    let mut out = format!("YUV4MPEG2 {header}\n").into_bytes();
    for _ in 0..frames {
        out.extend(b"FRAME\n");
        out.extend(frame);
    }
    out
}

#[test]
fn reads_planes_rate_and_range() {
    let bytes = stream("W4 H2 F30000:1001 Ip C420jpeg XCOLORRANGE=FULL", &[7; 12], 2);
    let mut y4m = reader(&bytes).unwrap().unwrap();
    assert_eq!(y4m.info().fps, Some(30000.0 / 1001.0));
    let mut picture = Picture::default();
    assert!(y4m.next_frame(&mut picture).unwrap());
    assert_eq!((picture.format, picture.yuv.full_range, picture.data.len()), (PixelFormat::I420, true, 12));
    assert!(y4m.next_frame(&mut picture).unwrap());
    assert_eq!(picture.time.as_micros(), 33366);
    assert!(!y4m.next_frame(&mut picture).unwrap());
}

#[test]
fn mono_and_odd_sides_become_pictures() {
    let mut picture = Picture::default();
    let bytes = stream("W4 H2 Cmono", &[126; 8], 1);
    reader(&bytes).unwrap().unwrap().next_frame(&mut picture).unwrap();
    assert_eq!(picture.data[8..], [128; 4]);
    let bytes = stream("W3 H3 C420", &[128; 9 + 8], 1);
    reader(&bytes).unwrap().unwrap().next_frame(&mut picture).unwrap();
    assert_eq!((picture.format, picture.data.len()), (PixelFormat::Rgba8, 36));
    assert!(picture.data.iter().all(|&v| v == 130 || v == 255), "grey everywhere: {:?}", picture.data);
}

#[test]
fn what_the_engine_takes_as_it_is_and_what_ffmpeg_must_convert() {
    for header in ["W4 H2", "W4 H2 F25:1 Ip A1:1 C420mpeg2 XYSCSS=420MPEG2", "W4 H2 A0:0 Cmono", "W4 H2 A16:16 C420"] {
        assert!(is_plain(format!("YUV4MPEG2 {header}\nFRAME\nA4:3 C444").as_bytes()), "{header}");
    }
    for header in ["W4 H2 C444", "W4 H2 A4:3", "W4 H2 C420p10", "W4 H2 A1:1 C422 F25:1"] {
        assert!(!is_plain(format!("YUV4MPEG2 {header}\n").as_bytes()), "{header}");
    }
}

#[test]
fn pixels_become_square() {
    // A dark left half and a light right one.
    let luma: Vec<u8> = (0..12 * 8).map(|at| if at % 12 < 6 { 60 } else { 200 }).collect();
    let frame = [luma, vec![128; 2 * 6 * 4]].concat();
    for (header, [width, height]) in [
        ("W12 H8 A4:3 C420jpeg", [16, 8]),
        ("W12 H8 A1:2", [12, 16]),
        ("W12 H8 A1:1", [12, 8]),
        ("W12 H8 A0:0", [12, 8]),
        ("A4:3 W12 H8", [16, 8]),
    ] {
        let bytes = stream(header, &frame, 2);
        let mut y4m = reader(&bytes).unwrap().unwrap();
        assert_eq!([y4m.info().width, y4m.info().height], [width, height], "{header}");
        let mut picture = Picture::default();
        while y4m.next_frame(&mut picture).unwrap() {
            assert_eq!([picture.width, picture.height], [width, height], "{header}");
            let mut rgba = Vec::new();
            picture.frame().unwrap().write_rgba(&mut rgba);
            assert_eq!(rgba.len(), (width * height * 4) as usize);
            for (at, pixel) in rgba.chunks_exact(4).enumerate() {
                let column = at as u32 % width;
                // The levels of BT.601, away from the edge between the halves.
                let expected = if column < width / 2 { 51 } else { 214 };
                let is_edge = column.abs_diff(width / 2) <= 2;
                assert!(is_edge || pixel[0].abs_diff(expected) <= 1, "{header}, column {column}: {pixel:?}");
            }
        }
        assert_eq!(y4m.frames_read(), 2);
    }
    let wide = stream("W8000 H8 A7:1", &[], 1);
    assert!(reader(&wide).err().unwrap().to_string().contains("too large"));
}

#[test]
fn a_frame_every_two_seconds() {
    let bytes = stream("W4 H2 F1:2", &[7; 12], 2);
    let mut y4m = reader(&bytes).unwrap().unwrap();
    assert_eq!(y4m.info().fps, Some(0.5));
    let mut picture = Picture::default();
    assert!(y4m.next_frame(&mut picture).unwrap() && y4m.next_frame(&mut picture).unwrap());
    assert_eq!(picture.time.as_millis(), 2000);
}

#[test]
fn says_what_is_wrong() {
    let why = |bytes: &[u8]| match reader(bytes) {
        Ok(Some(mut y4m)) => y4m.next_frame(&mut Picture::default()).unwrap_err().to_string(),
        Ok(None) => "nothing".into(),
        Err(error) => error.to_string(),
    };
    assert_eq!(why(b""), "nothing");
    assert!(why(&stream("W4 H2 C444", &[], 1)).contains("C444") || why(&stream("W4 H2 C444", &[], 1)).contains("444"));
    assert!(why(&stream("W99999 H99999", &[], 1)).contains("too large"));
    assert!(why(&stream("W0 H2", &[], 1)).contains("no pixels"));
    assert!(why(&stream("W4 H2", &[1; 5], 1)).contains("cut off in frame 1"));
    assert!(why(b"YUV4MPEG2 W4 H2\n").contains("holds no pictures"));
    assert!(why(b"YUV4MPEG2 W4 H2\nNOPE\n").contains("no frame"));
}

proptest! {
    #[test]
    fn random_bytes_never_panic(header in "[ -~]{0,40}", body in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut bytes = format!("YUV4MPEG2 W6 H6 {header}\nFRAME\n").into_bytes();
        bytes.extend(&body);
        for bytes in [&bytes[..], &body[..]] {
            if let Ok(Some(mut y4m)) = reader(bytes) {
                let _ = y4m.next_frame(&mut Picture::default());
            }
        }
    }
}
