//! What can go wrong on the link.

use rustix::io::Errno;
use thiserror::Error;

/// Why a message was not sent or received.
#[derive(Debug, PartialEq, Eq, Error)]
pub enum LinkError {
    /// The other end is gone.
    #[error("the other process has ended")]
    Closed,
    /// The other end does not take its messages.
    #[error("the other process does not take its messages")]
    Full,
    /// A message carries more files than one may.
    #[error("a message with {0} files carries more than the most, 3")]
    TooManyFiles(usize),
    /// A message is longer than one may be.
    #[error("a message of {bytes} bytes is longer than the most, {most}")]
    TooLarge {
        /// Its length; at least so many, where the message was received.
        bytes: usize,
        /// The limit.
        most: usize,
    },
    /// The other end sent what is no message.
    #[error("the other process sent what is no message ({0})")]
    Malformed(String),
    /// The file that was handed over is no link.
    #[error("this command is started by `carmine kiosk`, not by hand: standard input is no link to it")]
    NoLink,
    /// The system refused.
    #[error("the link between the processes failed: {0}")]
    System(#[from] Errno),
}
