//! Inputs that cannot be used: one line that says what, why and how to mend it, exit code 1, and nothing left behind.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

#[path = "../common/mod.rs"]
mod common;

#[cfg(unix)]
mod broken_off;
#[cfg(unix)]
mod help;
#[cfg(unix)]
mod pipes;

use common::{Folder, complaints, picture, png_claiming, png_of, run};
use image::ImageFormat;

/// File name, bytes, and what the message must say.
fn table() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let (png, jpeg) = (picture(ImageFormat::Png), picture(ImageFormat::Jpeg));
    let half = |bytes: &[u8]| bytes[..bytes.len() / 2].to_vec();
    vec![
        ("empty.png", Vec::new(), "is empty"),
        ("text.png", b"This is no picture at all.\n".to_vec(), "not a picture or clip"),
        ("half.png", half(&png), "damaged"),
        ("half.jpg", half(&jpeg), "cut off"),
        ("magic.jpg", b"\xFF\xD8\xFF".to_vec(), "cut off"),
        ("magic.png", b"\x89PNG\r\n\x1a\n".to_vec(), "damaged"),
        ("bomb.png", png_claiming(100_000, 100_000), "too large (100000×100000 px)"),
        ("wide.png", png_claiming(8193, 10), "too large"),
        ("flat.png", png_claiming(0, 10), "damaged"),
        ("heavy.png", png_of(8192, 8192, 16), "384 MiB decoded"),
        ("header.y4m", b"YUV4MPEG2 W64 H64 F25:1\n".to_vec(), "holds no pictures"),
        ("half.avi", b"RIFF\xF0\0\0\0AVI LIST\xC0\0\0\0hdrl".to_vec(), "no whole picture"),
        ("bomb.y4m", b"YUV4MPEG2 W100000 H100000 F25:1\nFRAME\n".to_vec(), "too large"),
        ("half.y4m", b"YUV4MPEG2 W64 H64 F25:1\nFRAME\nabc".to_vec(), "cut off in frame 1"),
        ("deep.y4m", b"YUV4MPEG2 W64 H64 F25:1 C420p10\nFRAME\nabc".to_vec(), "deep.y4m"),
        ("half.webp", b"RIFF\x10\0\0\0WEBPVP8 ".to_vec(), "damaged"),
    ]
}

fn check(folder: &Folder, args: &[&str], says: &str) {
    let before = folder.names();
    let output = run(folder, args);
    let complaints = complaints(&output);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {complaints:?}");
    assert_eq!(complaints.len(), 1, "one line for {args:?}: {complaints:?}");
    assert!(complaints[0].starts_with("carmine: ") && complaints[0].contains(says), "{args:?}: {complaints:?}");
    assert_eq!(folder.names(), before, "{args:?} left something behind");
}

#[test]
fn files_that_are_no_pictures() {
    let folder = Folder::new();
    for (name, bytes, says) in table() {
        folder.file(name, &bytes);
        check(&folder, &["track", name, "-o", "out.json"], says);
        let out = if name.ends_with(".y4m") { "out" } else { "out.png" };
        check(&folder, &["render", name, "--look", "classic-red", "-o", out], says);
        // A file whose beginning is sound is opened; then the missing display is told first.
        if !name.ends_with(".y4m") || name.starts_with("bomb") {
            check(&folder, &["kiosk", "--input", name], says);
        }
    }
}

#[test]
fn places_that_are_no_files() {
    let folder = Folder::new();
    check(&folder, &["track", "missing.png"], "cannot read missing.png: it does not exist");
    let empty = Folder::new();
    check(&folder, &["track", empty.path().to_str().unwrap()], "no PNG or JPEG frames");
    if cfg!(unix) {
        check(&folder, &["track", "/dev/null"], "it is a device; put a file in its place");
    }
    let mixed = Folder::new();
    mixed.file("1.png", &picture(ImageFormat::Png));
    mixed.file("2.png", &png_claiming(100_000, 1));
    check(&folder, &["track", mixed.path().to_str().unwrap(), "-o", "out.json"], "2.png is too large");
}

