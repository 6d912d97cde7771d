//! The arena's address range: reserved, left out of core dumps, locked, and given back page by page.
//!
//! It is not kept out of child processes (MADV_DONTFORK, MADV_WIPEONFORK): between fork and exec the standard library
//! reads the new program's arguments from it. What a child shares it loses with exec.

use std::ffi::c_void;
use std::io::Error;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::LockError;
use crate::overwrite::zero;

/// Address space is not memory: pages come when they are first written. Where it is limited (`ulimit -v`), half of it
/// is tried, and so on.
const LARGEST: usize = if cfg!(target_pointer_width = "64") { 2 << 30 } else { 512 << 20 };
const SMALLEST: usize = 128 << 20;

/// Reserves the range; ends the process with a message where there is none.
pub(super) fn reserve() -> (*mut u8, usize) {
    let mut size = LARGEST;
    while size >= SMALLEST {
        let rights = libc::PROT_READ | libc::PROT_WRITE;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: a new mapping at an address that the kernel chooses.
        let base = unsafe { libc::mmap(null_mut(), size, rights, flags, -1, 0) };
        if base != libc::MAP_FAILED {
            // SAFETY: the range was mapped above. It fails only on kernels that cannot do it.
            unsafe { libc::madvise(base, size, libc::MADV_DONTDUMP) };
            return (base.cast(), size);
        }
        size /= 2;
    }
    give_up()
}

/// Says that there is no memory, and ends the process. Nothing else can be said or done without memory.
pub(super) fn give_up() -> ! {
    let message = b"carmine: no address range of 128 MiB for its memory: raise the limit (ulimit -v, LimitAS=)\n";
    // SAFETY: writes a constant, and ends the process.
    unsafe {
        libc::write(libc::STDERR_FILENO, message.as_ptr().cast(), message.len());
        libc::_exit(1)
    }
}

/// Locks pages as they come into use.
pub(super) fn lock(base: *mut u8, size: usize) -> Result<(), LockError> {
    // SAFETY: the range is mapped for the life of the process.
    match unsafe { libc::mlock2(base.cast(), size, libc::MLOCK_ONFAULT as _) } {
        0 => Ok(()),
        _ => Err(LockError::Refused { why: Error::last_os_error().to_string(), wanted_mib: size >> 20 }),
    }
}

/// The system's page size in bytes.
pub(super) fn page_size() -> usize {
    static SIZE: AtomicUsize = AtomicUsize::new(0);
    match SIZE.load(Ordering::Relaxed) {
        0 => {
            // SAFETY: reads a constant of the system.
            let size = usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(4096);
            SIZE.store(size, Ordering::Relaxed);
            size
        }
        size => size,
    }
}

/// Gives the whole pages of free memory back; afterwards all of it is zero. What lay in it was zeroed when it was freed;
/// only the allocator's notes were not.
pub(super) fn release(start: *mut u8, size: usize) {
    let page = page_size();
    let before = (start.addr().next_multiple_of(page) - start.addr()).min(size);
    let whole = (size - before) / page * page;
    // SAFETY: free memory of the arena, which `Blocks::trim` lends to this function alone, in three parts.
    unsafe {
        zero(start, before);
        if whole > 0 && !give_back(start.add(before).cast(), whole) {
            zero(start.add(before), whole);
        }
        zero(start.add(before + whole), size - before - whole);
    }
}

/// Gives pages back, which then read as zero. False if the kernel refuses.
///
/// # Safety
/// The pages must be the caller's alone.
unsafe fn give_back(pages: *mut c_void, size: usize) -> bool {
    // SAFETY: the caller's promise. The first form also works where they are locked, but not on kernels before 5.18.
    unsafe {
        libc::madvise(pages, size, libc::MADV_DONTNEED_LOCKED) == 0
            || libc::madvise(pages, size, libc::MADV_DONTNEED) == 0
    }
}
