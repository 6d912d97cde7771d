//! Pictures of kinds that are not read, sound, pipes: each is named for what it is, with what to do about it.

use super::common::{Folder, complaints, picture, run};
use super::{ffmpeg, frames, refusal};

/// A box of MP4's form with these brands.
fn ftyp(brands: &[u8]) -> Vec<u8> {
    [&(brands.len() as u32 + 8).to_be_bytes()[..], b"ftyp", brands, &[0; 64]].concat()
}

#[test]
fn what_is_not_read_is_named_with_the_mend() {
    let folder = Folder::new();
    for (name, bytes, says) in [
        ("a.jxl", b"\xFF\x0A and more".to_vec(), ["a JPEG XL picture", "save it as PNG or JPEG"]),
        ("a.tif", b"II*\0\x08\0\0\0 and more".to_vec(), ["a TIFF picture", "save it as PNG or JPEG"]),
        ("a.psd", b"8BPS\0\x01 and more".to_vec(), ["a Photoshop document", "save it as PNG or JPEG"]),
        ("a.wav", b"RIFF\x24\0\0\0WAVEfmt ".to_vec(), ["a sound recording", "a video in it"]),
        ("a.mp3", b"ID3\x04\0\0\0\0".to_vec(), ["a sound recording", "a video in it"]),
        // The name is wrong: what is in it decides.
        ("photo.jpg", ftyp(b"crx \0\0\0\x01crx isom"), ["a camera's raw picture", "save it as PNG or JPEG"]),
    ] {
        let path = folder.file(name, &bytes);
        let told = refusal(&path);
        assert!(says.iter().all(|says| told.contains(says)) && told.contains(name), "{name}: {told}");
        assert!(!told.contains("damaged"), "{told}");
        let output = run(&folder, &["track", name]);
        assert_eq!((output.status.code(), complaints(&output).len()), (Some(1), 1), "{:?}", complaints(&output));
        std::fs::remove_file(path).unwrap();
    }
}

#[test]
fn clips_with_sound_alone_are_told_as_such() {
    let folder = Folder::new();
    for name in ["a.mkv", "a.mp4", "a.ogg", "a.avi", "a.flac", "a.m4a"] {
        let codec = match name {
            "a.ogg" => "-c:a libvorbis",
            "a.avi" => "-c:a pcm_s16le",
            _ => "",
        };
        ffmpeg(&folder, &format!("-f lavfi -i sine=d=0.2 {codec} {name}"));
        let told = refusal(&folder.path().join(name));
        assert!(told.contains("sound") && told.contains("pass a clip with a video in it"), "{name}: {told}");
    }
}

#[test]
fn a_records_cover_is_no_clip() {
    let folder = Folder::new();
    folder.file("cover.png", &picture(image::ImageFormat::Png));
    ffmpeg(
        &folder,
        "-f lavfi -i sine=d=0.2 -i cover.png -map 0 -map 1 -c:v png -disposition:v attached_pic -f mp4 song.mp4",
    );
    let told = refusal(&folder.path().join("song.mp4"));
    assert!(told.contains("sound but no picture"), "{told}");
}

#[test]
fn pipes_have_their_own_words() {
    let folder = Folder::new();
    let binary = env!("CARGO_BIN_EXE_carmine");
    let photo = folder.file("photo.png", &picture(image::ImageFormat::Png));
    for input in ["/dev/stdin", "-"] {
        let script = format!("cat '{}' | '{binary}' track {input}", photo.display());
        let output =
            std::process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
        let told = complaints(&output);
        assert_eq!(output.status.code(), Some(1), "{told:?}");
        assert!(told.len() == 1 && told[0].contains("pipe") && told[0].contains("file"), "{told:?}");
    }
}

#[test]
fn one_bad_frame_of_a_folder_is_left_out_and_counted() {
    let folder = Folder::new();
    let png = picture(image::ImageFormat::Png);
    for (name, bytes) in
        [("1.png", &png[..60]), ("2.png", &png), ("3.png", b"no picture"), ("4.png", &png), ("5.png", b"")]
    {
        folder.file(name, bytes);
    }
    let (seen, told) = frames(folder.path());
    let times: Vec<_> = seen.iter().map(|frame| (frame.time_s * 30.0).round()).collect();
    assert_eq!(times, [1.0, 3.0], "the others keep their times");
    let told = told.unwrap();
    assert!(told.starts_with("3 frames of") && told.contains("1.png is damaged"), "{told}");
    let output = run(&folder, &["track", ".", "-o", "out.json"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        complaints(&output).iter().any(|line| line.contains("3 frames of . are left out")),
        "{:?}",
        complaints(&output)
    );
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("out.json")).unwrap()).unwrap();
    assert_eq!(json["frames"].as_array().unwrap().len(), 2);
    assert_eq!(json["times_s"], serde_json::json!([0.033333, 0.1]));
}

#[test]
fn a_folder_without_a_whole_frame_is_told_by_its_first() {
    let folder = Folder::new();
    let png = picture(image::ImageFormat::Png);
    folder.file("1.png", &png[..60]);
    folder.file("2.png", &png[..70]);
    assert!(refusal(folder.path()).contains("1.png is damaged"));
}
