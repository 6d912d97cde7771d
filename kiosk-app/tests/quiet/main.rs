//! The screens that are read rather than played with: comparison, shades, what was changed, what is taken home. Each in
//! its states, in both directions, on three screens, with normal and large text, in reach mode and without.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod faces;
#[path = "../common/golden.rs"]
mod golden;
mod shop;
mod states;
mod taps;
#[path = "../common/words.rs"]
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use carmine_kiosk::l10n::Language;
use carmine_kiosk::ui::stage::{PictureTexture, Pictures};
use carmine_kiosk::ui::theme::REACH;
use egui::Rect;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};

use crate::shop::{Setting, Shop, Textures};
use crate::states::{State, session};

const SIZES: [(u32, u32); 3] = [(1080, 1920), (1920, 1080), (1280, 800)];

/// Every combination that a shop can meet.
fn settings() -> impl Iterator<Item = Setting> {
    [Language::En, Language::Ar].into_iter().flat_map(|language| {
        SIZES.into_iter().flat_map(move |size| {
            [(false, false), (true, false), (false, true), (true, true)]
                .into_iter()
                .map(move |(large, reach)| Setting { language, size, large, reach })
        })
    })
}

/// What can be acted on.
fn is_control(role: Role) -> bool {
    matches!(role, Role::Button | Role::RadioButton | Role::Switch | Role::Slider | Role::CheckBox)
}

