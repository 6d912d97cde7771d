//! The parts of a session's state: small values that screens read.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::Category;

use crate::catalogue::ItemId;

/// Where the face comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Source {
    /// Nothing yet.
    #[default]
    None,
    /// The camera, by consent.
    Camera,
    /// A model (`Tryable::id`).
    Model(Arc<str>),
    /// The file the app was started with.
    File,
}

/// What the shelf below the face shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Shelf {
    /// Whole looks.
    #[default]
    Looks,
    /// A category's lines and shades.
    Products(Category),
    /// What she marked.
    Favourites,
}

/// What lies over the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// A product's card.
    Card(ItemId),
    /// The merchant's PIN, as far as it was typed.
    Pin(String),
    /// What is kept of a visit, and how it is erased.
    Retention,
}

/// The state of the photo's hand-over.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PhotoHandOver {
    /// None is offered.
    #[default]
    None,
    /// It is being made.
    Preparing,
    /// It can be fetched once from this address until then.
    Offered {
        /// The address, for a QR.
        url: String,
        /// Since the app's start.
        until: Duration,
    },
    /// It was fetched.
    Taken,
    /// The connection broke while it was fetched; it is deleted.
    Broken,
    /// Nobody fetched it in time; it is deleted.
    Expired,
    /// It cannot be served; the log says why.
    Failed,
}

/// What the engine changed in the frozen picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Changed {
    /// Part of the picture's pixels that differ from the camera's, 0–1.
    pub pixels: f32,
    /// Largest difference of a channel, 0–255, between the camera's picture and the engine's without make-up: 0 says
    /// that nothing else is touched. `None` for cameras whose colours only the engine converts.
    pub elsewhere: Option<u8>,
}

/// A short message to the shopper, shown for a few seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Message of the locale.
    pub message: &'static str,
    /// What it speaks of, if anything: a product's name, a file.
    pub about: Option<String>,
    /// When it goes, since the app's start.
    pub until: Duration,
}
