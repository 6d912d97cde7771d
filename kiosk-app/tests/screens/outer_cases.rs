//! The screens before and beside the mirror.

use std::time::Duration;

use carmine_kiosk::session::{Action, MerchantAction, Report, Rules, Screen};
use carmine_kiosk::tryable::Tryable;

use super::cases::Case;
use super::world::{PIN, World};

/// Every case.
pub const ALL: &[Case] = &[
    ("attract", attract),
    ("attract-arabic", |world| {
        attract(world);
        // The middle of the third language's turn.
        world.now = Duration::from_millis(3200 * 17 + 1600);
    }),
    ("attract-large", |world| {
        attract(world);
        world.act(Action::LargeText(true));
    }),
    ("consent", consent),
    ("consent-large", |world| {
        consent(world);
        world.act(Action::LargeText(true));
    }),
    ("consent-reach", |world| {
        consent(world);
        world.act(Action::Reach(true));
    }),
    ("consent-large-reach", |world| {
        consent(world);
        world.act(Action::LargeText(true));
        world.act(Action::Reach(true));
    }),
    ("consent-us", |world| {
        consent_us(world);
    }),
    ("consent-us-large", |world| {
        consent_us(world);
        world.act(Action::LargeText(true));
    }),
    ("retention", retention),
    ("retention-large", |world| {
        retention(world);
        world.act(Action::LargeText(true));
    }),
    ("retention-reach", |world| {
        retention(world);
        world.act(Action::Reach(true));
    }),
    ("models", models),
    ("models-large", |world| {
        models(world);
        world.act(Action::LargeText(true));
    }),
    ("models-reach", |world| {
        models(world);
        world.act(Action::Reach(true));
    }),
    ("idle", idle),
    ("idle-large", |world| {
        world.act(Action::LargeText(true));
        idle(world);
    }),
    ("idle-reach", |world| {
        world.act(Action::Reach(true));
        idle(world);
    }),
    ("pin", pin),
    ("pin-large", |world| {
        world.act(Action::LargeText(true));
        pin(world);
    }),
    ("merchant", merchant),
    ("merchant-agreed", |world| {
        merchant(world);
        world.live.agreed_today = Some(1234);
    }),
    ("merchant-large", |world| {
        merchant(world);
        world.act(Action::LargeText(true));
    }),
    ("merchant-reach", |world| {
        merchant(world);
        world.act(Action::Reach(true));
    }),
    ("merchant-error", |world| {
        merchant(world);
        world.live.shop_error =
            Some("/shop/products/velvet-rose.toml:12: coverage: 1.4 is more than 1: give 0 to 1".to_owned());
    }),
];

pub fn attract(world: &mut World) {
    world.leave();
    world.live.look_name = Some("Berry and Gold".to_owned());
    world.now = Duration::from_millis(3200 * 15 + 1600);
}

pub fn consent(world: &mut World) {
    attract(world);
    world.act(Action::Begin);
}

/// Where some states ask for a written release.
pub fn consent_us(world: &mut World) {
    attract(world);
    world.session.act(
        Action::Report(Report::Rules(Rules { market: "us".into(), ..world.session.rules().clone() })),
        &world.catalogue,
        world.now,
    );
    world.act(Action::Begin);
}

/// All that the page can say.
pub fn retention(world: &mut World) {
    world.settings.privacy.count_consents = true;
    world.settings.privacy.contact = "privacy@shop.example, +1 555 0100".to_owned();
    consent(world);
    world.act(Action::Retention);
}

pub fn models(world: &mut World) {
    consent(world);
    world.act(Action::Go(Screen::Models));
    world.models = Tryable::bundled();
}

pub fn idle(world: &mut World) {
    world.act(Action::WearLook("berry-and-gold".into()));
    let (idle, now) = (&world.settings.idle, world.now);
    // While somebody stands there it waits twice as long.
    let warned = now + 2 * idle.warn_after;
    for time in [warned, warned + idle.end_after - Duration::from_secs(14)] {
        world.session.act(Action::Report(Report::Time), &world.catalogue, time);
    }
    assert_eq!(world.session.warning(), Some(Duration::from_secs(14)));
}

pub fn pin(world: &mut World) {
    attract(world);
    type_pin(world, 2);
}

pub fn merchant(world: &mut World) {
    type_pin(world, PIN.len());
    world.models = Tryable::bundled();
    world.act(Action::Merchant(MerchantAction::Timings(true)));
    let stage = |name: &str, times: [&str; 3]| [name, times[0], times[1], times[2]].map(str::to_owned);
    world.live.timings = vec![
        stage("camera", ["33.3 ms", "34.1 ms", "51.0 ms"]),
        stage("face", ["9.8 ms", "12.4 ms", "21.7 ms"]),
        stage("light", ["0.9 ms", "1.3 ms", "2.0 ms"]),
        stage("draw", ["4.2 ms", "5.8 ms", "9.1 ms"]),
        stage("camera to screen", ["61 ms", "74 ms", "102 ms"]),
    ];
}

/// Types so many digits of the merchant's PIN.
fn type_pin(world: &mut World, digits: usize) {
    world.act(Action::Staff);
    for digit in PIN.chars().take(digits) {
        world.act(Action::PinDigit(digit));
    }
}
