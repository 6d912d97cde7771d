//! Files that went wrong for people, beside the project. Without them these tests are ignored, with that reason.

use std::path::{Path, PathBuf};

use super::frames;

fn case(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cases");
    assert!(folder.is_dir(), "the cases are not beside the project, where they are asked for");
    folder.join(name)
}

/// The largest mean difference of the pixels' channels.
fn difference(a: &super::Seen, b: &super::Seen) -> f64 {
    assert_eq!((a.width, a.height), (b.width, b.height));
    let sum: u64 = a.rgba.iter().zip(&b.rgba).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.rgba.len() as f64
}

#[test]
#[ignore = "needs the cases in ../shared/cases"]
fn profiles_bring_the_same_picture() {
    let [p3, adobe] = ["icc_p3.jpg", "icc_adobe.jpg"].map(|name| frames(&case(name)));
    assert_eq!((p3.1, adobe.1), (None, None));
    let apart = difference(&p3.0[0], &adobe.0[0]);
    assert!(apart < 1.0, "the same photo in both spaces: {apart}");
}

#[test]
#[ignore = "needs the cases in ../shared/cases"]
fn jpegs_without_tables_or_in_separate_scans_are_the_photo() {
    let whole = frames(&case("../faces/stills/portrait_820x1024.jpg")).0;
    for name in ["no_dht.jpg", "scans_ycbcr.jpg", "scans_cbcry.jpg"] {
        let (seen, told) = frames(&case(name));
        assert_eq!(told, None);
        let apart = difference(&seen[0], &whole[0]);
        assert!(apart < 4.0, "{name}: {apart}");
    }
    for name in ["nodht_jfif.avi", "nodht_noapp.avi"] {
        let (seen, told) = frames(&case(name));
        assert_eq!((seen.len(), told), (10, None), "{name}");
    }
}

#[test]
#[ignore = "needs the cases in ../shared/cases"]
fn a_bad_frame_is_left_out_and_told() {
    let (seen, told) = frames(&case("badframe.avi"));
    assert_eq!(seen.len(), 9);
    assert!(told.as_ref().is_some_and(|told| told.contains("left out")), "{told:?}");
}

#[test]
#[ignore = "needs the cases in ../shared/cases"]
fn an_exif_turn_in_a_png_is_followed_and_alpha_hides_what_lies_beneath() {
    let turned = &frames(&case("exif6.png")).0[0];
    assert!(turned.height > turned.width, "{}×{}", turned.width, turned.height);
    let cut_out = &frames(&case("alpha_black_beneath.png")).0[0];
    assert!(cut_out.at(0, 0)[0] > 200, "{:?}", cut_out.at(0, 0));
}

#[test]
#[ignore = "needs the cases in ../shared/cases"]
fn clips_have_square_pixels_and_the_files_times_and_range() {
    let sar = &frames(&case("sar43.mp4")).0[0];
    assert_eq!((sar.width, sar.height), (640, 360));
    let times: Vec<_> = frames(&case("vfr.mp4")).0.iter().map(|frame| (frame.time_s * 30.0).round()).collect();
    assert_eq!(times.len(), 16);
    let steps: std::collections::BTreeSet<_> = times.windows(2).map(|pair| (pair[1] - pair[0]) as u32).collect();
    assert!(steps.len() > 1, "{times:?}");
    let plain = frames(&case("sar43.mp4")).0.len();
    for name in ["hdr_hlg.mp4", "hdr_pq.mp4"] {
        let (seen, told) = frames(&case(name));
        assert_eq!((seen.len(), told), (plain, None), "{name}");
        let mean = seen[0].rgba.iter().map(|value| f64::from(*value)).sum::<f64>() / seen[0].rgba.len() as f64;
        assert!((90.0..220.0).contains(&mean), "{name}: {mean}");
    }
}
