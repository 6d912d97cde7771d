//! The commands as a newcomer runs them.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use common::{Folder, asset, carmine, complaints, picture, run};
use image::ImageFormat;
use serde_json::Value;

#[test]
fn every_command_has_help_with_an_example() {
    let folder = Folder::new();
    for command in ["", "kiosk", "track", "render", "look decode", "look encode", "doctor"] {
        let args: Vec<&str> = command.split(' ').chain(["--help"]).filter(|arg| !arg.is_empty()).collect();
        let output = run(&folder, &args);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{command}");
        assert!(text.contains("Example") && text.contains("carmine "), "{command}: {text}");
    }
}

#[test]
fn wrong_arguments_exit_with_2() {
    let folder = Folder::new();
    let photo = folder.file("photo.png", &picture(ImageFormat::Png));
    let photo = photo.to_str().unwrap();
    for args in [
        &["--camera", "first"][..],
        &["--size", "0x0"],
        &["--frames", "0"],
        &["dance"],
        &["track"],
        &["look"],
        &["look", "decode"],
        &["look", "encode", "city-rose", "--base", "https://example.com/#there"],
        &["render", photo],
        &["render", photo, "--look", "classic-red", "-o", "out.jpg"],
        &["render", photo, "--look", "classic-red", "--look", "evening-plum", "-o", "out.png"],
        &["render", photo, "--look", "classic-red", "--look", "evening-plum", "--split", "-o", "out.png"],
        &["render", photo, "--split", "-o", "out.png"],
        &["render", photo, "--sheet", "--split", "--look", "classic-red", "-o", "out.png"],
        &["render", photo, "--sheet", "--frames", "2", "-o", "out.png"],
        &["render", photo, "--whole", "--look", "classic-red", "-o", "out.png"],
        &["render", photo, "--light", "moon", "--look", "classic-red", "-o", "out.png"],
        &["render", photo, "--sheet", "-o", "out.jpg"],
        &["render", &asset("clips/portrait.avi"), "--sheet", "-o", "out.png"],
        &["track", "mannequin:5"],
        &["render", "mannequin:5", "--look", "classic-red", "-o", "out"],
    ] {
        let output = run(&folder, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {:?}", complaints(&output));
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{args:?}");
    }
    assert_eq!(folder.names(), ["photo.png"]);
}

#[test]
fn mannequins_are_inputs_by_name() {
    let folder = Folder::new();
    let args = ["render", "mannequin:8:evening", "--frames", "2", "--look", "classic-red", "-o", "out"];
    let output = run(&folder, &args);
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    let frame = image::open(folder.path().join("out/00002.png")).unwrap();
    assert_eq!((frame.width(), frame.height()), (720, 960));
    for bad in ["mannequin:11", "mannequin:5:noon"] {
        let output = run(&folder, &["track", bad]);
        let told = complaints(&output);
        assert_eq!(output.status.code(), Some(1), "{told:?}");
        assert!(told.len() == 1 && told[0].contains(bad), "{told:?}");
    }
}

#[test]
fn tracks_a_photo_in_the_reference_form() {
    let folder = Folder::new();
    let output = run(&folder, &["track", &asset("stills/astronaut.png"), "-o", "out.json"]);
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    assert_eq!(folder.names(), ["out.json"]);
    let json: Value = serde_json::from_slice(&std::fs::read(folder.path().join("out.json")).unwrap()).unwrap();
    assert_eq!((&json["file"], &json["mode"]), (&"astronaut.png".into(), &"image".into()));
    assert_eq!((&json["width"], &json["height"]), (&512.into(), &512.into()));
    let face = &json["faces"][0];
    assert_eq!(face["landmarks_px"].as_array().unwrap().len(), 478);
    assert_eq!(face["camera_from_face"][3], serde_json::json!([0.0, 0.0, 0.0, 1.0]));
    assert!(face["camera_from_face"][2][3].as_f64().unwrap() < -20.0, "in front of the camera");
    assert!(face["presence"].as_f64().unwrap() > 0.5);
    assert!(json["faces"].as_array().unwrap().len() == 1);
}

#[test]
fn tracks_clips_and_folders_frame_by_frame() {
    let folder = Folder::new();
    let output = run(&folder, &["track", &asset("clips/portrait.avi"), "--frames", "3"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["mode"], &json["fps"]), (&"video".into(), &25.0.into()));
    let frames = json["frames"].as_array().unwrap();
    assert_eq!(frames.len(), 3);
    assert!(frames.iter().all(|face| face["landmarks_px"].as_array().is_some_and(|points| points.len() == 478)));

    std::fs::create_dir(folder.path().join("frames")).unwrap();
    for name in ["frames/2.png", "frames/10.png"] {
        folder.file(name, &picture(ImageFormat::Png));
    }
    folder.file("frames/notes.txt", b"not a frame");
    let output = run(&folder, &["track", "frames"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["frames"], serde_json::json!([null, null]), "two frames without a face");
}

#[test]
fn reads_y4m() {
    let folder = Folder::new();
    let mut clip = b"YUV4MPEG2 W32 H32 F25:1 C420jpeg\n".to_vec();
    for _ in 0..2 {
        clip.extend(b"FRAME\n");
        clip.extend([128; 32 * 32 * 3 / 2]);
    }
    folder.file("clip.y4m", &clip);
    let output = run(&folder, &["track", "clip.y4m"]);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["frames"], serde_json::json!([null, null]));
}

#[test]
fn renders_at_the_inputs_own_size_or_the_size_asked_for() {
    let folder = Folder::new();
    let photo = asset("stills/astronaut.png");
    for (look, name, size) in
        [("classic-red", "red.png", &[][..]), ("evening-plum", "plum.png", &["--size", "256x1000"])]
    {
        let args = [&["render", &photo, "--look", look, "-o", name], size].concat();
        let output = run(&folder, &args);
        assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    }
    let red = image::open(folder.path().join("red.png")).unwrap().into_rgb8();
    let plum = image::open(folder.path().join("plum.png")).unwrap().into_rgb8();
    assert_eq!((red.dimensions(), plum.dimensions()), ((512, 512), (256, 256)));
    let bare = image::open(&photo).unwrap().into_rgb8();
    let changed = red.pixels().zip(bare.pixels()).filter(|(a, b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 24));
    let changed = changed.count();
    assert!((50..20_000).contains(&changed), "only lips changed: {changed} pixels");
    assert_eq!(folder.names(), ["plum.png", "red.png"], "nothing else is left");
}

/// Pixels that differ visibly.
fn differing<'a>(a: impl Iterator<Item = &'a image::Rgb<u8>>, b: impl Iterator<Item = &'a image::Rgb<u8>>) -> usize {
    a.zip(b).filter(|(a, b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 24)).count()
}

