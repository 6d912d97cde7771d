//! The thread that tracks beside the showing.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use super::stations::{Eyes, Stations};
use crate::app::pipeline::spawn;
use crate::error::AppError;
use crate::source::latest::Latest;

/// Where the stations work while pictures are shown; a test simulates one.
pub trait Bench<S> {
    /// Sends the stations to work.
    fn send(&mut self, eyes: Box<Eyes<S>>);

    /// The stations, if they are done; `wait` until they are.
    fn back(&mut self, wait: bool) -> Result<Option<Box<Eyes<S>>>, AppError>;
}

/// A thread. Dropping it ends it.
pub struct Beside<S> {
    orders: Arc<Latest<Box<Eyes<S>>>>,
    done: Arc<Latest<Box<Eyes<S>>>>,
    thread: Option<JoinHandle<()>>,
}

/// Whoever waits is told, even if the work breaks off.
struct Closing<S>(Arc<Latest<Box<Eyes<S>>>>);

impl<S> Drop for Closing<S> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl<S: Stations + 'static> Beside<S> {
    pub fn start() -> Result<Self, AppError> {
        let (orders, done) = (Arc::new(Latest::default()), Arc::new(Latest::default()));
        let thread = spawn("beside", {
            let (orders, done) = (Arc::clone(&orders), Closing(Arc::clone(&done)));
            move || work(&orders, &done.0)
        })?;
        Ok(Self { orders, done, thread: Some(thread) })
    }
}

fn work<S: Stations>(orders: &Latest<Box<Eyes<S>>>, done: &Latest<Box<Eyes<S>>>) {
    while !orders.is_closed() {
        if let Some(mut eyes) = orders.wait(Duration::from_millis(500)) {
            eyes.work();
            done.publish(eyes);
        }
    }
}

impl<S> Bench<S> for Beside<S> {
    fn send(&mut self, eyes: Box<Eyes<S>>) {
        self.orders.publish(eyes);
    }

    fn back(&mut self, wait: bool) -> Result<Option<Box<Eyes<S>>>, AppError> {
        loop {
            let closed = self.done.is_closed();
            let eyes = self.done.wait(if wait { Duration::from_millis(100) } else { Duration::ZERO });
            match eyes {
                None if closed => {
                    return Err(AppError::ThreadBroke { name: "tracking", said: "no reason given".into() });
                }
                None if wait => {}
                eyes => return Ok(eyes),
            }
        }
    }
}

impl<S> Drop for Beside<S> {
    fn drop(&mut self) {
        self.orders.close();
        if let Some(thread) = self.thread.take() {
            // It has told already if it broke off.
            let _ = thread.join();
        }
    }
}
