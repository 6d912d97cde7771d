//! The curtain's process, as its keeper has it: started, told when to come to the front, started again after pauses that
//! grow when it ends or does not answer. Nothing depends on it: without a curtain the mirror runs all the same.

use std::ffi::OsString;
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::answers::Answers;
use super::mirror::own_program;
use super::reaping;
use super::verdict::End;
use crate::backoff::{Backoff, Pauses};
use crate::link::{FromCurtain, Link, LinkError, Received, ToCurtain};
use crate::logging::ChildLog;
use crate::{exit, output};

const PAUSES: Pauses =
    Pauses { first: Duration::from_millis(500), most: Duration::from_secs(30), held: Duration::from_secs(60) };
/// How long its window may take: less than a hundredth of it on any machine that is not overloaded.
const OPENING: Duration = Duration::from_secs(4);
/// How long the mirror's start waits for it, so that the mirror's window is the newer one.
const FIRST: Duration = Duration::from_secs(1);
/// One that has answered for so long has no trouble any more.
const WELL: Duration = Duration::from_secs(10);
/// A call that comes this much later than the one before means that the keeper itself was held.
const HELD: Duration = Duration::from_secs(3);

/// The curtain of one kiosk.
pub struct Curtain {
    options: Vec<OsString>,
    backoff: Backoff,
    running: Option<Running>,
    is_wanted: bool,
    /// The mirror's window lies above it.
    is_below: bool,
    /// Of the last order to open a window.
    number: u32,
    /// It ended and has not shown itself since.
    is_troubled: bool,
    /// That was told.
    is_told: bool,
    /// The kiosk is to end.
    is_left: bool,
    /// When it was tended last.
    tended: Instant,
}

struct Running {
    child: Child,
    link: Link,
    log: Option<ChildLog>,
    answers: Answers,
    /// Since when its window is wanted, once that was said.
    told: Option<Instant>,
    /// Since when its window is on the display.
    up: Option<Instant>,
}

impl Running {
    /// Its window is still to come.
    fn is_opening(&self) -> bool {
        self.told.is_some() && self.up.is_none()
    }

    /// Whether its window or an answer is overdue.
    fn is_silent(&self, now: Instant) -> bool {
        let is_late = |told: Instant| now.saturating_duration_since(told) >= OPENING;
        self.answers.is_silent(now) || (self.up.is_none() && self.told.is_some_and(is_late))
    }

    /// Nobody listened for a while.
    fn forgive(&mut self, now: Instant) {
        self.answers.forgive(now);
        self.told = self.told.map(|_| now);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = reaping::end(&mut self.child);
        self.log.take().into_iter().for_each(ChildLog::finish);
    }
}

impl Curtain {
    /// With these options of the kiosk; nothing runs yet.
    pub fn new(options: &[OsString]) -> Self {
        let backoff = Backoff::new(PAUSES);
        let options = options.to_owned();
        let (is_wanted, is_below, is_troubled, is_told) = Default::default();
        let tended = Instant::now();
        Self {
            options,
            backoff,
            running: None,
            is_wanted,
            is_below,
            number: 0,
            is_troubled,
            is_told,
            is_left: false,
            tended,
        }
    }

    /// Its window comes to lie over all others, unless it is to already.
    pub fn show(&mut self, now: Instant) {
        (self.is_wanted, self.is_below) = (true, false);
        self.tend(now);
    }

    /// The same, also if it is on the display already: under another window, it may be.
    pub fn show_on_top(&mut self, now: Instant) {
        if let Some(running) = &mut self.running {
            (running.told, running.up) = (None, None);
        }
        self.show(now);
    }

    /// The mirror's window has come above it. A new one would lie before a mirror that is well, so none is shown until it is
    /// wanted again.
    pub fn note_below(&mut self) {
        self.is_below = true;
    }

    /// Its window goes.
    pub fn hide(&mut self) {
        (self.is_wanted, self.is_below) = (false, false);
        if let Some(running) = &mut self.running
            && running.told.take().is_some()
        {
            running.up = None;
            // One that does not listen is soon found out.
            let _ = running.link.send(&ToCurtain::Hide, &[]);
        }
    }

