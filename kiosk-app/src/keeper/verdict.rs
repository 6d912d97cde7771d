//! What follows the end of a mirror.

use std::fmt;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use crate::exit;

/// How a mirror ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code.
    Code(u8),
    /// By a signal that the keeper did not send.
    Signal(i32),
    /// The keeper ended it: it, or a stage of it, gave no sign of life for so long.
    Hung {
        /// What did not answer.
        what: String,
        /// For how long.
        silent: Duration,
    },
}

impl End {
    /// Of a process that ended by itself.
    pub fn of(status: ExitStatus) -> Self {
        match status.code() {
            Some(code) => Self::Code(u8::try_from(code).unwrap_or(exit::FAILED)),
            None => Self::Signal(status.signal().unwrap_or_default()),
        }
    }

    /// The exit code that passes it on.
    pub fn code(&self) -> u8 {
        match self {
            Self::Code(code) => *code,
            Self::Signal(signal) => code_of_signal(*signal),
            Self::Hung { .. } => exit::FAILED,
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(exit::STUCK) => write!(f, "ended to let go of a stuck thread"),
            Self::Code(exit::NO_DISPLAY) => write!(f, "has no display"),
            Self::Code(exit::GPU_LOST) => write!(f, "ended to be rid of a GPU that draws nothing"),
            Self::Code(code) => write!(f, "ended with code {code}"),
            Self::Signal(signal) => write!(f, "was ended by signal {signal}"),
            Self::Hung { what, silent } => {
                write!(f, "was ended since {what} did not answer for {} s", silent.as_secs())
            }
        }
    }
}

/// Why the keeper asked a mirror to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The kiosk is to end, by this signal.
    Stop(i32),
    /// A fresh one takes its place: it has served many sessions, or safe mode is over.
    Afresh,
}

/// What is done next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// The kiosk ends with this code.
    End(u8),
    /// There was no display.
    NoDisplay,
    /// Another mirror, at once.
    Afresh,
    /// Another mirror, after a pause: it failed.
    Failed,
}

/// The exit code for an end by a signal, as shells have it.
pub fn code_of_signal(signal: i32) -> u8 {
    u8::try_from(128 + signal).unwrap_or(exit::FAILED)
}

/// Decides what follows. A kiosk goes on whatever its mirror says; elsewhere an error that the mirror told ends it.
pub fn verdict(end: &End, asked: Option<Asked>, kiosk: bool) -> Next {
    match (asked, end) {
        (Some(Asked::Stop(signal)), _) => Next::End(code_of_signal(signal)),
        (Some(Asked::Afresh), _) => Next::Afresh,
        (None, End::Code(0)) => Next::End(0),
        (None, End::Code(code @ (exit::USAGE | exit::LOCKS))) => Next::End(*code),
        (None, End::Code(exit::NO_DISPLAY)) => Next::NoDisplay,
        (None, End::Code(exit::FAILED)) if !kiosk => Next::End(exit::FAILED),
        (None, _) => Next::Failed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_an_end() {
        let hung = End::Hung { what: "the window".into(), silent: Duration::from_secs(10) };
        for (end, in_a_window, in_a_kiosk) in [
            (End::Code(0), Next::End(0), Next::End(0)),
            (End::Code(1), Next::End(1), Next::Failed),
            (End::Code(2), Next::End(2), Next::End(2)),
            (End::Code(exit::LOCKS), Next::End(exit::LOCKS), Next::End(exit::LOCKS)),
            (End::Code(exit::STUCK), Next::Failed, Next::Failed),
            (End::Code(101), Next::Failed, Next::Failed),
            (End::Code(exit::NO_DISPLAY), Next::NoDisplay, Next::NoDisplay),
            (End::Signal(9), Next::Failed, Next::Failed),
            (hung, Next::Failed, Next::Failed),
        ] {
            assert_eq!(verdict(&end, None, false), in_a_window, "{end}");
            assert_eq!(verdict(&end, None, true), in_a_kiosk, "{end}");
            assert_eq!(verdict(&end, Some(Asked::Stop(15)), true), Next::End(143), "{end}");
            assert_eq!(verdict(&end, Some(Asked::Afresh), true), Next::Afresh, "{end}");
        }
    }
}
