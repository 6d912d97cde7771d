//! What must hold on the screens before and beside the mirror.

use carmine_kiosk::l10n::Language;
use carmine_kiosk::session::{Action, Screen};
use egui::accesskit::Role;
use egui::{Pos2, Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::world::World;
use super::{SIZES, outer_cases};

/// Roles of what is tapped.
const TOUCHED: [Role; 4] = [Role::Button, Role::RadioButton, Role::Tab, Role::Switch];

/// Name and place of everything that can be tapped.
fn controls(harness: &Harness<'_>) -> Vec<(String, Rect)> {
    let nodes = harness.get_all_by(|node| TOUCHED.contains(&node.role()) && !node.is_disabled());
    nodes.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect())).collect()
}

/// What one arranged world asks for after these events.
fn asked(world: &World, mut touch: impl FnMut(&mut Harness<'_>)) -> Vec<Action> {
    let mut shown = Vec::new();
    let mut harness = world.harness(SIZES[0], &mut shown);
    harness.run_steps(2);
    touch(&mut harness);
    harness.run_steps(3);
    drop(harness);
    shown.into_iter().flat_map(|frame| frame.actions).collect()
}

fn tap(harness: &mut Harness<'_>, at: Pos2) {
    harness.drag_at(at);
    harness.step();
    harness.drop_at(at);
}

#[test]
fn every_control_has_a_name_and_a_finger_s_room_and_overlaps_none() {
    let mut faults = Vec::new();
    for (case, arrange) in outer_cases::ALL.iter().filter(|(case, _)| !case.starts_with("idle")) {
        for language in [Language::Ar, Language::Pseudo] {
            for size in SIZES {
                let mut world = World::new(language);
                arrange(&mut world);
                let mut shown = Vec::new();
                let mut harness = world.harness(size, &mut shown);
                harness.run_steps(2);
                let (screen, reach) = (harness.ctx.content_rect(), world.session.reach() && size[1] > size[0]);
                let sheet = case.starts_with("pin");
                let all: Vec<_> = controls(&harness).into_iter().filter(|(_, place)| *place != screen).collect();
                let mut fault = |what: String| faults.push(format!("{case} {language} {size:?}: {what}"));
                if all.len() < 2 {
                    fault(format!("only {} controls", all.len()));
                }
                for (index, (name, place)) in all.iter().enumerate() {
                    if name.is_empty() {
                        fault(format!("{place:?} has no name"));
                    }
                    if place.size().min_elem() < 71.5 {
                        fault(format!("{name} is small: {place:?}"));
                    }
                    if !screen.expand(0.5).contains_rect(*place) {
                        fault(format!("{name} lies outside: {place:?}"));
                    }
                    let low = |at: &Rect| at.top() >= screen.height() * 0.55 - 0.5;
                    // A tall sheet's cross does the same as the button at its foot.
                    let doubled = all.iter().any(|(other, at)| other == name && low(at));
                    if reach && !case.starts_with("attract") && !low(place) && !doubled {
                        fault(format!("{name} is out of reach: {place:?}"));
                    }
                    for (other, at) in &all[index + 1..] {
                        if !sheet && place.shrink(0.5).intersects(*at) {
                            fault(format!("{name} lies on {other}"));
                        }
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_touch_anywhere_begins_and_a_language_begins_in_itself() {
    let mut world = World::new(Language::En);
    outer_cases::attract(&mut world);
    assert_eq!(asked(&world, |harness| tap(harness, Pos2::new(500.0, 900.0))), [Action::Begin]);
    assert_eq!(asked(&world, |harness| tap(harness, Pos2::new(1040.0, 40.0))), [Action::Begin]);
    assert_eq!(
        asked(&world, |harness| harness.get_by_label("العربية").click()),
        [Action::Speak(Language::Ar), Action::Begin]
    );
}

#[test]
fn staff_hold_the_corner_for_three_seconds() {
    let mut world = World::new(Language::En);
    outer_cases::attract(&mut world);
    let held = |at: Pos2, steps: usize| {
        asked(&world, move |harness| {
            harness.drag_at(at);
            // The harness' steps are a quarter of a second.
            harness.run_steps(steps);
            harness.drop_at(at);
        })
    };
    assert_eq!(held(Pos2::new(1040.0, 40.0), 16), [Action::Staff]);
    assert!(!held(Pos2::new(1040.0, 40.0), 9).contains(&Action::Staff));
    assert!(!held(Pos2::new(40.0, 40.0), 16).contains(&Action::Staff));
}

#[test]
fn both_answers_have_one_size_and_each_does_what_it_says() {
    for large in [false, true] {
        for size in SIZES {
            let mut world = World::new(Language::En);
            outer_cases::consent(&mut world);
            world.act(Action::LargeText(large));
            let mut shown = Vec::new();
            let mut harness = world.harness(size, &mut shown);
            harness.run_steps(2);
            let [yes, model] =
                ["Yes, use the camera", "Try on a model instead"].map(|name| harness.get_by_label(name).rect().size());
            assert!((yes - model).length() < 0.5, "{size:?}: {yes} and {model}");
            assert!(yes.y >= 84.0);
        }
    }
    let mut world = World::new(Language::En);
    outer_cases::consent(&mut world);
    let touched = |name: &str| asked(&world, |harness| harness.get_by_label(name).click());
    assert_eq!(touched("Yes, use the camera"), [Action::Agree]);
    assert_eq!(touched("Try on a model instead"), [Action::Go(Screen::Models)]);
    assert_eq!(touched("Français"), [Action::Speak(Language::Fr)]);
    assert_eq!(touched("Larger text"), [Action::LargeText(true)]);
    assert_eq!(touched("Back"), [Action::End], "back from the first screen is the attract screen");
}

#[test]
fn models_run_from_light_to_deep_and_a_tap_chooses_one() {
    let mut world = World::new(Language::En);
    outer_cases::models(&mut world);
    assert_eq!(
        asked(&world, |harness| harness.get_by_label("Tone 7").click()),
        [Action::TryModel("mannequin-7".into())]
    );
    let mut shown = Vec::new();
    let mut harness = world.harness(SIZES[0], &mut shown);
    harness.run_steps(2);
    let place = |name: &str| harness.get_by_label(name).rect().min;
    let reading = |at: Pos2| (at.y.round() as i32, at.x.round() as i32);
    let tones: Vec<_> = (1..=10).map(|tone| reading(place(&format!("Tone {tone}")))).collect();
    assert!(tones.is_sorted(), "{tones:?}");
    assert!(reading(place("Astronaut")) < tones[0]);
}

#[test]
fn the_warning_takes_every_touch() {
    let mut world = World::new(Language::En);
    outer_cases::idle(&mut world);
    let touched = |name: &str| asked(&world, |harness| harness.get_by_label(name).click());
    assert_eq!(touched("I am here"), [Action::StillHere]);
    assert_eq!(touched("I am done"), [Action::End]);
    // What lies below does nothing.
    assert_eq!(asked(&world, |harness| tap(harness, Pos2::new(540.0, 1880.0))), [Action::StillHere]);
}

#[test]
fn a_pin_is_typed_by_finger_or_keyboard_and_never_shown() {
    let mut world = World::new(Language::En);
    outer_cases::pin(&mut world);
    let touched = |name: &str| asked(&world, |harness| harness.get_by_label(name).click());
    assert_eq!(touched("7"), [Action::PinDigit('7')]);
    assert_eq!(touched("Erase the last digit"), [Action::PinErase]);
    assert_eq!(touched("Cancel"), [Action::Close]);
    let typed = asked(&world, |harness| harness.event(egui::Event::Text("4x2".into())));
    assert_eq!(typed, [Action::PinDigit('4'), Action::PinDigit('2')]);
    let mut shown = Vec::new();
    let mut harness = world.harness(SIZES[0], &mut shown);
    harness.run_steps(2);
    assert!(harness.query_by_label("12").is_none());
    assert!(harness.query_by_label("2 digits typed").is_some());
}

#[test]
fn the_consent_names_face_geometry_and_leads_to_what_is_kept() {
    for (language, words) in [
        (Language::En, ["478", "geometry", "Artificial intelligence"]),
        (Language::Fr, ["478", "géométrie", "intelligence artificielle"]),
        (Language::Es, ["478", "geometría", "inteligencia artificial"]),
        (Language::ZhHans, ["478", "面部几何", "人工智能"]),
        (Language::Ar, ["478", "هندسة الوجه", "الذكاء الاصطناعي"]),
    ] {
        for arrange in [outer_cases::consent, outer_cases::consent_us] {
            let mut world = World::new(language);
            arrange(&mut world);
            let mut shown = Vec::new();
            let mut harness = world.harness(SIZES[0], &mut shown);
            harness.run_steps(2);
            for word in words {
                let said = harness.query_all_by_label_contains(word);
                assert!(said.count() > 0, "{language}: {word} is not said");
            }
        }
    }
    let mut world = World::new(Language::En);
    outer_cases::consent(&mut world);
    let name = "What is kept, and how it is erased";
    assert_eq!(asked(&world, |harness| harness.get_by_label(name).click()), [Action::Retention]);
    outer_cases::retention(&mut world);
    assert_eq!(*world.session.overlay(), carmine_kiosk::session::Overlay::Retention);
    let mut shown = Vec::new();
    let mut harness = world.harness(SIZES[0], &mut shown);
    harness.run_steps(4);
    for words in ["After your visit: nothing", "How it is erased", "privacy@shop.example"] {
        assert!(harness.query_all_by_label_contains(words).count() > 0, "{words}");
    }
    drop(harness);
    assert_eq!(asked(&world, |harness| harness.query_all_by_label("Close").last().unwrap().click()), [Action::Close]);
    // It is read before saying yes, not instead.
    let opened = world.session.act(Action::Agree, &world.catalogue, world.now);
    assert_eq!((opened.len(), world.session.overlay()), (1, &carmine_kiosk::session::Overlay::None));
}

#[test]
fn a_market_s_own_consent_text_takes_the_place_of_the_general_one() {
    let folder = std::env::temp_dir().join(format!("carmine-consent-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("en")).unwrap();
    std::fs::write(folder.join("en/own.ftl"), "consent-eu-kept = Kept by our law: nothing\n").unwrap();
    let mut world = World::new(Language::En);
    world.locale = carmine_kiosk::l10n::Locale::from_folder(Language::En, None, &folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    outer_cases::consent(&mut world);
    let mut shown = Vec::new();
    let mut harness = world.harness(SIZES[0], &mut shown);
    harness.run_steps(2);
    assert!(harness.query_by_label("Kept by our law: nothing").is_some());
    assert!(harness.query_by_label("Nothing is kept").is_none());
    assert!(harness.query_by_label("It ends when you leave").is_some());
}

#[test]
fn the_attract_screen_gives_the_picture_most_of_the_room() {
    for size in SIZES {
        let mut world = World::new(Language::Ar);
        outer_cases::attract(&mut world);
        let mut shown = Vec::new();
        let mut harness = world.harness(size, &mut shown);
        harness.run_steps(2);
        let screen = harness.ctx.content_rect();
        drop(harness);
        let picture = shown[1].picture.unwrap();
        assert!(
            picture.area() / screen.area() > 0.5 && screen.expand(0.5).contains_rect(picture),
            "{size:?}: {picture:?}"
        );
        assert!(picture.size().min_elem() > Vec2::splat(600.0).x);
    }
}
