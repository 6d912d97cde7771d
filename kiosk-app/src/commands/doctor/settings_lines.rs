//! Settings as they may be sent to somebody: every section is taken apart by name, so that a new one does not compile
//! until it is decided what of it may be shown.

use carmine::frame::Rotation;

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
        CameraChoice::Auto => "the first that opens".to_owned(),
        CameraChoice::Index(number) => format!("number {number}"),
        CameraChoice::None => "none".to_owned(),
        CameraChoice::Clip(_) => "a clip".to_owned(),
    };
    let turn = match camera.rotation {
        Rotation::None => "not turned",
        Rotation::Cw90 => "turned by 90°",
        Rotation::Cw180 => "turned by 180°",
        Rotation::Cw270 => "turned by 270°",
    };
    let screen_size = format!("{}×{} pixels", screen.size.width, screen.size.height);
    let is_full = if screen.fullscreen { "fills the screen" } else { "in a window" };
    let markets: Vec<String> = markets
        .iter()
        .map(|market| format!("{} ({}, consent version {})", market.id, market.currency, market.consent_version))
        .collect();
    vec![
        format!(
            "screen: {screen_size}, {is_full}, output {}, {} mm a pixel",
            set(screen.output.is_some()),
            screen.mm_per_px
        ),
        format!("camera: {device}, {turn}, mirrored {}, {}° high", yes(camera.mirror), camera.vertical_fov_deg),
        format!(
            "idle: warns after {} s, ends after {} s more, a look of the attract screen stays {} s",
            idle.warn_after.as_secs_f32(),
            idle.end_after.as_secs_f32(),
            idle.attract_look.as_secs_f32()
        ),
        format!("market: {} of {}", market.current, markets.join(", ")),
        format!("catalogue: {}; messages: {}", own(&catalogue.path), own(&messages.path)),
        format!("brand: logo {}", set(brand.logo.is_some())),
        format!(
            "photo: enabled {}, address {}, kept {} s",
            yes(photo.enabled),
            set(photo.address.is_some()),
            photo.lifetime.as_secs()
        ),
        format!("print: {}", program(&print.command)),
        format!("sound: {}, speech {}, volume {}", program(&sound.player), program(&sound.speech), sound.volume),
        format!("access: reach mode {}, large text {}", yes(access.reach_mode), yes(access.large_text)),
        format!("suggestions: enabled {}", yes(suggestions.enabled)),
        format!("merchant: PIN {}, demo {}", set(merchant.pin_sha256.is_some()), yes(merchant.demo)),
        format!("privacy: contact {}, consents counted {}", set(!contact.is_empty()), yes(*count_consents)),
        format!("confinement: required {}", yes(confinement.required)),
    ]
}

fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
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
