//! The capture thread: pictures of the camera, of a file, or of the demo clip while there is no camera.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::app::player::{Played, Player};
use crate::health::Pulse;
use crate::source::feed::{CameraFeed, OffSwitch};
use crate::source::latest::Latest;
use crate::source::showing::{NoCamera, Showing};
use crate::source::{Picture, SourceError};

/// What the mirror shows.
pub enum Input {
    /// A photo, clip or folder.
    File(Player),
    /// A model to try on.
    Model(Player),
    /// A camera, and what plays while it is away.
    Camera(CameraFeed, Player),
    /// The demo clip, and why.
    Demo(Player, NoCamera),
}

impl Input {
    /// What turns its camera off, if it has one.
    pub fn off_switch(&self) -> Option<OffSwitch> {
        match self {
            Self::Camera(feed, _) => Some(feed.off_switch()),
            Self::File(_) | Self::Model(_) | Self::Demo(..) => None,
        }
    }
}

/// A captured picture on its way to the tracker.
#[derive(Debug, Default)]
pub struct Shot {
    /// The picture; its time counts from the app's start.
    pub picture: Picture,
    /// How long decoding took.
    pub decode: Duration,
    /// When the picture was in memory; `None` before the first.
    pub taken: Option<Instant>,
    /// Where it is from.
    pub showing: Showing,
    /// The pipeline's input that it is from: faces are not followed from one input into the next.
    pub turn: u32,
    /// How many pictures of that input came before it: a gap means that pictures came too fast to be shown.
    pub number: u64,
}

/// Where one input's pictures go, until it is closed.
#[derive(Clone, Debug)]
pub struct Outlet {
    shots: Arc<Latest<Shot>>,
    closed: Arc<AtomicBool>,
    turn: u32,
    count: Arc<AtomicU64>,
}

impl Outlet {
    /// Into `shots`, as input number `turn`.
    pub fn new(shots: Arc<Latest<Shot>>, turn: u32) -> Self {
        Self { shots, closed: Arc::default(), turn, count: Arc::default() }
    }

    /// No more pictures are wanted.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Relaxed);
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed) || self.shots.is_closed()
    }

    fn spare(&self) -> Shot {
        self.shots.spare().unwrap_or_default()
    }

    fn publish(&self, mut shot: Shot) {
        if self.is_closed() {
            self.shots.recycle(shot);
        } else {
            (shot.turn, shot.number) = (self.turn, self.count.fetch_add(1, Ordering::Relaxed));
            self.shots.publish(shot);
        }
    }
}

/// Runs until `out` is closed. `last` is called once if no more pictures will come (a photo has only one). After an
/// error the input is unusable.
pub fn run(input: Input, out: &Outlet, pulse: &Pulse, last: &dyn Fn()) -> Result<(), SourceError> {
    match input {
        Input::File(player) => play(player, Showing::File, out, pulse, last),
        Input::Model(player) => play(player, Showing::Model, out, pulse, last),
        Input::Demo(player, why) => play(player, Showing::Demo(why), out, pulse, last),
        Input::Camera(feed, demo) => watch(feed, demo, out, pulse),
    }
}