#[test]
fn places_that_cannot_be_written() {
    let folder = Folder::new();
    folder.file("photo.png", &picture(ImageFormat::Png));
    check(&folder, &["track", "photo.png", "-o", "no/such/folder.json"], "cannot write no/such/folder.json");
    check(&folder, &["track", "photo.png", "-o", "."], "cannot write");
    check(&folder, &["track", "photo.png", "-o", "photo.png/out.json"], "cannot write");
    for place in ["no/such.png", "photo.png/out.png"] {
        check(&folder, &["render", "photo.png", "--look", "classic-red", "-o", place], "cannot write");
    }
    let clip = common::asset("clips/portrait.avi");
    check(&folder, &["render", &clip, "--look", "classic-red", "-o", "photo.png/frames"], "cannot write");
}

#[test]
fn a_clip_that_needs_ffmpeg_says_so_where_there_is_none() {
    let folder = Folder::new();
    folder.file("clip.mkv", b"\x1A\x45\xDF\xA3\x01\0\0\0");
    let output = common::carmine(&folder).args(["track", "clip.mkv"]).env("PATH", folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(complaints(&output)[0].contains("needs ffmpeg"), "{:?}", complaints(&output));
}

#[test]
fn what_ffmpeg_cannot_read_is_told_in_its_words() {
    let folder = Folder::new();
    folder.file("clip.mkv", b"\x1A\x45\xDF\xA3 and then nothing of use");
    check(&folder, &["track", "clip.mkv"], "ffmpeg cannot read clip.mkv: ");
}

#[test]
fn a_clip_cut_off_is_used_as_far_as_it_goes() {
    let folder = Folder::new();
    let make = "ffmpeg -v error -f lavfi -i testsrc2=s=64x48:d=4 -c:v mjpeg -f matroska clip.mkv";
    let made = std::process::Command::new("sh").args(["-c", make]).current_dir(folder.path()).status();
    assert!(made.unwrap().success(), "ffmpeg is missing: apt install ffmpeg");
    let whole = std::fs::read(folder.path().join("clip.mkv")).unwrap();
    folder.file("clip.mkv", &whole[..whole.len() / 2]);
    let output = run(&folder, &["track", "clip.mkv", "-o", "out.json"]);
    let complaints = complaints(&output);
    assert_eq!(output.status.code(), Some(0), "{complaints:?}");
    assert!(complaints.iter().any(|line| line.contains("cut off") && line.contains("using the")), "{complaints:?}");
}

#[test]
fn models_that_are_not_what_their_manifest_says() {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/");
    let folder = Folder::new();
    folder.file("photo.png", &picture(ImageFormat::Png));
    let track = ["track", "photo.png", "--models", ".", "-o", "out.json"];
    check(&folder, &track, "cannot read the model file ./manifest.toml");

    let names = ["manifest.toml", "face_detector.onnx", "face_landmarks.onnx"];
    for name in names {
        folder.file(name, &std::fs::read(format!("{own}{name}")).unwrap());
    }
    let output = run(&folder, &track);
    assert!(output.status.success(), "{:?}", complaints(&output));
    std::fs::remove_file(folder.path().join("out.json")).unwrap();

    let mut flipped = std::fs::read(format!("{own}face_landmarks.onnx")).unwrap();
    flipped[1_000_000] ^= 1;
    folder.file("face_landmarks.onnx", &flipped);
    check(&folder, &track, "face_landmarks.onnx has SHA-256");
    folder.file("face_landmarks.onnx", &flipped[..1000]);
    check(&folder, &track, "face_landmarks.onnx has 1000 bytes");
    folder.file("manifest.toml", b"[models\n");
    check(&folder, &track, "manifest can't be read: TOML parse error at line 1, column 8: ");
    let manifest = std::fs::read_to_string(format!("{own}manifest.toml")).unwrap();
    folder.file("manifest.toml", manifest.replace("\"face_detector.onnx", "\"../face_detector.onnx").as_bytes());
    check(&folder, &track, "plain files of its own folder");
    let huge = manifest.replacen("bytes = ", "bytes = 9223372036854775807 #", 1);
    folder.file("manifest.toml", huge.as_bytes());
    check(&folder, &track, "more than 256 MiB");
}
