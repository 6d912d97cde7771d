//! Touches on the quiet screens: each asks for what the words say, and none for what it did not mean.

use std::time::Duration;

use carmine_kiosk::catalogue::Catalogue;
use carmine_kiosk::l10n::Language;
use carmine_kiosk::session::{Action, Screen, Session};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::shop::{Setting, Shop, Textures};
use crate::states::{State, rules};
use crate::{SIZES, is_control, settings};

/// Every button does what it says.
#[test]
fn taps_ask_for_what_the_words_say() {
    let shop = Shop::new();
    let setting = Setting { language: Language::En, size: SIZES[0], large: false, reach: false };
    let cases: [(State, &str, Action); 9] = [
        (State::CompareFour, "Wear Vermilion and go back to the mirror", Action::Keep("vermilion".into())),
        (State::CompareOne, "Back", Action::Back),
        (State::ShadeIdle, "Read my skin tone", Action::Measure),
        (State::ShadeFailed, "Read again", Action::Measure),
        (State::ShadeDone, "Try 1, 2, 3 on my jaw", Action::JawSwatches(true)),
        (State::ShadeOff, "Suggest shades for me", Action::Suggest(true)),
        (State::Changed, "Suggest shades for me", Action::Suggest(false)),
        (State::TakeHomePhoto, "Take it back", Action::WithdrawPhoto),
        (State::TakeHomeBare, "I’m done. Wipe my picture and all my choices", Action::End),
    ];
    for (state, name, action) in cases {
        let mut harness = shop.harness(state, setting, false, |_| Textures::default());
        let node = harness.query_all_by(|node| is_control(node.role()) && node.label().as_deref() == Some(name));
        let at = node.last().unwrap_or_else(|| panic!("{state:?} has no '{name}'")).rect().center();
        tap(&mut harness, at);
        assert_eq!(harness.state(), &[action], "{state:?} '{name}'");
    }
}

/// Who opens the comparison from the mirror sees what she wears beside its nearest neighbours; what she chose stays.
#[test]
fn a_comparison_opens_filled() {
    let catalogue = Catalogue::bundled().unwrap();
    let open = |chosen: &[&str]| {
        let mut session = Session::of_file(rules(), Duration::ZERO);
        let mut act = |action| session.act(action, &catalogue, Duration::ZERO);
        act(Action::Wear("velvet-rose".into()));
        for id in chosen {
            act(Action::CompareToggle((*id).into()));
        }
        act(Action::Go(Screen::Compare));
        session.compare().to_vec()
    };
    let filled = open(&[]);
    assert_eq!((filled.len(), &*filled[0]), (4, "velvet-rose"));
    let line = catalogue.line_of("velvet-rose").unwrap();
    assert!(filled.iter().all(|id| line.items.contains(id)), "{filled:?}");
    let chosen: [std::sync::Arc<str>; 2] = ["true-red".into(), "vermilion".into()];
    assert_eq!(open(&["true-red", "vermilion"]), chosen);
    let one = open(&["true-red"]);
    assert!(one.len() == 4 && one[0] == chosen[0] && &*one[1] == "velvet-rose", "{one:?}");
}

/// The photo is explained before it is offered.
#[test]
fn a_photo_takes_two_taps_and_an_explanation() {
    let shop = Shop::new();
    let setting = Setting { language: Language::En, size: SIZES[0], large: false, reach: false };
    let mut harness = shop.harness(State::TakeHome, setting, false, |_| Textures::default());
    let at = harness.get_by_label("Add my photo").rect().center();
    tap(&mut harness, at);
    assert!(harness.state().is_empty(), "nothing is offered yet");
    assert!(harness.query_by_label_contains("own network").is_some(), "it is explained");
    let at = harness.get_by_label("Offer my photo").rect().center();
    tap(&mut harness, at);
    assert_eq!(harness.state(), &[Action::OfferPhoto]);
}

/// The second half of a double tap does not press what the first half has put under the finger: here the photo is
/// explained, and not yet offered; and what was offered is not taken back.
#[test]
fn a_double_tap_does_not_press_what_its_first_half_brought() {
    let shop = Shop::new();
    for setting in settings() {
        let mut harness = shop
            .harness(State::TakeHome, Setting { language: Language::En, ..setting }, false, |_| Textures::default());
        let add = harness.get_by_label("Add my photo").rect();
        // The place where both buttons lie, which a shaking finger meets twice.
        quick_tap(&mut harness, add.center());
        let mut time = harness.ctx.input(|input| input.time);
        for _ in 0..3 {
            time += 1.0 / 60.0;
            harness.input_mut().time = Some(time);
            harness.step();
        }
        let offer = harness.get_by_label("Offer my photo").rect();
        let at = if offer.intersects(add) { offer.intersect(add).center() } else { add.center() };
        quick_tap(&mut harness, at);
        assert!(harness.state().is_empty(), "{setting:?}: {:?}", harness.state());
        assert!(harness.query_by_label("Offer my photo").is_some(), "{setting:?}: it stays explained");
        // A third tap in a row belongs to the first, too; after a pause it counts.
        quick_tap(&mut harness, offer.center());
        harness.run_steps(4);
        tap(&mut harness, offer.center());
        assert_eq!(harness.state(), &[Action::OfferPhoto], "{setting:?}");
    }
}

/// Fast taps on one control all count.
#[test]
fn fast_taps_on_one_control_all_count() {
    let shop = Shop::new();
    let setting = Setting { language: Language::En, size: SIZES[0], large: false, reach: false };
    let mut harness = shop.harness(State::ShadeIdle, setting, false, |_| Textures::default());
    let at = harness.get_by_label("Read my skin tone").rect().center();
    for _ in 0..3 {
        quick_tap(&mut harness, at);
    }
    assert_eq!(harness.state(), &[Action::Measure, Action::Measure, Action::Measure]);
}

/// Press and release in two frames, a sixtieth of a second apart; the harness' own steps are a quarter of a second.
fn quick_tap(harness: &mut Harness<'_, Vec<Action>>, at: egui::Pos2) {
    let mut time = harness.ctx.input(|input| input.time);
    for event in [egui::Event::PointerMoved(at), pointer(at, true), pointer(at, false)] {
        time += 1.0 / 60.0;
        harness.input_mut().time = Some(time);
        harness.event(event);
        harness.step();
    }
    harness.input_mut().time = None;
}

fn pointer(pos: egui::Pos2, pressed: bool) -> egui::Event {
    let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
    egui::Event::PointerButton { pos, button, pressed, modifiers }
}

fn tap(harness: &mut Harness<'_, Vec<Action>>, at: egui::Pos2) {
    for pressed in [true, false] {
        harness.event(egui::Event::PointerMoved(at));
        harness.event(pointer(at, pressed));
        harness.run_steps(2);
    }
    harness.run_steps(20);
}
