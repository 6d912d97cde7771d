//! The heap of a process that holds pictures of people: every allocation of Rust code lies in one address range, so that
//! all of it can be overwritten, whoever holds what.
//!
//! - Memory is zeroed when it is freed, and what a block loses when it shrinks.
//! - [`wipe_and_exit`] overwrites the arena and ends the process: without locks, allocations or destructors, so also
//!   while a thread is stuck or the heap itself is in disorder. [`wipe_at_the_end`] makes every way out do the same.
//! - [`trim`] gives free pages back to the system.
//! - The arena is left out of core dumps, and [`lock`] keeps it out of swap.
//!
//! ```
//! #[global_allocator]
//! static HEAP: carmine_heap::Heap = carmine_heap::Heap;
//! ```
//!
//! Not in the arena: stacks, static variables, what C libraries allocate, and memory of the GPU and its driver. The
//! kernel takes those back when the process ends (free pages of the C library also on [`trim`]), and hands them out zeroed.
//!
//! The arena exists on Linux. Elsewhere memory of the system's allocator is zeroed when it is freed, [`lock`] says that
//! it cannot lock, and the end of the process is a plain one.
#![allow(unsafe_code, reason = "an allocator is unsafe by nature; nothing else of the project is")]
#![deny(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)]

#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "the arena is Linux's"))]
mod blocks;
#[cfg(target_os = "linux")]
mod linux;
#[cfg(not(target_os = "linux"))]
mod other;
mod overwrite;

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
use other as system;
use thiserror::Error;

pub use system::Heap;

/// Why the arena is not locked into memory.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum LockError {
    /// The system forbids it.
    #[error(
        "its memory cannot be locked, so it may be written to a swap disk ({why}): allow {wanted_mib} MiB (systemd: \
         LimitMEMLOCK=infinity; a shell: ulimit -l unlimited), or turn swap off"
    )]
    Refused {
        /// The system's words.
        why: String,
        /// Size of the arena in MiB.
        wanted_mib: usize,
    },
    /// There is no arena on this system.
    #[error("its memory cannot be locked on this system, so it may be written to a swap disk: turn swap off")]
    Unsupported,
}

/// Locks the arena into memory: what is in use, and what will be. To be called early; once is enough.
pub fn lock() -> Result<(), LockError> {
    system::lock()
}

/// Gives free pages back to the system, also the C library's. Takes a millisecond or so, in which other threads wait for the heap.
pub fn trim() {
    system::trim();
}

/// From now on every way out of the process overwrites the arena: `exit`, a return from `main`, and the signals SIGABRT,
/// SIGBUS, SIGFPE, SIGHUP, SIGILL, SIGINT, SIGQUIT, SIGSEGV, SIGSYS and SIGTERM. After the overwriting a signal has its
/// default effect, so the parent process sees it as the cause. SIGKILL cannot be caught.
///
/// To be called first thing in `main`, before there are other threads.
pub fn wipe_at_the_end() {
    system::wipe_at_the_end();
}

/// Overwrites the arena and ends the process with this exit code. Destructors and exit handlers do not run.
///
/// Other threads are stopped first, so that none acts on what was overwritten; those that block signals or are held by a
/// debugger are not waited for.
pub fn wipe_and_exit(code: u8) -> ! {
    system::wipe_and_exit(code)
}

/// The arena's figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Bytes that have been in use at any time, counted from the arena's start.
    pub high_water: usize,
    /// Size of the address range in bytes.
    pub size: usize,
}

/// How much of the arena has been used.
pub fn usage() -> Usage {
    system::usage()
}
