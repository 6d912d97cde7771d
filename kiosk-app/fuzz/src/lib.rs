//! Everything of Carmine that reads bytes from elsewhere, as plain functions of those bytes.
//!
//! In: any bytes. Out: nothing; a panic where a reader panics, or where what it read is not as its documentation says.
//! README.md tells how libFuzzer drives them; `tests/replay.rs` runs every stored input through them.

mod codes;
mod network;
mod photo;
mod pictures;
mod shop;

use std::borrow::Cow;
use std::fmt::Display;

pub use codes::{look_code, scanner};
pub use network::{manifest, onnx};
pub use photo::photo_request;
#[cfg(feature = "mp4")]
pub use pictures::mp4;
pub use pictures::{avi, heic, jpeg, png, webp, y4m};
pub use shop::{cards, look, mask, messages, product, settings};

/// A target, and the name that its binary and its folders of inputs have.
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Takes any bytes.
    pub run: fn(&[u8]),
}

/// Every target that is built.
pub const TARGETS: &[Target] = &[
    Target { name: "avi", run: avi },
    Target { name: "cards", run: cards },
    Target { name: "heic", run: heic },
    Target { name: "jpeg", run: jpeg },
    Target { name: "look", run: look },
    Target { name: "look_code", run: look_code },
    Target { name: "manifest", run: manifest },
    Target { name: "mask", run: mask },
    Target { name: "messages", run: messages },
    #[cfg(feature = "mp4")]
    Target { name: "mp4", run: mp4 },
    Target { name: "onnx", run: onnx },
    Target { name: "photo_request", run: photo_request },
    Target { name: "png", run: png },
    Target { name: "product", run: product },
    Target { name: "scanner", run: scanner },
    Target { name: "settings", run: settings },
    Target { name: "webp", run: webp },
    Target { name: "y4m", run: y4m },
];

/// Longest message about a bad input: it goes into one line of a log.
const MOST_MESSAGE_CHARS: usize = 1200;

fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// A complaint is one line of bounded length that says something.
fn check_complaint(error: &dyn Display) {
    let message = error.to_string();
    assert!(!message.trim().is_empty(), "an error without words");
    assert!(!message.contains(char::is_control), "an error that is no plain line: {message:?}");
    assert!(message.chars().count() <= MOST_MESSAGE_CHARS, "an error of {} bytes: {message}", message.len());
}
