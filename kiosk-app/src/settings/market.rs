//! A market: languages, currency and consent text where the kiosk stands.

use std::sync::Arc;

use serde::Deserialize;

use super::values;
use crate::l10n::Language;

/// A market: its languages, its currency, and its consent text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Market {
    /// Its name in these settings.
    #[serde(deserialize_with = "values::shared")]
    pub id: Arc<str>,
    /// ISO 3166 region: digits, separators and signs of prices.
    #[serde(default, deserialize_with = "values::region")]
    pub region: Option<String>,
    /// ISO 4217 currency of the prices shown.
    pub currency: String,
    /// Languages on offer; a new shopper is spoken to in the first.
    pub languages: Vec<Language>,
    /// Which version of the consent text is asked; a new version asks anew.
    pub consent_version: u32,
    /// Base of the addresses in take-home codes; the look follows after `#`.
    pub look_url: String,
}

impl Market {
    /// Those there are without a settings file.
    pub fn defaults() -> Vec<Self> {
        use Language::{Ar, En, Es, Fr, ZhHans};
        let market = |id: &str, region: &str, currency: &str, languages: [Language; 5]| Self {
            id: id.into(),
            region: (!region.is_empty()).then(|| region.into()),
            currency: currency.into(),
            languages: languages.into(),
            consent_version: 3,
            look_url: "https://look.example/".into(),
        };
        vec![
            market("eu", "", "EUR", [En, Fr, Es, ZhHans, Ar]),
            market("uk", "GB", "GBP", [En, ZhHans, Ar, Fr, Es]),
            market("us", "US", "USD", [En, Es, ZhHans, Fr, Ar]),
            market("cn", "CN", "CNY", [ZhHans, En, Fr, Es, Ar]),
            market("ae", "AE", "AED", [Ar, En, Fr, ZhHans, Es]),
            market("mx", "MX", "MXN", [Es, En, Fr, ZhHans, Ar]),
        ]
    }
}
