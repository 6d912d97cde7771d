//! Carries out what the session asks for: cameras, models, sound, photo, print.

use std::sync::Arc;
use std::time::{Duration, Instant};

use carmine::frame::Rotation;
use zeroize::Zeroizing;

use super::Mirror;
use crate::app::capture::Input;
use crate::app::player::Player;
use crate::app::printing::Printing;
use crate::app::shop::Shop;
use crate::choices::CameraChoice;
use crate::error::AppError;
use crate::session::{Consent, Effect, PhotoHandOver, Report, Screen};
use crate::sound::Sound;
use crate::source::clip;
use crate::source::clip_camera::ClipCamera;
use crate::source::feed::{CameraDriver, CameraError, CameraFeed, CameraStream, CameraTimeouts};
use crate::source::showing::{NoCamera, Showing};
use crate::take_home::photo::{PhotoOffer, PhotoState, PhotoTexts, Snapshot};

/// What a session has outside of the window: each ends with it.
pub(super) struct Outside {
    sound: Sound,
    photo: Option<PhotoOffer>,
    printing: Option<Printing>,
}

impl Outside {
    pub(super) fn new(shop: &Shop) -> Self {
        Self { sound: shop.sound(), photo: None, printing: None }
    }

    /// A photo that is still offered is withdrawn, speech stops. A page that is being printed is hers and comes out.
    pub(super) fn end(&mut self) {
        self.photo = None;
        self.sound.hush();
    }

    /// The settings changed.
    pub(super) fn renew(&mut self, shop: &Shop) {
        self.sound = shop.sound();
    }
}

impl Mirror {
    pub(super) fn carry_out(&mut self, effect: Effect, now: Duration) -> Result<(), AppError> {
        match effect {
            Effect::OpenCamera(consent) => self.open_camera(&consent)?,
            Effect::ShowModel(id) => self.show_model(&id, now)?,
            Effect::Freeze => self.enter_frozen(now)?,
            Effect::Thaw => self.thaw(),
            // One tile a frame: see `draw_frozen`.
            Effect::DrawTiles => self.request_redraw(),
            Effect::Explain => self.explain(now)?,
            Effect::OfferPhoto => self.offer_photo(now)?,
            Effect::WithdrawPhoto => self.outside.photo = None,
            Effect::Print { with_photo } => self.print(with_photo, now)?,
            Effect::Chime => self.outside.sound.chime(),
            Effect::Say(message) => {
                let locale = self.shop.locale(self.session.language());
                self.outside.sound.speak(&locale.text(message), locale.language().code());
            }
            Effect::Wipe => self.wipe(now)?,
            Effect::SaveScreenshot => self.save_screenshot(),
            Effect::SaveLooks => self.export(now, |mirror| mirror.sheet())?,
            Effect::ChooseMarket(id) => self.choose_market(&id, now)?,
        }
        if self.session.screen() == Screen::TakeHome && self.live.look_url.is_none() {
            self.live.look_url = self.look_url();
        } else if self.session.screen() != Screen::TakeHome {
            self.live.look_url = None;
        }
        Ok(())
    }

    fn open_camera(&mut self, consent: &Consent) -> Result<(), AppError> {
        let demo = Player::new(clip::bundled()?, self.epoch);
        let driver: Arc<dyn CameraDriver> =
            match self.config.camera.as_ref().unwrap_or(&self.shop.settings.camera.device) {
                CameraChoice::None => return self.show(Input::Demo(demo, NoCamera::Off)),
                CameraChoice::Clip(path) => Arc::new(ClipCamera { path: path.clone() }),
                #[cfg(feature = "camera")]
                CameraChoice::Auto => Arc::new(crate::source::camera::SystemCamera { index: None }),
                #[cfg(feature = "camera")]
                CameraChoice::Index(index) => Arc::new(crate::source::camera::SystemCamera { index: Some(*index) }),
                #[cfg(not(feature = "camera"))]
                CameraChoice::Auto | CameraChoice::Index(_) => Arc::new(NoCameras),
            };
        let driver = Arc::new(Mounted { driver, rotation: self.shop.settings.camera.rotation });
        let feed = CameraFeed::start(driver, self.epoch, CameraTimeouts::default(), consent);
        self.show(Input::Camera(feed, demo))
    }

    fn show_model(&mut self, id: &str, now: Duration) -> Result<(), AppError> {
        let opened = self.shop.model(id).map(|model| model.open());
        match opened {
            Some(Ok(source)) => self.show(Input::Model(Player::new(source, self.epoch))),
            Some(Err(error)) => {
                log::warn!("{error}");
                self.report(Report::ModelUnreadable, now)
            }
            None => Ok(()),
        }
    }

    fn show(&mut self, input: Input) -> Result<(), AppError> {
        self.current = None;
        self.last = false;
        self.live.faces.clear();
        self.framer.reset();
        if let Some(opened) = &mut self.window {
            opened.prepared = None;
        }
        match &mut self.pipeline {
            Some(pipeline) => pipeline.show(input),
            None => Ok(()),
        }
    }

