//! Threads with a name, and the register of those that may hold a picture of a person.

pub mod holders;
pub mod interrupts;

use std::io::Error;
use std::thread::{Builder, JoinHandle};

use holders::Holder;

use crate::memory;

/// Runs `work` on a thread of its own.
pub fn spawn(name: &'static str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    Builder::new().name(name.into()).spawn(work)
}

/// The same for work that may hold a picture of a person. The thread is among the [`holders`] until `work` has returned
/// or panicked and everything that it owned has been dropped.
pub fn spawn_holder(name: &'static str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    spawn_known_holder(name, move |_| work())
}

/// The same for work that tells when it holds none.
pub fn spawn_known_holder(
    name: &'static str,
    work: impl FnOnce(&Holder) + Send + 'static,
) -> Result<JoinHandle<()>, Error> {
    // Entered before the thread exists, so that no moment is left in which it runs unseen.
    let holder = holders::enter(name);
    spawn(name, move || {
        work(&holder);
        memory::overwrite_stack();
    })
}