#[test]
fn a_sheet_holds_the_bare_face_and_every_look_asked_for() {
    let folder = Folder::new();
    let photo = asset("stills/astronaut.png");
    let sheet = ["render", &photo, "--sheet", "--look", "classic-red", "--look", "evening-plum"];
    let output = run(&folder, &[&sheet[..], &["-o", "sheet.png"]].concat());
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    assert_eq!(folder.names(), ["sheet.png"]);
    let picture = image::open(folder.path().join("sheet.png")).unwrap().into_rgb8();
    // Three cells of 4:5 in a row with margins of 0.12 and gaps of 0.06 of a cell's width.
    let cell = (picture.width() as f32 / 3.36).round() as u32;
    assert!(cell >= 360 && picture.height() > cell * 5 / 4, "{:?}", picture.dimensions());
    let at = |index: u32| {
        let (x, y) = (cell * 12 / 100 + index * cell * 106 / 100, cell * 12 / 100);
        image::imageops::crop_imm(&picture, x, y, cell, cell * 5 / 4).to_image()
    };
    let [bare, red, plum] = [at(0), at(1), at(2)];
    for (a, b) in [(&bare, &red), (&bare, &plum), (&red, &plum)] {
        let share = differing(a.pixels(), b.pixels()) as f32 / (cell * cell * 5 / 4) as f32;
        assert!((0.002..0.3).contains(&share), "{share} of the cell differs");
    }
    let corner = *picture.get_pixel(0, 0);
    let name = image::imageops::crop_imm(&picture, cell / 8, cell * 12 / 100 + cell * 5 / 4 + 6, cell, cell / 8);
    let ink = name.to_image().pixels().filter(|pixel| pixel.0[0] < 100).count();
    assert!(corner.0[0] > 200 && ink > 100, "a name is written below the cell: {ink} dark pixels");
}

