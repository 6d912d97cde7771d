//! Taps that were meant for what was there before: the second half of a double tap after the first has changed what lies
//! under the finger, and a tap in the moment in which another screen, sheet or warning appears.
//!
//! In: egui's taps and what the screens show. Out: whether this frame's tap counts. Tapping one control fast and often,
//! such as a stepper, always counts; so do keys and a screen reader's presses.

use std::mem::Discriminant;

use egui::{Context, Id, Pos2};

use crate::session::{Overlay, Screen, Session};

/// How long a tap does nothing after another scene has appeared, in seconds: nobody has seen it yet.
const SETTLE: f64 = 0.3;
/// How long after a tap was answered another one in the same place belongs to it, in seconds.
const DOUBLE: f64 = 0.4;

/// What is shown, as far as it decides what a tap means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scene {
    screen: Screen,
    overlay: Discriminant<Overlay>,
    warned: bool,
    menu: Option<Id>,
}

impl Scene {
    /// The session's screen and what lies over it.
    pub(super) fn of(session: &Session, menu: Option<Id>) -> Self {
        let (screen, overlay) = (session.screen(), std::mem::discriminant(session.overlay()));
        Self { screen, overlay, warned: session.warning().is_some(), menu }
    }
}

/// A tap, and when its effect was first shown.
#[derive(Clone, Copy, Debug)]
struct Tap {
    at: Pos2,
    on: Option<Id>,
    /// In seconds of egui's clock; `None` until the frame after it.
    answered: Option<f64>,
}

/// Remembers the last tap and since when the scene is shown. Times are in seconds of egui's clock: those of frames, so
/// that on a slow machine a tap waits for what it changes.
#[derive(Clone, Debug, Default)]
pub(super) struct TapGuard {
    scene: Option<Scene>,
    since: Option<f64>,
    pressed: f64,
    last: Option<Tap>,
    /// Whether the first scene, too, has to settle: it takes the place of one that was forgotten.
    takes_over: bool,
}

impl TapGuard {
    /// One that knows nothing but that something else was shown before.
    pub(super) fn taking_over() -> Self {
        Self { takes_over: true, ..Self::default() }
    }

    /// Before a frame is laid out.
    pub(super) fn begin(&mut self, context: &Context, scene: Scene) {
        let (time, pressed) = context.input(|input| (input.time, input.pointer.any_pressed()));
        match self.scene.replace(scene) {
            Some(before) if before == scene => {}
            None if !self.takes_over => {}
            _ => self.since = Some(time),
        }
        if let Some(last) = &mut self.last {
            last.answered.get_or_insert(time);
        }
        if pressed {
            self.pressed = time;
        }
    }

    /// After a frame was laid out: whether its tap, if there is one, counts. `reach` is how far apart two taps of a
    /// double tap may lie, in points.
    pub(super) fn counts(&mut self, context: &Context, reach: f32) -> bool {
        let tapped = context.input(|input| {
            let pointer = &input.pointer;
            pointer.any_click().then(|| pointer.interact_pos()).flatten().map(|at| (at, input.time))
        });
        let Some((at, time)) = tapped else { return true };
        let on = context.interaction_snapshot(|taken| taken.clicked);
        let early = self.since.is_some_and(|since| self.pressed - since < SETTLE);
        let again = self.last.is_some_and(|last| {
            let soon = last.answered.is_none_or(|answered| self.pressed - answered < DOUBLE);
            soon && last.at.distance(at) < reach && last.on != on
        });
        match &mut self.last {
            // A third tap belongs to the first as well.
            Some(last) if again => last.answered = Some(time),
            last => *last = Some(Tap { at, on, answered: None }),
        }
        !early && !again
    }
}
