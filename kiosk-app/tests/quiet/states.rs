//! Moments of a session, one for each state of the quiet screens.

use std::sync::Arc;
use std::time::Duration;

use carmine::light::{SkinTone, ToneReading, ToneRejection};
use carmine_kiosk::catalogue::Catalogue;
use carmine_kiosk::l10n::Language;
use carmine_kiosk::session::idle::IdleTimeouts;
use carmine_kiosk::session::{Action, Changed, FaceSeen, PhotoHandOver, Report, Rules, Screen, Session};
use glam::Vec3;

/// A screen in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    CompareFour,
    CompareOne,
    ShadeIdle,
    ShadeLooking,
    ShadeFailed,
    ShadeDone,
    ShadeJaw,
    ShadeOff,
    Changed,
    ChangedBare,
    TakeHome,
    TakeHomePhoto,
    TakeHomeFailed,
    TakeHomeBroken,
    TakeHomeExpired,
    TakeHomeBare,
}

impl State {
    pub const ALL: [Self; 16] = [
        Self::CompareFour,
        Self::CompareOne,
        Self::ShadeIdle,
        Self::ShadeLooking,
        Self::ShadeFailed,
        Self::ShadeDone,
        Self::ShadeJaw,
        Self::ShadeOff,
        Self::Changed,
        Self::ChangedBare,
        Self::TakeHome,
        Self::TakeHomePhoto,
        Self::TakeHomeFailed,
        Self::TakeHomeBroken,
        Self::TakeHomeExpired,
        Self::TakeHomeBare,
    ];
}

pub fn rules() -> Rules {
    Rules {
        market: "eu".into(),
        consent_version: 1,
        languages: vec![Language::En, Language::Ar],
        idle: IdleTimeouts { warn_after: Duration::from_secs(45), grace: Duration::from_secs(20) },
        reach: false,
        large_text: false,
        suggestions: true,
        pin_sha256: None,
        photo: true,
        print: true,
        demo: false,
    }
}

pub fn tone() -> SkinTone {
    SkinTone {
        lab: Vec3::new(64.0, 13.0, 19.0),
        spread_lab: Vec3::new(3.0, 1.5, 1.5),
        sigma_lab: Vec3::new(5.0, 1.5, 2.0),
        ita_deg: 36.0,
        ita_sigma_deg: 12.0,
        monk: 4,
        monk_second: 5,
        monk_probability: [0.0, 0.0, 0.1, 0.5, 0.3, 0.1, 0.0, 0.0, 0.0, 0.0],
    }
}

/// Measures, and reads this from so many pictures, one every 200 ms.
pub fn read(session: &mut Session, catalogue: &Catalogue, reading: &ToneReading, pictures: u64) {
    let face = FaceSeen { id: 1, distance_cm: 60.0, centre: [0.5, 0.5] };
    for step in 0..pictures {
        for report in [Report::Faces([face].into_iter().collect()), Report::Tone(Some(*reading))] {
            session.act(Action::Report(report), catalogue, Duration::from_millis(step * 200));
        }
    }
}

/// A session that shows `state`.
pub fn session(state: State, catalogue: &Catalogue) -> Session {
    let mut session = Session::of_file(rules(), Duration::ZERO);
    let act = |session: &mut Session, action| {
        session.act(action, catalogue, Duration::ZERO);
    };
    let report = |session: &mut Session, report| act(session, Action::Report(report));
    if !matches!(state, State::TakeHomeBare | State::ChangedBare) {
        let look = Arc::clone(&catalogue.looks()[2].id);
        act(&mut session, Action::WearLook(look));
        act(&mut session, Action::Wear("velvet-rose".into()));
    }
    let screen = match state {
        State::CompareFour | State::CompareOne => Screen::Compare,
        State::Changed | State::ChangedBare => Screen::Changed,
        State::TakeHome
        | State::TakeHomePhoto
        | State::TakeHomeFailed
        | State::TakeHomeBroken
        | State::TakeHomeExpired
        | State::TakeHomeBare => Screen::TakeHome,
        _ => Screen::Shade,
    };
    act(&mut session, Action::Go(screen));
    match state {
        State::CompareOne => {
            let others = session.compare()[1..].to_vec();
            for other in others {
                act(&mut session, Action::CompareToggle(other));
            }
        }
        State::CompareFour => {
            let filled = session.compare().to_vec();
            let four = ["velvet-rose", "vermilion", "ripe-berry", "cocoa-nude"].map(Into::into);
            for shade in filled.into_iter().chain(four) {
                act(&mut session, Action::CompareToggle(shade));
            }
        }
        State::ShadeLooking => {
            act(&mut session, Action::Measure);
            read(&mut session, catalogue, &ToneReading::Tone(tone()), 6);
            read(&mut session, catalogue, &ToneReading::CannotTell(ToneRejection::TooUneven), 1);
        }
        State::ShadeFailed => {
            act(&mut session, Action::Measure);
            read(&mut session, catalogue, &ToneReading::CannotTell(ToneRejection::TooDark), 40);
        }
        State::ShadeDone | State::ShadeJaw => {
            act(&mut session, Action::Measure);
            read(&mut session, catalogue, &ToneReading::Tone(tone()), 20);
            act(&mut session, Action::JawSwatches(state == State::ShadeJaw));
        }
        State::ShadeOff => act(&mut session, Action::Suggest(false)),
        State::Changed => report(&mut session, Report::Explained(Changed { pixels: 0.083, elsewhere: Some(0) })),
        State::ChangedBare => report(&mut session, Report::Explained(Changed { pixels: 0.0, elsewhere: None })),
        State::TakeHomePhoto => {
            let url = "http://192.168.10.20:8080/p/9Yx3kQpTn4vLw2RzBc7HdA".to_owned();
            report(&mut session, Report::Photo(PhotoHandOver::Offered { url, until: Duration::from_secs(272) }));
        }
        State::TakeHomeFailed => {
            report(&mut session, Report::Photo(PhotoHandOver::Failed));
        }
        State::TakeHomeBroken => report(&mut session, Report::Photo(PhotoHandOver::Broken)),
        State::TakeHomeExpired => report(&mut session, Report::Photo(PhotoHandOver::Expired)),
        _ => {}
    }
    session
}
