//! The end of the process with everything overwritten.
//!
//! 1. The first thread that comes here does it; later ones wait for the end of the process.
//! 2. Stop the other threads, so that none acts on what it finds overwritten.
//! 3. Overwrite the part of the arena that is in use, as far as it has memory behind it. Twice: a thread that could not
//!    be stopped may have copied something from one place to another meanwhile.
//! 4. End the process.
//!
//! No step allocates, takes a lock or needs much stack: this also runs on a signal's stack.

use std::sync::atomic::{AtomicI32, AtomicU8, Ordering};

use super::{arena, mapping, threads};
use crate::overwrite::zero;

/// The thread that does it; 0 while there is none.
static WIPER: AtomicI32 = AtomicI32::new(0);

/// Pages that are looked at together.
const PAGES: usize = 4096;
/// For each of them, whether it is in memory. Only the one thread that wipes uses it.
static RESIDENT: [AtomicU8; PAGES] = [const { AtomicU8::new(0) }; PAGES];

/// Overwrites everything. Returns only to the one thread that did it; false if that thread was already doing it, and
/// came here again because of a fault in it.
pub(super) fn everything() -> bool {
    let me = threads::own_id();
    match WIPER.compare_exchange(0, me, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => {}
        Err(wiper) if wiper == me => return false,
        Err(_) => threads::rest(),
    }
    threads::stop_others();
    for _ in 0..2 {
        overwrite_arena();
    }
    true
}

fn overwrite_arena() {
    let (base, used) = arena::used();
    let page = mapping::page_size();
    let mut done = 0;
    while done < used {
        let count = (used - done).div_ceil(page).min(PAGES);
        let start = base.wrapping_add(done);
        // SAFETY: the pages are mapped for the life of the process, and the list has an entry for each.
        let known = unsafe { libc::mincore(start.cast(), count * page, RESIDENT.as_ptr().cast_mut().cast()) } == 0;
        let mut at = 0;
        while at < count {
            let run = RESIDENT[at..count].iter().take_while(|entry| is_there(known, entry)).count();
            // SAFETY: within the arena's mapping. Other threads may still use it: this process is about to end, and that
            // nobody finds in it what was there is the purpose.
            unsafe { zero(start.wrapping_add(at * page), run * page) };
            at += run.max(1);
        }
        done += count * page;
    }
}

fn is_there(known: bool, entry: &AtomicU8) -> bool {
    !known || entry.load(Ordering::Relaxed) & 1 == 1
}

pub fn wipe_and_exit(code: u8) -> ! {
    everything();
    // SAFETY: ends the process.
    unsafe { libc::_exit(code.into()) }
}
