//! What is said of a mirror that shows nothing new, and comes back: one line when that begins and one when it ends. One
//! that freezes again and again is counted.

use std::time::Instant;

use super::recurring::{Counted, Recurring};
use crate::output;

/// The freezes of one kiosk's mirrors.
#[derive(Default)]
pub struct Freezes {
    silent: Recurring,
    /// The one that there is, if any.
    current: Option<Freeze>,
}

/// How a mirror is frozen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freeze {
    /// It gives no sign.
    Silent,
    /// Its GPU draws nothing: that is told by itself.
    Dark,
}

impl Freezes {
    /// The curtain comes before a mirror.
    pub fn begin(&mut self, freeze: Freeze, now: Instant) {
        self.current = Some(freeze);
        match freeze {
            Freeze::Silent if self.silent.begin(now) => {
                output::tell("carmine: the window does not answer: the curtain comes before it");
            }
            Freeze::Silent => log::debug!("the window does not answer again"),
            Freeze::Dark => log::info!("the mirror shows nothing new: the curtain comes before it"),
        }
    }

    /// It goes, since the mirror shows its picture.
    pub fn end(&mut self, now: Instant) {
        match self.current.take() {
            Some(Freeze::Silent) => {
                if let Some(lasted) = self.silent.end(now) {
                    let seconds = lasted.as_secs_f32();
                    output::tell(&format!(
                        "carmine: the mirror shows its picture again, after {seconds:.1} s behind the curtain"
                    ));
                }
            }
            Some(Freeze::Dark) => log::info!("the mirror shows its picture again"),
            None => {}
        }
    }

    /// The mirror ended, which is told.
    pub fn leave(&mut self, now: Instant) {
        self.current = None;
        self.silent.end(now);
    }

    /// Tells what was counted, where it is time to. To be called often.
    pub fn tell_counted(&mut self, now: Instant) {
        if let Some(Counted { times, lasted, is_over }) = self.silent.counted(now) {
            let seconds = lasted.as_secs();
            if times == 0 {
                output::tell("carmine: the window has answered for a minute");
                return;
            }
            let over = if is_over { "; it has answered for a minute" } else { "" };
            output::tell(&format!(
                "carmine: the window did not answer again (times: {times}), behind the curtain for {seconds} s{over}"
            ));
        }
    }
}
