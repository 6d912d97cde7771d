//! Her picture, once, over the store's own network: a web server that lives for one picture and some minutes.
//!
//! The QR code opens a small page; only its button fetches the picture, with POST, so that a phone that looks ahead at
//! links does not use the one time up. The picture lies in memory only and is wiped once it was sent, when its time is
//! over, and when the offer is withdrawn or dropped. What the system holds to send is beyond that. The page travels
//! unencrypted: a stranger in the same network who listens could see it, one who does not know the link cannot ask for
//! it.

mod host;
mod lan;
mod page;
mod request;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use data_encoding::BASE64URL_NOPAD;
use thiserror::Error;
use zeroize::Zeroizing;

use host::Host;
pub use page::PhotoTexts;

/// How long a picture is offered, where nothing else is set.
const LIFETIME: Duration = Duration::from_secs(600);
/// Of the path that only the QR code tells.
const SECRET_BYTES: usize = 18;

/// Why no picture can be offered.
#[derive(Debug, Error)]
pub enum PhotoError {
    /// Nobody could reach it.
    #[error(
        "this machine is in no network that a phone could reach: connect it to the store's, or set the photo's address"
    )]
    NoNetwork,
    /// More networks than meant could reach it.
    #[error("{0} would open the photo to every network: set the address that this machine has in the store's")]
    Everywhere(IpAddr),
    /// The address is not to be had.
    #[error("cannot listen on {address}: {error}; check the photo's address and port in the settings")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// The system has no randomness or no thread.
    #[error("the system cannot offer a photo: {0}")]
    System(String),
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum PhotoState {
    /// It can be fetched.
    Offered,
    /// It is on its way.
    Fetching,
    /// All of it was sent; nobody can fetch it again.
    Taken,
    /// The connection broke; it cannot be fetched again, a new offer is needed.
    Broken,
    /// Its time is over.
    Expired,
    /// It could not be encoded; the log says why.
    Failed,
}

impl PhotoState {
    const ALL: [Self; 6] = [Self::Offered, Self::Fetching, Self::Taken, Self::Broken, Self::Expired, Self::Failed];
}

/// What the offer and its server's thread share.
struct OfferControl {
    state: AtomicU8,
    stop: AtomicBool,
}

impl OfferControl {
    fn state(&self) -> PhotoState {
        PhotoState::ALL[usize::from(self.state.load(Ordering::Acquire)) % PhotoState::ALL.len()]
    }

    fn set(&self, state: PhotoState) {
        self.state.store(state as u8, Ordering::Release);
    }
}

/// A picture that waits to be fetched once. Dropped, it is withdrawn.
pub struct PhotoOffer {
    url: String,
    end: Instant,
    control: Arc<OfferControl>,
    thread: Option<JoinHandle<()>>,
}

impl PhotoOffer {
    /// Offers a picture. Opens the port before it returns and does everything else, also making the JPEG, on a thread
    /// of its own: a phone that is too quick waits for that.
    pub fn start(picture: Snapshot, settings: &PhotoSettings, texts: &PhotoTexts) -> Result<Self, PhotoError> {
        let address = match settings.address {
            Some(address) if address.is_unspecified() => return Err(PhotoError::Everywhere(address)),
            Some(address) => address,
            None => lan::address().ok_or(PhotoError::NoNetwork)?,
        };
        let address = SocketAddr::new(address, settings.port);
        let failed = |error| PhotoError::Listen { address, error };
        let listener = TcpListener::bind(address).map_err(failed)?;
        listener.set_nonblocking(true).map_err(failed)?;
        let local = listener.local_addr().map_err(failed)?;
        let mut secret = [0; SECRET_BYTES];
        getrandom::fill(&mut secret).map_err(|error| PhotoError::System(error.to_string()))?;
        let path = format!("/{}", BASE64URL_NOPAD.encode(&secret));
        let url = format!("http://{local}{path}");
        let end = Instant::now() + settings.lifetime;
        let control =
            Arc::new(OfferControl { state: AtomicU8::new(PhotoState::Offered as u8), stop: AtomicBool::new(false) });
        let host = Host::new(listener, path, texts, end, control.clone());
        let thread = thread::Builder::new()
            .name("photo".into())
            .spawn(move || host.run(picture))
            .map_err(|error| PhotoError::System(error.to_string()))?;
        Ok(Self { url, end, control, thread: Some(thread) })
    }

    /// What the QR code says.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What became of it.
    pub fn state(&self) -> PhotoState {
        self.control.state()
    }

    /// How long it can still be fetched.
    pub fn left(&self, now: Instant) -> Duration {
        self.end.saturating_duration_since(now)
    }

    /// Ends the offer: the picture is wiped and the port closed when this returns.
    pub fn withdraw(self) {
        drop(self);
    }
}

impl Drop for PhotoOffer {
    fn drop(&mut self) {
        self.control.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            // Ends quickly: the thread makes no blocking call between two checks of the stop flag.
            if thread.join().is_err() {
                log::error!("the photo's thread ended in a panic: please report this");
            }
        }
    }
}

#[cfg(test)]
#[path = "photo/tests.rs"]
mod tests;
