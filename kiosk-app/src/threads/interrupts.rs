//! What ends a call that a thread may be stuck in: killing the program whose pipe it reads, for one.
//!
//! Whoever makes such a call registers how it can be ended from outside. A session's end calls all of them before it
//! waits for the [`holders`](super::holders).

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Action = Arc<dyn Fn() + Send + Sync>;

struct Register {
    next: u64,
    entries: Vec<(u64, Action)>,
}

static REGISTER: Mutex<Register> = Mutex::new(Register { next: 0, entries: Vec::new() });

fn register() -> MutexGuard<'static, Register> {
    REGISTER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A registered interrupt; dropping it removes it.
#[must_use = "it is registered only as long as this lives"]
pub struct Interrupt(u64);

impl fmt::Debug for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Interrupt").field(&self.0).finish()
    }
}

/// Registers what makes a blocked call return. It must be quick, and may be called more than once and after the call
/// has returned.
pub fn on_end(action: impl Fn() + Send + Sync + 'static) -> Interrupt {
    let mut register = register();
    register.next += 1;
    let id = register.next;
    register.entries.push((id, Arc::new(action)));
    Interrupt(id)
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        let gone = {
            let mut register = register();
            let at = register.entries.iter().position(|(id, _)| *id == self.0);
            at.map(|at| register.entries.swap_remove(at))
        };
        // Outside of the lock: what the action owns may register or remove interrupts when it is dropped.
        drop(gone);
    }
}

/// Makes every blocked call return.
pub fn all() {
    let actions: Vec<Action> = register().entries.iter().map(|(_, action)| Arc::clone(action)).collect();
    actions.iter().for_each(|action| action());
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn only_what_is_registered_is_called() {
        let (sender, called) = mpsc::channel();
        let other = sender.clone();
        let interrupt = on_end(move || _ = sender.send("first"));
        let dropped = on_end(move || _ = other.send("second"));
        drop(dropped);
        all();
        assert_eq!(called.try_iter().collect::<Vec<_>>(), ["first"]);
        drop(interrupt);
        all();
        assert!(called.recv().is_err(), "the action is gone with it");
    }
}
