//! AVI clips that are whole, cut off, and not what they claim.

use proptest::prelude::*;

use super::super::jpeg::tests::sample;
use super::super::{FrameSource, Picture, SourceInfo};
use super::*;

fn chunk(id: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut out = id.to_vec();
    out.extend((body.len() as u32).to_le_bytes());
    out.extend(body);
    out.resize(out.len() + out.len() % 2, 0);
    out
}

fn list(kind: &[u8; 4], parts: &[Vec<u8>]) -> Vec<u8> {
    chunk(b"LIST", &[&kind[..], &parts.concat()].concat())
}

/// A clip of `frames` in the codec `fourcc`, 25 frames a second.
pub fn clip_of(frames: &[Vec<u8>], fourcc: &[u8; 4]) -> Vec<u8> {
    let mut strh = b"vids".to_vec();
    strh.extend(fourcc);
    strh.extend([0; 12]);
    strh.extend(1_u32.to_le_bytes());
    strh.extend(25_u32.to_le_bytes());
    let mut strf = vec![0; 16];
    strf.extend(fourcc);
    let header = list(
        b"hdrl",
        &[chunk(b"avih", &40_000_u32.to_le_bytes()), list(b"strl", &[chunk(b"strh", &strh), chunk(b"strf", &strf)])],
    );
    let movi = list(b"movi", &frames.iter().map(|frame| chunk(b"00dc", frame)).collect::<Vec<_>>());
    chunk(b"RIFF", &[&b"AVI "[..], &header, &movi].concat())
}

fn read(bytes: Vec<u8>) -> Result<MotionJpeg, AviError> {
    from_bytes("test.avi", bytes)
}

fn blues(clip: &mut MotionJpeg) -> Vec<(u8, u128)> {
    let mut picture = Picture::default();
    let mut seen = Vec::new();
    while clip.next_frame(&mut picture).unwrap() {
        seen.push((picture.data[2] / 100, picture.time.as_millis()));
    }
    seen
}

#[test]
fn reads_frames_rate_and_repeats() {
    let clip = clip_of(&[sample(16, 8, 0), Vec::new(), sample(16, 8, 250)], b"MJPG");
    let mut avi = read(clip).ok().unwrap();
    assert_eq!(avi.info(), SourceInfo { width: 16, height: 8, fps: Some(25.0), frames: Some(3) });
    let mut blues = Vec::new();
    let mut picture = Picture::default();
    while avi.next_frame(&mut picture).unwrap() {
        blues.push(picture.data[2] / 100);
    }
    assert_eq!(blues, [0, 0, 2], "the empty frame repeats the first");
    assert_eq!(picture.time.as_millis(), 80);
    avi.rewind().unwrap();
    assert!(avi.next_frame(&mut picture).unwrap());
}

#[test]
fn a_clip_cut_off_keeps_its_whole_frames_and_says_so() {
    let mut clip = clip_of(&[sample(16, 8, 0), sample(16, 8, 9)], b"MJPG");
    clip.truncate(clip.len() - 20);
    let avi = read(clip).ok().unwrap();
    assert_eq!(avi.info().frames, Some(1));
    assert!(avi.warning().unwrap().contains("cut off"));
}

