//! What other rooms take from the settings: the session's rules, the photo's and the sound's settings.

use super::Settings;
use crate::session::Rules;
use crate::session::idle::IdleTimeouts;
use crate::sound::SoundSettings;
use crate::take_home::photo::PhotoSettings;

impl Settings {
    /// What the shop decides for every session.
    pub fn rules(&self) -> Rules {
        let market = self.market();
        Rules {
            market: market.id.clone(),
            consent_version: market.consent_version,
            languages: market.languages.clone(),
            idle: IdleTimeouts { warn_after: self.idle.warn_after, grace: self.idle.end_after },
            reach: self.access.reach_mode,
            large_text: self.access.large_text,
            suggestions: self.suggestions.enabled,
            pin_sha256: self.merchant.pin_sha256,
            photo: self.photo.enabled,
            print: !self.print.command.is_empty(),
            demo: self.merchant.demo,
        }
    }

    /// Where and how long photos are offered.
    pub fn photo_settings(&self) -> PhotoSettings {
        PhotoSettings { address: self.photo.address, port: 0, lifetime: self.photo.lifetime }
    }

    /// Which programs make the sound.
    pub fn sound_settings(&self) -> SoundSettings {
        SoundSettings {
            player: self.sound.player.clone(),
            speech: self.sound.speech.clone(),
            volume: self.sound.volume,
        }
    }
}
