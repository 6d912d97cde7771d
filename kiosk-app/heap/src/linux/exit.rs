//! Every way out of the process.

use std::ffi::{c_int, c_void};
use std::ptr::null_mut;

use super::{signals, threads, wipe};

unsafe extern "C" {
    /// Of glibc: calls the function with the exit status when the process ends by `exit` or by a return from `main`.
    #[cfg(target_env = "gnu")]
    fn on_exit(function: extern "C" fn(c_int, *mut c_void), argument: *mut c_void) -> c_int;
}

pub fn wipe_at_the_end() {
    threads::prepare();
    signals::handle_fatal();
    #[cfg(target_env = "gnu")]
    // SAFETY: the function is as it is declared. It fails only without memory, and then signals are still handled.
    unsafe {
        on_exit(ended, null_mut());
    }
}

/// Runs after the exit handlers that were registered later, which are those of libraries.
extern "C" fn ended(status: c_int, _: *mut c_void) {
    wipe::wipe_and_exit(status as u8)
}
