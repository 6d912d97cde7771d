//! Stopping the other threads of this process, for good.
//!
//! Each is sent a signal whose handler never returns. Threads that block it go on (those of Mesa do; they use nothing of
//! the arena), and a thread that is held by a debugger, or inside the kernel, does not run anyway.

use std::ffi::c_int;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};

/// The folder that lists them, opened early: later a sandbox may forbid to open anything.
static FOLDER: AtomicI32 = AtomicI32::new(-1);
/// Threads that have been stopped.
static STOPPED: AtomicUsize = AtomicUsize::new(0);

/// How long to wait for them, in steps of a millisecond.
const PATIENCE: usize = 20;
/// Bytes for a part of the list.
const LIST: usize = 1024;

/// The signal that stops one: a real-time one, which nobody else uses.
fn signal() -> c_int {
    libc::SIGRTMIN() + 7
}

/// To be called early.
pub(super) fn prepare() {
    let flags = libc::O_RDONLY | libc::O_DIRECTORY | libc::O_CLOEXEC;
    // SAFETY: opens a folder by a constant name.
    FOLDER.store(unsafe { libc::open(c"/proc/self/task".as_ptr(), flags) }, Ordering::Release);
    super::signals::handle(signal(), stopped);
}

extern "C" fn stopped(_: c_int) {
    STOPPED.fetch_add(1, Ordering::AcqRel);
    rest();
}

/// Waits for the end of the process.
pub(super) fn rest() -> ! {
    loop {
        // SAFETY: waits for signals.
        unsafe { libc::pause() };
    }
}

/// The calling thread's id.
pub(super) fn own_id() -> c_int {
    // SAFETY: reads a number.
    unsafe { libc::gettid() }
}

/// Stops all threads but this one, as far as they can be stopped.
pub(super) fn stop_others() {
    let mut told = 0;
    // Twice, for threads that were started meanwhile by those that were not stopped yet. A second signal to a stopped
    // thread stays pending.
    for _ in 0..2 {
        let count = tell_others();
        let mut waited = 0;
        told = told.max(count);
        while STOPPED.load(Ordering::Acquire) < told && waited < PATIENCE {
            // SAFETY: sleeps.
            unsafe { libc::usleep(1000) };
            waited += 1;
        }
    }
}

/// Sends the signal to every other thread; returns how many there are.
fn tell_others() -> usize {
    let folder = FOLDER.load(Ordering::Acquire);
    // SAFETY: without memory of others: numbers, and a list on this stack, which is aligned for what the kernel writes.
    unsafe {
        let (process, me) = (libc::getpid(), own_id());
        if folder < 0 || libc::lseek(folder, 0, libc::SEEK_SET) != 0 {
            return 0;
        }
        let (mut list, mut count) = (List([0; LIST]), 0);
        loop {
            let size = libc::syscall(libc::SYS_getdents64, folder, list.0.as_mut_ptr(), LIST);
            let Some(entries) = usize::try_from(size).ok().and_then(|size| list.0.get(..size)) else { return count };
            if entries.is_empty() {
                return count;
            }
            for id in ids(entries).filter(|id| *id != me) {
                count += 1;
                libc::syscall(libc::SYS_tgkill, process, id, signal());
            }
        }
    }
}

#[repr(C, align(8))]
struct List([u8; LIST]);

/// The thread ids in entries of `getdents64`: each has its length at byte 16 and its name, ended by a zero, at byte 19.
fn ids(entries: &[u8]) -> impl Iterator<Item = c_int> {
    let mut rest = entries;
    std::iter::from_fn(move || {
        let length = u16::from_ne_bytes([*rest.get(16)?, *rest.get(17)?]);
        let (entry, others) = rest.split_at_checked(length.into()).filter(|(entry, _)| entry.len() > 19)?;
        rest = others;
        Some(number(&entry[19..]))
    })
    .filter(|id| *id > 0)
}

/// A number in decimal digits up to a zero; 0 if it is none.
fn number(name: &[u8]) -> c_int {
    let mut digits = name.iter().take_while(|byte| **byte != 0);
    let add = |number: c_int, byte: &u8| {
        let digit = byte.is_ascii_digit().then(|| c_int::from(byte - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    };
    digits.try_fold(0, add).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thread_ids_are_read_from_a_folders_entries() {
        let mut list = Vec::new();
        for name in [".", "..", "4711", "99999999999", "12"] {
            let length = (19 + name.len() + 1).next_multiple_of(8);
            let mut entry = vec![0; length];
            entry[16..18].copy_from_slice(&(length as u16).to_ne_bytes());
            entry[19..19 + name.len()].copy_from_slice(name.as_bytes());
            list.extend(entry);
        }
        assert_eq!(ids(&list).collect::<Vec<_>>(), [4711, 12]);
        assert_eq!(ids(&list[..list.len() - 3]).collect::<Vec<_>>(), [4711], "a cut entry is none");
        assert_eq!(ids(&[0; 64]).count(), 0, "an entry of no length ends it");
    }
}
