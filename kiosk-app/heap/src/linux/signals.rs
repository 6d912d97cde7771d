//! Signals that end the process overwrite the arena first.

use std::ffi::c_int;
use std::mem::MaybeUninit;
use std::ptr::null_mut;

use super::wipe;

/// With their names for the message.
const FATAL: [(c_int, &str); 10] = [
    (libc::SIGABRT, "SIGABRT"),
    (libc::SIGBUS, "SIGBUS"),
    (libc::SIGFPE, "SIGFPE"),
    (libc::SIGHUP, "SIGHUP"),
    (libc::SIGILL, "SIGILL"),
    (libc::SIGINT, "SIGINT"),
    (libc::SIGQUIT, "SIGQUIT"),
    (libc::SIGSEGV, "SIGSEGV"),
    (libc::SIGSYS, "SIGSYS"),
    (libc::SIGTERM, "SIGTERM"),
];

/// Those by which others end a process on purpose: no message.
const ASKED: [c_int; 3] = [libc::SIGHUP, libc::SIGINT, libc::SIGTERM];

/// Handles all of them, but not what the parent process chose to ignore (`nohup`).
pub(super) fn handle_fatal() {
    for (signal, _) in FATAL {
        if !(ASKED.contains(&signal) && is_ignored(signal)) {
            handle(signal, wipe_and_end);
        }
    }
}

/// Sets a handler, on the thread's alternate stack where it has one. All other signals wait while it runs, except the
/// faults that it might cause itself.
pub(super) fn handle(signal: c_int, handler: extern "C" fn(c_int)) {
    // SAFETY: the structure is filled in as far as it is read, and the handlers use only what is safe in one.
    unsafe {
        let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
        action.sa_sigaction = handler as *const () as usize;
        action.sa_flags = libc::SA_ONSTACK | libc::SA_RESTART;
        libc::sigfillset(&mut action.sa_mask);
        for fault in [libc::SIGBUS, libc::SIGFPE, libc::SIGILL, libc::SIGSEGV] {
            libc::sigdelset(&mut action.sa_mask, fault);
        }
        libc::sigaction(signal, &action, null_mut());
    }
}

fn is_ignored(signal: c_int) -> bool {
    // SAFETY: reads the present action into a structure of that kind.
    unsafe {
        let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
        libc::sigaction(signal, std::ptr::null(), &mut action) == 0 && action.sa_sigaction == libc::SIG_IGN
    }
}

extern "C" fn wipe_and_end(signal: c_int) {
    let whole = wipe::everything();
    if !ASKED.contains(&signal) {
        let name = FATAL.iter().find(|(number, _)| *number == signal).map_or("a signal", |(_, name)| name);
        let done = if whole { "its memory was overwritten" } else { "it happened again while overwriting memory" };
        say(&["carmine: ended by ", name, "; ", done, "\n"]);
    }
    // The default effect, so that the parent process sees the signal.
    // SAFETY: sets the default action, unblocks the signal and raises it; ends the process where that did not.
    unsafe {
        let mut action: libc::sigaction = MaybeUninit::zeroed().assume_init();
        action.sa_sigaction = libc::SIG_DFL;
        libc::sigaction(signal, &action, null_mut());
        let mut mask: libc::sigset_t = MaybeUninit::zeroed().assume_init();
        libc::sigemptyset(&mut mask);
        libc::sigaddset(&mut mask, signal);
        libc::pthread_sigmask(libc::SIG_UNBLOCK, &mask, null_mut());
        libc::raise(signal);
        libc::_exit(128 + signal)
    }
}

/// Writes to standard error, as far as that takes it at once.
fn say(parts: &[&str]) {
    for part in parts {
        // SAFETY: writes a string.
        unsafe { libc::write(libc::STDERR_FILENO, part.as_ptr().cast(), part.len()) };
    }
}
