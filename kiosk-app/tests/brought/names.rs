//! What results are called, and that nothing is lost by it.

use image::imageops::FilterType;

use super::common::{Folder, asset, complaints, run};

/// A small photo with a face, as PNG.
fn photo(folder: &Folder, name: &str) -> Vec<u8> {
    let photo = image::open(asset("stills/astronaut.png")).unwrap().crop_imm(100, 0, 260, 260);
    let photo = photo.resize(160, 160, FilterType::Triangle);
    let mut bytes = std::io::Cursor::new(Vec::new());
    photo.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    folder.file(name, bytes.get_ref());
    bytes.into_inner()
}

fn render<'a>(input: &'a str, place: &'a str) -> Vec<&'a str> {
    vec!["render", input, "--look", "classic-red", "-o", place]
}

fn names_in(folder: &Folder, inner: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder.path().join(inner)).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn names_with_dots_become_results_of_their_own() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    for name in ["me.v2.png", "IMG.1.png", "IMG.2.png", "IMG.3", "me.png"] {
        photo(&folder, name);
        let output = run(&folder, &render(name, "out"));
        assert_eq!(output.status.code(), Some(0), "{name}: {:?}", complaints(&output));
    }
    assert_eq!(names_in(&folder, "out"), ["IMG.1.png", "IMG.2.png", "IMG.3.png", "me.png", "me.v2.png"]);
}

#[test]
fn nothing_in_a_folder_is_overwritten_unless_told() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    photo(&folder, "me.jpg");
    folder.file("out/me.png", b"a picture of somebody else's");
    let refused = run(&folder, &render("me.jpg", "out"));
    assert_eq!(refused.status.code(), Some(2), "{:?}", complaints(&refused));
    let told = complaints(&refused);
    assert!(told[0].contains("me.png is there already") && told[0].contains("--overwrite"), "{told:?}");
    assert_eq!(std::fs::read(folder.path().join("out/me.png")).unwrap(), b"a picture of somebody else's");
    let output = run(&folder, &[&render("me.jpg", "out")[..], &["--overwrite"]].concat());
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    assert!(image::open(folder.path().join("out/me.png")).is_ok());
    // A file that the user named is the user's word.
    folder.file("named.png", b"an older result");
    let output = run(&folder, &render("me.jpg", "named.png"));
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    assert!(image::open(folder.path().join("named.png")).is_ok());
}

#[test]
fn two_photos_that_would_have_one_result_are_both_safe() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    let same = photo(&folder, "me.jpg");
    photo(&folder, "me.webp.png");
    folder.file("me.png", &same);
    assert_eq!(run(&folder, &render("me.jpg", "out")).status.code(), Some(0));
    let first = std::fs::read(folder.path().join("out/me.png")).unwrap();
    assert_eq!(run(&folder, &render("me.png", "out")).status.code(), Some(2));
    assert_eq!(std::fs::read(folder.path().join("out/me.png")).unwrap(), first);
}

#[test]
fn a_photo_rendered_into_its_own_folder_stays() {
    let folder = Folder::new();
    let bytes = photo(&folder, "me.v2.png");
    let output = run(&folder, &render("me.v2.png", "."));
    assert_eq!(output.status.code(), Some(2), "{:?}", complaints(&output));
    assert!(complaints(&output)[0].contains("the input itself"), "{:?}", complaints(&output));
    assert_eq!(std::fs::read(folder.path().join("me.v2.png")).unwrap(), bytes);
    assert_eq!(folder.names(), ["me.v2.png"]);
}

#[test]
fn a_link_to_nowhere_in_the_folder_is_not_followed() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    photo(&folder, "me.jpg");
    std::os::unix::fs::symlink("../elsewhere.png", folder.path().join("out/me.png")).unwrap();
    assert_eq!(run(&folder, &render("me.jpg", "out")).status.code(), Some(2));
    assert_eq!(folder.names(), ["me.jpg", "out"]);
}

