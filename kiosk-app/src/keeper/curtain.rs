//! The curtain's process, as its keeper has it: started, told when to come to the front, started again after pauses that
//! grow when it ends or does not answer. Nothing depends on it: without a curtain the mirror runs all the same.

use std::ffi::OsString;
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

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
}

struct Running {
    child: Child,
    link: Link,
    log: Option<ChildLog>,
    /// Since when its window is wanted, once that was said.
    told: Option<Instant>,
    /// Since when its window is on the display.
    up: Option<Instant>,
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
        Self { options, backoff, running: None, is_wanted, is_below, number: 0, is_troubled, is_told }
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
            // One that does not listen is found out when it is to be shown.
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

    /// Hears it, notices its end, starts it again when that is due. To be called often.
    pub fn tend(&mut self, now: Instant) {
        if let Err(why) = self.hear(now) {
            self.running = None;
            self.is_wanted &= !self.is_below;
            let pause = self.backoff.fail(now);
            self.is_troubled = true;
            if !why.is_empty() && !std::mem::replace(&mut self.is_told, true) {
                output::tell(&format!("carmine: the curtain {why}; starting it again"));
            }
            log::debug!("the curtain: another try in {} ms", pause.as_millis());
        }
        if self.running.is_none() && self.backoff.is_due(now) {
            match self.start() {
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
        if let Some(running) = self.running.as_mut().filter(|running| self.is_wanted && running.told.is_none()) {
            running.told = Some(now);
            self.number = self.number.wrapping_add(1);
            // If it does not listen, it is soon found out.
            let _ = running.link.send(&ToCurtain::Show(self.number), &[]);
        }
    }

    /// Takes in what it says. Fails with what to tell where it has ended or does not answer.
    fn hear(&mut self, now: Instant) -> Result<(), String> {
        let Some(running) = &mut self.running else { return Ok(()) };
        loop {
            match running.link.try_receive::<FromCurtain>() {
                Ok(Some(Received { message: FromCurtain::Up(number), .. })) => {
                    // An answer to an order before the last says nothing about the window that is wanted now.
                    if running.told.is_some() && number == self.number {
                        running.up = Some(now);
                    }
                    self.backoff.succeed(now);
                    self.is_troubled = false;
                    if std::mem::take(&mut self.is_told) {
                        log::info!("the curtain is there again");
                    }
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
        match running.told {
            Some(told) if running.up.is_none() && now.saturating_duration_since(told) >= OPENING => {
                Err("was ended since it did not answer".into())
            }
            _ => Ok(()),
        }
    }

    /// What to tell of this end; nothing where others tell it.
    fn words_for(&self, status: ExitStatus) -> String {
        match End::of(status) {
            // The mirror finds out the same, and it is told once. Xlib ends a process with a code of its own.
            End::Code(exit::NO_DISPLAY) => String::new(),
            End::Code(_) if !self.is_troubled => String::new(),
            end => end.to_string(),
        }
    }

    fn start(&self) -> Result<Running, String> {
        let (link, theirs) = Link::pair().map_err(|error| error.to_string())?;
        let mut command = Command::new(own_program().map_err(|error| error.to_string())?);
        command.arg0("carmine").args(["service", "curtain"]).args(&self.options);
        command.env_remove("NOTIFY_SOCKET").env_remove("WATCHDOG_USEC").env_remove("WATCHDOG_PID");
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let child = command.stdin(Stdio::from(theirs.into_file())).spawn();
        let child = child.map_err(|error| error.to_string())?;
        let mut running = Running { child, link, log: None, told: None, up: None };
        let log = running.child.stderr.take().map(ChildLog::follow).transpose();
        running.log = log.map_err(|error| error.to_string())?;
        Ok(running)
    }
}
