//! The shop's data: settings, catalogue, languages and models, reloaded when their files change.

mod attract;
mod changes;
mod load;
mod locales;
mod logo;
mod thumbnails;
mod watched;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use carmine::look::Look;
use egui::Context;

pub use self::changes::Changes;
use self::load::{Loaded, Loader};
use self::locales::Locales;
use self::logo::Logo;
use self::thumbnails::Thumbnails;
use self::watched::{Wake, Watched, WatchedCatalogue, WatchedMessages, WatchedSettings};
use crate::app::attract::Attract;
use crate::catalogue::Catalogue;
use crate::consents::Consents;
use crate::error::AppError;
use crate::file_watch::First;
use crate::kept_files::KeptFiles;
use crate::l10n::{Language, Locale};
use crate::limited_read::Unanswered;
use crate::session::{Consent, Rules};
use crate::settings::{Market, Settings};
use crate::sound::Sound;
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
    settings_watch: Option<WatchedSettings>,
    catalogue_watch: Option<WatchedCatalogue>,
    messages_watch: Option<WatchedMessages>,
    loader: Loader,
    wake: Wake,
    /// What was wrong at the start and is not read again.
    faults: Vec<String>,
    /// What was wrong at the start and has not been reported yet.
    untold: Vec<String>,
    thumbnails: Thumbnails,
    logo: Logo,
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

impl Shop {
    /// Loads everything, and watches the files from now on; `wake` is called when there is something to
    /// [`poll`](Self::poll).
    pub fn open(options: ShopOptions, wake: impl Fn() + Send + Sync + Clone + 'static) -> Result<Self, AppError> {
        let files = KeptFiles::default();
        let (loader, wake) = (Loader::new(&options, &files), Arc::new(wake) as Wake);
        // Each is watched before it is read, so that no change falls between.
        let watches = |path: &Option<PathBuf>| path.clone().filter(|_| !options.safe_mode);
        let watched = watches(&options.config).map(|path| WatchedSettings::start(path, &loader, &wake));
        let mut settings_watch = watched.transpose()?;
        let config = options.config.as_deref().map(|path| loader.settings(path)).transpose()?;
        let mut untold = Vec::new();
        let settings = keep_fault(config, &mut settings_watch, &mut untold).unwrap_or_default();
        let folder = options.catalogue.clone().or(settings.catalogue.path.clone());
        let watched = watches(&folder).map(|path| WatchedCatalogue::start(path, &loader, &wake, First::Read));
        let mut catalogue_watch = watched.transpose()?;
        let catalogue = folder.as_deref().map(|folder| loader.catalogue(folder)).transpose()?;
        let catalogue = keep_fault(catalogue, &mut catalogue_watch, &mut untold);
        let catalogue = catalogue.map_or_else(Catalogue::bundled, Ok)?;
        note_catalogue(&catalogue);
        let folder = settings.messages.path.clone();
        let watched = watches(&folder).map(|path| WatchedMessages::start(path, &loader, &wake, First::Read));
        let mut messages_watch = watched.transpose()?;
        let messages = folder.as_deref().map(|folder| loader.messages(folder));
        let messages = keep_fault(messages, &mut messages_watch, &mut untold).flatten();
        let Loaded { value: models, fault } = loader.models(options.photos.as_deref())?;
        let faults = Vec::from_iter(fault);
        untold.extend(faults.iter().cloned());
        let market = market_of(&settings, options.market.as_deref());
        let thumbnail_wake = Arc::clone(&wake);
        let shop = Self {
            consents: Consents::open(options.state.as_deref(), files),
            attract: Attract::default(),
            looks: boxed(&catalogue),
            logo: Logo::read(logo_of(&settings, options.safe_mode), Arc::clone(&wake)),
            thumbnails: Thumbnails::start(&models, move || thumbnail_wake()),
            locales: Locales::new(market, messages.map(Arc::new)),
            settings: Arc::new(settings),
            catalogue: Arc::new(catalogue),
            models,
            options,
            loader,
            wake,
            faults,
            untold,
            settings_watch,
            catalogue_watch,
            messages_watch,
        };
        Ok(shop)
    }

    /// Whether it comes up whatever its files are.
    pub fn is_kiosk(&self) -> bool {
        self.loader.is_kiosk()
    }

    /// Adds what was wrong elsewhere at the start; [`poll`](Self::poll) reports it.
    pub fn add_fault(&mut self, fault: String) {
        self.untold.push(fault.clone());
        self.faults.push(fault);
    }

    /// What is wrong now with any of its files.
    pub fn fault(&self) -> Option<String> {
        let settings = self.settings_watch.as_ref().and_then(Watched::fault);
        let catalogue = self.catalogue_watch.as_ref().and_then(Watched::fault);
        let messages = self.messages_watch.as_ref().and_then(Watched::fault);
        let all: Vec<&str> = [settings, catalogue, messages]
            .into_iter()
            .flatten()
            .chain(self.faults.iter().map(String::as_str))
            .collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    /// Makes a texture of a thumbnail that was drawn since the last call, if one was.
    pub fn take_thumbnail(&mut self, context: &Context) -> bool {
        self.thumbnails.take(context)
    }

    /// The brand's logo, if there is one that can be shown.
    pub fn logo(&mut self, context: &Context) -> Option<PictureTexture> {
        self.logo.picture(context)
    }

    /// Draws the pictures again after the context with their textures is gone.
    pub fn renew_pictures(&mut self, wake: impl Fn() + Send + 'static) {
        self.logo.forget_texture();
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
        self.locales = self.locales.renewed(market_of(&self.settings, Some(id)));
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
        if self.settings.privacy.count_consents {
            self.consents.count(consent);
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
}

/// The value, whose fault stays with its watch and is to be told.
fn keep_fault<T, V: Send + 'static, E: ToString + From<Unanswered> + Send + 'static>(
    loaded: Option<Loaded<T>>,
    watch: &mut Option<Watched<V, E>>,
    untold: &mut Vec<String>,
) -> Option<T> {
    let Loaded { value, fault } = loaded?;
    untold.extend(fault.clone());
    if let Some(watch) = watch {
        watch.set_fault(fault);
    }
    Some(value)
}

fn note_catalogue(catalogue: &Catalogue) {
    log::info!("on offer: products: {}, looks: {}", catalogue.items().len(), catalogue.looks().len());
}

/// In safe mode none of the shop's files is read.
fn logo_of(settings: &Settings, safe_mode: bool) -> Option<&Path> {
    settings.brand.logo.as_deref().filter(|_| !safe_mode)
}

fn boxed(catalogue: &Catalogue) -> Vec<Arc<Look>> {
    catalogue.looks().iter().map(|shelf| Arc::new(shelf.look.clone())).collect()
}

fn market_of<'a>(settings: &'a Settings, chosen: Option<&str>) -> &'a Market {
    let chosen = chosen.and_then(|id| settings.markets.iter().find(|market| &*market.id == id));
    chosen.unwrap_or_else(|| settings.market())
}
