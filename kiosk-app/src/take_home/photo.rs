//! Her picture, once, over the store's own network: a web server that lives for one picture and some minutes, in a
//! process of its own.
//!
//! The QR code opens a small page; only its button fetches the picture, with POST, so that a phone that looks ahead at
//! links does not use the one time up. The picture lies in memory only and is wiped once it was sent, when its time is
//! over, and when the offer is withdrawn or dropped. What the system holds to send is beyond that. The page travels
//! unencrypted: a stranger in the same network who listens could see it, one who does not know the link cannot ask for
//! it.
//!
//! 1. Here the picture becomes a JPEG, on a thread; the pixels are overwritten.
//! 2. `order` hands it with the page's texts to `server`, `carmine service photo`, which listens, locks itself and
//!    only then takes the picture in. It says what becomes of it line by line.
//! 3. `host` is its web server.
//! 4. The offer ends when its process does: killed, or by itself once nobody holds its input open.

mod host;
mod lan;
mod order;
mod page;
#[doc(hidden)]
pub mod request;
pub mod server;

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use thiserror::Error;
use zeroize::Zeroizing;

use crate::child::{ChildError, Output, PatientPipe, Program};
use crate::service::Service;
use crate::take_home::jpeg::encode_jpeg;
use crate::threads::spawn_holder;
use order::{PhotoOrder, PhotoSaid};
pub use page::PhotoTexts;

/// How long a picture is offered, where nothing else is set.
const LIFETIME: Duration = Duration::from_secs(600);
/// Longest line that the server says, in bytes.
const MAX_LINE_BYTES: u64 = 4096;
/// For the thread to end once its process is killed.
const ENDING: Duration = Duration::from_millis(500);
/// A server that says nothing for so long is not waited for: it speaks every two seconds.
const SILENCE: Duration = Duration::from_secs(10);
/// Until it is offered: hundreds of times what that takes.
const PREPARING: Duration = Duration::from_secs(15);

/// Why no picture can be offered.
#[derive(Debug, Error)]
pub enum PhotoError {
    /// Its process cannot be started.
    #[error("no photo can be offered: {0}")]
    Process(#[from] ChildError),
    /// Its thread cannot be started.
    #[error("the system cannot offer a photo: {0}")]
    System(#[from] io::Error),
}

/// Where and how long pictures are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhotoSettings {
    /// This machine's address in the store's network; `None` finds it. Loopback only where it is named here.
    pub address: Option<IpAddr>,
    /// 0: any free one.
    pub port: u16,
    /// How long a picture is offered.
    pub lifetime: Duration,
}

impl Default for PhotoSettings {
    fn default() -> Self {
        Self { address: None, port: 0, lifetime: LIFETIME }
    }
}

/// A picture to be offered: opaque RGBA8, rows from the top.
pub struct Snapshot {
    /// Wiped at the latest when the offer ends.
    pub rgba: Zeroizing<Vec<u8>>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// What became of an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PhotoState {
    /// It is being encoded, and its server started.
    Preparing,
    /// It can be fetched.
    Offered {
        /// What the QR code says.
        url: String,
        /// Until when.
        end: Instant,
    },
    /// It is on its way.
    Fetching,
    /// All of it was sent; nobody can fetch it again.
    Taken,
    /// The connection broke; it cannot be fetched again, a new offer is needed.
    Broken,
    /// Its time is over.
    Expired,
    /// It could not be offered, and why.
    Failed(String),
}

/// A picture that waits to be fetched once. Dropped, it is withdrawn.
pub struct PhotoOffer {
    state: Arc<Mutex<PhotoState>>,
    process: Program,
    thread: Option<JoinHandle<()>>,
    since: Instant,
    /// Its process is ended on purpose, which is no fault.
    is_withdrawn: Arc<AtomicBool>,
}

impl PhotoOffer {
    /// Offers a picture. Starts its server, `command`, before it returns and does everything else, also making the JPEG,
    /// on a thread of its own; `wake` is called there whenever the state has changed.
    ///
    /// # Errors
    ///
    /// If its process or thread cannot be started. What fails later is told by the state.
    pub fn start(
        picture: Snapshot,
        settings: &PhotoSettings,
        texts: &PhotoTexts,
        command: &[OsString],
        wake: impl Fn() + Send + 'static,
    ) -> Result<Self, PhotoError> {
        let order = PhotoOrder {
            address: settings.address,
            port: settings.port,
            lifetime_ms: u64::try_from(settings.lifetime.as_millis()).unwrap_or(u64::MAX),
            texts: texts.clone(),
        };
        let mut process = Program::start(&Service::Photo, command)?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        // What matters it says as a state.
        drop(process.stderr.take());
        let state = Arc::new(Mutex::new(PhotoState::Preparing));
        let shared = state.clone();
        let is_withdrawn = Arc::<AtomicBool>::default();
        let withdrawn = Arc::clone(&is_withdrawn);
        let thread = spawn_holder("photo", move || {
            let (Some(input), Some(output)) = (input, output) else { return };
            let enter = |state| {
                *lock(&shared) = state;
                wake();
            };
            if let Err(why) = offer(picture, &order, input, output, enter) {
                if withdrawn.load(Ordering::Acquire) {
                    return;
                }
                log::error!("the photo cannot be offered any more: {why}; it can be offered again");
                enter(PhotoState::Failed(why));
            }
        })?;
        Ok(Self { state, process, thread: Some(thread), since: Instant::now(), is_withdrawn })
    }

