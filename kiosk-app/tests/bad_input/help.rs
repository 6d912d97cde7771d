//! The examples in the help texts work as they stand there.

use std::process::{Command, Output};

use crate::common::{Folder, asset, carmine, complaints};

/// Every example line of a command's help, without what explains it.
fn examples(folder: &Folder, command: &[&str]) -> Vec<String> {
    let help = carmine(folder).args(command).arg("--help").output().unwrap();
    assert!(help.status.success());
    let help = String::from_utf8(help.stdout).unwrap();
    let lines = help.lines().filter(|line| line.starts_with("  carmine "));
    lines.map(|line| line.trim().split("  ").next().unwrap().to_owned()).collect()
}

fn run_example(folder: &Folder, example: &str) -> Output {
    let mut shell = Command::new("sh");
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_carmine")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    shell.args(["-c", example]).current_dir(folder.path()).env("PATH", path);
    shell.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("RUST_LOG").output().unwrap()
}

#[test]
fn every_example_runs() {
    let folder = Folder::new();
    std::fs::copy(asset("stills/grace_hopper.jpg"), folder.path().join("me.jpg")).unwrap();
    // A few frames of somebody, in something that ffmpeg reads.
    let make = "ffmpeg -v error -loop 1 -i me.jpg -t 0.2 -vf scale=256:300 -c:v mpeg4 clip.mp4";
    let made = Command::new("sh").args(["-c", make]).current_dir(folder.path()).status();
    assert!(made.unwrap().success(), "ffmpeg is missing: apt install ffmpeg");
    std::fs::create_dir(folder.path().join("my-looks")).unwrap();
    folder.file("my-looks/soft.toml", b"name = \"Soft\"\n[[layers]]\nproduct = \"velvet-rose\"\n");
    let mut ran = 0;
    for command in [&["look", "decode"][..], &["look", "encode"], &["track"], &["render"], &["doctor"], &[]] {
        for example in examples(&folder, command) {
            // The mirror itself needs a display and does not end; a sheet of every look takes long, and others try sheets.
            let is_mirror = example == "carmine" || example.starts_with("carmine --") || example.contains(" kiosk");
            let is_long = example.contains("--sheet") && !example.contains("--look");
            if is_mirror || is_long {
                continue;
            }
            let output = run_example(&folder, &example);
            assert_eq!(output.status.code(), Some(0), "{example}: {:?}", complaints(&output));
            ran += 1;
        }
    }
    assert!(ran >= 10, "only {ran} examples were found");
}
