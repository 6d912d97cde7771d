//! Follows one mirror from its start to its end: hears its beats, runs the programs that it asks for, passes on that the
//! kiosk is to end, ends it where it hangs or where a fresh one should take its place.

use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::Keeper;
use super::freezes::Freeze;
use super::mirror::MirrorProcess;
use super::silence::Silence;
use super::verdict::{Asked, End};
use super::watch::{State, WINDOW, Watch};
use crate::link::{Beat, FromMirror, LinkError, Received};
use crate::output;

/// The longest between two looks at everything.
const LOOK: Duration = Duration::from_millis(500);
/// The shortest, after which an overdue beat is looked for.
const LEAST_LOOK: Duration = Duration::from_millis(50);
/// A look that comes this much too late means that the keeper itself was held (a stopped terminal, a suspended machine).
const HELD: Duration = Duration::from_secs(3);
/// How long a mirror that was asked to end may take to overwrite its memory.
const ENDING: Duration = Duration::from_secs(5);
/// A mirror whose GPU has shown nothing for so long is covered: the first tries to mend it were in vain.
const DARK: Duration = Duration::from_millis(1500);
/// How long one that was killed may take to be gone. The system holds a process in a call to a drive or driver that does
/// not answer, whatever is sent to it.
const KILLED: Duration = Duration::from_secs(5);
/// A mirror that has no picture to show after this, but answers, is ready all the same: its display may be off.
const READY: Duration = Duration::from_secs(30);
/// How long nobody must be there before a fresh mirror takes the place of the old one.
const IDLE: Duration = Duration::from_secs(10);
/// How much a mirror's memory may grow from its first idle beat on, in bytes.
const MOST_GROWTH: u64 = 512 << 20;

/// How it went.
pub struct Attended {
    /// How the mirror ended.
    pub end: End,
    /// Whether it showed a picture.
    pub shown: bool,
    /// Why the keeper ended it, if it did for a reason of its own.
    pub asked: Option<Asked>,
}

/// A mirror that is followed.
struct Followed {
    watch: Watch,
    since: Instant,
    /// Why it was asked to end, and when it is killed.
    ending: Option<(Why, Instant)>,
    idle_since: Option<Instant>,
    /// Its memory at the first idle beat, in bytes.
    first_rss: Option<u64>,
    /// In safe mode.
    safe: bool,
    /// The stage that was told to be late.
    told: Option<String>,
    /// Since when its link is closed.
    deaf: Option<Instant>,
    silence: Silence,
    /// It beats, but what is on the display is not its picture of now.
    is_dark: bool,
    /// The curtain is in front of it.
    is_covered: bool,
}

enum Why {
    Asked(Asked),
    Hung { what: String, silent: Duration },
}

/// Until it has ended. It is reaped then.
pub fn attend(keeper: &mut Keeper, mirror: &mut MirrorProcess, safe: bool) -> Attended {
    let now = Instant::now();
    let mut followed = Followed {
        watch: Watch::new(now),
        since: now,
        ending: None,
        idle_since: None,
        first_rss: None,
        safe,
        told: None,
        deaf: None,
        silence: Silence::new(now),
        is_dark: false,
        is_covered: false,
    };
    let mut looked = now;
    loop {
        let look = followed.silence.due().saturating_duration_since(looked).clamp(LEAST_LOOK, LOOK);
        keeper.signals.wait(followed.deaf.is_none().then(|| mirror.fd()), look);
        let now = Instant::now();
        if now.saturating_duration_since(looked) > LOOK + HELD {
            followed.watch.forgive(now);
            followed.silence.forgive(now);
        }
        looked = now;
        if let Some(signal) = keeper.signals.stop() {
            keeper.curtain.leave();
            followed.end(mirror, Why::Asked(Asked::Stop(signal)), now);
        }
        let link = if followed.deaf.is_some() { Ok(()) } else { followed.hear(keeper, mirror, now) };
        keeper.services.reap(Some(mirror.link()));
        if let Some(status) = mirror.try_wait() {
            let (end, asked) = match followed.ending {
                Some((Why::Hung { what, silent }, _)) => (End::Hung { what, silent }, None),
                Some((Why::Asked(asked), _)) => (End::of(status), Some(asked)),
                None => (End::of(status), None),
            };
            return Attended { end, shown: followed.watch.is_shown(), asked };
        }
        if let Some((why, _)) = followed.ending.take_if(|(_, until)| now >= *until + KILLED) {
            output::tell("carmine: the mirror was killed, but the system holds it in a call that does not return");
            mirror.leave();
            let (end, asked) = match why {
                Why::Hung { what, silent } => (End::Hung { what, silent }, None),
                Why::Asked(asked) => (End::Signal(Signal::KILL.as_raw()), Some(asked)),
            };
            return Attended { end, shown: followed.watch.is_shown(), asked };
        }
        match link {
            Ok(()) => {}
            // Its end follows, in the order in which the system closes its files.
            Err(LinkError::Closed) => _ = followed.deaf.get_or_insert(now),
            Err(error) => {
                output::tell(&format!("carmine: the mirror's link: {error}"));
                followed.end(mirror, Why::Hung { what: "its link".into(), silent: Duration::ZERO }, now);
            }
        }
        if keeper.is_kiosk() {
            followed.cover(keeper, now);
        }
        followed.judge(keeper, mirror, now);
    }
}

