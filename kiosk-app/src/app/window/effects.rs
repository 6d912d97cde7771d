//! Carries out what the session asks for.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::Look;
use winit::event_loop::EventLoopProxy;

use super::watch::Wanted;
use super::{Mirror, camera, subject};
use crate::app::capture::Input;
use crate::app::player::Player;
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::session::{Consent, Effect, PhotoHandOver, Report, Screen};
use crate::source::feed::{CameraFeed, CameraTimeouts};
use crate::source::showing::NoCamera;
use crate::source::{FrameSource, clip};
use crate::take_home::code::{self, CodedLayer};
use crate::take_home::photo::Snapshot;

impl Mirror {
    /// Every effect by name, so that a new one does not compile until it is carried out here.
    pub(super) fn carry_out(&mut self, effect: Effect, now: Duration) -> Result<(), AppError> {
        match effect {
            Effect::OpenCamera(consent) => self.open_camera(&consent)?,
            Effect::ShowModel(id) => self.show_model(&id, now)?,
            Effect::Freeze => {
                let frozen = self.freeze();
                self.outlive(frozen)?;
            }
            Effect::Thaw => {
                self.feed.thaw();
                self.stills.thaw();
            }
            // One tile a frame: see `draw_tile`.
            Effect::DrawTiles => self.display.request_redraw(),
            Effect::Explain => {
                let explained = self.explain(now);
                self.outlive(explained)?;
            }
            Effect::OfferPhoto => self.offer_photo(now)?,
            Effect::WithdrawPhoto => self.outside.withdraw_photo(),
            Effect::Print { with_photo } => self.print(with_photo, now)?,
            Effect::Chime => self.outside.chime(),
            Effect::Say(message) => self.outside.say(message, self.shop.locale(self.session.language())),
            Effect::Zeroize => self.zeroize(now)?,
            Effect::SaveScreenshot => self.display.want_snapshot(),
            Effect::SaveLooks => self.save_looks(now)?,
            Effect::ChooseMarket(id) => {
                self.shop.choose_market(&id);
                self.report(Report::Rules(self.shop.rules()), now)?;
            }
        }
        if self.session.screen() == Screen::TakeHome && self.live.look_url.is_none() {
            self.live.look_url = self.look_url();
        } else if self.session.screen() != Screen::TakeHome {
            self.live.look_url = None;
        }
        Ok(())
    }

    fn open_camera(&mut self, consent: &Consent) -> Result<(), AppError> {
        self.wanted = Wanted::Camera(consent.clone());
        let input = self.camera_input(consent)?;
        // Once a session, also where a stage is started again.
        if matches!(input, Input::Camera(..)) {
            self.shop.note_consent(consent);
        }
        self.show(input)
    }

    /// The camera that consent opens.
    pub(super) fn camera_input(&self, consent: &Consent) -> Result<Input, AppError> {
        let demo = self.player(clip::bundled()?);
        let settings = &self.shop.settings.camera;
        let choice = self.options.camera.as_ref().unwrap_or(&settings.device);
        let Some(driver) = camera::driver(choice, settings.rotation) else {
            return Ok(Input::Demo(demo, NoCamera::Off));
        };
        let feed = CameraFeed::start(driver, self.epoch, CameraTimeouts::default(), consent);
        Ok(Input::Camera(feed, demo))
    }

    /// Plays a source on the app's clock.
    pub(super) fn player(&self, source: Box<dyn FrameSource>) -> Player {
        Player::new(source, self.epoch)
    }

    fn show_model(&mut self, id: &str, now: Duration) -> Result<(), AppError> {
        match self.shop.model(id).map(|model| model.open()) {
            Some(Ok(source)) => {
                self.wanted = Wanted::Model(id.into());
                self.show(Input::Model(self.player(source)))
            }
            Some(Err(error)) => {
                log::warn!("{error}");
                self.report(Report::ModelUnreadable, now)
            }
            None => Ok(()),
        }
    }

    /// Keeps the newest picture, and draws its face as it is worn.
    fn freeze(&mut self) -> Result<(), AppError> {
        self.feed.freeze();
        match subject(&self.display, self.feed.frozen(), &self.session, self.options.light) {
            Some(subject) => self.stills.draw_worn(&subject),
            None => Ok(()),
        }
    }

