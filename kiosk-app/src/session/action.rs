//! What can be asked of a session.

use std::sync::Arc;

use carmine::look::{Category, Finish, Look};

use super::report::Report;
use super::screen::Screen;
use crate::catalogue::ItemId;
use crate::l10n::Language;
use crate::scanner::Scanned;

/// What a touch, a key or a scan asks for, and what the app reports.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Attract was touched.
    Begin,
    /// Yes to the camera. Counts only on the consent screen.
    Agree,
    /// Read what is kept of a visit. Counts only on the consent screen.
    Retention,
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
    /// Choose whose make-up the controls change: a face's id, or the nearest face.
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
    /// A touch without another action: the shopper is still here.
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
    /// Show or hide timings, from a keyboard.
    ToggleTimings,
    /// Wear this look, which need not be one of the shelf: it was given on the command line.
    WearGiven(Arc<Look>),
    /// The app's report.
    Report(Report),
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
