//! The kiosk's settings.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use crate::l10n::Language;

/// All of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub screen: ScreenSettings,
    pub idle: IdleSettings,
    pub market: Arc<str>,
    pub markets: Vec<Market>,
    pub brand: Brand,
    pub photo: PhotoSetting,
}
#[derive(Clone, Debug, PartialEq)]
pub struct ScreenSettings {
    pub mm_per_px: f32,
}
#[derive(Clone, Debug, PartialEq)]
pub struct IdleSettings {
    pub warn_after_s: u32,
    pub end_after_s: u32,
    pub attract_look_s: u32,
}
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    pub id: Arc<str>,
    pub currency: String,
    pub languages: Vec<Language>,
    pub consent_version: u32,
    pub look_url: String,
}
#[derive(Clone, Debug, PartialEq)]
pub struct Brand {
    pub name: String,
    pub accent: [u8; 3],
    pub logo: Option<PathBuf>,
}
#[derive(Clone, Debug, PartialEq)]
pub struct PhotoSetting {
    pub enabled: bool,
    pub address: Option<IpAddr>,
    pub minutes: u32,
}
