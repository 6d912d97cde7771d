//! What a session asks of the app.

use std::sync::Arc;

use super::consent::Consent;

/// What the app must carry out.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open the camera; the consent proves the permission.
    OpenCamera(Consent),
    /// Show this model (`Tryable::id`).
    ShowModel(Arc<str>),
    /// Keep the newest picture for comparison.
    Freeze,
    /// Drop it.
    Thaw,
    /// Render the comparison's looks on the frozen face.
    DrawTiles,
    /// Compare the frozen picture with and without make-up, pixel by pixel.
    Explain,
    /// Serve her photo.
    OfferPhoto,
    /// Stop serving it.
    WithdrawPhoto,
    /// Print.
    Print {
        /// Whether her picture goes on the paper.
        with_photo: bool,
    },
    /// The idle warning's sound.
    Chime,
    /// Speak a message of the locale.
    Say(&'static str),
    /// Overwrite everything of the session: pictures, landmarks, textures, choices.
    Zeroize,
    /// Save what the screen shows.
    SaveScreenshot,
    /// Save every look on the current face, side by side.
    SaveLooks,
    /// Sell in this market (`Market::id`).
    ChooseMarket(Arc<str>),
}
