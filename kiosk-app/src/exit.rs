//! The exit codes of `carmine`. A process that ends by a signal has the signal's status instead.

/// It failed; standard error says why.
pub const FAILED: u8 = 1;
/// Wrong arguments.
pub const USAGE: u8 = 2;
/// A session ended while a thread that may hold the shopper's picture was stuck: memory was overwritten, and the process
/// ended, since nothing else ends such a thread. Starting it again is safe.
pub const STUCK: u8 = 70;
/// Locks are missing without which the settings do not let a mirror run.
pub const LOCKS: u8 = 72;
/// There is no such program as this process was to become; shells end so, too.
pub const NO_PROGRAM: u8 = 127;
/// The mirror found no display, or lost it. It has said nothing: its keeper does, which knows what follows.
pub const NO_DISPLAY: u8 = 71;
/// The GPU showed nothing for long, whatever was tried in this process: its driver may be broken here. A new process may
/// find it well.
pub const GPU_LOST: u8 = 73;