    /// Counts and shows what the make-up changed.
    pub(super) fn explain(&mut self, now: Duration) -> Result<(), AppError> {
        let colour = self.shop.settings.brand.accent.rgb;
        let subject = subject(&self.display, self.feed.frozen(), &self.session, self.options.light);
        let Some(subject) = subject else { return Ok(()) };
        let changed = self.stills.explain(&subject, colour)?;
        self.report(Report::Explained(changed), now)
    }

    /// Brings the comparison up to date, one tile a frame. True while there is more to do.
    pub(super) fn draw_tile(&mut self) -> Result<bool, AppError> {
        if self.session.screen() != Screen::Compare {
            return Ok(false);
        }
        let subject = subject(&self.display, self.feed.frozen(), &self.session, self.options.light);
        let Some(subject) = subject else { return Ok(false) };
        let items = self.session.compare().iter().filter_map(|id| self.shop.catalogue.item(id));
        let looks: Vec<Arc<Look>> = items.map(|item| self.session.people().leader().look_with(item)).collect();
        self.stills.draw_tile(&subject, &looks)
    }

    /// The frozen face as it is worn; `None` if there is none, or the GPU does not give it.
    fn frozen_pixels(&mut self) -> Result<Option<Snapshot>, AppError> {
        let subject = subject(&self.display, self.feed.frozen(), &self.session, self.options.light);
        let pixels = subject.map(|subject| self.stills.pixels(&subject, None)).transpose();
        Ok(self.outlive(pixels)?.flatten())
    }

    fn offer_photo(&mut self, now: Duration) -> Result<(), AppError> {
        let photo = match self.frozen_pixels()? {
            Some(picture) => {
                let locale = self.shop.locale(self.session.language());
                self.outside.offer_photo(picture, &self.shop, locale, wake(&self.proxy))
            }
            None if self.display.surface().is_none() => PhotoHandOver::Failed,
            None => PhotoHandOver::None,
        };
        self.report(Report::Photo(photo), now)
    }

    fn print(&mut self, with_photo: bool, now: Duration) -> Result<(), AppError> {
        let photo = if with_photo { self.frozen_pixels()? } else { None };
        if with_photo && self.display.surface().is_none() {
            return self.report(Report::PrintFailed, now);
        }
        let (outfit, locale) = (self.session.people().leader().outfit(), self.shop.locale(self.session.language()));
        let begun = self.look_url().is_some_and(|link| self.outside.print(&self.shop, locale, outfit, &link, photo));
        if begun { Ok(()) } else { self.report(Report::PrintFailed, now) }
    }

    /// Every look of the shelf on the newest picture's face, as a file.
    fn save_looks(&mut self, now: Duration) -> Result<(), AppError> {
        let subject = subject(&self.display, self.feed.current(), &self.session, self.options.light);
        let Some(subject) = subject else { return Ok(()) };
        let looks: Vec<&Look> = self.shop.catalogue.looks().iter().map(|shelf| &shelf.look).collect();
        let sheet = self.stills.sheet(&subject, &looks);
        match self.outlive(sheet)? {
            Some(Some(sheet)) => self.save(sheet),
            Some(None) => {}
            None => self.report(Report::PictureLost, now)?,
        }
        Ok(())
    }

    /// Writes a picture that the merchant asked for.
    pub(super) fn save(&mut self, picture: Snapshot) {
        self.outside.save(picture, wake(&self.proxy));
    }

    /// The link that carries the look.
    fn look_url(&self) -> Option<String> {
        let layers = self.session.people().leader().outfit().layers.iter().filter_map(CodedLayer::of);
        let coded = code::encode(&self.shop.market().look_url, layers);
        coded.map_err(|error| log::error!("{error}")).ok()
    }
}

/// Wakes the window to poll what is outside of it.
fn wake(proxy: &EventLoopProxy<Wake>) -> impl Fn() + Send + 'static {
    let proxy = proxy.clone();
    move || drop(proxy.send_event(Wake::Outside))
}