    /// Shows it, and waits a moment until it is: a window that opens later lies above it.
    pub fn show_first(&mut self, now: Instant) {
        self.show(now);
        let until = now + FIRST;
        while let Some(running) = self.running.as_ref().filter(|running| running.up.is_none()) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            let timeout = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
            // Interrupted is as good as woken.
            let _ = poll(&mut [PollFd::from_borrowed_fd(running.link.as_fd(), PollFlags::IN)], Some(&timeout));
            self.tend(Instant::now());
        }
    }

    /// Whether its window was on the display before this.
    pub fn was_up_before(&self, time: Instant) -> bool {
        self.running.as_ref().and_then(|running| running.up).is_some_and(|up| up < time)
    }

    /// The kiosk is to end, and with it the curtain, whoever ends it: nothing is told of that, and no other comes.
    pub fn leave(&mut self) {
        self.is_left = true;
    }

    /// Hears it, asks it whether it is well, notices its end, starts it again when that is due. To be called often.
    pub fn tend(&mut self, now: Instant) {
        if self.is_left {
            return;
        }
        let held = now.saturating_duration_since(std::mem::replace(&mut self.tended, now)) >= HELD;
        if let Some(running) = self.running.as_mut().filter(|_| held) {
            running.forgive(now);
        }
        if let Err(why) = self.hear(now) {
            let has_worked = self.running.take().is_some_and(|running| running.answers.since().is_some());
            self.is_wanted &= !self.is_below;
            self.backoff.fail(now);
            // The display may be dark: what is worth waiting for is only whether another one breaks as well.
            if has_worked && self.backoff.failures() == 1 {
                self.backoff.hasten();
            }
            self.is_troubled = true;
            if !why.is_empty() && !std::mem::replace(&mut self.is_told, true) {
                output::tell(&format!("carmine: the curtain {why}; starting it again"));
            }
        }
        if self.running.is_none() && self.backoff.is_due(now) {
            match self.start(now) {
                Ok(running) => self.running = Some(running),
                Err(why) => {
                    self.backoff.fail(now);
                    self.is_troubled = true;
                    if !std::mem::replace(&mut self.is_told, true) {
                        output::tell(&format!("carmine: the curtain cannot be started: {why}"));
                    }
                }
            }
        }
        let Some(running) = &mut self.running else { return };
        if self.is_wanted && running.told.is_none() {
            running.told = Some(now);
            self.number = self.number.wrapping_add(1);
            // If it does not listen, it is soon found out.
            let _ = running.link.send(&ToCurtain::Show(self.number), &[]);
        }
        if !running.is_opening() && running.answers.is_due(now) {
            let _ = running.link.send(&ToCurtain::Ask, &[]);
        }
    }

    /// Takes in what it says. Fails with what to tell where it has ended or does not answer.
    fn hear(&mut self, now: Instant) -> Result<(), String> {
        let Some(running) = &mut self.running else { return Ok(()) };
        loop {
            match running.link.try_receive::<FromCurtain>() {
                Ok(Some(Received { message, .. })) => {
                    if let FromCurtain::Up(number) = message {
                        // An answer to an order before the last says nothing about the window that is wanted now.
                        if running.told.is_some() && number == self.number {
                            running.up = Some(now);
                        }
                        self.is_troubled = false;
                    }
                    running.answers.note(now);
                    self.backoff.succeed(now);
                }
                Ok(None) => break,
                // It has ended, or is no use any more.
                Err(LinkError::Closed) => {
                    let Some(status) = reaping::end(&mut running.child) else {
                        return Err("was killed, but the system holds it in a call that does not return".into());
                    };
                    return Err(self.words_for(status));
                }
                Err(error) => return Err(format!("sent what cannot be read ({error})")),
            }
        }
        if let Ok(Some(status)) = running.child.try_wait() {
            return Err(self.words_for(status));
        }
        if running.is_silent(now) {
            return Err("was ended since it did not answer".into());
        }
        let is_well = running.answers.since().is_some_and(|since| now.saturating_duration_since(since) >= WELL);
        if is_well && std::mem::take(&mut self.is_told) {
            output::tell("carmine: the curtain is there again");
        }
        Ok(())
    }

    /// What to tell of this end; nothing where others tell it.
    fn words_for(&self, status: ExitStatus) -> String {
        match End::of(status) {
            // The mirror finds out the same, and it is told once. Xlib ends a process with a code of its own.
            End::Code(exit::NO_DISPLAY) => String::new(),
            end @ End::Code(_) if !self.is_troubled => {
                log::info!("the curtain {end}, as it does without its display");
                String::new()
            }
            end => end.to_string(),
        }
    }

    fn start(&self, now: Instant) -> Result<Running, String> {
        let (link, theirs) = Link::pair().map_err(|error| error.to_string())?;
        let mut command = Command::new(own_program().map_err(|error| error.to_string())?);
        command.arg0("carmine").args(["service", "curtain"]).args(&self.options);
        command.env_remove("NOTIFY_SOCKET").env_remove("WATCHDOG_USEC").env_remove("WATCHDOG_PID");
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let child = command.stdin(Stdio::from(theirs.into_file())).spawn();
        let child = child.map_err(|error| error.to_string())?;
        let answers = Answers::new(now);
        let mut running = Running { child, link, log: None, answers, told: None, up: None };
        let log = running.child.stderr.take().map(ChildLog::follow).transpose();
        running.log = log.map_err(|error| error.to_string())?;
        Ok(running)
    }
}