#[test]
fn a_sheet_fits_the_size_asked_for_and_shows_the_whole_picture_if_asked() {
    let folder = Folder::new();
    let photo = asset("stills/astronaut.png");
    let args = ["render", &photo, "--sheet", "--whole", "--look", "classic-red", "--light", "evening"];
    let output = run(&folder, &[&args[..], &["--size", "900x3000", "-o", "sheet.png"]].concat());
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    let picture = image::open(folder.path().join("sheet.png")).unwrap().into_rgb8();
    assert!((890..=900).contains(&picture.width()) && picture.height() < 800, "{:?}", picture.dimensions());
}

#[test]
fn a_split_picture_is_bare_on_the_left_and_made_up_on_the_right() {
    let folder = Folder::new();
    let photo = asset("stills/astronaut.png");
    let output = run(&folder, &["render", &photo, "--split", "--look", "classic-red", "-o", "split.png"]);
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    let split = image::open(folder.path().join("split.png")).unwrap().into_rgb8();
    let bare = image::open(&photo).unwrap().into_rgb8();
    assert_eq!(split.dimensions(), (512, 512));
    let dividers = (0..512).filter(|x| (0..512).all(|y| split.get_pixel(*x, y).0 == [255; 3])).collect::<Vec<_>>();
    let (Some(&first), Some(&last)) = (dividers.first(), dividers.last()) else { unreachable!("no divider") };
    assert!((200..250).contains(&first) && last - first < 4, "through the face: {first} to {last}");
    // Above the words, which are on both sides.
    let side = |picture: &image::RgbImage, from: u32, to: u32| {
        image::imageops::crop_imm(picture, from, 0, to - from, 440).to_image()
    };
    let left = differing(side(&split, 0, first).pixels(), side(&bare, 0, first).pixels());
    let right = differing(side(&split, last + 1, 512).pixels(), side(&bare, last + 1, 512).pixels());
    assert!(left == 0 && right > 30, "{left} pixels changed on the left, {right} on the right");
}

#[test]
fn renders_clips_into_numbered_files() {
    let folder = Folder::new();
    let clip = asset("clips/portrait.avi");
    let output = run(&folder, &["render", &clip, "--look", "glazed-nude", "--frames", "2", "-o", "out"]);
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path().join("out")).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["00001.png", "00002.png"]);
}

/// What a command said, without its progress.
fn told(output: &std::process::Output) -> Vec<String> {
    complaints(output).into_iter().filter(|line| line.starts_with("carmine: ")).collect()
}

#[test]
fn a_picture_without_a_face_is_an_error_unless_it_is_allowed() {
    let folder = Folder::new();
    folder.file("wall.png", &picture(ImageFormat::Png));
    let wall = image::open(folder.path().join("wall.png")).unwrap().into_rgb8();
    for way in
        [&["--look", "classic-red"][..], &["--look", "classic-red", "--split"], &["--look", "city-rose", "--sheet"]]
    {
        let refused = [&["render", "wall.png", "-o", "out.png"], way].concat();
        let output = run(&folder, &refused);
        let told = self::told(&output);
        assert_eq!(output.status.code(), Some(1), "{way:?}: {told:?}");
        assert!(told.len() == 1 && told[0].contains("wall.png") && told[0].contains("--allow-no-face"), "{told:?}");
        assert_eq!(folder.names(), ["wall.png"]);
        let output = run(&folder, &[&refused[..], &["--allow-no-face"]].concat());
        let told = self::told(&output);
        assert_eq!(output.status.code(), Some(0), "{way:?}: {told:?}");
        assert!(told.len() == 1 && told[0].contains("no face was found in wall.png"), "{told:?}");
        if !way.contains(&"--sheet") {
            let out = image::open(folder.path().join("out.png")).unwrap().into_rgb8();
            assert!(out == wall, "no words under an unchanged picture: {way:?}");
        }
        std::fs::remove_file(folder.path().join("out.png")).unwrap();
    }
}

