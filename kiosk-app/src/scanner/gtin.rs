//! What bars say, which is not always the number itself.

use crate::catalogue::Gtin;

/// Whether the text is 8, 12, 13 or 14 digits of which the last is right.
pub(super) fn is_gtin(text: &str) -> bool {
    text.parse::<Gtin>().is_ok()
}

/// What the bars of one product say: a number as it is, or the UPC-A behind a UPC-E of eight digits.
pub(super) fn printed(text: &str) -> Option<String> {
    if is_gtin(text) {
        return Some(text.to_owned());
    }
    upc_a_of_upc_e(text).filter(|upc_a| is_gtin(upc_a))
}

/// The twelve digits that a UPC-E of eight stands for (GS1 General Specifications, section 5.2.2.4); whether their check
/// digit is right is not looked at. About a third of all UPC-E could as well be an EAN-8: a kiosk looks for that number
/// first and for this one then.
pub fn upc_a_of_upc_e(text: &str) -> Option<String> {
    let ([system @ (b'0' | b'1'), body @ .., check], 8) = (text.as_bytes(), text.len()) else { return None };
    let body = std::str::from_utf8(body).ok().filter(|body| body.bytes().all(|digit| digit.is_ascii_digit()))?;
    let (front, last) = body.split_at(5);
    let number = match last {
        "0" | "1" | "2" => format!("{}{last}0000{}", &front[..2], &front[2..]),
        "3" => format!("{}00000{}", &front[..3], &front[3..]),
        "4" => format!("{}00000{}", &front[..4], &front[4..]),
        _ => format!("{front}0000{last}"),
    };
    Some(format!("{}{number}{}", char::from(*system), char::from(*check)))
}
