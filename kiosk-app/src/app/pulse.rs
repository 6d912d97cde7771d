//! Signs of life of the window, for whoever watches over this process.

use std::time::Duration;

use winit::event_loop::EventLoopProxy;

use super::wake::Wake;
use crate::error::AppError;
use crate::health;

/// How often the window is asked for one: often enough that a silence of two seconds means something.
const EVERY: Duration = Duration::from_millis(250);

/// A sign of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// The first picture is on the display.
    Shown,
    /// The window answers.
    Beat {
        /// Sessions that have ended.
        sessions: u32,
        /// Nobody is there: the attract screen is shown.
        idle: bool,
        /// For how long the GPU has shown nothing of what was to be shown; zero while it does.
        dark: Duration,
    },
}

/// Where signs go.
pub type Signs = Box<dyn FnMut(Sign)>;

/// Asks the window again and again, from a thread of its own, until the event loop has ended.
pub fn ask(proxy: EventLoopProxy<Wake>) -> Result<(), AppError> {
    let ask = move || {
        while proxy.send_event(Wake::Beat).is_ok() {
            health::tick();
            std::thread::sleep(EVERY);
        }
    };
    let thread = std::thread::Builder::new().name("pulse".into()).spawn(ask);
    thread.map(drop).map_err(|error| AppError::NoThread { name: "pulse", error })
}
