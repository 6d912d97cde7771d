//! The arena, on Linux.

mod arena;
mod exit;
mod mapping;
mod signals;
mod threads;
mod wipe;

pub use arena::{Heap, lock, trim, usage};
pub use exit::wipe_at_the_end;
pub use wipe::wipe_and_exit;

/// Freed memory of the C library is filled with this; what is allocated, with its complement.
const FILL: libc::c_int = 0xA5;

pub fn overwrite_freed_c_memory() {
    #[cfg(target_env = "gnu")]
    // SAFETY: sets a number that malloc reads. It fails only for unknown parameters.
    unsafe {
        libc::mallopt(libc::M_PERTURB, FILL);
    }
}