    /// What became of it. Does not block.
    pub fn state(&self) -> PhotoState {
        let state = lock(&self.state).clone();
        // A server that does not take the picture holds the thread up.
        if state == PhotoState::Preparing && self.since.elapsed() > PREPARING {
            return PhotoState::Failed("its server does not take the picture".into());
        }
        state
    }

    /// Ends the offer: the picture is wiped and the port closed when this returns.
    pub fn withdraw(self) {
        drop(self);
    }
}

impl Drop for PhotoOffer {
    fn drop(&mut self) {
        self.is_withdrawn.store(true, Ordering::Release);
        self.process.kill();
        let Some(thread) = self.thread.take() else { return };
        // Its process is gone, and with it the other end of its pipes, so it ends unless that process cannot be killed.
        let until = Instant::now() + ENDING;
        while !thread.is_finished() && Instant::now() < until {
            thread::sleep(Duration::from_millis(1));
        }
        if !thread.is_finished() {
            log::error!("the photo's process does not end: its thread is left behind");
        } else if thread.join().is_err() {
            log::error!("the photo's thread ended in a panic: please report this");
        }
    }
}

fn lock(state: &Mutex<PhotoState>) -> MutexGuard<'_, PhotoState> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Encodes the picture, hands it over and follows what the server says, to its end. The input stays open until then.
fn offer(
    picture: Snapshot,
    order: &PhotoOrder,
    mut input: impl Write,
    output: Output,
    enter: impl Fn(PhotoState),
) -> Result<(), String> {
    let jpeg = encode_jpeg(&picture.rgba, picture.width, picture.height).map_err(|error| error.to_string())?;
    drop(picture);
    order.send(&jpeg, &mut input).map_err(|error| format!("its server does not take it ({error})"))?;
    drop(jpeg);
    let mut lines = BufReader::new(PatientPipe::new(output, SILENCE));
    let mut line = String::new();
    let mut is_over = false;
    loop {
        line.clear();
        lines.get_mut().allow(SILENCE);
        match io::Read::take(&mut lines, MAX_LINE_BYTES).read_line(&mut line) {
            Ok(0) | Err(_) if is_over => return Ok(()),
            Err(error) if error.kind() == ErrorKind::TimedOut => return Err("its server does not answer".into()),
            Ok(0) | Err(_) => return Err("its server ended too early".into()),
            Ok(_) => {}
        }
        let said = serde_json::from_str(&line).map_err(|error| format!("its server says nonsense ({error})"))?;
        let next = match said {
            PhotoSaid::Offered { url } => {
                PhotoState::Offered { url, end: Instant::now() + Duration::from_millis(order.lifetime_ms) }
            }
            PhotoSaid::Alive => continue,
            PhotoSaid::Fetching => PhotoState::Fetching,
            PhotoSaid::Taken => PhotoState::Taken,
            PhotoSaid::Broken => PhotoState::Broken,
            PhotoSaid::Expired => PhotoState::Expired,
            PhotoSaid::Failed { why } => return Err(why),
        };
        is_over |= matches!(next, PhotoState::Taken | PhotoState::Broken | PhotoState::Expired);
        enter(next);
    }
}
