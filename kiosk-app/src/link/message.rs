//! What keeper, mirror and curtain tell each other.

use std::ffi::OsString;

use serde::{Deserialize, Serialize};

use crate::service::Service;

/// What the mirror tells its keeper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromMirror {
    /// The first picture is on the display.
    Shown,
    /// It is alive: sent by the window's own thread, several times a second.
    Beat(Beat),
    /// Start a program for me.
    Start {
        /// Repeated in the answer.
        request: u32,
        /// Which kind; the command behind it comes from the settings that the keeper reads.
        service: Service,
    },
    /// End a program.
    Kill {
        /// Which, from [`FromKeeper::Started`].
        id: u32,
    },
}

/// How the mirror is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beat {
    /// Sessions that have ended since this mirror started.
    pub sessions: u32,
    /// Nobody is there: the attract screen is shown.
    pub idle: bool,
    /// What it has in memory, in bytes; 0 where that is not known.
    pub resident_bytes: u64,
    /// For how long the GPU has shown nothing although there was something to show, in milliseconds; 0 while it does.
    pub dark_ms: u64,
    /// Its stages (capture, track …), as far as they run. The window is none of them: it sends this.
    pub stages: Vec<StageBeat>,
}

/// What the keeper tells the curtain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToCurtain {
    /// Open a new window, which lies over all others. The number is repeated in the answer.
    Show(u32),
    /// Leave the screen to the mirror: the window goes below all others, or closes where the display cannot do that.
    Hide,
    /// Answer, if you are well.
    Ask,
}

/// What the curtain tells its keeper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromCurtain {
    /// The window of this order is on the display.
    Up(u32),
    /// The answer to [`ToCurtain::Ask`], by the thread that has the window.
    Well,
}

/// How a stage is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageBeat {
    /// Which.
    pub stage: String,
    /// Since its last sign of life, in milliseconds.
    pub age_ms: u64,
    /// Whether that is within what this stage may take.
    pub in_time: bool,
}

/// What the keeper tells the mirror.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromKeeper {
    /// A program was started. The message carries three files: its standard input, output and error.
    Started {
        /// Of the request.
        request: u32,
        /// Names the program from now on.
        id: u32,
    },
    /// A program was not started.
    Refused {
        /// Of the request.
        request: u32,
        /// Why.
        why: Refusal,
    },
    /// A program has ended, and there is nothing left of it.
    Ended {
        /// Which.
        id: u32,
        /// Its status, as `waitpid` gives it.
        wait_status: i32,
    },
}

/// Why a program was not started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// The settings name no program for it.
    None,
    /// There is no such program.
    Missing(OsString),
    /// It could not be started.
    Start {
        /// Which.
        program: OsString,
        /// Why.
        why: String,
    },
    /// So many run already.
    TooMany(usize),
}
