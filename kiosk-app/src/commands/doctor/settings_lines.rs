//! Settings as they may be sent to somebody: every section is taken apart by name, so that a new one does not compile
//! until it is decided what of it may be shown.

use crate::choices::CameraChoice;
use crate::settings::{PrivacySection, Settings};

/// A line for each section; secrets, names, addresses and paths only as whether they are set.
pub(super) fn of(settings: &Settings) -> Vec<String> {
    let Settings {
        screen,
        camera,
        idle,
        market,
        markets,
        catalogue,
        messages,
        brand,
        photo,
        print,
        sound,
        access,
        suggestions,
        merchant,
        privacy: PrivacySection { contact, count_consents },
        confinement,
    } = settings;
    let device = match &camera.device {
        CameraChoice::Clip(_) => "a clip".to_owned(),
        other => format!("{other:?}"),
    };
    let markets: Vec<String> = markets
        .iter()
        .map(|market| format!("{} ({}, consent version {})", market.id, market.currency, market.consent_version))
        .collect();
    vec![
        format!("screen: {screen:?}"),
        format!("camera: {device}, {:?}, mirrored {}, {}°", camera.rotation, camera.mirror, camera.vertical_fov_deg),
        format!("idle: {idle:?}"),
        format!("market: {} of {}", market.current, markets.join(", ")),
        format!("catalogue: {}; messages: {}", own(&catalogue.path), own(&messages.path)),
        format!("brand: logo {}", set(brand.logo.is_some())),
        format!("photo: enabled {}, address {}, {:?}", photo.enabled, set(photo.address.is_some()), photo.lifetime),
        format!("print: {}", program(&print.command)),
        format!("sound: {}, speech {}, volume {}", program(&sound.player), program(&sound.speech), sound.volume),
        format!("access: {access:?}; suggestions: {}", suggestions.enabled),
        format!("merchant: PIN {}, demo {}", set(merchant.pin_sha256.is_some()), merchant.demo),
        format!("privacy: contact {}, consents counted {count_consents}", set(!contact.is_empty())),
        format!("{confinement:?}"),
    ]
}

fn set(is: bool) -> &'static str {
    if is { "set" } else { "not set" }
}

fn own(path: &Option<std::path::PathBuf>) -> &'static str {
    if path.is_some() { "the shop's own" } else { "built in" }
}

/// The program's name alone: its arguments may name a printer or a server.
fn program(command: &[String]) -> String {
    match command.first() {
        Some(program) => {
            let name = std::path::Path::new(program).file_name().unwrap_or_default().to_string_lossy();
            format!("{name} with {} arguments", command.len() - 1)
        }
        None => "none".to_owned(),
    }
}
