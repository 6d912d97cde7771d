//! Clips as they come: of any rate, layout and range, with one bad frame, without a container.

use std::path::{Path, PathBuf};

use super::common::Folder;
use super::{Seen, ffmpeg, frames};

/// A clip of two seconds' worth of frames, made by ffmpeg with these options.
fn made(folder: &Folder, name: &str, options: &str) -> PathBuf {
    ffmpeg(folder, &format!("-f lavfi -i testsrc2=s=64x48:r=10:d=2 {options} {name}"));
    folder.path().join(name)
}

fn times(path: &Path) -> Vec<f64> {
    frames(path).0.iter().map(|frame| (frame.time_s * 1000.0).round() / 1000.0).collect()
}

#[test]
fn frames_that_come_unevenly_keep_their_times() {
    let folder = Folder::new();
    let uneven = "-vf \"settb=1/1000,setpts='if(lt(N,3),N*0.1,if(lt(N,5),0.7+(N-3)*0.04,1.5+(N-5)*0.2))/TB'\" -frames:v 8 -fps_mode vfr -enc_time_base 1/1000";
    let expected = [0.0, 0.1, 0.2, 0.7, 0.74, 1.5, 1.7, 1.9];
    for (name, codec) in [
        ("a.mp4", "-c:v mpeg4 -video_track_timescale 1000"),
        ("a.mkv", "-c:v ffv1"),
        ("b.mp4", "-c:v libx264 -bf 2 -video_track_timescale 1000"),
    ] {
        let seen = times(&made(&folder, name, &format!("{uneven} {codec}")));
        // ffmpeg rounds down to the container's thousandths.
        let is_near = seen.len() == 8 && seen.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.0015);
        assert!(is_near, "{name}: {seen:?}");
    }
}

#[test]
fn a_frame_every_two_seconds() {
    let folder = Folder::new();
    for (name, codec) in
        [("a.y4m", "-pix_fmt yuv420p"), ("a.avi", "-c:v mjpeg"), ("a.mp4", "-c:v mpeg4"), ("a.mkv", "-c:v ffv1")]
    {
        ffmpeg(&folder, &format!("-f lavfi -i testsrc2=s=64x48:r=0.5:d=6 {codec} {name}"));
        assert_eq!(times(&folder.path().join(name)), [0.0, 2.0, 4.0], "{name}");
    }
}

#[test]
fn pixels_that_are_not_square_become_so() {
    let folder = Folder::new();
    for (name, codec, sar, size) in [
        ("wide.mp4", "-c:v mpeg4", "4/3", [86, 48]),
        ("tall.mp4", "-c:v mpeg4", "8/9", [64, 54]),
        ("wide.y4m", "-pix_fmt yuv420p", "4/3", [86, 48]),
        ("square.mp4", "-c:v mpeg4", "1", [64, 48]),
        ("unknown.mp4", "-c:v mpeg4", "0", [64, 48]),
    ] {
        let path = made(&folder, name, &format!("-vf setsar={sar} {codec}"));
        let (seen, told) = frames(&path);
        assert_eq!(([seen[0].width, seen[0].height], told), (size, None), "{name}");
    }
}

/// Colours by the formulas of ITU-R BT.601 and BT.709.
fn colour([y, u, v]: [f64; 3], bits: u32, is_full: bool, is_709: bool) -> [u8; 3] {
    let step = f64::from(1 << (bits - 8));
    let (y, u, v) = if is_full {
        let most = f64::from((1 << bits) - 1);
        (y / most, (u - 128.0 * step) / most, (v - 128.0 * step) / most)
    } else {
        ((y / step - 16.0) / 219.0, (u / step - 128.0) / 224.0, (v / step - 128.0) / 224.0)
    };
    let (kr, kb) = if is_709 { (0.2126, 0.0722) } else { (0.299, 0.114) };
    let (r, b) = (y + 2.0 * (1.0 - kr) * v, y + 2.0 * (1.0 - kb) * u);
    [r, (y - kr * r - kb * b) / (1.0 - kr - kb), b].map(|value| (value * 255.0).round().clamp(0.0, 255.0) as u8)
}