#[test]
fn a_group_larger_than_one_scene_dresses_is_dressed_whole() {
    let folder = Folder::new();
    let person = image::open(asset("stills/astronaut.png")).unwrap().into_rgb8();
    let person = image::imageops::crop_imm(&person, 120, 10, 220, 220).to_image();
    let mut group = image::RgbImage::new(220 * 5, 220 * 2);
    for place in 0..10 {
        image::imageops::replace(&mut group, &person, i64::from(place % 5) * 220, i64::from(place / 5) * 220);
    }
    group.save(folder.path().join("group.png")).unwrap();
    let output = run(&folder, &["render", "group.png", "--look", "classic-red", "-o", "out.png"]);
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    assert!(told(&output).is_empty(), "{:?}", told(&output));
    let out = image::open(folder.path().join("out.png")).unwrap().into_rgb8();
    for place in 0..10 {
        let cell = |picture: &image::RgbImage| {
            image::imageops::crop_imm(picture, place % 5 * 220, place / 5 * 220, 220, 220).to_image()
        };
        let changed = differing(cell(&out).pixels(), cell(&group).pixels());
        assert!((50..5000).contains(&changed), "place {place}: {changed} pixels changed");
    }
}

#[test]
fn results_never_go_over_their_input() {
    let folder = Folder::new();
    let photo = picture(ImageFormat::Png);
    std::fs::create_dir_all(folder.path().join("frames")).unwrap();
    std::fs::create_dir_all(folder.path().join("old")).unwrap();
    for name in ["photo.png", "frames/1.png", "old/00001.png"] {
        folder.file(name, &photo);
    }
    let render = |input, place| vec!["render", input, "--look", "classic-red", "-o", place];
    for (args, says) in [
        (render("photo.png", "./frames/../photo.png"), "the input itself"),
        (render("photo.png", "."), "the input itself"),
        (render("frames", "frames/"), "the input itself"),
        (render("frames", "old"), "holds frames already (00001.png)"),
        (vec!["track", "photo.png", "-o", "photo.png"], "the input itself"),
        (vec!["track", "frames", "-o", "frames/1.png"], "one of the input's frames"),
    ] {
        let output = run(&folder, &args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {:?}", complaints(&output));
        assert!(complaints(&output)[0].contains(says), "{args:?}: {:?}", complaints(&output));
    }
    for name in ["photo.png", "frames/1.png", "old/00001.png"] {
        assert_eq!(std::fs::read(folder.path().join(name)).unwrap(), photo, "{name}");
    }
    assert_eq!(folder.names(), ["frames", "old", "photo.png"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_stderr_that_is_full_is_no_panic() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let status = carmine(&Folder::new()).args(["track", "missing.png"]).stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(1));
}

#[test]
fn an_unknown_look_lists_the_looks() {
    let folder = Folder::new();
    let output = run(&folder, &["render", &asset("stills/astronaut.png"), "--look", "classy", "-o", "x.png"]);
    assert_eq!(output.status.code(), Some(1));
    let complaint = complaints(&output).join("\n");
    assert!(complaint.contains("classy") && complaint.contains("classic-red"), "{complaint}");
}

#[test]
fn a_broken_look_file_is_told_with_its_line() {
    let folder = Folder::new();
    folder.file("my.toml", b"name = \"Mine\"\n\n[[layers]]\nproduct = \"no-such\"\n");
    let output = run(&folder, &["render", &asset("stills/astronaut.png"), "--look", "my.toml", "-o", "x.png"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaints(&output)[0].contains("my.toml:4:"), "{:?}", complaints(&output));
}

#[test]
fn doctor_tells_and_exits_with_0() {
    let folder = Folder::new();
    let output = run(&folder, &["doctor"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    for section in ["Versions", "Models", "self-test", "Displays", "Cameras", "Graphics adapters", "no display"] {
        assert!(text.contains(section), "{section} is missing in\n{text}");
    }
    assert!(folder.names().is_empty());
}

#[test]
fn without_a_display_the_demo_goes_to_files() {
    let folder = Folder::new();
    for display in [None, Some(":4242")] {
        let mut command = carmine(&folder);
        if let Some(display) = display {
            command.env("DISPLAY", display);
        }
        let output = command.args(["--frames", "2"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
        assert!(complaints(&output)[0].contains("no display"), "{:?}", complaints(&output));
        let table = String::from_utf8(output.stdout).unwrap();
        assert!(table.contains("track") && table.contains("carmine-out"), "{table}");
        assert!(folder.path().join("carmine-out/00002.png").is_file());
        std::fs::remove_dir_all(folder.path().join("carmine-out")).unwrap();
    }
}
