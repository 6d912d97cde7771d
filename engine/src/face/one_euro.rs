use std::f32::consts::TAU;
use std::time::Duration;

use glam::Vec3;

use super::Landmarks;
use super::region::bounds;

/// Cut-off in Hz for a face at rest.
const MIN_CUTOFF_HZ: f32 = 0.05;
/// Hz of cut-off gained per object size and second of speed.
const BETA: f32 = 80.0;
/// Cut-off in Hz of the speed itself.
const SPEED_CUTOFF_HZ: f32 = 1.0;
/// Taken for the first step, and where the clock stood still or ran back.
const USUAL_STEP_S: f32 = 1.0 / 30.0;

/// A One-Euro filter for the landmarks of one face: still faces hold still, quick ones are not held back.
///
/// Speeds are measured in sizes of the face, so a far face is smoothed like a near one.
#[derive(Debug, Default)]
pub(super) struct OneEuro {
    last: Option<Duration>,
    step_s: f32,
    raw: Landmarks,
    speed: Landmarks,
    value: Landmarks,
}

impl OneEuro {
    /// Forgets everything: the next points pass as they are.
    pub(super) fn reset(&mut self) {
        self.last = None;
    }

    /// Takes the points found at `time` and gives them smoothed. Both finite.
    pub(super) fn smooth(&mut self, time: Duration, raw: &Landmarks) -> &Landmarks {
        let Some(last) = self.last.replace(time) else {
            self.step_s = USUAL_STEP_S;
            self.raw.copy_from_slice(&raw[..]);
            self.value.copy_from_slice(&raw[..]);
            self.speed.fill(Vec3::ZERO);
            return &self.value;
        };
        // A repeated or reversed time says nothing: the last step is the best guess.
        if let Some(step) = time.checked_sub(last).filter(|step| !step.is_zero()) {
            self.step_s = step.as_secs_f32();
        }
        let (min, max) = bounds(raw);
        let size = (max - min).element_sum() / 2.0;
        let speed_scale = if size > 0.0 { 1.0 / (size * self.step_s) } else { 0.0 };
        let speed_gain = gain(Vec3::splat(SPEED_CUTOFF_HZ), self.step_s);
        let state = self.raw.iter_mut().zip(self.speed.iter_mut()).zip(self.value.iter_mut());
        for (&new, ((last_raw, speed), value)) in raw.iter().zip(state) {
            let jump = (new - *last_raw) * speed_scale;
            *speed += (jump - *speed) * speed_gain;
            *value += (new - *value) * gain(MIN_CUTOFF_HZ + BETA * speed.abs(), self.step_s);
            *last_raw = new;
        }
        &self.value
    }
}

/// Share of the new value in a first-order low pass.
fn gain(cutoff_hz: Vec3, step_s: f32) -> Vec3 {
    let turns = TAU * cutoff_hz * step_s;
    turns / (turns + 1.0)
}
