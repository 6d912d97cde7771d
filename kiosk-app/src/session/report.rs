//! What the app tells a session: time, faces, what changed in the shop, and what became of the effects.

use carmine::light::ToneReading;

use super::people::FacesSeen;
use super::rules::Rules;
use super::state::{Changed, PhotoHandOver};

/// What the app tells a session. It is no sign that anybody is there.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// Time passed: idle, notices, readings.
    Time,
    /// The faces of the newest picture.
    Faces(FacesSeen),
    /// What the newest picture tells of the leader's skin, `None` if she is not in it; told while
    /// [`Session::reads_tone`](super::Session::reads_tone).
    Tone(Option<ToneReading>),
    /// No camera gives a picture, a demo is shown instead; why, as a message of the locale.
    NoCamera(&'static str),
    /// A model's file cannot be read.
    ModelUnreadable,
    /// What the make-up changed in the frozen picture.
    Explained(Changed),
    /// How the hand-over of her photo stands.
    Photo(PhotoHandOver),
    /// Her page came out of the printer.
    Printed,
    /// It did not.
    PrintFailed,
    /// The merchant's picture was written to this file.
    Saved(String),
    /// It was not, and why.
    NotSaved(String),
    /// The shop decided anew.
    Rules(Rules),
    /// The catalogue was changed.
    Catalogue,
    /// A file of the shop cannot be used, and why; what was there before stays.
    ShopError(String),
}
