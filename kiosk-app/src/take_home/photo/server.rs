//! The process that serves her picture: `carmine service photo`.
//!
//! 1. It reads how to offer it, and listens.
//! 2. It locks itself: from then on it opens no file and no socket and starts nothing; it can only take connections in.
//! 3. It takes the picture in and serves it once, until its time is over or its input ends.

use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use data_encoding::BASE64URL_NOPAD;
use thiserror::Error;
use zeroize::Zeroizing;

use super::host::Host;
use super::lan;
use super::order::{self, PhotoOrder, PhotoSaid};

/// Of the path that only the QR code tells.
const SECRET_BYTES: usize = 18;
/// Connections that the system keeps until they are taken in.
#[cfg(target_os = "linux")]
const BACKLOG: i32 = 1024;

/// Why no picture can be served.
#[derive(Debug, Error)]
enum ServeError {
    #[error(
        "this machine is in no network that a phone could reach: connect it to the store's, or set the photo's address"
    )]
    NoNetwork,
    #[error("{0} would open the photo to every network: set the address that this machine has in the store's")]
    Everywhere(IpAddr),
    #[error("cannot listen on {address}: {error}; check the photo's address and port in the settings")]
    Listen { address: SocketAddr, error: io::Error },
    #[error("no picture came ({0})")]
    NoPicture(io::Error),
    #[error("the system has no randomness ({0})")]
    Randomness(getrandom::Error),
}

/// Serves a picture to its end, and says on `output` what becomes of it. `lock` is called once nothing needs to be opened
/// any more, while no other thread runs.
pub fn serve(mut input: impl Read + Send + 'static, mut output: impl Write, lock: impl FnOnce()) {
    let mut say = |said: &PhotoSaid| {
        // Without a reader there is nobody to serve for; the input ends, too.
        let line = serde_json::to_string(said).unwrap_or_default();
        let _ = writeln!(output, "{line}").and_then(|()| output.flush());
    };
    match offer(&mut input, &mut say, lock) {
        Ok(ready) => ready.run(input, &mut say),
        Err(error) => say(&PhotoSaid::Failed { why: error.to_string() }),
    }
}

/// A server that listens and has its picture.
struct Ready {
    host: Host,
    jpeg: Zeroizing<Vec<u8>>,
}

fn offer(input: &mut impl Read, say: &mut impl FnMut(&PhotoSaid), lock: impl FnOnce()) -> Result<Ready, ServeError> {
    let order = PhotoOrder::receive(input).map_err(ServeError::NoPicture)?;
    let listener = listen(order.address, order.port)?;
    let mut secret = [0; SECRET_BYTES];
    getrandom::fill(&mut secret).map_err(ServeError::Randomness)?;
    let path = format!("/{}", BASE64URL_NOPAD.encode(&secret));
    let url = format!("http://{}{path}", listener.1);
    let end = Instant::now() + Duration::from_millis(order.lifetime_ms);
    let host = Host::new(listener.0, path, &order.texts, end);
    lock();
    say(&PhotoSaid::Offered { url });
    let jpeg = order::receive_jpeg(input).map_err(ServeError::NoPicture)?;
    Ok(Ready { host, jpeg })
}

impl Ready {
    fn run(self, mut input: impl Read + Send + 'static, say: &mut impl FnMut(&PhotoSaid)) {
        let (is_over, server) = (Arc::new(AtomicBool::new(false)), thread::current());
        let ended = is_over.clone();
        // The mirror holds the input open as long as the offer holds.
        let waits = thread::Builder::new().name("input".into()).spawn(move || {
            let mut rest = [0; 64];
            while !matches!(input.read(&mut rest), Ok(0) | Err(_)) {}
            ended.store(true, Ordering::Release);
            server.unpark();
        });
        if let Err(error) = waits {
            say(&PhotoSaid::Failed { why: format!("the system has no thread for it ({error})") });
            return;
        }
        self.host.run(self.jpeg, &is_over, say);
    }
}

fn listen(address: Option<IpAddr>, port: u16) -> Result<(TcpListener, SocketAddr), ServeError> {
    let address = match address {
        Some(address) if address.is_unspecified() => return Err(ServeError::Everywhere(address)),
        Some(address) => address,
        None => lan::address().ok_or(ServeError::NoNetwork)?,
    };
    let address = SocketAddr::new(address, port);
    let failed = |error| ServeError::Listen { address, error };
    let listener = TcpListener::bind(address).map_err(failed)?;
    // The standard library's backlog is full within a moment where everybody scans at once.
    #[cfg(target_os = "linux")]
    rustix::net::listen(&listener, BACKLOG).map_err(|error| failed(error.into()))?;
    listener.set_nonblocking(true).map_err(failed)?;
    let local = listener.local_addr().map_err(failed)?;
    Ok((listener, local))
}