#[test]
fn every_matrix_range_depth_and_layout_is_exact_within_a_level() {
    let folder = Folder::new();
    for (layout, bits, share) in
        [("yuv420p", 8, 4), ("yuv422p", 8, 2), ("yuv444p", 8, 1), ("yuv420p10le", 10, 4), ("yuv444p10le", 10, 1)]
    {
        for (matrix, is_709) in [("bt709", true), ("smpte170m", false)] {
            for (range, is_full) in [("tv", false), ("pc", true)] {
                // Two flat colours, of skin and of lips, in raw samples.
                let step = 1_u32 << (bits - 8);
                let codes = [[150, 112, 152], [96, 120, 170]]
                    .map(|code: [u32; 3]| [code[0] * step + step / 4, code[1] * step, code[2] * step]);
                let sample =
                    |value: u32| if bits == 8 { vec![value as u8] } else { (value as u16).to_le_bytes().to_vec() };
                let mut raw = Vec::new();
                for code in codes {
                    for (plane, value) in code.into_iter().enumerate() {
                        raw.extend(sample(value).repeat(if plane == 0 { 1024 } else { 1024 / share }));
                    }
                }
                folder.file("raw", &raw);
                ffmpeg(
                    &folder,
                    &format!(
                        "-f rawvideo -pix_fmt {layout} -s 32x32 -r 10 -i raw -c:v ffv1 -color_range {range} -colorspace {matrix} a.mkv"
                    ),
                );
                let (seen, _) = frames(&folder.path().join("a.mkv"));
                assert_eq!(seen.len(), 2);
                for (seen, code) in seen.iter().zip(codes) {
                    let expected = colour(code.map(f64::from), bits, is_full, is_709);
                    let seen = seen.at(16, 16);
                    let most = seen.iter().zip(expected).map(|(a, b)| a.abs_diff(b)).max().unwrap();
                    assert!(most <= 1, "{layout} {matrix} {range}: {seen:?} for {expected:?}");
                }
            }
        }
    }
}

#[test]
fn high_dynamic_range_is_brought_below_white() {
    let folder = Folder::new();
    // Codes of 203 cd/m², the white of print, in 10 bits of limited range.
    for (transfer, white) in [("smpte2084", 573_u32), ("arib-std-b67", 721)] {
        let mut raw = (white as u16).to_le_bytes().repeat(1024);
        raw.extend(512_u16.to_le_bytes().repeat(512));
        folder.file("raw", &raw);
        ffmpeg(
            &folder,
            &format!(
                "-f rawvideo -pix_fmt yuv420p10le -s 32x32 -r 10 -i raw -c:v ffv1 -color_range tv -colorspace bt2020nc -color_primaries bt2020 -color_trc {transfer} a.mkv"
            ),
        );
        let (seen, told) = frames(&folder.path().join("a.mkv"));
        let [r, g, b] = seen[0].at(16, 16);
        assert!(
            (232..=248).contains(&g) && r.abs_diff(g) <= 2 && b.abs_diff(g) <= 2,
            "{transfer}: {r} {g} {b} {told:?}"
        );
    }
}

#[test]
fn motion_jpeg_without_a_container_plays_and_one_bad_frame_is_left_out() {
    let folder = Folder::new();
    let clip = std::fs::read(made(&folder, "a.mjpeg", "-c:v mjpeg -f mjpeg")).unwrap();
    let (seen, told) = frames(&folder.path().join("a.mjpeg"));
    assert_eq!((seen.len(), told), (20, None));
    // Under another name, and cut off.
    folder.file("photo.jpg", &clip[..clip.len() - 9]);
    let (seen, told) = frames(&folder.path().join("photo.jpg"));
    assert!(seen.len() == 19 && told.as_ref().is_some_and(|told| told.contains("cut off")), "{told:?}");
    // A photo is a photo, also under a stream's name.
    let first = clip[2..].windows(2).position(|pair| pair == [0xFF, 0xD8]).unwrap() + 2;
    folder.file("one.jpg", &clip[..first]);
    assert_eq!(frames(&folder.path().join("one.jpg")).0.len(), 1);
}

#[test]
fn a_clip_that_starts_late_or_is_turned() {
    let folder = Folder::new();
    let late = made(&folder, "late.mkv", "-c:v ffv1 -output_ts_offset 7");
    assert_eq!(times(&late)[..3], [0.0, 0.1, 0.2]);
    made(&folder, "flat.mp4", "-c:v mpeg4");
    ffmpeg(&folder, "-i flat.mp4 -c copy -metadata:s:v rotate=90 turned.mp4");
    let seen: Vec<Seen> = frames(&folder.path().join("turned.mp4")).0;
    assert_eq!((seen[0].width, seen[0].height), (48, 64));
}

#[test]
fn what_is_transparent_in_a_clip_is_laid_on_paper() {
    let folder = Folder::new();
    for (name, options) in [
        ("a.mov", "-vf format=rgba,colorchannelmixer=aa=0 -c:v qtrle"),
        ("a.mkv", "-vf format=yuva444p,geq=lum=40:cb=128:cr=128:a=0 -c:v ffv1"),
    ] {
        let seen = frames(&made(&folder, name, options)).0;
        let paper = seen[3].at(30, 20);
        assert!(seen.len() == 20 && paper[0] > 220 && paper == [paper[0]; 3], "{name}: {paper:?}");
    }
}
