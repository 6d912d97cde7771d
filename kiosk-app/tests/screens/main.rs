//! The screens without a window: laid out by egui's harness, drawn by wgpu on the software adapter.
//!
//! `CARMINE_SCREENS=FOLDER cargo nextest run -p carmine-kiosk --run-ignored all -E 'test(pictures)'` writes every case
//! in every language and size there, and a sheet of all; `CARMINE_SCREENS_ONLY=mirror-lips,ar` keeps those whose name
//! holds every word.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod cases;
#[cfg(target_os = "linux")]
mod curtain;
#[path = "../common/golden.rs"]
mod golden;
mod mirror;
mod outer;
mod outer_cases;
mod sheet;
mod still;
#[path = "../common/words.rs"]
mod words;
mod world;

use std::path::PathBuf;

use carmine_kiosk::l10n::Language;

/// Portrait first; then the two landscape ones.
pub const SIZES: [[u32; 2]; 3] = [[1080, 1920], [1920, 1080], [1280, 800]];

/// Every case that was asked for, as PNGs.
#[test]
#[ignore = "writes pictures for people to look at"]
fn pictures() {
    let Some(folder) = std::env::var_os("CARMINE_SCREENS").map(PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let only = std::env::var("CARMINE_SCREENS_ONLY").unwrap_or_default();
    let words: Vec<&str> = only.split(',').filter(|word| !word.is_empty()).collect();
    let mut all = Vec::new();
    for (case, arrange) in cases::ALL.iter().chain(outer_cases::ALL) {
        for language in [Language::En, Language::ZhHans, Language::Ar, Language::Es, Language::Fr, Language::Pseudo] {
            for size in SIZES {
                let name = format!("{case}-{}-{}x{}", language.code(), size[0], size[1]);
                if !words.iter().all(|word| name.split('-').any(|part| part == *word) || name.contains(word)) {
                    continue;
                }
                let mut world = world::World::new(language);
                arrange(&mut world);
                let picture = world.picture(size, &world.still());
                picture.save(folder.join(format!("{name}.png"))).unwrap();
                all.push((name, picture));
            }
        }
    }
    if all.len() > 1 {
        sheet::of(&all).save(folder.join("sheet.png")).unwrap();
    }
}

/// One screen against the pictures that were accepted.
fn golden(case: &str) {
    let (_, arrange) = cases::ALL.iter().chain(outer_cases::ALL).find(|(name, _)| *name == case).unwrap();
    let mut faults = Vec::new();
    for (language, size) in golden::KEPT {
        let mut world = world::World::new(language);
        arrange(&mut world);
        let name = format!("{case}/{}-{}x{}", language.code(), size[0], size[1]);
        faults.extend(golden::compare(&name, &world.picture(size, &still::calm())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

macro_rules! goldens {
    ($($test:ident $case:literal;)*) => {
        $(#[test]
        fn $test() {
            golden($case);
        })*
    };
}

goldens! {
    the_attract_screen_looks_as_accepted "attract";
    the_consent_looks_as_accepted "consent";
    the_models_look_as_accepted "models";
    the_mirror_with_looks_looks_as_accepted "mirror-looks";
    the_mirror_with_products_looks_as_accepted "mirror-lips";
    the_mirror_without_a_picture_looks_as_accepted "mirror-away";
    the_card_looks_as_accepted "card";
    the_idle_warning_looks_as_accepted "idle";
    the_pin_looks_as_accepted "pin";
    the_merchants_panel_looks_as_accepted "merchant";
}

/// In one language, every case on every screen.
fn words(language: Language) {
    let mut faults = Vec::new();
    for (case, arrange) in cases::ALL.iter().chain(outer_cases::ALL) {
        for size in SIZES {
            let mut world = world::World::new(language);
            arrange(&mut world);
            let found = world.faults_of_words(size);
            faults.extend(found.into_iter().map(|fault| format!("{case} {size:?}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{} faults in {language}:\n{}", faults.len(), faults.join("\n"));
}

macro_rules! words {
    ($($test:ident $language:ident;)*) => {
        $(#[test]
        fn $test() {
            words(Language::$language);
        })*
    };
}

words! {
    no_word_is_cut_or_lies_on_another_in_english En;
    no_word_is_cut_or_lies_on_another_in_chinese ZhHans;
    no_word_is_cut_or_lies_on_another_in_arabic Ar;
    no_word_is_cut_or_lies_on_another_in_spanish Es;
    no_word_is_cut_or_lies_on_another_in_french Fr;
    no_word_is_cut_or_lies_on_another_where_words_are_longest Pseudo;
}
