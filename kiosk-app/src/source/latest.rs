//! The one-slot mailbox between two stages: newest wins, nothing queues, buffers come back.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Holds at most one value; a newer one takes the place of an unread one, whose buffers are reused.
#[derive(Debug)]
pub struct Latest<T> {
    state: Mutex<State<T>>,
    arrived: Condvar,
    taken: Condvar,
}

#[derive(Debug)]
struct State<T> {
    value: Option<T>,
    spares: Vec<T>,
    closed: bool,
}

/// As many buffers as the stages can hold at once: one being written, one waiting, one being shown.
const SPARES: usize = 3;

impl<T> Default for Latest<T> {
    fn default() -> Self {
        let state = State { value: None, spares: Vec::with_capacity(SPARES), closed: false };
        Self { state: Mutex::new(state), arrived: Condvar::new(), taken: Condvar::new() }
    }
}

impl<T> Latest<T> {
    /// No lock is held while anything runs that could panic, so a poisoned one is still sound.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts `value` in the slot. Returns false once the mailbox is closed.
    pub fn publish(&self, value: T) -> bool {
        let mut state = self.lock();
        if state.closed {
            return false;
        }
        if let Some(unread) = state.value.replace(value) {
            state.keep(unread);
        }
        drop(state);
        self.arrived.notify_one();
        true
    }

    /// The newest value, if one arrived since the last call.
    pub fn take(&self) -> Option<T> {
        let value = self.lock().value.take();
        self.taken.notify_all();
        value
    }

    /// Waits until the newest value has been taken, until `timeout`, or until the mailbox is closed.
    pub fn wait_until_taken(&self, timeout: Duration) {
        let deadline = Instant::now() + timeout;
        let mut state = self.lock();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            if state.value.is_none() || state.closed || left.is_zero() {
                return;
            }
            state = self.taken.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Whether the newest value has been taken.
    pub fn is_taken(&self) -> bool {
        self.lock().value.is_none()
    }

    /// Waits for the newest value, until `timeout` or until the mailbox is closed.
    pub fn wait(&self, timeout: Duration) -> Option<T> {
        let deadline = Instant::now() + timeout;
        let mut state = self.lock();
        loop {
            if let Some(value) = state.value.take() {
                drop(state);
                self.taken.notify_all();
                return Some(value);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if state.closed || left.is_zero() {
                return None;
            }
            state = self.arrived.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Gives a value's buffers back once it has been used.
    pub fn recycle(&self, value: T) {
        self.lock().keep(value);
    }

    /// A value whose buffers may be written over.
    pub fn spare(&self) -> Option<T> {
        self.lock().spares.pop()
    }

    /// Ends it: waiting stops, and publishing says so. What is in it is dropped, and so is what still comes: whoever goes
    /// on holding a closed mailbox, a thread that hangs for one, holds no value with it.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        (state.value, state.spares) = (None, Vec::new());
        drop(state);
        self.arrived.notify_all();
        self.taken.notify_all();
    }

    /// Whether it was ended.
    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }
}

impl<T> State<T> {
    fn keep(&mut self, value: T) {
        if !self.closed && self.spares.len() < SPARES {
            self.spares.push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn newest_wins_and_buffers_return() {
        let latest = Latest::default();
        assert!(latest.publish(vec![1]) && latest.publish(vec![2]));
        assert!(!latest.is_taken());
        assert_eq!(latest.take(), Some(vec![2]));
        assert!(latest.is_taken());
        assert_eq!(latest.take(), None);
        assert_eq!(latest.spare(), Some(vec![1]));
        assert_eq!(latest.spare(), None);
    }

    #[test]
    fn waiting_for_the_reader_ends_when_it_took_the_value() {
        let latest = Arc::new(Latest::<u8>::default());
        latest.wait_until_taken(Duration::from_secs(60));
        latest.publish(1);
        let started = Instant::now();
        latest.wait_until_taken(Duration::from_millis(30));
        assert!(started.elapsed() >= Duration::from_millis(30) && !latest.is_taken());
        let other = Arc::clone(&latest);
        let reader = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(20));
            other.take()
        });
        latest.wait_until_taken(Duration::from_secs(60));
        assert!(latest.is_taken());
        assert_eq!(reader.join().unwrap(), Some(1));
    }

    #[test]
    fn waiting_ends_with_a_value_a_timeout_or_the_end() {
        let latest = Arc::new(Latest::<u8>::default());
        assert_eq!(latest.wait(Duration::from_millis(5)), None);
        let other = Arc::clone(&latest);
        let writer = std::thread::spawn(move || other.publish(7));
        assert_eq!(latest.wait(Duration::from_secs(5)), Some(7));
        assert!(writer.join().unwrap());
        latest.close();
        assert_eq!(latest.wait(Duration::from_secs(5)), None);
        assert!(!latest.publish(1) && latest.is_closed());
    }

    #[test]
    fn a_closed_one_holds_nothing() {
        let (latest, value) = (Latest::default(), Arc::new(()));
        latest.publish(Arc::clone(&value));
        latest.publish(Arc::clone(&value));
        assert_eq!(Arc::strong_count(&value), 3, "one unread, one to be written over");
        latest.close();
        assert_eq!(Arc::strong_count(&value), 1);
        latest.publish(Arc::clone(&value));
        latest.recycle(Arc::clone(&value));
        assert_eq!(Arc::strong_count(&value), 1, "nor what comes later");
    }
}
