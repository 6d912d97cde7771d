//! The shop's data: settings, catalogue, languages and models, reloaded when their files change.

mod locales;
mod thumbnails;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use carmine::look::Look;
use egui::Context;

use self::locales::Locales;
use self::thumbnails::Thumbnails;
use crate::app::attract::Attract;
use crate::app::capture::Input;
use crate::app::player::Player;
use crate::catalogue::{self, Catalogue, CatalogueWatch};
use crate::consents::Consents;
use crate::error::AppError;
use crate::file_watch::FileWatch;
use crate::l10n::{Language, Locale};
use crate::session::{Consent, Rules};
use crate::settings::{self, Market, Settings, SettingsWatch};
use crate::sound::Sound;
use crate::source::still::Still;
use crate::take_home::photo::PhotoSettings;
use crate::tryable::Tryable;
use crate::ui::stage::PictureTexture;

/// Settings, catalogue, languages and models, each in its newest valid version.
pub struct Shop {
    /// The newest valid settings.
    pub settings: Arc<Settings>,
    /// The newest valid catalogue.
    pub catalogue: Arc<Catalogue>,
    /// Faces to try on.
    pub models: Vec<Tryable>,
    locales: Locales,
    options: ShopOptions,
    attract: Attract,
    /// The catalogue's looks, each in an `Arc` that stays the same: the live view compares the `Arc`s to detect
    /// changes.
    looks: Vec<Arc<Look>>,
    settings_watch: Option<SettingsWatch>,
    catalogue_watch: Option<CatalogueWatch>,
    thumbnails: Thumbnails,
    consents: Consents,
}

/// Options from the command line.
#[derive(Clone, Debug, Default)]
pub struct ShopOptions {
    /// The settings file.
    pub config: Option<PathBuf>,
    /// The merchant's demo.
    pub demo: bool,
    /// A merchant's own photos.
    pub photos: Option<PathBuf>,
    /// A catalogue's folder, instead of the settings'.
    pub catalogue: Option<PathBuf>,
    /// Where the number of consents is kept, if it is counted.
    pub state: Option<PathBuf>,
    /// The market chosen in the merchant's panel.
    pub market: Option<Arc<str>>,
}

/// What changed since the last look.
#[derive(Debug, Default)]
pub struct Changes {
    /// The settings, or the market.
    pub settings: bool,
    /// The catalogue.
    pub catalogue: bool,
    /// A file is invalid; its last valid version stays in use.
    pub error: Option<String>,
}

impl Shop {
    /// Loads everything, and watches the files from now on; `wake` is called when there is something to
    /// [`poll`](Self::poll).
    pub fn open(options: ShopOptions, wake: impl Fn() + Send + Sync + Clone + 'static) -> Result<Self, AppError> {
        let settings = options.config.as_deref().map(Settings::open).transpose()?.unwrap_or_default();
        let no_thread = |name| move |error| AppError::NoThread { name, error };
        let settings_watch = options.config.clone().map(|path| settings::watch(path, wake.clone()));
        let settings_watch = settings_watch.transpose().map_err(no_thread("settings"))?;
        let folder = options.catalogue.clone().or(settings.catalogue.path.clone());
        let catalogue_watch = folder.clone().map(|path| catalogue::watch(path, wake.clone()));
        let catalogue_watch = catalogue_watch.transpose().map_err(no_thread("catalogue"))?;
        let catalogue = folder.as_deref().map_or_else(Catalogue::bundled, Catalogue::open)?;
        let models = models(options.photos.as_deref())?;
        let market = market_of(&settings, options.market.as_deref());
        let locales = Locales::new(&settings, market);
        let shop = Self {
            consents: Consents::open(options.state.as_deref()),
            attract: Attract::default(),
            looks: boxed(&catalogue),
            thumbnails: Thumbnails::start(&models, wake),
            locales,
            settings: Arc::new(settings),
            catalogue: Arc::new(catalogue),
            models,
            options,
            settings_watch,
            catalogue_watch,
        };
        Ok(shop)
    }

    /// Makes a texture of a thumbnail that was drawn since the last call, if one was.
    pub fn take_thumbnail(&mut self, context: &Context) -> bool {
        self.thumbnails.take(context)
    }

    /// Draws the thumbnails again after the context with their textures is gone.
    pub fn renew_thumbnails(&mut self, wake: impl Fn() + Send + 'static) {
        self.thumbnails = Thumbnails::start(&self.models, wake);
    }

    /// Thumbnails of the models for the screens.
    pub fn thumbnails(&self) -> Vec<Option<PictureTexture>> {
        self.thumbnails.pictures()
    }

