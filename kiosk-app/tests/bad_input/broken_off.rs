//! Clips that break off, and an ffmpeg that hangs, dies or floods: the whole pictures before that are used, and one line
//! says so.

use std::os::unix::fs::PermissionsExt;
use std::process::Output;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::common::{Folder, carmine, complaints, run};

const FRAME_BYTES: usize = 6 + 64 * 48 * 3 / 2;

/// A grey clip of so many frames.
fn y4m(frames: usize) -> Vec<u8> {
    let mut bytes = b"YUV4MPEG2 W64 H48 F25:1\n".to_vec();
    for _ in 0..frames {
        bytes.extend(b"FRAME\n");
        bytes.resize(bytes.len() + FRAME_BYTES - 6, 128);
    }
    bytes
}

/// How `track` ends with this program for an ffmpeg. It is given what it would send in the file `$clip`.
fn with_ffmpeg(sends: &[u8], script: &str) -> (Folder, Output) {
    let folder = Folder::new();
    folder.file("clip.mkv", b"\x1A\x45\xDF\xA3 anything");
    let clip = folder.file("sends.y4m", sends);
    let script = format!("#!/bin/sh\nPATH=/usr/bin:/bin\nclip='{}'\n{script}\n", clip.display());
    let program = folder.file("ffmpeg", script.as_bytes());
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    let track = ["track", "clip.mkv", "-o", "out.json"];
    let output = carmine(&folder).args(track).env("PATH", folder.path()).output().unwrap();
    (folder, output)
}

fn frames_in(folder: &Folder) -> usize {
    let json: Value = serde_json::from_slice(&std::fs::read(folder.path().join("out.json")).unwrap()).unwrap();
    json["frames"].as_array().unwrap().len()
}

/// It used so many frames and said so in one line.
fn check_used(folder: &Folder, output: &Output, frames: usize, says: &str) {
    let complaints = complaints(output);
    assert_eq!(output.status.code(), Some(0), "{complaints:?}");
    assert_eq!(frames_in(folder), frames, "{complaints:?}");
    let using = format!("using the {frames} ");
    assert_eq!(complaints.len(), 1, "{complaints:?}");
    assert!(complaints[0].contains(&using) && complaints[0].contains(says), "{complaints:?}");
}

#[test]
fn a_y4m_cut_in_its_last_frame_gives_the_whole_ones() {
    let folder = Folder::new();
    let whole = y4m(20);
    folder.file("clip.y4m", &[&whole[..], b"FRAME\nhalf a frame"].concat());
    let output = run(&folder, &["track", "clip.y4m", "-o", "out.json"]);
    check_used(&folder, &output, 20, "cut off in frame 21");
    folder.file("clip.y4m", &[&y4m(3)[..], b"FRA"].concat());
    let output = run(&folder, &["render", "clip.y4m", "--look", "classic-red", "-o", "frames", "--allow-no-face"]);
    let complaints = complaints(&output);
    assert!(output.status.success() && complaints[0].contains("using the 3 whole frames"), "{complaints:?}");
    assert_eq!(std::fs::read_dir(folder.path().join("frames")).unwrap().count(), 3);
}

#[test]
fn a_killed_ffmpeg_loses_no_whole_picture() {
    let (folder, output) = with_ffmpeg(&y4m(20)[..24 + 17 * FRAME_BYTES + 999], "cat \"$clip\"; kill -9 $$");
    check_used(&folder, &output, 17, "signal: 9");
}

#[test]
fn a_silent_ffmpeg_is_ended() {
    let begun = Instant::now();
    let (folder, output) = with_ffmpeg(&[], "echo $$ > pid; exec sleep 600");
    let complaints = complaints(&output);
    assert_eq!(output.status.code(), Some(1), "{complaints:?}");
    assert!(complaints.len() == 1 && complaints[0].contains("it sent nothing for 10 s"), "{complaints:?}");
    assert!(begun.elapsed() < Duration::from_secs(60));
    let pid = std::fs::read_to_string(folder.path().join("pid")).unwrap();
    assert!(!std::path::Path::new(&format!("/proc/{}", pid.trim())).exists(), "it still runs");
    assert!(!folder.names().contains(&"out.json".to_owned()));
}

#[test]
fn an_ffmpeg_that_falls_silent_loses_no_whole_picture() {
    let (folder, output) = with_ffmpeg(&y4m(5), "cat \"$clip\"; exec sleep 600");
    check_used(&folder, &output, 5, "it sent nothing for 10 s");
}

#[test]
fn an_endless_complaint_and_a_grandchild_hold_nothing_up() {
    let flood = "head -c 50000000 /dev/zero | tr '\\0' x >&2; cat \"$clip\"";
    let (folder, output) = with_ffmpeg(&y4m(4), flood);
    assert_eq!(frames_in(&folder), 4, "{:?}", complaints(&output));
    assert!(complaints(&output)[0].len() < 1000, "its words are cut");
    // The grandchild keeps the pipe of standard error open.
    let begun = Instant::now();
    let (folder, output) = with_ffmpeg(&y4m(4), "sleep 40 > /dev/null & cat \"$clip\"");
    assert_eq!((output.status.code(), frames_in(&folder)), (Some(0), 4), "{:?}", complaints(&output));
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}
