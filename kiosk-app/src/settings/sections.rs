//! The sections of the file, with their keys' defaults.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use carmine::frame::Rotation;
use serde::Deserialize;

use super::accent::Accent;
use super::market::Market;
use super::values;
use crate::choices::{CameraChoice, Size};
use crate::palette::CARMINE;

/// Everything that a shop can set. The default is what holds without a file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "each section says it")]
pub struct Settings {
    pub screen: ScreenSection,
    pub camera: CameraSection,
    pub idle: IdleSection,
    pub market: MarketSection,
    /// At least one; [`Settings::market`] gives the current one.
    pub markets: Vec<Market>,
    pub catalogue: CatalogueSection,
    pub messages: MessagesSection,
    pub brand: BrandSection,
    pub photo: PhotoSection,
    pub print: PrintSection,
    pub sound: SoundSection,
    pub access: AccessSection,
    pub suggestions: SuggestionsSection,
    pub merchant: MerchantSection,
    pub privacy: PrivacySection,
    pub confinement: ConfinementSection,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            screen: ScreenSection::default(),
            camera: CameraSection::default(),
            idle: IdleSection::default(),
            market: MarketSection::default(),
            markets: Market::defaults(),
            catalogue: CatalogueSection::default(),
            messages: MessagesSection::default(),
            brand: BrandSection::default(),
            photo: PhotoSection::default(),
            print: PrintSection::default(),
            sound: SoundSection::default(),
            access: AccessSection::default(),
            suggestions: SuggestionsSection::default(),
            merchant: MerchantSection::default(),
            privacy: PrivacySection::default(),
            confinement: ConfinementSection::default(),
        }
    }
}

/// The touch screen.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ScreenSection {
    /// The window's size in pixels, where it does not fill the screen.
    #[serde(deserialize_with = "values::parsed")]
    pub size: Size,
    /// Whether it fills the screen.
    pub fullscreen: bool,
    /// The name of the screen that it fills, of several.
    #[serde(deserialize_with = "values::name")]
    pub output: Option<String>,
    /// Millimetres across a pixel: what is touched keeps its size on every screen.
    pub mm_per_px: f32,
}

impl Default for ScreenSection {
    fn default() -> Self {
        let size = Size { width: 1080, height: 1920 };
        Self { size, fullscreen: false, output: None, mm_per_px: 0.369 }
    }
}

/// The camera.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CameraSection {
    /// Which one.
    #[serde(deserialize_with = "values::camera")]
    pub device: CameraChoice,
    /// The turn that makes its picture upright.
    #[serde(deserialize_with = "values::rotation")]
    pub rotation: Rotation,
    /// Whether left and right are as in a mirror.
    pub mirror: bool,
    /// Angle over the height of its upright picture, degrees.
    pub vertical_fov_deg: f32,
}

impl CameraSection {
    /// As the engine takes it.
    pub fn lens(&self) -> carmine::face::Camera {
        carmine::face::Camera::with_vertical_fov_deg(self.vertical_fov_deg)
    }
}

impl Default for CameraSection {
    fn default() -> Self {
        Self { device: CameraChoice::Auto, rotation: Rotation::None, mirror: true, vertical_fov_deg: 63.0 }
    }
}

/// Times after which something happens if nobody touches the screen.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct IdleSection {
    /// From the last touch to the warning.
    #[serde(rename = "warn_after_s", deserialize_with = "values::seconds")]
    pub warn_after: Duration,
    /// From the warning to the end, when everything is wiped.
    #[serde(rename = "end_after_s", deserialize_with = "values::seconds")]
    pub end_after: Duration,
    /// How long the attract screen shows a look.
    #[serde(rename = "attract_look_s", deserialize_with = "values::seconds")]
    pub attract_look: Duration,
}

impl Default for IdleSection {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { warn_after: seconds(45), end_after: seconds(20), attract_look: seconds(7) }
    }
}

/// Which of the markets the kiosk stands in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MarketSection {
    /// Its id.
    #[serde(deserialize_with = "values::shared")]
    pub current: Arc<str>,
}

impl Default for MarketSection {
    fn default() -> Self {
        Self { current: "eu".into() }
    }
}

/// Where the products come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CatalogueSection {
    /// The merchant's folder; `None`: the one that is built in.
    #[serde(deserialize_with = "values::path")]
    pub path: Option<PathBuf>,
}

/// Where the texts come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MessagesSection {
    /// A folder with `<language>/*.ftl` that replace messages; `None`: those that are built in.
    #[serde(deserialize_with = "values::path")]
    pub path: Option<PathBuf>,
}

/// The brand that the kiosk shows.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BrandSection {
    /// On the attract screen.
    pub name: String,
    /// For what matters most on a screen.
    pub accent: Accent,
    /// A PNG with a clear background; `None`: the name is written.
    #[serde(deserialize_with = "values::path")]
    pub logo: Option<PathBuf>,
}

impl Default for BrandSection {
    fn default() -> Self {
        let accent = Accent { rgb: [CARMINE.r(), CARMINE.g(), CARMINE.b()] };
        Self { name: "Carmine".into(), accent, logo: None }
    }
}

/// Photos that a shopper fetches with her phone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PhotoSection {
    /// Whether any are offered.
    pub enabled: bool,
    /// This machine's address in the store's network; `None` finds it.
    #[serde(deserialize_with = "values::address")]
    pub address: Option<IpAddr>,
    /// How long one waits.
    #[serde(rename = "minutes", deserialize_with = "values::minutes")]
    pub lifetime: Duration,
}

impl Default for PhotoSection {
    fn default() -> Self {
        Self { enabled: true, address: None, lifetime: Duration::from_secs(600) }
    }
}

/// The printer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PrintSection {
    /// Program and arguments that take a picture on standard input; empty: nothing is printed.
    pub command: Vec<String>,
}

/// Chime and speech.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SoundSection {
    /// Program and arguments that take a WAV on standard input; empty: no chime.
    pub player: Vec<String>,
    /// Program and arguments that take a text on standard input and speak it, `{lang}` being the language; empty: no
    /// prompts are spoken.
    pub speech: Vec<String>,
    /// 0 to 1.
    pub volume: f32,
}

impl Default for SoundSection {
    fn default() -> Self {
        Self { player: Vec::new(), speech: Vec::new(), volume: 0.6 }
    }
}

/// What every session starts with; a shopper can change it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccessSection {
    /// All controls in the lower band.
    pub reach_mode: bool,
    /// Large text.
    pub large_text: bool,
}

/// Suggestions from the light and the skin's tone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SuggestionsSection {
    /// Whether any are made.
    pub enabled: bool,
}

impl Default for SuggestionsSection {
    fn default() -> Self {
        Self { enabled: true }
    }
}

/// The merchant's own panel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MerchantSection {
    /// SHA-256 of the PIN's digits; `None`: the panel cannot be opened.
    #[serde(deserialize_with = "values::pin")]
    pub pin_sha256: Option<[u8; 32]>,
    /// The merchant's desk: the panel needs no PIN, nothing times out.
    pub demo: bool,
}

/// What the shop says of privacy, and what it counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PrivacySection {
    /// Whom to ask, on the page about what is kept; empty: nobody is named.
    pub contact: String,
    /// Whether it is counted how many people agree in a day: a number for each market and version of the text.
    pub count_consents: bool,
}

/// The locks of the process that holds pictures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ConfinementSection {
    /// Whether it may not run without all of them.
    pub required: bool,
}
