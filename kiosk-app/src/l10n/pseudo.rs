//! A pseudo-locale: English that stays readable, about a third longer, with accents and in brackets. Text that appears
//! as plain English on a screen is not translatable; text that is cut off would be cut off in German or French.

use std::borrow::Cow;

/// Letters added for a hundred of the text.
const GROWTH: f32 = 0.35;

/// Around every message.
pub fn bracketed(text: &str) -> String {
    format!("⟦{text}⟧")
}

/// A stretch of a message's text; placeables never come here.
pub fn accented(text: &str) -> Cow<'_, str> {
    let mut strange = String::with_capacity(text.len() * 2);
    let mut debt = 0.0;
    let mut doubled = None;
    for letter in text.chars() {
        strange.push(accent(letter));
        if letter.is_alphabetic() {
            debt += GROWTH * text.len() as f32 / letters(text).max(1) as f32;
        }
        // Repeating a vowel keeps words whole, so that lines break where words do.
        if "aeiouyAEIOUY".contains(letter) {
            while debt >= 1.0 {
                strange.push(accent(letter.to_ascii_lowercase()));
                debt -= 1.0;
            }
            doubled = Some(accent(letter.to_ascii_lowercase()));
        }
    }
    if let Some(vowel) = doubled
        && text.ends_with(char::is_alphabetic)
    {
        (0..debt.round() as usize).for_each(|_| strange.push(vowel));
    }
    Cow::Owned(strange)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Only letters that the embedded fonts have in every weight.
fn accent(letter: char) -> char {
    const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const STRANGE: &str = "åbçðéfĝĥîĵķļmñöþqŕšţûvŵxýžÅBÇÐÉFĜĤÎĴĶĻMÑÖÞQŔŠŢÛVŴXÝŽ";
    PLAIN.chars().zip(STRANGE.chars()).find(|(plain, _)| *plain == letter).map_or(letter, |(_, strange)| strange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_about_a_third_longer_and_nothing_stays_plain() {
        for text in ["Touch to begin", "Yes", "Compare shades", "The camera opens only after you say yes."] {
            let strange = accented(text).into_owned();
            let growth = strange.chars().count() as f32 / text.chars().count() as f32;
            assert!((1.25..=1.5).contains(&growth), "{text} → {strange}: {growth}");
            assert!(!strange.contains(|c: char| "aeiounstr".contains(c)), "{strange}");
            assert_eq!(text.split(' ').count(), strange.split(' ').count());
        }
        assert_eq!(accented("2 × 3"), "2 × 3");
    }
}