    fn offer_photo(&mut self, now: Duration) -> Result<(), AppError> {
        let Some((rgba, width, height)) = self.frozen_pixels()? else {
            return self.report(Report::Photo(PhotoHandOver::None), now);
        };
        let picture = Snapshot { rgba: Zeroizing::new(rgba), width, height };
        let settings = self.shop.photo_settings();
        let texts = PhotoTexts::of(self.shop.locale(self.session.language()), &self.shop.settings.brand.name);
        let photo = match PhotoOffer::start(picture, &settings, &texts) {
            Ok(offer) => {
                let (url, until) = (offer.url().to_owned(), now + offer.left(Instant::now()));
                self.outside.photo = Some(offer);
                PhotoHandOver::Offered { url, until }
            }
            Err(error) => {
                log::error!("{error}");
                PhotoHandOver::Failed(error.to_string())
            }
        };
        self.report(Report::Photo(photo), now)
    }

    fn print(&mut self, with_photo: bool, now: Duration) -> Result<(), AppError> {
        let photo = if with_photo { self.frozen_pixels()? } else { None };
        let outfit = self.session.people().leader().outfit();
        let locale = self.shop.locale(self.session.language());
        let Some(link) = self.look_url() else { return self.report(Report::PrintFailed, now) };
        match Printing::start(&self.shop, locale, outfit, &link, photo) {
            Ok(printing) => self.outside.printing = Some(printing),
            Err(error) => {
                log::error!("{error}");
                self.report(Report::PrintFailed, now)?;
            }
        }
        Ok(())
    }

    /// What became of a photo and a print, and what changed in the shop. Asks only, waits for nothing.
    pub(super) fn poll_outside(&mut self, now: Duration) -> Result<(), AppError> {
        // A phone that asks again for what was fetched is told so, until the session ends.
        if let Some(photo) = self.outside.photo.as_ref().and_then(|offer| told_of(offer.state()))
            && *self.session.photo() != photo
        {
            self.report(Report::Photo(photo), now)?;
        }
        if let Some(done) = self.outside.printing.as_mut().and_then(Printing::result) {
            self.outside.printing = None;
            let report = match done {
                Ok(()) => Report::Printed,
                Err(error) => {
                    log::error!("{error}");
                    Report::PrintFailed
                }
            };
            self.report(report, now)?;
        }
        self.poll_shop(now)?;
        if let Showing::Demo(why) = self.live.showing {
            self.report(Report::NoCamera(camera_words(why)), now)?;
        }
        Ok(())
    }

    fn poll_shop(&mut self, now: Duration) -> Result<(), AppError> {
        let changed = self.shop.poll();
        if changed.settings {
            self.report(Report::Rules(self.shop.rules()), now)?;
            self.outside.renew(&self.shop);
        }
        if changed.catalogue {
            self.report(Report::Catalogue, now)?;
            self.screens.clear_swatches();
        }
        if changed.catalogue || changed.settings {
            self.live.shop_error = None;
        }
        if let Some(error) = changed.error {
            output_error(&error);
            self.report(Report::ShopError(error.clone()), now)?;
            self.live.shop_error = Some(error);
        }
        if let Some((index, image)) = self.shop.thumbnail() {
            let texture = self.context.load_texture(format!("model {index}"), image, egui::TextureOptions::LINEAR);
            self.shop.keep_thumbnail(index, texture);
            self.pictures.models = self.shop.thumbnails();
        }
        Ok(())
    }

    /// The link that carries the look.
    fn look_url(&self) -> Option<String> {
        let layers = self.session.people().leader().outfit().layers.iter().filter_map(|worn| {
            let id = worn.item.as_deref()?;
            let layer = &worn.layer;
            let mask = (layer.mask != layer.product.mask).then_some(layer.mask.name.as_str());
            Some(crate::take_home::code::WornLayer { id, amount: layer.amount, mask, wing: layer.wing })
        });
        let coded = crate::take_home::code::encode(&self.shop.market().look_url, layers);
        coded.map_err(|error| log::error!("{error}")).ok()
    }
}

fn output_error(error: &str) {
    crate::output::tell(&format!("carmine: {error}"));
}

/// What a session is told of an offered photo; nothing while it only waits.
fn told_of(photo: PhotoState) -> Option<PhotoHandOver> {
    match photo {
        PhotoState::Offered | PhotoState::Fetching => None,
        PhotoState::Taken => Some(PhotoHandOver::Taken),
        PhotoState::Broken | PhotoState::Expired => Some(PhotoHandOver::None),
        PhotoState::Failed => Some(PhotoHandOver::Failed("the picture could not be encoded".into())),
    }
}

fn camera_words(why: NoCamera) -> &'static str {
    match why {
        NoCamera::NotFound => "mirror-camera-missing",
        NoCamera::Busy => "mirror-camera-busy",
        NoCamera::Lost => "mirror-camera-lost",
        NoCamera::Off => "mirror-camera-off",
    }
}

/// A camera as it is mounted.
struct Mounted {
    driver: Arc<dyn CameraDriver>,
    rotation: Rotation,
}

impl CameraDriver for Mounted {
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
        self.driver.open()
    }

    fn rotation(&self) -> Rotation {
        self.rotation
    }
}

/// Stands in where the app was built without cameras.
#[cfg_attr(feature = "camera", allow(dead_code, reason = "the build without cameras uses it"))]
struct NoCameras;

impl CameraDriver for NoCameras {
    fn open(&self) -> Result<Box<dyn CameraStream>, CameraError> {
        Err(CameraError::NotFound)
    }
}
