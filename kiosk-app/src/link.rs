//! The link between the two processes of the kiosk: the keeper, which starts and watches, and the mirror, which has the
//! window, the camera and the GPU.
//!
//! A pair of Unix sockets that keep messages apart (SOCK_SEQPACKET): a message is sent whole or not at all, as JSON of
//! at most [`MAX_BYTES`], and may carry open files. Nothing about a person is in any message.

pub mod client;
mod error;
mod message;
mod socket;

pub use error::LinkError;
pub use message::{Beat, FromCurtain, FromKeeper, FromMirror, Refusal, StageBeat, ToCurtain};
pub use socket::{Link, MAX_BYTES, MAX_FILES, Received};
