//! A session's outputs besides the window: sound, an offered photo, a printed page. Each ends with the session.

use std::time::Instant;

use super::export::Export;
use crate::app::printing::Printing;
use crate::app::shop::Shop;
use crate::l10n::Locale;
use crate::service::{Service, own_program};
use crate::session::wardrobe::Outfit;
use crate::session::{PhotoHandOver, Report};
use crate::sound::Sound;
use crate::take_home::photo::{PhotoOffer, PhotoState, PhotoTexts, Snapshot};

/// The running outputs.
pub(super) struct Outside {
    sound: Sound,
    photo: Option<PhotoOffer>,
    printing: Option<Printing>,
    exports: Vec<Export>,
}

impl Outside {
    /// Nothing runs yet.
    pub(super) fn new(shop: &Shop) -> Self {
        Self { sound: shop.sound(), photo: None, printing: None, exports: Vec::new() }
    }

    /// The settings changed.
    pub(super) fn renew(&mut self, shop: &Shop) {
        self.sound = shop.sound();
    }

    /// The idle warning's sound.
    pub(super) fn chime(&mut self) {
        self.sound.chime();
    }

    /// Speaks a message of the locale.
    pub(super) fn say(&mut self, message: &'static str, locale: &Locale) {
        self.sound.speak(&locale.text(message), locale.language().code());
    }

    /// Serves a photo on the store's network. `wake` is called whenever [`photo`](Self::photo) has something to tell.
    pub(super) fn offer_photo(
        &mut self,
        picture: Snapshot,
        shop: &Shop,
        locale: &Locale,
        wake: impl Fn() + Send + 'static,
    ) -> PhotoHandOver {
        let texts = PhotoTexts::of(locale, &shop.settings.brand.name);
        // One at a time: the one before is withdrawn first.
        self.photo = None;
        match PhotoOffer::start(
            picture,
            &shop.photo_settings(),
            &texts,
            &Service::Photo.own_command(&own_program()),
            wake,
        ) {
            Ok(offer) => {
                self.photo = Some(offer);
                PhotoHandOver::Preparing
            }
            Err(error) => {
                log::error!("{error}");
                PhotoHandOver::Failed
            }
        }
    }

    /// Stops serving it.
    pub(super) fn withdraw_photo(&mut self) {
        self.photo = None;
    }

    /// Prints what is worn with its link. False if printing cannot start.
    pub(super) fn print(
        &mut self,
        shop: &Shop,
        locale: &Locale,
        outfit: &Outfit,
        link: &str,
        photo: Option<Snapshot>,
    ) -> bool {
        match Printing::start(shop, locale, outfit, link, photo) {
            Ok(printing) => self.printing = Some(printing),
            Err(error) => {
                log::error!("{error}");
                return false;
            }
        }
        true
    }

    /// The state of the photo's hand-over, times counted from `epoch`. Does not block.
    pub(super) fn photo(&mut self, epoch: Instant) -> Option<PhotoHandOver> {
        match self.photo.as_ref()?.state() {
            PhotoState::Preparing => Some(PhotoHandOver::Preparing),
            PhotoState::Offered { url, end } => {
                Some(PhotoHandOver::Offered { url, until: end.saturating_duration_since(epoch) })
            }
            // Its code stays on the screen meanwhile.
            PhotoState::Fetching => None,
            // The server keeps running until the session ends, to answer a phone that asks again.
            PhotoState::Taken => Some(PhotoHandOver::Taken),
            PhotoState::Broken => Some(PhotoHandOver::Broken),
            PhotoState::Expired => Some(PhotoHandOver::Expired),
            PhotoState::Failed(_) => {
                // Its server may hang, with the picture in its memory.
                self.photo = None;
                Some(PhotoHandOver::Failed)
            }
        }
    }

    /// The result of a print, once it is over. Does not block.
    pub(super) fn printed(&mut self) -> Option<Report> {
        let done = self.printing.as_mut()?.result()?;
        self.printing = None;
        Some(match done {
            Ok(()) => Report::Printed,
            Err(error) => {
                log::error!("{error}");
                Report::PrintFailed
            }
        })
    }

    /// Saves a picture that the merchant asked for. `wake` is called when [`saved`](Self::saved) has something to tell.
    pub(super) fn save(&mut self, picture: Snapshot, wake: impl Fn() + Send + 'static) {
        self.exports.push(Export::start(picture, wake));
    }

    /// The result of a picture that was saved. Does not block.
    pub(super) fn saved(&mut self) -> Option<Report> {
        let (place, report) = self.exports.iter().enumerate().find_map(|(at, export)| Some((at, export.poll()?)))?;
        self.exports.remove(place);
        Some(report)
    }

    /// Withdraws an offered photo and stops speech. A page that is being printed belongs to the shopper and is
    /// finished.
    pub(super) fn end(&mut self) {
        self.photo = None;
        self.sound.hush();
    }
}
