//! Numbers as CLDR writes them: digits, separators, groups and signs of a language and region.
//!
//! In: a number and a BCP 47 tag. Out: text. ICU4X formats decimals; percent signs and their spaces follow CLDR's
//! patterns of the languages that there are.

use std::cell::RefCell;
use std::collections::HashMap;
use std::convert::Infallible;

use fixed_decimal::Decimal;
use fluent_bundle::FluentValue;
use fluent_bundle::types::{FluentNumber, FluentNumberStyle};
use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale as Tag;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use super::region::is_latin_american;

/// Greatest number: beyond it floats cannot represent every whole number, and plural rules fail.
const LARGEST: f64 = 9e15;
/// More decimals than any message needs.
const MOST_DECIMALS: u8 = 9;
/// Decimals of a number in a message that asks for none, as in ECMA-402.
const MESSAGE_DECIMALS: usize = 3;
/// For what is no number.
const NO_NUMBER: &str = "–";

thread_local! {
    // ICU's formatters stay on the thread that made them; a handful of tags is ever used.
    static FORMATTERS: RefCell<HashMap<String, Option<DecimalFormatter>>> = RefCell::default();
}

/// `value` with exactly `decimals` decimals; an en dash for what is no number.
pub fn fixed(tag: &str, value: f64, decimals: u8) -> String {
    let decimals = usize::from(decimals.min(MOST_DECIMALS));
    if !value.is_finite() || value.abs() > LARGEST {
        return NO_NUMBER.into();
    }
    let text = format!("{value:.decimals$}");
    // Nobody wants to read "-0.0".
    let negligible = text.starts_with('-') && !text.contains(|c: char| ('1'..='9').contains(&c));
    let text = if negligible { &text[1..] } else { &text };
    match Decimal::try_from_str(text) {
        Ok(decimal) => localised(tag, &decimal, text),
        Err(_) => NO_NUMBER.into(),
    }
}

/// `minor` units of which `decimals` digits stand after the separator.
pub fn scaled(tag: &str, minor: u32, decimals: u8) -> String {
    let mut decimal = Decimal::from(minor);
    decimal.multiply_pow10(-i16::from(decimals.min(MOST_DECIMALS)));
    localised(tag, &decimal, &decimal.to_string())
}

fn localised(tag: &str, decimal: &Decimal, plain: &str) -> String {
    FORMATTERS.with_borrow_mut(|formatters| {
        if !formatters.contains_key(tag) {
            let formatter = Tag::try_from_str(tag)
                .ok()
                .and_then(|tag| DecimalFormatter::try_new((&tag).into(), DecimalFormatterOptions::default()).ok());
            formatters.insert(tag.to_owned(), formatter);
        }
        match formatters.get(tag).and_then(Option::as_ref) {
            Some(formatter) => formatter.format(decimal).to_string(),
            None => plain.to_owned(),
        }
    })
}

/// A part of the whole, without decimals: 0.45 is 45 %.
pub fn percent(tag: &str, part: f64) -> String {
    let number = fixed(tag, part * 100.0, 0);
    let language = tag.split('-').next().unwrap_or_default();
    match language {
        // Narrow and plain no-break spaces.
        "fr" => format!("{number}\u{202F}%"),
        "es" if !is_latin_american(tag) => format!("{number}\u{A0}%"),
        "ar" if number.contains(|c: char| ('٠'..='٩').contains(&c)) => format!("{number}٪\u{61C}"),
        "ar" => format!("{number}\u{200E}%\u{200E}"),
        _ => format!("{number}%"),
    }
}

/// What Fluent is given for a number; text where plural rules could not take it.
pub fn value(number: f64) -> FluentValue<'static> {
    if number.is_finite() && number.abs() <= LARGEST { number.into() } else { NO_NUMBER.into() }
}

/// The formatter of a bundle: numbers in messages look as those outside.
pub fn in_message(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    memoizer.with_try_get::<BundleTag, _, _>((), |tag| with_options(&tag.0, number)).ok()
}

fn with_options(tag: &str, FluentNumber { value, options }: &FluentNumber) -> String {
    if options.style == FluentNumberStyle::Percent {
        return percent(tag, *value);
    }
    let least = options.minimum_fraction_digits.unwrap_or(0).min(MOST_DECIMALS.into());
    let most = options.maximum_fraction_digits.unwrap_or(least.max(MESSAGE_DECIMALS)).min(MOST_DECIMALS.into());
    let (least, most) = (least.min(most), most);
    let text = format!("{value:.most$}");
    let needed = text.split_once('.').map_or(0, |(_, decimals)| decimals.trim_end_matches('0').len());
    fixed(tag, *value, needed.max(least) as u8)
}

/// The bundle's own tag: all that a formatter, which has no state, can ask for.
struct BundleTag(String);

impl Memoizable for BundleTag {
    type Args = ();
    type Error = Infallible;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, Infallible> {
        Ok(Self(language.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_look_as_at_home() {
        assert_eq!(fixed("en", 1234567.891, 2), "1,234,567.89");
        assert_eq!(fixed("fr", 1234.5, 1), "1\u{202F}234,5");
        assert_eq!(fixed("es", 12345.5, 1), "12.345,5");
        assert_eq!(fixed("es", 1234.5, 1), "1234,5");
        assert_eq!(fixed("es-MX", 1234.5, 1), "1,234.5");
        assert_eq!(fixed("zh-Hans", 1234.0, 0), "1,234");
        assert_eq!(fixed("ar-EG", 1234.5, 1), "١٬٢٣٤٫٥");
        assert_eq!(fixed("ar-AE", 1234.5, 1), "1,234.5");
        assert_eq!(fixed("en", -0.04, 1), "0.0");
        assert_eq!(fixed("en", f64::NAN, 1), NO_NUMBER);
        assert_eq!(fixed("no such tag", 1.5, 1), "1.5");
    }

    #[test]
    fn parts_of_a_whole() {
        assert_eq!(percent("en", 0.45), "45%");
        assert_eq!(percent("fr", 0.45), "45\u{202F}%");
        assert_eq!(percent("es", 0.45), "45\u{A0}%");
        assert_eq!(percent("es-MX", 0.45), "45%");
        assert_eq!(percent("ar-EG", 0.45), "٤٥٪\u{61C}");
    }
}
