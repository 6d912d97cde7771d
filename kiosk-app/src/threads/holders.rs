//! Who may hold a picture of a person, over the whole process: every thread that captures, decodes or tracks.
//!
//! A session's end waits until nobody is left here. A thread that is stuck in a driver or held by a debugger stays; then
//! only the end of the process can overwrite what it holds. One that has told that it holds no picture, as while a camera
//! is being opened, is not waited for.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

struct Register {
    next: u64,
    entries: Vec<Entry>,
}

struct Entry {
    id: u64,
    name: &'static str,
    /// It holds no picture now.
    is_empty: bool,
}

impl Register {
    fn names(&self) -> Vec<&'static str> {
        self.entries.iter().filter(|entry| !entry.is_empty).map(|entry| entry.name).collect()
    }
}

static REGISTER: Mutex<Register> = Mutex::new(Register { next: 0, entries: Vec::new() });
static LEFT: Condvar = Condvar::new();

fn register() -> MutexGuard<'static, Register> {
    REGISTER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An entry in the register; dropping it removes it.
#[derive(Debug)]
#[must_use = "it is in the register only as long as this lives"]
pub struct Holder(u64);

/// Enters a holder under the name of what it does.
pub fn enter(name: &'static str) -> Holder {
    let mut register = register();
    register.next += 1;
    let id = register.next;
    register.entries.push(Entry { id, name, is_empty: false });
    Holder(id)
}

impl Holder {
    /// Tells whether it holds no picture now, nor will before it says so.
    pub fn set_empty(&self, is_empty: bool) {
        if let Some(entry) = register().entries.iter_mut().find(|entry| entry.id == self.0) {
            entry.is_empty = is_empty;
        }
        LEFT.notify_all();
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        register().entries.retain(|entry| entry.id != self.0);
        LEFT.notify_all();
    }
}

/// The names of those that may hold a picture now, oldest first.
pub fn names() -> Vec<&'static str> {
    register().names()
}

/// How many have this name, also of those that hold none now.
pub fn count(name: &str) -> usize {
    register().entries.iter().filter(|entry| entry.name == name).count()
}

/// Waits until none holds a picture, at most until `deadline`. Returns the names of those that are left.
pub fn wait_for_none(deadline: Instant) -> Vec<&'static str> {
    let mut register = register();
    loop {
        let wait = deadline.saturating_duration_since(Instant::now());
        let left = register.names();
        if left.is_empty() || wait.is_zero() {
            return left;
        }
        register = LEFT.wait_timeout(register, wait).unwrap_or_else(PoisonError::into_inner).0;
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;
    use crate::threads::spawn_holder;

    // The register is the whole process's, so this is one test: nextest gives each a process of its own, but `cargo
    // test` does not. Other tests' threads have other names.
    #[test]
    fn a_holder_counts_until_its_work_and_all_that_it_owned_are_gone() {
        const NAME: &str = "holder of a test";
        assert_eq!(count(NAME), 0);
        let (go, wait) = mpsc::channel::<()>();
        let stuck = spawn_holder(NAME, move || _ = wait.recv()).unwrap();
        assert!(count(NAME) == 1 && names().contains(&NAME));
        assert!(wait_for_none(Instant::now() + Duration::from_millis(20)).contains(&NAME), "it is waited for in vain");

        // A second one breaks off; its picture goes before its entry does.
        let seen = {
            struct Owned(mpsc::Sender<usize>);
            impl Drop for Owned {
                fn drop(&mut self) {
                    let _ = self.0.send(count(NAME));
                }
            }
            let (sender, seen) = mpsc::channel();
            let owned = Owned(sender);
            let broken = spawn_holder(NAME, move || {
                let _ = catch_unwind(AssertUnwindSafe(|| std::panic::resume_unwind(Box::new(()))));
                drop(owned);
            });
            broken.unwrap().join().unwrap();
            seen.recv().unwrap()
        };
        assert_eq!((seen, count(NAME)), (2, 1));

        drop(go);
        stuck.join().unwrap();
        assert_eq!(count(NAME), 0);

        // A third one tells that it holds nothing.
        let holder = enter(NAME);
        assert!(names().contains(&NAME));
        holder.set_empty(true);
        assert!(count(NAME) == 1 && !names().contains(&NAME), "known, but not waited for");
        holder.set_empty(false);
        assert!(names().contains(&NAME));
    }
}
