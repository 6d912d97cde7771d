//! Pipes, sockets and devices in the place of files: refused at once with the mend, never waited for.

use std::os::unix::net::UnixListener;
use std::process::Command;

use crate::check;
use crate::common::{Folder, complaints, picture, run};

/// A pipe that nobody writes to.
pub fn make_pipe(folder: &Folder, name: &str) {
    let made = Command::new("mkfifo").arg(folder.path().join(name)).status();
    assert!(made.unwrap().success(), "mkfifo is missing: apt install coreutils");
}

#[test]
fn an_input_or_look_that_is_a_pipe() {
    let folder = Folder::new();
    folder.file("photo.png", &picture(image::ImageFormat::Png));
    make_pipe(&folder, "pipe.png");
    make_pipe(&folder, "look.toml");
    let says = "it is a pipe; put a file in its place";
    check(&folder, &["track", "pipe.png"], says);
    check(&folder, &["render", "pipe.png", "--look", "classic-red", "-o", "out.png"], says);
    check(&folder, &["render", "photo.png", "--look", "look.toml", "-o", "out.png"], says);
    let _listener = UnixListener::bind(folder.path().join("socket.png")).unwrap();
    check(&folder, &["track", "socket.png"], "it is a socket");
    check(&folder, &["render", "photo.png", "--look", "/dev/zero.toml", "-o", "out.png"], "does not exist");
}

#[test]
fn models_and_catalogues_with_a_pipe_in_them() {
    let folder = Folder::new();
    folder.file("photo.png", &picture(image::ImageFormat::Png));
    make_pipe(&folder, "manifest.toml");
    let track = ["track", "photo.png", "--models", ".", "-o", "out.json"];
    check(&folder, &track, "manifest.toml: it is a pipe; put a file in its place");
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../models/");
    std::fs::remove_file(folder.path().join("manifest.toml")).unwrap();
    for name in ["manifest.toml", "face_landmarks.onnx"] {
        folder.file(name, &std::fs::read(format!("{own}{name}")).unwrap());
    }
    make_pipe(&folder, "face_detector.onnx");
    check(&folder, &track, "face_detector.onnx: it is a pipe");

    std::fs::create_dir_all(folder.path().join("shop/products")).unwrap();
    make_pipe(&folder, "shop/products/rose.toml");
    let output = run(&folder, &["look", "encode", "classic-red", "--catalogue", "shop"]);
    let complaints = complaints(&output);
    assert!(output.status.code() == Some(1) && complaints.len() == 1, "{complaints:?}");
    assert!(complaints[0].contains("rose.toml: it is a pipe"), "{complaints:?}");
}

#[test]
fn terminal_commands_in_files_do_not_reach_the_terminal() {
    let folder = Folder::new();
    folder.file("photo.png", &picture(image::ImageFormat::Png));
    let name = "name = \"\\u001B[2J\\u001B]0;owned\\u0007\"\n";
    folder.file("look.toml", format!("{name}[[layers]]\nproduct = \"\\u001B[31mred\"\n").as_bytes());
    folder.file(
        "own.toml",
        format!("{name}[[layers]]\nproduct = {{ {}, category = \"lipstick\", shade = \"#800020\", coverage = 0.5, finish = \"matte\" }}\n", name.trim()).as_bytes(),
    );
    for args in [
        &["render", "photo.png", "--look", "look.toml", "-o", "out.png"][..],
        &["look", "encode", "own.toml"],
        &["track", "missing\u{1b}[2J.png"],
    ] {
        let output = run(&folder, args);
        let all = [output.stdout, output.stderr].concat();
        assert!(!all.is_empty() && !all.iter().any(|byte| *byte < b' ' && *byte != b'\n'), "{args:?}: {all:?}");
    }
}
