//! Smoothing of landmarks by One-Euro filters: little jitter on still faces, little lag on moving ones.
//!
//! In: a face's landmarks and their time. Out: the same, smoothed.
//!
//! 1. The movement of the face as a whole since the last points (shift, growth and turn in the picture) is separated
//!    from each point's movement within the face.
//! 2. The speed of each is low-passed with a fixed cut-off frequency.
//! 3. The cut-off for the movement itself grows with that speed: `rest + β · |speed|`.
//! 4. The last smoothed points are moved by the face's movement times its smoothing factor, and each point by its own
//!    movement times its own factor.
//!
//! The filter: Casiez, Roussel and Vogel, "1€ Filter", CHI 2012. Speeds are measured in sizes of the face as MediaPipe
//! does, so a far face is smoothed like a near one. MediaPipe filters each point alone with (0.05 Hz, β 80, 1 Hz);
//! measured against exact points that has more jitter, three times the lag, and a larger error than the two filters
//! here.

use std::f32::consts::TAU;
use std::time::Duration;

use glam::{Vec3, Vec4};

use super::Landmarks;
use super::bounding_box::BoundingBox;
use super::movement::Movement;

/// The filter's parameters for one kind of movement, by the paper's names.
struct Parameters {
    /// Cut-off in Hz at rest.
    min_cutoff_hz: f32,
    /// Hz of cut-off gained per size of the face and second of speed.
    beta: f32,
    /// Cut-off in Hz of the speed itself.
    derivative_cutoff_hz: f32,
}

/// The face as a whole: its movement is averaged over 478 points, so it needs little smoothing.
const WHOLE_FACE: Parameters = Parameters { min_cutoff_hz: 0.05, beta: 200.0, derivative_cutoff_hz: 2.0 };
/// Each point within the face.
const WITHIN_FACE: Parameters = Parameters { min_cutoff_hz: 0.05, beta: 160.0, derivative_cutoff_hz: 4.0 };
/// Assumed for the first step, and if the time repeats or runs back.
const DEFAULT_STEP_S: f32 = 1.0 / 30.0;

/// One-Euro filters for the landmarks of one face.
#[derive(Debug, Default)]
pub(super) struct OneEuro {
    last: Option<Duration>,
    step_s: f32,
    raw: Landmarks,
    value: Landmarks,
    /// Shift x and y, growth, turn.
    speed_whole: Vec4,
    speed_within: Landmarks,
}

impl OneEuro {
    /// The next points pass as they are.
    pub(super) fn reset(&mut self) {
        self.last = None;
    }

    /// Overwrites all points, as if just made.
    pub(super) fn zeroize(&mut self) {
        let Self { last, step_s, raw, value, speed_whole, speed_within } = self;
        [raw, value, speed_within].into_iter().for_each(Landmarks::zeroize);
        (*last, *step_s, *speed_whole) = (None, 0.0, Vec4::ZERO);
    }

    /// Smooths the points found at `time`. Input and output are finite.
    pub(super) fn smooth(&mut self, time: Duration, raw: &Landmarks) -> &Landmarks {
        let Some(last) = self.last.replace(time) else {
            self.step_s = DEFAULT_STEP_S;
            self.raw.copy_from_slice(&raw[..]);
            self.value.copy_from_slice(&raw[..]);
            self.speed_whole = Vec4::ZERO;
            self.speed_within.fill(Vec3::ZERO);
            return &self.value;
        };
        // For a repeated or reversed time the last step is the best guess.
        if let Some(step) = time.checked_sub(last).filter(|step| !step.is_zero()) {
            self.step_s = step.as_secs_f32();
        }
        let step_s = self.step_s;
        let size = BoundingBox::of_landmarks(raw).mean_side();
        let per_size = if size > 0.0 { 1.0 / (size * step_s) } else { 0.0 };

        let moved = Movement::between(&self.raw, raw);
        let follow_whole_speed = smoothing_factor(WHOLE_FACE.derivative_cutoff_hz, step_s);
        self.speed_whole += (moved.per_second(size, per_size) - self.speed_whole) * follow_whole_speed;
        let whole_cutoff_hz = WHOLE_FACE.min_cutoff_hz + WHOLE_FACE.beta * self.speed_whole.length();
        let follow_whole = smoothing_factor(whole_cutoff_hz, step_s);
        let whole = Movement::between(&self.value, raw);
        let follow_speed = smoothing_factor(WITHIN_FACE.derivative_cutoff_hz, step_s);

        let state = self.raw.iter_mut().zip(self.value.iter_mut()).zip(self.speed_within.iter_mut());
        for (&new, ((last_raw, value), speed)) in raw.iter().zip(state) {
            let jump = (new - moved.of(*last_raw)) * per_size;
            *speed += (jump - *speed) * follow_speed;
            let cutoffs_hz = speed.abs() * WITHIN_FACE.beta + WITHIN_FACE.min_cutoff_hz;
            let follow = cutoffs_hz.map(|hz| smoothing_factor(hz, step_s));
            let carried = whole.of(*value);
            *value += (carried - *value) * follow_whole + (new - carried) * follow;
            *last_raw = new;
        }
        &self.value
    }
}

