//! Which keys differ between two settings, and when a change of each takes effect.

use super::Settings;

/// When a changed value holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// With the next frame.
    AtOnce,
    /// With the next session, so that nothing changes during this one.
    NextSession,
    /// Not before the app is started anew.
    Restart,
}

/// A key whose value has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Such as `idle.warn_after_s`; `markets` for anything in them.
    pub key: &'static str,
    /// When it is taken up.
    pub when: When,
}

/// A key, and how two settings are compared in it.
pub(super) struct ComparedKey {
    pub key: &'static str,
    pub when: When,
    differ: fn(&Settings, &Settings) -> bool,
}

macro_rules! keys {
    ($($when:ident $key:literal $($path:ident).+;)*) => {
        &[$(ComparedKey {
            key: $key,
            when: When::$when,
            differ: |a: &Settings, b: &Settings| a.$($path).+ != b.$($path).+,
        }),*]
    };
}

/// Every key there is.
pub(super) const KEYS: &[ComparedKey] = keys! {
    Restart "screen.size" screen.size;
    AtOnce "screen.fullscreen" screen.fullscreen;
    Restart "screen.output" screen.output;
    AtOnce "screen.mm_per_px" screen.mm_per_px;
    NextSession "camera.device" camera.device;
    NextSession "camera.rotation" camera.rotation;
    AtOnce "camera.mirror" camera.mirror;
    NextSession "camera.vertical_fov_deg" camera.vertical_fov_deg;
    AtOnce "idle.warn_after_s" idle.warn_after;
    AtOnce "idle.end_after_s" idle.end_after;
    AtOnce "idle.attract_look_s" idle.attract_look;
    NextSession "market.current" market.current;
    NextSession "markets" markets;
    AtOnce "catalogue.path" catalogue.path;
    AtOnce "messages.path" messages.path;
    AtOnce "brand.name" brand.name;
    AtOnce "brand.accent" brand.accent;
    AtOnce "brand.logo" brand.logo;
    AtOnce "photo.enabled" photo.enabled;
    AtOnce "photo.address" photo.address;
    AtOnce "photo.minutes" photo.lifetime;
    AtOnce "print.command" print.command;
    AtOnce "sound.player" sound.player;
    AtOnce "sound.speech" sound.speech;
    AtOnce "sound.volume" sound.volume;
    NextSession "access.reach_mode" access.reach_mode;
    NextSession "access.large_text" access.large_text;
    NextSession "suggestions.enabled" suggestions.enabled;
    AtOnce "merchant.pin_sha256" merchant.pin_sha256;
    AtOnce "merchant.demo" merchant.demo;
    Restart "confinement.required" confinement.required;
    AtOnce "privacy.contact" privacy.contact;
    NextSession "privacy.count_consents" privacy.count_consents;
};

/// What differs, in the file's order.
pub fn changes(old: &Settings, new: &Settings) -> Vec<Change> {
    let differing = KEYS.iter().filter(|compared| (compared.differ)(old, new));
    differing.map(|&ComparedKey { key, when, .. }| Change { key, when }).collect()
}