/// A QR code, a ring and every text are told too, so nothing on these screens is without a name.
#[test]
fn everything_is_named_and_large_enough_and_in_reach() {
    let shop = Shop::new();
    let mut faults = Vec::new();
    for state in State::ALL {
        for setting in settings() {
            let harness = shop.harness(state, setting, false, |_| Textures::default());
            let screen = harness.ctx.content_rect();
            let mut fault = |what: String| faults.push(format!("{state:?} {setting:?}: {what}"));
            let mut controls: Vec<(String, Rect)> = Vec::new();
            for node in harness.query_all_by(|node| is_control(node.role())) {
                let name = node.accesskit_node().label().unwrap_or_default();
                let rect = node.rect();
                if name.trim().is_empty() {
                    fault(format!("a control without a name at {rect:?}"));
                }
                if name.contains("shade-") || name.contains("takehome-") || name.contains("compare-") {
                    fault(format!("a message's id instead of words: {name}"));
                }
                controls.push((name, rect));
            }
            if controls.is_empty() {
                fault("no control at all".into());
            }
            for (name, rect) in &controls {
                // What is scrolled out of sight in a rail is still told, and lies outside of the screen.
                if rect.right() <= screen.left() || rect.left() >= screen.right() {
                    continue;
                }
                if rect.top() < screen.top() || rect.bottom() > screen.bottom() + 0.5 {
                    fault(format!("'{name}' reaches out of the screen: {rect:?}"));
                }
                if rect.height() < 64.0 {
                    fault(format!("'{name}' is {:.0} points high", rect.height()));
                }
                let low = screen.top() + screen.height() * REACH - 1.0;
                if setting.reach && screen.height() > screen.width() && rect.top() < low {
                    fault(format!("'{name}' is above the band: {:.0} < {low:.0}", rect.top()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_word_is_cut_or_lies_on_another() {
    let shop = Shop::new();
    let names: Vec<&str> = shop.catalogue.items().iter().map(|item| &*item.product.name).collect();
    let mut faults = Vec::new();
    for state in State::ALL {
        for language in Language::ALL.into_iter().chain([Language::Pseudo]) {
            for (size, large) in SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]) {
                let setting = Setting { language, size, large, reach: large };
                let harness = shop.harness(state, setting, false, |_| Textures::default());
                let may_be_cut = |text: &str| language == Language::Pseudo || names.contains(&text);
                let (screen, shapes) = (harness.ctx.content_rect(), &harness.output().shapes);
                let found = shop.texts.borrow().faults(screen, shapes, may_be_cut);
                faults.extend(found.into_iter().map(|fault| format!("{state:?} {setting:?}: {fault}")));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Pictures to look at: `CARMINE_SCREENS=folder cargo test -p carmine-kiosk --test quiet -- --ignored`, and as much as
/// `CARMINE_SCREENS_OF` names of states (`ShadeDone`).
#[test]
#[ignore = "writes pictures for people to look at"]
fn pictures() {
    let Some(folder) = std::env::var_os("CARMINE_SCREENS").map(PathBuf::from) else { return };
    let wanted = std::env::var("CARMINE_SCREENS_OF").unwrap_or_default();
    std::fs::create_dir_all(&folder).unwrap();
    let shop = Shop::new();
    let full = session(State::CompareFour, &shop.catalogue);
    let bare = Arc::new(carmine::look::Look::bare());
    let mut looks = vec![Arc::clone(&bare), Arc::clone(full.people().leader().look())];
    let tiles = full.compare().iter().map(|id| full.people().leader().look_with(shop.catalogue.item(id).unwrap()));
    looks.extend(tiles);
    let looks: Vec<_> = looks.iter().map(|look| &**look).collect();
    let (rendered, tone) = faces::render("astronaut.png", &looks);
    println!("tone of the still: {tone:?}");
    let (whole, height) = (&rendered[0], rendered[0].height);
    let side = height * 46 / 100;
    let crop = [whole.width * 41 / 100 - side * 3 / 8, height * 2 / 100, side * 3 / 4, side];
    let (map, part) = rendered[1].changed_from(&rendered[0], [0xA3, 0x12, 0x2F]);
    println!("changed: {part}");
    let textures = |context: &egui::Context| {
        let keep = |rendered: &faces::Rendered, name: &str| {
            let texture = rendered.texture(context, name);
            let picture = PictureTexture { texture: texture.id(), size: texture.size_vec2() };
            context.data_mut(|data| data.insert_temp(egui::Id::unique(name), texture));
            Some(picture)
        };
        let mut pictures = Pictures {
            frozen: keep(&rendered[1].crop(crop), "frozen"),
            changed: keep(&map.crop(crop), "changed"),
            ..Pictures::default()
        };
        for (index, name) in ["one", "two", "three", "four"].into_iter().enumerate() {
            pictures.tiles[index] = keep(&rendered[index + 2].crop(crop), name);
        }
        Textures { pictures, live: keep(&rendered[1], "live") }
    };
    for state in State::ALL {
        let name = format!("{state:?}");
        if !wanted.is_empty() && !wanted.split(',').any(|one| one == name) {
            continue;
        }
        for (language, size, large, reach) in [
            (Language::En, SIZES[0], false, false),
            (Language::Ar, SIZES[0], false, false),
            (Language::En, SIZES[1], false, false),
            (Language::Ar, SIZES[2], false, false),
            (Language::En, SIZES[0], true, true),
            (Language::En, SIZES[2], true, false),
        ] {
            let setting = Setting { language, size, large, reach };
            let mut harness = shop.harness(state, setting, true, textures);
            let code = language.code();
            let marks = format!("{}{}", if large { "-large" } else { "" }, if reach { "-reach" } else { "" });
            let path = folder.join(format!("{name}-{code}-{}x{}{marks}.png", size.0, size.1));
            harness.render().unwrap().save(path).unwrap();
        }
    }
}

/// One screen against the pictures that were accepted.
fn golden(state: State) {
    let shop = Shop::new();
    let mut faults = Vec::new();
    for (language, [width, height]) in golden::KEPT {
        let setting = Setting { language, size: (width, height), large: false, reach: false };
        let mut harness = shop.harness(state, setting, true, |_| Textures::default());
        let name = format!("{state:?}/{}-{width}x{height}", language.code()).to_lowercase();
        faults.extend(golden::compare(&name, &harness.render().unwrap()));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_comparison_looks_as_accepted() {
    golden(State::CompareFour);
}

#[test]
fn my_shade_looks_as_accepted() {
    golden(State::ShadeDone);
}

#[test]
fn what_was_changed_looks_as_accepted() {
    golden(State::Changed);
}

#[test]
fn taking_home_looks_as_accepted() {
    golden(State::TakeHomePhoto);
}