/// α of the paper: the share of the new value in a first-order low pass.
fn smoothing_factor(cutoff_hz: f32, step_s: f32) -> f32 {
    let turns = TAU * cutoff_hz * step_s;
    turns / (turns + 1.0)
}

#[cfg(test)]
mod tests {
    use glam::Vec2;
    use proptest::prelude::*;

    use super::*;

    /// A face of some 200 px whose points lie on a spiral.
    fn face(shift: Vec2, size: f32) -> Landmarks {
        let mut face = Landmarks::default();
        for (index, point) in face.iter_mut().enumerate() {
            let (angle, radius) = (index as f32 * 2.4, (index as f32 / 478.0).sqrt() * size / 2.0);
            *point = (Vec2::from_angle(angle) * radius + shift).extend(radius / 3.0);
        }
        face
    }

    fn seconds(value: f64) -> Duration {
        Duration::from_secs_f64(value)
    }

    fn apart(a: &Landmarks, b: &Landmarks) -> f32 {
        a.iter().zip(b.iter()).map(|(a, b)| a.distance(*b)).fold(0.0, f32::max)
    }

    #[test]
    fn a_repeated_reversed_or_distant_time_is_survived() {
        let mut filter = OneEuro::default();
        for (index, time) in [1.0, 1.0, 0.5, 1e9, 1e9, 0.0, 1e-9].into_iter().enumerate() {
            let raw = face(Vec2::splat(index as f32 * 30.0), 200.0);
            let smooth = filter.smooth(seconds(time), &raw);
            assert!(smooth.iter().all(|point| point.is_finite()));
        }
    }

    #[test]
    fn points_in_one_place_are_survived() {
        let mut filter = OneEuro::default();
        for index in 0..5 {
            let mut raw = Landmarks::default();
            raw.fill(Vec3::splat(index as f32));
            assert!(filter.smooth(seconds(f64::from(index)), &raw).iter().all(|point| point.is_finite()));
        }
    }

    #[test]
    fn a_reset_passes_the_next_points_as_they_are() {
        let mut filter = OneEuro::default();
        filter.smooth(seconds(0.0), &face(Vec2::ZERO, 200.0));
        filter.reset();
        let raw = face(Vec2::splat(90.0), 150.0);
        assert_eq!(*filter.smooth(seconds(0.1), &raw), raw);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn constant_points_are_met_and_never_overshot(
            x in -900.0_f32..900.0, y in -900.0_f32..900.0, size in 30.0_f32..600.0, fps in 10.0_f64..120.0,
        ) {
            let (start, end) = (face(Vec2::ZERO, size), face(Vec2::new(x, y), size));
            let mut filter = OneEuro::default();
            filter.smooth(seconds(0.0), &start);
            let mut left = apart(&start, &end);
            for index in 1..60 {
                let now = apart(filter.smooth(seconds(f64::from(index) / fps), &end), &end);
                // Closer each time, and from the near side.
                prop_assert!(now <= left + 1e-2);
                let passed = (filter.value[0] - end[0]).truncate().dot(Vec2::new(x, y));
                prop_assert!(passed <= 1e-3 * Vec2::new(x, y).length_squared().max(1.0));
                left = now;
            }
        }

        #[test]
        fn a_movement_is_followed_alike_at_any_frame_rate(
            speed in 5.0_f32..600.0, size in 60.0_f32..400.0, fps in 20.0_f64..60.0,
        ) {
            let at_end = |fps: f64| {
                let mut filter = OneEuro::default();
                let frames = (fps * 2.0) as u32;
                for index in 0..frames {
                    let time = f64::from(index) / fps;
                    filter.smooth(seconds(time), &face(Vec2::X * speed * time as f32, size));
                }
                let time = f64::from(frames) / fps;
                let raw = face(Vec2::X * speed * time as f32, size);
                raw[0].x - filter.smooth(seconds(time), &raw)[0].x
            };
            // How far behind, in seconds.
            let (one, other) = (at_end(fps) / speed, at_end(2.0 * fps) / speed);
            prop_assert!((one - other).abs() < 0.01, "{one} {other}");
        }
    }
}
