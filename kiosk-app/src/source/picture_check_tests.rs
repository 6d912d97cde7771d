//! Cameras that see, that freeze, and that are black.

use super::*;

const FPS: f64 = 30.0;

/// Noise as a sensor's, so many values of 255 wide, around `level`; `seed` is the picture's number.
fn noise(format: PixelFormat, level: u8, width: u8, seed: u64) -> Picture {
    let mut picture = Picture::default();
    let mut state = seed.wrapping_mul(0x2545_F491_4F6C_DD1D) | 1;
    for byte in picture.shape(format, 320, 180) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        *byte = level + (state >> 40) as u8 % width.max(1);
    }
    picture
}

/// The verdicts on so many seconds of pictures that come from `at` on, the first of each kind with its second.
fn verdicts(
    check: &mut PictureCheck,
    start: Instant,
    at: f64,
    seconds: f64,
    of: impl Fn(u64) -> Picture,
) -> Vec<(f64, Verdict)> {
    let mut verdicts: Vec<(f64, Verdict)> = Vec::new();
    for number in 0..(seconds * FPS) as u64 {
        let since = number as f64 / FPS;
        let verdict = check.judge(&of(number), start + Duration::from_secs_f64(at + since));
        if verdicts.last().is_none_or(|(_, last)| *last != verdict) {
            verdicts.push((since, verdict));
        }
    }
    verdicts
}

#[test]
fn a_calm_camera_is_neither_frozen_nor_black() {
    for format in PixelFormat::ALL {
        // The faintest noise there is: one step of brightness.
        for level in [30, 120, 250] {
            let (start, mut check) = (Instant::now(), PictureCheck::new(None, Instant::now()));
            let seen = verdicts(&mut check, start, 0.0, 20.0, |number| noise(format, level, 2, number));
            assert_eq!(seen, [(0.0, Verdict::Good)], "{format:?} at {level}");
        }
    }
}

#[test]
fn one_changed_row_in_a_still_room_is_enough() {
    let still = noise(PixelFormat::Yuyv, 90, 40, 1);
    let (start, mut check) = (Instant::now(), PictureCheck::new(None, Instant::now()));
    let seen = verdicts(&mut check, start, 0.0, 10.0, |number| {
        let mut picture = still.clone();
        // A row that is read, one byte of it.
        picture.data[(180 / 32) * 640 + 333] = (number % 251) as u8;
        picture
    });
    assert_eq!(seen, [(0.0, Verdict::Good)]);
}

#[test]
fn a_repeated_picture_is_noticed_within_two_seconds_and_doubted_until_another_comes() {
    let (start, mut check) = (Instant::now(), PictureCheck::new(None, Instant::now()));
    let alive = |number| noise(PixelFormat::Nv12, 60, 9, number);
    assert_eq!(verdicts(&mut check, start, 0.0, 1.0, alive), [(0.0, Verdict::Good)]);
    let seen = verdicts(&mut check, start, 1.0, 3.0, |_| alive(7));
    assert!(seen[1].0 <= 1.6 && seen[1].1 == Verdict::Dead(CameraError::Frozen), "{seen:?}");

    // Opened again, it still repeats itself: nothing of it is shown.
    let mut check = PictureCheck::new(Some(&CameraError::Frozen), start);
    let seen = verdicts(&mut check, start, 0.0, 3.0, |_| alive(7));
    assert_eq!((&seen[0].1, &seen[1].1), (&Verdict::Wait, &Verdict::Dead(CameraError::Frozen)));
    let mut check = PictureCheck::new(Some(&CameraError::Frozen), start);
    let seen = verdicts(&mut check, start, 0.0, 1.0, |number| alive(number.max(3)));
    assert_eq!((&seen[0].1, &seen[1].1), (&Verdict::Wait, &Verdict::Good));
}

#[test]
fn a_slow_camera_needs_enough_equal_pictures() {
    let mut check = PictureCheck::new(None, Instant::now());
    let (start, picture) = (Instant::now(), noise(PixelFormat::Rgb8, 60, 9, 1));
    let judged = (0..10).map(|number| check.judge(&picture, start + Duration::from_secs(number)));
    assert_eq!(judged.filter(|verdict| *verdict == Verdict::Good).count(), EQUAL as usize);
}

#[test]
fn a_capped_lens_is_black_and_a_dark_shop_is_not() {
    for (format, black) in [(PixelFormat::Yuyv, 16), (PixelFormat::Nv12, 16), (PixelFormat::Rgba8, 0)] {
        let (start, mut check) = (Instant::now(), PictureCheck::new(None, Instant::now()));
        let at = |level: u8, width: u8| {
            move |number| {
                let mut picture = noise(format, level, width, number);
                if format == PixelFormat::Yuyv {
                    picture.data.iter_mut().skip(1).step_by(2).for_each(|chroma| *chroma = 128);
                }
                picture
            }
        };
        assert_eq!(verdicts(&mut check, start, 0.0, 1.0, at(black + 60, 9)), [(0.0, Verdict::Good)]);
        let seen = verdicts(&mut check, start, 1.0, 3.0, at(black, 6));
        assert!(seen[1].0 <= 1.6 && seen[1].1 == Verdict::Dead(CameraError::Black), "{seen:?}");
        // Night: dim and noisy.
        let (start, mut check) = (Instant::now(), PictureCheck::new(None, Instant::now()));
        let seen = verdicts(&mut check, start, 0.0, 5.0, at(black, 24));
        assert_eq!(seen, [(0.0, Verdict::Good)], "{format:?}");
    }
}

#[test]
fn a_camera_that_warms_up_is_not_black_yet_and_not_shown() {
    let (start, mut check) = (Instant::now(), PictureCheck::new(None, Instant::now()));
    let black = |number| noise(PixelFormat::Rgb8, 0, 3, number);
    assert_eq!(verdicts(&mut check, start, 0.0, 3.5, black), [(0.0, Verdict::Wait)]);
    let seen = verdicts(&mut check, start, 3.5, 1.0, |number| noise(PixelFormat::Rgb8, 40, 9, number));
    assert_eq!(seen, [(0.0, Verdict::Good)]);
    // It never becomes bright.
    let mut check = PictureCheck::new(Some(&CameraError::Black), start);
    let seen = verdicts(&mut check, start, 0.0, 5.0, black);
    assert!((3.9..4.2).contains(&seen[1].0) && seen[1].1 == Verdict::Dead(CameraError::Black), "{seen:?}");
}

/// A hand over the lens for a second is shown as it is.
#[test]
fn a_short_darkness_is_no_trouble() {
    let (start, mut check) = (Instant::now(), PictureCheck::new(None, Instant::now()));
    let seen = verdicts(&mut check, start, 0.0, 6.0, |number| {
        noise(PixelFormat::Rgb8, if (60..90).contains(&number) { 0 } else { 80 }, 5, number)
    });
    assert_eq!(seen, [(0.0, Verdict::Good)]);
}

#[test]
fn odd_sizes_are_survived() {
    let mut check = PictureCheck::new(None, Instant::now());
    for (width, height) in [(0, 0), (1, 1), (2, 2), (3, 1), (16, 17)] {
        let mut picture = Picture::default();
        picture.shape(PixelFormat::Rgb8, width, height).fill(200);
        check.judge(&picture, Instant::now());
        // Shorter than it claims.
        picture.data.truncate(picture.data.len() / 2);
        check.judge(&picture, Instant::now());
    }
}