impl Followed {
    /// Takes in what the mirror says.
    fn hear(&mut self, keeper: &mut Keeper, mirror: &MirrorProcess, now: Instant) -> Result<(), LinkError> {
        while let Some(Received { message, .. }) = mirror.link().try_receive::<FromMirror>()? {
            match message {
                FromMirror::Shown => {
                    self.watch.note_shown(now);
                    self.silence.note(now);
                    keeper.complaints.forget();
                    keeper.manager.ready();
                    // A curtain that came after the mirror may lie above it.
                    if keeper.curtain.was_up_before(self.since) {
                        keeper.curtain.note_below();
                    } else {
                        keeper.curtain.hide();
                    }
                }
                FromMirror::Beat(beat) => self.beat(keeper, mirror, &beat, now),
                FromMirror::Start { request, service } => {
                    keeper.renew_settings();
                    keeper.services.start(request, service, &keeper.settings, mirror.link())?;
                }
                FromMirror::Kill { id } => keeper.services.kill(id),
            }
        }
        Ok(())
    }

    fn beat(&mut self, keeper: &mut Keeper, mirror: &MirrorProcess, beat: &Beat, now: Instant) {
        self.watch.note_beat(beat, now);
        // The end of a hang says nothing about how long pictures take.
        if self.is_covered {
            self.silence.forgive(now);
        } else {
            self.silence.note(now);
        }
        self.is_dark = beat.dark_ms >= if self.is_covered { 1 } else { millis(DARK) };
        if now.saturating_duration_since(self.since) >= READY {
            keeper.manager.ready();
        }
        if !beat.idle {
            self.idle_since = None;
            return;
        }
        let idle = now.saturating_duration_since(*self.idle_since.get_or_insert(now));
        let first = *self.first_rss.get_or_insert(beat.resident_bytes);
        let worn = (keeper.restart_after > 0 && beat.sessions >= keeper.restart_after)
            || beat.resident_bytes.saturating_sub(first) >= MOST_GROWTH;
        let recovered = self.safe && keeper.is_kiosk() && !keeper.ladder.wants_safe_mode();
        let recovered = recovered || (idle >= IDLE && keeper.state.wants_fresh_mirror(now));
        if idle >= IDLE && (worn || recovered) && self.ending.is_none() {
            log::info!("a fresh mirror takes the place of one that served {} sessions", beat.sessions);
            self.end(mirror, Why::Asked(Asked::Afresh), now);
        }
    }

    /// Asks it to end, the first time it is called; a kiosk that is to end goes before other reasons.
    fn end(&mut self, mirror: &MirrorProcess, why: Why, now: Instant) {
        match &mut self.ending {
            Some((old, _)) if matches!(why, Why::Asked(Asked::Stop(_))) => *old = why,
            Some(_) => {}
            none => {
                *none = Some((why, now + ENDING));
                mirror.signal(Signal::TERM);
            }
        }
    }

    /// Lets the curtain come before a mirror that shows nothing new, and go when it does again.
    fn cover(&mut self, keeper: &mut Keeper, now: Instant) {
        let is_frozen = now >= self.silence.due() || self.is_dark;
        if is_frozen && !self.is_covered && self.watch.is_shown() {
            self.is_covered = true;
            keeper.freezes.begin(if self.is_dark { Freeze::Dark } else { Freeze::Silent }, now);
            keeper.curtain.show_on_top(now);
        } else if self.is_covered && !is_frozen {
            self.is_covered = false;
            keeper.freezes.end(now);
            keeper.curtain.hide();
        } else {
            keeper.curtain.tend(now);
        }
        keeper.freezes.tell_counted(now);
    }

    /// Looks whether it is in time.
    fn judge(&mut self, keeper: &mut Keeper, mirror: &MirrorProcess, now: Instant) {
        if let Some((_, until)) = &self.ending {
            if now >= *until {
                mirror.signal(Signal::KILL);
            }
            return;
        }
        if let Some(silent) = self.deaf.map(|since| now.saturating_duration_since(since)) {
            if silent >= ENDING {
                self.end(mirror, Why::Hung { what: "its link".into(), silent }, now);
            }
            return;
        }
        match self.watch.state(now) {
            State::Starting => {
                keeper.manager.feed(now);
                keeper.manager.tell("starting");
            }
            State::InTime => {
                keeper.manager.feed(now);
                keeper.manager.tell(if self.safe { "in safe mode" } else { "in time" });
                if self.told.take().is_some() {
                    output::tell("carmine: every stage answers again");
                }
                if keeper.ladder.holds(now) {
                    let again = match keeper.ladder.in_a_row() {
                        0 | 1 => String::new(),
                        times => format!("; before that it failed {times} times"),
                    };
                    output::tell(&format!("carmine: the mirror has run without a fault for a minute{again}"));
                }
            }
            State::Late(what) => {
                keeper.manager.tell(&format!("{what} does not answer"));
                // Of a kiosk's window that is told with the curtain, which comes before it.
                if self.told.is_none() && !(keeper.is_kiosk() && what == WINDOW) {
                    output::tell(&format!("carmine: {what} does not answer"));
                    self.told = Some(what);
                }
            }
            State::Hung { what, silent } => self.end(mirror, Why::Hung { what, silent }, now),
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