    /// The model of this id; mannequins in another light are not in the list.
    pub fn model(&self, id: &str) -> Option<Tryable> {
        self.models.iter().find(|model| &*model.id == id).cloned().or_else(|| Tryable::mannequin_of(id))
    }

    /// A language as this market writes it.
    pub fn locale(&self, language: Language) -> &Locale {
        self.locales.get(language)
    }

    /// The market it sells in.
    pub fn market(&self) -> &Market {
        market_of(&self.settings, self.options.market.as_deref())
    }

    /// Sells in another market from now on.
    pub fn choose_market(&mut self, id: &str) {
        self.options.market = Some(id.into());
        self.locales = Locales::new(&self.settings, market_of(&self.settings, Some(id)));
    }

    /// The session's rules.
    pub fn rules(&self) -> Rules {
        let market = self.market();
        Rules {
            market: Arc::clone(&market.id),
            consent_version: market.consent_version,
            languages: market.languages.clone(),
            demo: self.options.demo || self.settings.merchant.demo,
            ..self.settings.rules()
        }
    }

    /// Counts that somebody agreed, where the shop wants it.
    pub fn note_consent(&mut self, consent: &Consent) {
        if self.settings.privacy.count_consents
            && let Err(error) = self.consents.count(consent)
        {
            log::warn!("{error}");
        }
    }

    /// How many agreed today, where it is counted.
    pub fn agreed_today(&self) -> Option<u64> {
        self.settings.privacy.count_consents.then(|| self.consents.today())
    }

    /// The shop's sound output.
    pub fn sound(&self) -> Sound {
        Sound::new(self.settings.sound_settings())
    }

    /// How a photo is handed over.
    pub fn photo_settings(&self) -> PhotoSettings {
        self.settings.photo_settings()
    }

    /// Applies what changed on disk. Does not block.
    pub fn poll(&mut self) -> Changes {
        let mut changes = Changes::default();
        match self.settings_watch.as_ref().and_then(FileWatch::take) {
            Some(Ok(new)) => {
                for change in settings::changes(&self.settings, &new) {
                    if change.when == settings::When::Restart {
                        crate::output::tell(&format!("carmine: {} changed: start carmine again for it", change.key));
                    }
                }
                self.locales = Locales::new(&new, market_of(&new, self.options.market.as_deref()));
                (self.settings, changes.settings) = (new, true);
            }
            Some(Err(error)) => changes.error = Some(error.to_string()),
            None => {}
        }
        match self.catalogue_watch.as_ref().and_then(FileWatch::take) {
            Some(Ok(new)) => {
                self.looks = boxed(&new);
                (self.catalogue, changes.catalogue) = (new, true);
            }
            Some(Err(error)) => changes.error = Some(error.to_string()),
            None => {}
        }
        changes
    }

    /// The model of the attract screen, as one still picture: nothing runs while nobody is there.
    pub fn attract_input(&self, epoch: Instant) -> Result<Input, AppError> {
        let models: Vec<&Tryable> = self.models.iter().filter(|model| self.attract.suits(model)).collect();
        let model = models.get(self.attract.turn() % models.len().max(1)).copied().or(self.models.first());
        let source = model.map_or_else(crate::source::clip::bundled, Tryable::open)?;
        Ok(Input::Model(Player::new(Box::new(Still::first_of(source)?), epoch)))
    }

    /// Starts the attract screen with the next model.
    pub fn begin_attract(&mut self, now: Duration) {
        self.attract.begin(now);
    }

    /// The look that the attract screen's model wears, and for how long already.
    pub fn attract_look(&self, now: Duration) -> (Option<Arc<Look>>, Duration) {
        let (index, since) = self.attract.look(now, self.settings.idle.attract_look);
        (self.looks.get(index % self.looks.len().max(1)).map(Arc::clone), since)
    }

    /// When it wears the next.
    pub fn attract_due(&self, now: Duration) -> Duration {
        self.attract.due(now, self.settings.idle.attract_look)
    }
}

fn boxed(catalogue: &Catalogue) -> Vec<Arc<Look>> {
    catalogue.looks().iter().map(|shelf| Arc::new(shelf.look.clone())).collect()
}

fn models(photos: Option<&Path>) -> Result<Vec<Tryable>, AppError> {
    let mut models = Vec::new();
    if let Some(folder) = photos {
        models = Tryable::from_folder(folder, &mut |line| crate::output::tell(&format!("carmine: {line}")))?;
    }
    models.extend(Tryable::bundled());
    Ok(models)
}

fn market_of<'a>(settings: &'a Settings, chosen: Option<&str>) -> &'a Market {
    let chosen = chosen.and_then(|id| settings.markets.iter().find(|market| &*market.id == id));
    chosen.unwrap_or_else(|| settings.market())
}
