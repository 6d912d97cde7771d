//! That the embedded fonts, which are cut down to what is needed, have every letter of the interface's own texts.

use std::collections::{BTreeMap, BTreeSet};

use cosmic_text::{FontSystem, fontdb};

use super::messages::LOCALES;
use super::{Language, Locale, Value, pseudo};
use crate::catalogue::{Catalogue, Price};
use crate::text::FONTS;

/// Each with a text for the message that tells where it is.
fn texts() -> Vec<(String, String)> {
    let mut texts: Vec<(String, String)> =
        LOCALES.iter().map(|(language, file, text)| (format!("{language}/{file}.ftl"), (*text).into())).collect();
    texts.extend(
        LOCALES
            .iter()
            .filter(|(language, ..)| *language == "en")
            .map(|(_, file, text)| (format!("pseudo {file}"), pseudo::bracketed(&pseudo::accented(text)))),
    );
    let catalogue = Catalogue::bundled().unwrap();
    for item in catalogue.items() {
        let card = &item.card;
        let words = [&item.product.name, &card.brand].into_iter().chain(&card.claims).chain(card.names.values());
        texts.push((format!("product {}", item.id), words.map(String::as_str).collect::<Vec<_>>().join(" ")));
    }
    for language in Language::ALL {
        texts.push((format!("endonym {language}"), language.endonym().into()));
        for region in [None, Some("AE"), Some("EG"), Some("MX"), Some("CN")] {
            let locale = Locale::in_region(language, region);
            let mut said = format!("{} {}", locale.number(-1234567.89, 2), locale.percent(-0.98));
            for currency in ["EUR", "USD", "CNY", "GBP", "AED", "MXN", "EGP", "SAR", "INR", "KRW", "BRL"] {
                said += &locale.money(Price {
                    currency: currency.as_bytes().try_into().unwrap(),
                    minor: 98765,
                    decimals: 2,
                });
            }
            said += &locale.text_with("shade-count", &[("count", Value::Number(5.0))]);
            texts.push((format!("numbers of {}", locale.tag()), said));
        }
    }
    texts
}

#[test]
fn every_letter_of_the_interface_is_in_a_font() {
    let mut database = fontdb::Database::new();
    FONTS.iter().for_each(|font| database.load_font_data(font.to_vec()));
    let mut fonts = FontSystem::new_with_locale_and_db("en".into(), database);
    let faces: Vec<_> = fonts.db().faces().map(|face| (face.id, face.weight, face.families[0].0.clone())).collect();
    let mut lost: BTreeMap<char, BTreeSet<String>> = BTreeMap::new();
    let fonts: Vec<_> =
        faces.into_iter().map(|(id, weight, family)| (fonts.get_font(id, weight).unwrap(), family)).collect();
    for (place, text) in texts() {
        // Marks of direction and joining have no glyph, which another test looks at.
        let shown =
            |c: &char| !c.is_control() && !matches!(*c, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}');
        for letter in text.chars().filter(shown).collect::<BTreeSet<_>>() {
            let has: Vec<bool> = fonts.iter().map(|(font, _)| font.as_swash().charmap().map(letter) != 0).collect();
            let any = has.iter().any(|has| *has);
            // Latin letters must not change their face within a word.
            let mixed = letter.is_alphabetic() && letter < '\u{250}' && !has[..2].iter().all(|has| *has);
            if !any || mixed {
                lost.entry(letter).or_default().insert(place.clone());
            }
        }
    }
    assert!(lost.is_empty(), "no font has these; run assets/fonts/subset.py: {lost:#?}");
}
