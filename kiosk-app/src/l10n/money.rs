//! Prices as CLDR writes them: which sign, before or after, with what space.
//!
//! In: a price, a language and a BCP 47 tag. Out: text. A currency has the sign that the language
//! knows it by, and in its own region the bare one; without one, its ISO 4217 code.

use super::language::Language;
use super::numbers;
use super::region::{is_latin_american, region};
use crate::catalogue::Price;

/// The amount in the manner of `language` in the tag's region.
pub fn write(language: Language, tag: &str, price: Price) -> String {
    let amount = numbers::scaled(tag, price.minor, price.decimals);
    let code = price.code();
    let sign = sign(language, region(tag), code).unwrap_or(code);
    let after = match language {
        Language::Ar | Language::Fr => true,
        Language::Es => !is_latin_american(tag),
        Language::En | Language::ZhHans | Language::Pseudo => false,
    };
    match (language, after) {
        // The mark keeps amount and sign in order whatever stands before them.
        (Language::Ar, _) => format!("\u{200F}{amount}\u{A0}{sign}"),
        (_, true) => format!("{amount}\u{A0}{sign}"),
        (_, false) if sign.ends_with(|c: char| c.is_alphabetic()) => format!("{sign}\u{A0}{amount}"),
        (_, false) => format!("{sign}{amount}"),
    }
}

/// The sign by which a currency is known in a language; the bare one where it is the region's own.
fn sign(language: Language, region: Option<&str>, code: &str) -> Option<&'static str> {
    let home = match code {
        "EUR" => return Some("€"),
        "USD" => [("US", "$")],
        "MXN" => [("MX", "$")],
        "CAD" => [("CA", "$")],
        "AUD" => [("AU", "$")],
        "NZD" => [("NZ", "$")],
        "HKD" => [("HK", "$")],
        "SGD" => [("SG", "$")],
        "CNY" => [("CN", "¥")],
        "JPY" => [("JP", "¥")],
        "GBP" => [("GB", "£")],
        _ => [("", "")],
    };
    if let Some((_, sign)) = home.into_iter().find(|(at, _)| Some(*at) == region) {
        return Some(sign);
    }
    // English, Chinese, Arabic, Spanish, French.
    let signs = match code {
        "USD" => ["$", "US$", "US$", "US$", "$US"],
        "GBP" => ["£", "£", "UK£", "£", "£GB"],
        "CNY" => ["CN¥", "¥", "CN¥", "CN¥", "CN¥"],
        "JPY" => ["¥", "JP¥", "JP¥", "JP¥", "JP¥"],
        "MXN" => ["MX$", "MX$", "MX$", "MX$", "$MX"],
        "CAD" => ["CA$", "CA$", "CA$", "CA$", "$CA"],
        "AUD" => ["A$", "AU$", "AU$", "AU$", "$AU"],
        "NZD" => ["NZ$", "NZ$", "NZ$", "NZ$", "$NZ"],
        "HKD" => ["HK$", "HK$", "HK$", "HK$", "$HK"],
        "TWD" => ["NT$", "NT$", "NT$", "NT$", "$TW"],
        "BRL" => ["R$"; 5],
        "INR" => ["₹"; 5],
        "KRW" => ["₩"; 5],
        _ if language == Language::Ar => {
            // The mark holds the last full stop on its side.
            return Some(match code {
                "AED" => "د.إ.\u{200F}",
                "BHD" => "د.ب.\u{200F}",
                "EGP" => "ج.م.\u{200F}",
                "JOD" => "د.أ.\u{200F}",
                "KWD" => "د.ك.\u{200F}",
                "MAD" => "د.م.\u{200F}",
                "OMR" => "ر.ع.\u{200F}",
                "QAR" => "ر.ق.\u{200F}",
                "SAR" => "ر.س.\u{200F}",
                _ => return None,
            });
        }
        _ => return None,
    };
    let column = match language {
        Language::En | Language::Pseudo => 0,
        Language::ZhHans => 1,
        Language::Ar => 2,
        Language::Es => 3,
        Language::Fr => 4,
    };
    Some(signs[column])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_look_as_at_home() {
        let price = |language: Language, region: &str, currency: &[u8; 3], minor, decimals| {
            let tag = if region.is_empty() { language.code().into() } else { format!("{language}-{region}") };
            write(language, &tag, Price { currency: *currency, minor, decimals })
        };
        assert_eq!(price(Language::En, "", b"EUR", 2950, 2), "€29.50");
        assert_eq!(price(Language::En, "", b"AED", 11000, 2), "AED\u{A0}110.00");
        assert_eq!(price(Language::En, "MX", b"MXN", 129900, 2), "$1,299.00");
        assert_eq!(price(Language::ZhHans, "", b"CNY", 29900, 2), "¥299.00");
        assert_eq!(price(Language::Es, "", b"EUR", 2950, 2), "29,50\u{A0}€");
        assert_eq!(price(Language::Es, "MX", b"MXN", 64900, 2), "$649.00");
        assert_eq!(price(Language::Fr, "", b"USD", 2950, 2), "29,50\u{A0}$US");
        assert_eq!(price(Language::Fr, "", b"EUR", 123450, 2), "1\u{202F}234,50\u{A0}€");
        assert_eq!(price(Language::Ar, "AE", b"AED", 11000, 2), "\u{200F}110.00\u{A0}د.إ.\u{200F}");
        assert_eq!(price(Language::Ar, "EG", b"EGP", 99950, 2), "\u{200F}٩٩٩٫٥٠\u{A0}ج.م.\u{200F}");
        assert_eq!(price(Language::Ar, "KW", b"KWD", 9500, 3), "\u{200F}٩٫٥٠٠\u{A0}د.ك.\u{200F}");
        assert_eq!(price(Language::En, "", b"JPY", 4200, 0), "¥4,200");
        assert_eq!(price(Language::Fr, "", b"PLN", 4200, 2), "42,00\u{A0}PLN");
    }
}