fn play(mut player: Player, showing: Showing, out: &Outlet, pulse: &Pulse, last: &dyn Fn()) -> Result<(), SourceError> {
    let mut told = false;
    while !out.is_closed() {
        if !play_one(&mut player, showing, out, pulse)? {
            if !std::mem::replace(&mut told, true) {
                last();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    Ok(())
}

fn play_one(player: &mut Player, showing: Showing, out: &Outlet, pulse: &Pulse) -> Result<bool, SourceError> {
    pulse.beat();
    let mut shot = out.spare();
    let stop = || {
        // Asked while it waits for the next frame's time.
        pulse.beat();
        out.is_closed()
    };
    match player.next_frame(&mut shot.picture, &stop)? {
        Played::Picture(decode) => {
            (shot.decode, shot.taken, shot.showing) = (decode, Some(Instant::now()), showing);
            out.publish(shot);
            Ok(true)
        }
        Played::Nothing => {
            out.shots.recycle(shot);
            Ok(false)
        }
    }
}

/// The camera gives no pictures.
#[derive(Clone, Copy)]
struct Away {
    why: NoCamera,
    since: Instant,
}

fn watch(mut feed: CameraFeed, mut demo: Player, out: &Outlet, pulse: &Pulse) -> Result<(), SourceError> {
    let mut away: Option<Away> = None;
    let mut playing = false;
    while !out.is_closed() {
        pulse.beat();
        // The demo clip has a clock of its own to wait for.
        let wait = if playing { Duration::ZERO } else { Duration::from_millis(50) };
        if let Some(mut taken) = feed.poll(wait) {
            playing = false;
            if let Some(Away { since, .. }) = away.take() {
                let seconds = since.elapsed().as_secs_f32();
                crate::output::tell(&format!("carmine: the camera is back after {seconds:.1} s"));
            }
            let mut shot = out.spare();
            std::mem::swap(&mut shot.picture, &mut taken.picture);
            (shot.decode, shot.taken, shot.showing) = (taken.decode, Some(Instant::now()), Showing::Camera);
            feed.recycle(taken);
            out.publish(shot);
            continue;
        }
        if let Some(trouble) = feed.trouble() {
            if away.is_none() {
                crate::output::tell(&format!("carmine: {trouble}; showing the demo clip until it is there"));
                demo.resume();
            }
            let since = away.map_or_else(Instant::now, |away| away.since);
            away = Some(Away { why: NoCamera::from(&trouble), since });
        }
        if let Some(Away { why, .. }) = away {
            playing = play_one(&mut demo, Showing::Demo(why), out, pulse)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Consent;
    use crate::source::clip;
    use crate::source::feed::tests::pauses;
    use crate::source::feed::{CameraError, CameraTimeouts};
    use crate::source::scripted::{Act, Scripted};

    /// What is shown, in order, without repeats, until `enough`.
    fn shown(acts: impl IntoIterator<Item = Act>, enough: usize, retry: u64) -> Vec<Showing> {
        let epoch = Instant::now();
        let timeouts = CameraTimeouts { stall: Duration::from_millis(120), retry: pauses(retry) };
        let feed = CameraFeed::start(Scripted::driver(acts), epoch, timeouts, &Consent::for_tests());
        let demo = Player::new(clip::bundled().unwrap(), epoch);
        let shots = Arc::new(Latest::default());
        let capture = std::thread::spawn({
            let out = Outlet::new(Arc::clone(&shots), 1);
            let pulse = crate::health::watch("capture", Duration::from_secs(60));
            move || run(Input::Camera(feed, demo), &out, &pulse, &|| {})
        });
        let mut seen = Vec::new();
        let until = Instant::now() + Duration::from_secs(8);
        while seen.len() < enough && Instant::now() < until {
            if let Some(shot) = shots.wait(Duration::from_millis(100)) {
                if seen.last() != Some(&shot.showing) {
                    seen.push(shot.showing);
                }
                shots.recycle(shot);
            }
        }
        shots.close();
        capture.join().unwrap().unwrap();
        seen
    }

    #[test]
    fn no_camera_then_one_is_plugged_in() {
        let acts = [Act::Refuse(CameraError::NotFound), Act::Open, Act::Pictures(9999, 1)];
        assert_eq!(shown(acts, 2, 80), [Showing::Demo(NoCamera::NotFound), Showing::Camera]);
    }

    #[test]
    fn busy_and_unplugged() {
        let acts = [
            Act::Refuse(CameraError::Busy),
            Act::Open,
            Act::Pictures(30, 1),
            Act::Fail,
            Act::Open,
            Act::Pictures(9999, 1),
        ];
        let wanted = [Showing::Demo(NoCamera::Busy), Showing::Camera, Showing::Demo(NoCamera::Lost), Showing::Camera];
        assert_eq!(shown(acts, 4, 80), wanted);
    }

    #[test]
    fn a_stall_shows_the_demo_until_it_ends() {
        let acts = [Act::Open, Act::Pictures(20, 1), Act::Stall(Duration::from_millis(400)), Act::Pictures(9999, 1)];
        assert_eq!(shown(acts, 3, 5000), [Showing::Camera, Showing::Demo(NoCamera::Lost), Showing::Camera]);
    }
}