#[test]
fn names_as_long_as_a_drive_takes() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    for stem in ["n".repeat(232), "n".repeat(251), "é".repeat(125), "人".repeat(83)] {
        let name = format!("{stem}.png");
        photo(&folder, &name);
        let output = run(&folder, &render(&name, "out"));
        assert_eq!(output.status.code(), Some(0), "{} bytes: {:?}", name.len(), complaints(&output));
        assert!(names_in(&folder, "out").contains(&name), "{} bytes", name.len());
    }
    assert_eq!(names_in(&folder, "out").len(), 4, "nothing else is left");
    // Without an ending the result's own makes it too long for any drive.
    let name = "n".repeat(253);
    photo(&folder, &name);
    let output = run(&folder, &render(&name, "out"));
    assert_eq!(output.status.code(), Some(1));
    assert!(complaints(&output)[0].contains("give a shorter one"), "{:?}", complaints(&output));
}

#[test]
fn frames_of_an_earlier_run_stay_unless_told() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path().join("out")).unwrap();
    folder.file("out/00001.png", b"an earlier run's");
    let clip = asset("clips/portrait.avi");
    let arguments = [&render(&clip, "out")[..], &["--frames", "2"]].concat();
    let output = run(&folder, &arguments);
    assert_eq!(output.status.code(), Some(2), "{:?}", complaints(&output));
    assert_eq!(std::fs::read(folder.path().join("out/00001.png")).unwrap(), b"an earlier run's");
    let output = run(&folder, &[&arguments[..], &["--overwrite"]].concat());
    assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
    assert_eq!(names_in(&folder, "out"), ["00001.png", "00002.png"]);
    assert!(image::open(folder.path().join("out/00001.png")).is_ok());
}

#[test]
fn a_second_demo_without_a_display_keeps_the_first_ones_frames() {
    let folder = Folder::new();
    for place in ["carmine-out", "carmine-out-2", "carmine-out-3"] {
        let output = run(&folder, &["--frames", "1"]);
        assert_eq!(output.status.code(), Some(0), "{:?}", complaints(&output));
        assert!(complaints(&output)[0].contains(&format!("{place}/")), "{:?}", complaints(&output));
        assert!(folder.path().join(place).join("00001.png").is_file());
    }
}

#[test]
fn links_as_messengers_mangle_them_open() {
    let folder = Folder::new();
    let encoded = run(&folder, &["look", "encode", "city-rose", "--base", "https://look.example/try"]);
    let link = String::from_utf8(encoded.stdout).unwrap().trim().to_owned();
    let plain = run(&folder, &["look", "decode", &link]).stdout;
    assert!(!plain.is_empty());
    for mangled in [
        link.replace('#', "%23"),
        format!("{}\n{}", &link[..40], &link[40..]),
        format!("{link}."),
        format!("{}\u{200B}{}", &link[..50], &link[50..]),
        format!("{link}&fbclid=IwAR0x"),
    ] {
        let output = run(&folder, &["look", "decode", &mangled]);
        assert_eq!((output.status.code(), &output.stdout), (Some(0), &plain), "{mangled}");
    }
}

#[test]
fn a_base_that_is_no_address_is_refused() {
    let folder = Folder::new();
    for base in [
        "look.example",
        "not a url",
        "ftp://look.example/",
        "https://",
        "https://look.example/#x",
        "javascript:alert(1)",
    ] {
        let output = run(&folder, &["look", "encode", "city-rose", "--base", base]);
        assert_eq!(output.status.code(), Some(2), "{base}: {:?}", complaints(&output));
        let told = complaints(&output);
        assert!(told.len() == 1 && told[0].contains(base) && told[0].contains("https://look.example/"), "{told:?}");
    }
}

#[test]
fn a_place_that_takes_no_picture_is_told_with_the_mend() {
    let folder = Folder::new();
    photo(&folder, "me.jpg");
    for (place, says) in [
        (".png", "give -o a name before its .png"),
        ("me.jpg/x.png", "a file is in the place of its folder"),
        ("nowhere/x.png", "its folder does not exist"),
        #[cfg(target_os = "linux")]
        ("/proc/x.png", "its folder takes no new files"),
    ] {
        let output = run(&folder, &render("me.jpg", place));
        let told = complaints(&output);
        assert_ne!(output.status.code(), Some(0), "{place}");
        assert!(told.len() == 1 && told[0].contains(place) && told[0].contains(says), "{place}: {told:?}");
    }
    assert_eq!(names_in(&folder, "."), ["me.jpg"]);
}
