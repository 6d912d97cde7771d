//! The shop's data: settings, catalogue, languages and models, reloaded when their files change.

mod load;
mod locales;
mod thumbnails;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use carmine::look::Look;
use egui::Context;

use self::load::Loader;
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
    loader: Loader,
    /// What was wrong at the start and has not been reported yet.
    faults: Vec<String>,
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
    /// The market chosen in the merchant's panel.
    pub market: Option<Arc<str>>,
    /// This run is a kiosk's: what is broken in the shop's files gives way to its last good version, else to what is
    /// built in. Settings for a full screen say the same.
    pub kiosk: bool,
    /// The state folder: last good versions, and the number of consents where it is counted.
    pub state: Option<PathBuf>,
    /// The shop's files are not read: the last good versions are used, else what is built in.
    pub safe_mode: bool,
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
        let (mut loader, mut faults) = (Loader::new(&options), Vec::new());
        let config = options.config.as_deref().map(|path| loader.settings(path, &mut faults));
        let settings = config.transpose()?.unwrap_or_default();
        let no_thread = |name| move |error| AppError::NoThread { name, error };
        let watched = options.config.clone().filter(|_| !options.safe_mode);
        let reader = loader.clone();
        let open = move |path: &Path| reader.open_settings(path);
        let settings_watch = watched.map(|path| settings::watch(path, open, wake.clone()));
        let settings_watch = settings_watch.transpose().map_err(no_thread("settings"))?;
        let folder = options.catalogue.clone().or(settings.catalogue.path.clone());
        let reader = loader.clone();
        let open = move |folder: &Path| reader.open_catalogue(folder);
        let watched = folder.clone().filter(|_| !options.safe_mode);
        let catalogue_watch = watched.map(|path| catalogue::watch(path, open, wake.clone()));
        let catalogue_watch = catalogue_watch.transpose().map_err(no_thread("catalogue"))?;
        let catalogue = folder.as_deref().map(|folder| loader.catalogue(folder, &mut faults)).transpose()?;
        let catalogue = catalogue.map_or_else(Catalogue::bundled, Ok)?;
        let models = loader.models(options.photos.as_deref(), &mut faults)?;
        let market = market_of(&settings, options.market.as_deref());
        let locales = Locales::new(&settings, market, loader.clone());
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
            loader,
            faults,
            settings_watch,
            catalogue_watch,
        };
        Ok(shop)
    }

    /// Whether it comes up whatever its files are.
    pub fn is_kiosk(&self) -> bool {
        self.loader.is_kiosk
    }

    /// Adds what was wrong elsewhere at the start; [`poll`](Self::poll) reports it.
    pub fn add_fault(&mut self, fault: String) {
        self.faults.push(fault);
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
        self.locales = Locales::new(&self.settings, market_of(&self.settings, Some(id)), self.loader.clone());
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
        if !self.faults.is_empty() {
            changes.error = Some(std::mem::take(&mut self.faults).join("; "));
        }
        match self.settings_watch.as_ref().and_then(FileWatch::take) {
            Some(Ok(new)) => {
                for change in settings::changes(&self.settings, &new) {
                    if change.when == settings::When::Restart {
                        crate::output::tell(&format!("carmine: {} changed: start carmine again for it", change.key));
                    }
                }
                let market = market_of(&new, self.options.market.as_deref());
                self.locales = Locales::new(&new, market, self.loader.clone());
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
        let still = |model: &Tryable| model.open().and_then(Still::first_of);
        let still = match model.map(still) {
            Some(Ok(still)) => still,
            // A merchant's photo may have gone since the start.
            Some(Err(error)) => {
                crate::output::tell(&format!("carmine: {error}; another model is shown"));
                Still::first_of(crate::source::clip::bundled()?)?
            }
            None => Still::first_of(crate::source::clip::bundled()?)?,
        };
        Ok(Input::Model(Player::new(Box::new(still), epoch)))
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

fn market_of<'a>(settings: &'a Settings, chosen: Option<&str>) -> &'a Market {
    let chosen = chosen.and_then(|id| settings.markets.iter().find(|market| &*market.id == id));
    chosen.unwrap_or_else(|| settings.market())
}
