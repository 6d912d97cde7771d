//! Plays a file in real time, in a loop: each frame when it is due; late frames are skipped.

use std::time::{Duration, Instant};

use crate::source::{FrameSource, Picture, SourceError};

/// A file and the clock it plays by.
pub struct Player {
    source: Box<dyn FrameSource>,
    epoch: Instant,
    /// When the first frame of this round was or is due, since the epoch.
    base: Duration,
    next: usize,
    /// The last frame's time in this round, as the file says.
    last: Duration,
    /// Rounds or frames that failed since the last good frame.
    failures: u32,
    /// The only picture has been shown.
    over: bool,
    /// The source's warning that was told last.
    warned: Option<String>,
}

/// Failures in a row after which a file is not tried again.
const MAX_FAILURES: u32 = 3;

/// What [`Player::next_frame`] did.
#[derive(Debug, PartialEq, Eq)]
pub enum Played {
    /// A picture was written; decoding took so long.
    Picture(Duration),
    /// Nothing more to show: a single picture that has been shown already, or the app is ending.
    Nothing,
}

impl Player {
    /// Plays `source`; picture times count from `epoch`.
    pub fn new(mut source: Box<dyn FrameSource>, epoch: Instant) -> Self {
        source.play_live();
        // What it says when it is opened has been told by whoever opened it.
        let warned = source.warning();
        Self { source, epoch, base: epoch.elapsed(), next: 0, last: Duration::ZERO, failures: 0, over: false, warned }
    }

    /// Waits until the next frame is due and writes it into `picture`. `stop` ends the wait.
    pub fn next_frame(&mut self, picture: &mut Picture, stop: &dyn Fn() -> bool) -> Result<Played, SourceError> {
        if self.source.info().is_still() {
            return self.still(picture);
        }
        while !self.over {
            if self.catch_up(picture)? {
                let started = Instant::now();
                match self.source.next_frame(picture) {
                    Ok(true) => {
                        let decode = started.elapsed();
                        (self.failures, self.next, self.last) = (0, self.next + 1, picture.time);
                        let due = self.base + self.last;
                        wait_until(self.epoch, due, stop);
                        picture.time = self.epoch.elapsed().max(due);
                        return Ok(Played::Picture(decode));
                    }
                    Ok(false) if self.next == 0 => return Err(SourceError::Empty { path: "the clip".into() }),
                    Ok(false) => {}
                    Err(error) => self.forgive(error)?,
                }
            }
            self.warn();
            if self.next == 1 {
                // Starting a decoder again and again would only show the same picture.
                self.over = true;
            } else {
                self.start_again(self.base + self.last + self.step())?;
            }
            if stop() {
                break;
            }
        }
        Ok(Played::Nothing)
    }

    fn still(&mut self, picture: &mut Picture) -> Result<Played, SourceError> {
        let started = Instant::now();
        if std::mem::replace(&mut self.over, true) || !self.source.next_frame(picture)? {
            return Ok(Played::Nothing);
        }
        picture.time = self.epoch.elapsed();
        Ok(Played::Picture(started.elapsed()))
    }

    /// Tells once what the source knows only at its end: that it is cut off or damaged.
    fn warn(&mut self) {
        let warning = self.source.warning();
        if let Some(text) = warning.filter(|text| self.warned.as_ref() != Some(text)) {
            crate::output::tell(&format!("carmine: {text}"));
            self.warned = Some(text);
        }
    }

    /// From one frame to the next, by the file's rate.
    fn step(&self) -> Duration {
        self.source.info().time_of(1)
    }