#[test]
fn a_bad_frame_is_left_out_and_told_and_the_others_keep_their_times() {
    let good = |shade| sample(16, 8, shade);
    let cut_off = good(0)[..good(0).len() - 2].to_vec();
    for (bad, why) in [(cut_off, "cut off"), (sample(8, 8, 0), "8×8 px in a clip of 16×8"), (vec![7; 40], "")] {
        let frames = [good(0), bad.clone(), good(110), bad.clone(), good(250)];
        let mut clip = read(clip_of(&frames, b"MJPG")).ok().unwrap();
        assert_eq!(clip.warning(), None);
        assert_eq!(blues(&mut clip), [(0, 0), (1, 80), (2, 160)], "{why}");
        let told = clip.warning().unwrap();
        assert!(told.starts_with("2 frames of test.avi are left out") && told.contains("frame 2: "), "{told}");
        assert!(told.contains(why), "{told}");
        clip.rewind().unwrap();
        assert_eq!(blues(&mut clip).len(), 3);
        assert_eq!(clip.warning().as_ref(), Some(&told), "counted once");
        // The first frame is the bad one.
        let mut clip = read(clip_of(&[bad.clone(), good(110)], b"MJPG")).ok().unwrap();
        if why.contains("px") {
            continue;
        }
        assert_eq!(blues(&mut clip), [(1, 40)]);
        assert!(clip.warning().unwrap().contains("this frame is left out"));
        assert!(matches!(
            read(clip_of(&[bad.clone(), bad], b"MJPG")),
            Err(AviError::Source(SourceError::Damaged { .. }))
        ));
    }
}

#[test]
fn half_a_frame_a_second_is_a_rate() {
    let mut clip = clip_of(&[sample(16, 8, 0), sample(16, 8, 90)], b"MJPG");
    // Rate and scale of the stream's header, 25/1, become 1/2.
    let at = clip.windows(4).position(|id| id == b"strh").unwrap() + 8 + 20;
    clip[at..at + 8].copy_from_slice(&[2, 0, 0, 0, 1, 0, 0, 0]);
    let mut clip = read(clip).ok().unwrap();
    assert_eq!(clip.info().fps, Some(0.5));
    assert_eq!(blues(&mut clip).last().unwrap().1, 2000);
}

#[test]
fn sound_alone_is_told_as_such() {
    let mut strh = b"auds".to_vec();
    strh.resize(28, 0);
    let header = list(b"hdrl", &[list(b"strl", &[chunk(b"strh", &strh), chunk(b"strf", &[0; 18])])]);
    let movi = list(b"movi", &[chunk(b"00wb", &[1; 64])]);
    let clip = chunk(b"RIFF", &[&b"AVI "[..], &header, &movi].concat());
    assert!(matches!(read(clip), Err(AviError::Source(SourceError::NoPicture { .. }))));
}

#[test]
fn another_codec_is_told_apart_from_damage() {
    assert!(matches!(read(clip_of(&[vec![1; 9]], b"H264")), Err(AviError::OtherCodec)));
    assert!(matches!(read(clip_of(&[], b"MJPG")), Err(AviError::Source(SourceError::Damaged { .. }))));
    assert!(matches!(read(clip_of(&[vec![1; 9]], b"MJPG")), Err(AviError::Source(SourceError::Damaged { .. }))));
}

#[test]
fn more_streams_than_a_clip_can_have_are_no_panic() {
    let mut strh = b"auds".to_vec();
    strh.resize(28, 0);
    let mut parts = vec![chunk(b"strh", &strh); 300];
    strh[..4].copy_from_slice(b"vids");
    parts.extend([chunk(b"strh", &strh), chunk(b"strf", &[0; 20])]);
    assert!(read(chunk(b"RIFF", &[&b"AVI "[..], &list(b"hdrl", &parts)].concat())).is_err());
}

proptest! {
    #[test]
    fn random_bytes_never_panic(tail in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut bytes = b"RIFF\xFF\xFF\xFF\xFFAVI ".to_vec();
        bytes.extend(&tail);
        let _ = read(bytes);
        let _ = read(tail);
    }

    #[test]
    fn flipped_and_cut_clips_never_panic(at in 0_usize..4000, value in any::<u8>(), keep in 0_usize..4000) {
        let mut bytes = clip_of(&[sample(16, 8, 3), sample(16, 8, 4)], b"MJPG");
        let at = at % bytes.len();
        bytes[at] = value;
        bytes.truncate(keep);
        if let Ok(mut avi) = read(bytes) {
            let mut picture = Picture::default();
            while let Ok(true) = avi.next_frame(&mut picture) {}
        }
    }
}
