//! The app's reports to a session: time, faces, changes of the shop's files, and results of effects.

use carmine::light::ToneReading;

use super::people::FacesSeen;
use super::rules::Rules;
use super::state::{Changed, PhotoHandOver};

/// A report from the app. It does not count as activity of the shopper.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// Time passed: idle, notices, readings.
    Time,
    /// The faces of the newest picture.
    Faces(FacesSeen),
    /// The tone reading of the leader's skin in the newest picture, `None` if the leader is not in it; sent while
    /// [`Session::reads_tone`](super::Session::reads_tone).
    Tone(Option<ToneReading>),
    /// No camera gives a picture, a demo is shown instead; why, as a message of the locale.
    NoCamera(&'static str),
    /// A model's file cannot be read.
    ModelUnreadable,
    /// What the make-up changed in the frozen picture.
    Explained(Changed),
    /// The state of the photo's hand-over.
    Photo(PhotoHandOver),
    /// Her page came out of the printer.
    Printed,
    /// Printing failed.
    PrintFailed,
    /// The merchant's picture was written to this file.
    Saved(String),
    /// It was not written, and why.
    NotSaved(String),
    /// The graphics device was lost while a picture for the merchant was made.
    PictureLost,
    /// The shop's rules changed.
    Rules(Rules),
    /// The catalogue was changed.
    Catalogue,
    /// A file of the shop is invalid, and why; its last valid version stays in use.
    ShopError(String),
}