    /// Skips frames whose successor is already due, but never the first, so that every round shows something. False at
    /// the end of the file. What a frame is skipped by is the file's rate; the next one shown has its own time again.
    fn catch_up(&mut self, scratch: &mut Picture) -> Result<bool, SourceError> {
        while self.next > 0 && self.base + self.last + 2 * self.step() < self.epoch.elapsed() {
            match self.source.skip_frame(scratch) {
                Ok(true) => (self.next, self.last) = (self.next + 1, self.last + self.step()),
                Ok(false) => return Ok(false),
                Err(error) => {
                    self.forgive(error)?;
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Counts a failure: a bad frame ends the round, and only several in a row end the player.
    fn forgive(&mut self, error: SourceError) -> Result<(), SourceError> {
        self.failures += 1;
        if self.failures >= MAX_FAILURES {
            return Err(error);
        }
        log::warn!("{error}; starting the clip again");
        Ok(())
    }

    /// The next round begins where this one ended, or now if that is past.
    fn start_again(&mut self, end: Duration) -> Result<(), SourceError> {
        self.source.rewind()?;
        self.base = end.max(self.epoch.elapsed().saturating_sub(Duration::from_millis(100)));
        (self.next, self.last) = (0, Duration::ZERO);
        Ok(())
    }

    /// Continues after a pause, without catching up on the frames missed.
    pub fn resume(&mut self) {
        self.base = self.epoch.elapsed().saturating_sub(self.last + self.step());
    }
}

fn wait_until(epoch: Instant, due: Duration, stop: &dyn Fn() -> bool) {
    loop {
        let left = due.saturating_sub(epoch.elapsed());
        if left.is_zero() || stop() {
            return;
        }
        std::thread::sleep(left.min(Duration::from_millis(25)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceInfo;

    /// Frames whose first byte is their number; each takes `cost` to decode; frame `bad` fails.
    #[derive(Default)]
    struct Numbers {
        frames: usize,
        next: usize,
        cost: Duration,
        bad: Option<usize>,
        /// Times of the first frames; the others come evenly.
        times: Vec<Duration>,
    }

    impl FrameSource for Numbers {
        fn info(&self) -> SourceInfo {
            SourceInfo { width: 2, height: 2, fps: Some(100.0), frames: Some(self.frames) }
        }
        fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
            if self.next == self.frames {
                return Ok(false);
            }
            self.next += 1;
            if self.bad == Some(self.next - 1) {
                return Err(SourceError::damaged("test".as_ref(), "bad"));
            }
            std::thread::sleep(self.cost);
            into.shape(carmine::frame::PixelFormat::Rgba8, 2, 2).fill(self.next as u8 - 1);
            into.time = self.times.get(self.next - 1).copied().unwrap_or(self.info().time_of(self.next - 1));
            Ok(true)
        }
        fn skip_frame(&mut self, _: &mut Picture) -> Result<bool, SourceError> {
            self.next = (self.next + 1).min(self.frames);
            Ok(self.next < self.frames)
        }
        fn rewind(&mut self) -> Result<(), SourceError> {
            self.next = 0;
            Ok(())
        }
    }

    fn play(source: Numbers, count: usize) -> Result<Vec<(u8, Duration)>, SourceError> {
        let mut player = Player::new(Box::new(source), Instant::now());
        let mut picture = Picture::default();
        let mut seen = Vec::new();
        for _ in 0..count {
            player.next_frame(&mut picture, &|| false)?;
            seen.push((picture.data[0], picture.time));
        }
        Ok(seen)
    }

    #[test]
    fn loops_in_order_and_in_time() {
        let seen = play(Numbers { frames: 3, ..Numbers::default() }, 7).unwrap();
        assert!(seen.windows(2).all(|pair| pair[0].1 < pair[1].1), "times rise: {seen:?}");
        assert!(seen[6].1 >= Duration::from_millis(55), "seven frames at 100 a second: {seen:?}");
    }

    #[test]
    fn frames_are_shown_at_the_files_own_times() {
        let times = [0, 20, 120, 130].map(Duration::from_millis).to_vec();
        let seen = play(Numbers { frames: 4, times, ..Numbers::default() }, 4).unwrap();
        let since: Vec<_> = seen.iter().map(|(_, time)| (*time - seen[0].1).as_millis()).collect();
        assert!(since[1] >= 19 && since[2] >= 119 && since[3] >= 129, "{since:?}");
    }

    #[test]
    fn a_single_frame_is_a_photo_and_none_is_an_error() {
        let mut one = Player::new(Box::new(Numbers { frames: 1, ..Numbers::default() }), Instant::now());
        std::thread::sleep(Duration::from_millis(30));
        let mut picture = Picture::default();
        assert!(matches!(one.next_frame(&mut picture, &|| false), Ok(Played::Picture(_))), "late, but shown");
        assert!(matches!(one.next_frame(&mut picture, &|| false), Ok(Played::Nothing)));
        assert!(play(Numbers::default(), 1).is_err());
    }

    #[test]
    fn a_slow_decoder_skips_instead_of_lagging() {
        let seen = play(Numbers { frames: 90, cost: Duration::from_millis(35), ..Numbers::default() }, 6).unwrap();
        let steps: Vec<u8> = seen.windows(2).map(|pair| pair[1].0.wrapping_sub(pair[0].0)).collect();
        assert!(steps.iter().any(|step| *step >= 3), "{steps:?}");
    }

    #[test]
    fn one_bad_frame_is_forgiven_but_not_a_bad_file() {
        assert!(play(Numbers { frames: 4, bad: Some(2), ..Numbers::default() }, 6).is_ok());
        assert!(play(Numbers { frames: 4, bad: Some(0), ..Numbers::default() }, 6).is_err());
    }
}
