//! What can be asked of a session, and what it asks of the app.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::{Category, Finish, Look};

use super::consent::Consent;
use crate::catalogue::ItemId;
use crate::l10n::Language;
use crate::scanner::Scanned;

/// A screen of the shopper's way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// A model wears looks; the camera is off.
    #[default]
    Attract,
    /// What the camera would do, and yes or no.
    Consent,
    /// Faces to try on instead of one's own.
    Models,
    /// The face, and everything to put on it.
    Mirror,
    /// Up to four shades on one frozen face.
    Compare,
    /// The skin tone read, and foundations for it.
    Shade,
    /// What the engine changed in the picture, and which data drove a suggestion.
    Changed,
    /// The look as a QR, a photo, a print.
    TakeHome,
    /// The merchant's panel.
    Merchant,
}

impl Screen {
    /// Every screen, in the order in which a shopper meets them.
    pub const ALL: [Self; 9] = [
        Self::Attract,
        Self::Consent,
        Self::Models,
        Self::Mirror,
        Self::Compare,
        Self::Shade,
        Self::Changed,
        Self::TakeHome,
        Self::Merchant,
    ];

    /// Screens that need a face before them: the camera's or a model's.
    pub fn needs_face(self) -> bool {
        matches!(self, Self::Mirror | Self::Compare | Self::Shade | Self::Changed | Self::TakeHome)
    }
}

/// What a touch, a key or a scan asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Attract was touched.
    Begin,
    /// Yes to the camera. Counts only on the consent screen.
    Agree,
    /// Go to this screen (screens that need a face: only while there is one to show).
    Go(Screen),
    /// One step back.
    Back,
    /// Try on this model (`Tryable::id`).
    TryModel(Arc<str>),
    /// Speak this language from now on.
    Speak(Language),
    /// All controls in the lower band.
    Reach(bool),
    /// Larger text.
    LargeText(bool),
    /// Suggestions on or off.
    Suggest(bool),
    /// Show this category's products.
    Browse(Category),
    /// Show the looks instead of products.
    BrowseLooks,
    /// Show only favourites.
    BrowseFavourites,
    /// Show this line's shades.
    Line(Arc<str>),
    /// Put this product on, instead of what is worn of its category.
    Wear(ItemId),
    /// Take off what is worn of a category.
    TakeOff(Category),
    /// Coats of what is worn of a category, 0–2.
    Amount(Category, f32),
    /// The nearest shade of what is worn of this category in another finish that is sold.
    Finish(Category, Finish),
    /// Wear this look of the shelf (`ShelfLook::id`).
    WearLook(Arc<str>),
    /// Take the last change back.
    Undo,
    /// Take everything off.
    Clear,
    /// Mark or unmark a favourite.
    Favourite(ItemId),
    /// Open a product's card.
    Card(ItemId),
    /// Close what lies over the screen.
    Close,
    /// Choose whom the controls dress: a face's id, or the nearest.
    Dress(Option<u32>),
    /// The make-up is shown right of this part of the picture's width, or everywhere.
    Split(Option<f32>),
    /// Put a shade into the comparison, or take it out.
    CompareToggle(ItemId),
    /// Wear this shade and go back to the mirror.
    Keep(ItemId),
    /// Read the skin tone (again).
    Measure,
    /// Show or hide swatches on the jaw line.
    JawSwatches(bool),
    /// Serve a photo once over the store's network.
    OfferPhoto,
    /// Stop serving it.
    WithdrawPhoto,
    /// Print the look, with the photo if she asked for one.
    Print {
        /// Whether her picture goes on the paper.
        with_photo: bool,
    },
    /// A code was scanned.
    Scanned(Scanned),
    /// Something was touched that does nothing by itself: she is still here.
    StillHere,
    /// She is done: wipe.
    End,
    /// A digit of the merchant's PIN.
    PinDigit(char),
    /// Takes its last digit back.
    PinErase,
    /// The staff corner was held.
    Staff,
    /// The merchant's switches.
    Merchant(MerchantAction),
}

/// What the merchant's panel does.
#[derive(Clone, Debug, PartialEq)]
pub enum MerchantAction {
    /// Save what the screen shows.
    Screenshot,
    /// Save every look on the current face, side by side.
    Sheet,
    /// Show or hide timings.
    Timings(bool),
    /// Sell in this market (`Market::id`).
    Market(Arc<str>),
    /// Show the pseudo-locale.
    Pseudo,
}

/// What the app must carry out.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Open the camera: the consent is the proof that it may.
    OpenCamera(Consent),
    /// Show this model (`Tryable::id`).
    ShowModel(Arc<str>),
    /// Keep the newest picture for comparison.
    Freeze,
    /// Let go of it.
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
    /// Forget everything of the session: pictures, landmarks, textures, choices.
    Wipe,
    /// The merchant's.
    Merchant(MerchantAction),
}

/// A short word to the shopper, shown for a few seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Message of the locale.
    pub message: &'static str,
    /// What it speaks of, if anything: a product's name, a file.
    pub about: Option<String>,
    /// When it goes, since the app's start.
    pub until: Duration,
}

/// A look to wear by each face, and how to know whether it changed.
#[derive(Clone, Debug, Default)]
pub struct WornBy {
    /// The face's id.
    pub face: u32,
    /// What it wears.
    pub look: Arc<Look>,
}
