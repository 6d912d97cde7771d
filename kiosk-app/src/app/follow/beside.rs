//! A worker thread that runs one job at a time and hands it back.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::error::AppError;
use crate::health::Pulse;
use crate::source::latest::Latest;
use crate::threads::spawn_holder;

/// Work with its input; the result is kept in it.
pub trait Job: Send + 'static {
    /// Does the work.
    fn run(&mut self);
}

/// The thread. Dropping it ends it.
pub struct Beside<J> {
    jobs: Arc<Latest<J>>,
    done: Arc<Latest<J>>,
    thread: Option<JoinHandle<()>>,
}

/// Closes the channel when dropped, so that waiting ends even if the job panics.
struct Closing<J>(Arc<Latest<J>>);

impl<J> Drop for Closing<J> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl<J: Job> Beside<J> {
    /// Starts the thread.
    pub fn start(pulse: Arc<Pulse>) -> Result<Self, AppError> {
        let (jobs, done) = (Arc::new(Latest::default()), Arc::new(Latest::default()));
        let thread = spawn_holder("beside", {
            let (jobs, done) = (Arc::clone(&jobs), Closing(Arc::clone(&done)));
            move || work(&jobs, &done.0, &pulse)
        });
        let thread = thread.map_err(|error| AppError::NoThread { name: "beside", error })?;
        Ok(Self { jobs, done, thread: Some(thread) })
    }

    /// Sends a job to the thread. The one before must be back.
    pub fn send(&self, job: J) {
        self.jobs.publish(job);
    }

    /// The job that was sent, if it is done; `wait` until it is.
    pub fn back(&self, wait: bool) -> Result<Option<J>, AppError> {
        loop {
            let closed = self.done.is_closed();
            let job = self.done.wait(if wait { Duration::from_millis(100) } else { Duration::ZERO });
            match job {
                None if closed => {
                    return Err(AppError::ThreadBroke { name: "tracking", said: "no reason given".into() });
                }
                None if wait => {}
                job => return Ok(job),
            }
        }
    }
}

fn work<J: Job>(jobs: &Latest<J>, done: &Latest<J>, pulse: &Pulse) {
    while !jobs.is_closed() {
        pulse.beat();
        if let Some(mut job) = jobs.wait(Duration::from_millis(500)) {
            pulse.beat();
            job.run();
            done.publish(job);
        }
    }
}

impl<J> Drop for Beside<J> {
    fn drop(&mut self) {
        self.jobs.close();
        // Bounded, because a job may hang; a panic has already been reported.
        let until = Instant::now() + Duration::from_secs(1);
        while Instant::now() < until && !self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            thread::sleep(Duration::from_millis(2));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Halve(u32);

    impl Job for Halve {
        fn run(&mut self) {
            assert!(self.0 > 0, "on purpose");
            self.0 /= 2;
        }
    }

    #[test]
    fn work_comes_back_done_and_a_thread_that_broke_is_told() {
        let beside = Beside::start(crate::health::watch("beside", Duration::from_secs(60))).unwrap();
        assert!(beside.back(false).unwrap().is_none());
        beside.send(Halve(8));
        assert_eq!(beside.back(true).unwrap().unwrap().0, 4);
        assert!(beside.back(false).unwrap().is_none());
        beside.send(Halve(0));
        assert!(beside.back(true).is_err_and(|error| error.to_string().contains("tracking thread broke off")));
    }
}
