//! GS1 element strings: application identifiers and what they hold, run together (General Specifications, section 3).

use crate::catalogue::Gtin;

/// FNC1 as a scanner sends it: ends a part whose length is not fixed.
pub const GS: char = '\u{1D}';

/// What a code says of a product.
pub struct Elements {
    /// Its number.
    pub gtin: Gtin,
    /// What else is said, by application identifier, in the order of the code.
    pub parts: Vec<(String, String)>,
}

/// Reads "01…17…10…" with GS between, or the form for people, "(01)…(10)…". `None` without a product's number.
pub fn elements(text: &str) -> Option<Elements> {
    let parts = if text.starts_with('(') { in_brackets(text)? } else { run_together(text)? };
    with_gtin(parts)
}

/// Takes the product's number out of the parts.
pub fn with_gtin(mut parts: Vec<(String, String)>) -> Option<Elements> {
    let gtin = |(id, value): &(String, String)| if id == "01" { value.parse().ok() } else { None };
    let (at, gtin) = parts.iter().enumerate().find_map(|(at, part)| Some((at, gtin(part)?)))?;
    parts.remove(at);
    Some(Elements { gtin, parts })
}

fn in_brackets(text: &str) -> Option<Vec<(String, String)>> {
    let part = |part: &str| {
        let (id, value) = part.split_once(')')?;
        (is_identifier(id) && !value.is_empty()).then(|| (id.to_owned(), value.to_owned()))
    };
    text.strip_prefix('(')?.split('(').map(part).collect()
}

fn run_together(text: &str) -> Option<Vec<(String, String)>> {
    let mut rest = text.trim_start_matches(GS);
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (id_digits, length) = shape(rest)?;
        let (id, after) = rest.split_at_checked(id_digits).filter(|(id, _)| is_identifier(id))?;
        let value = match length {
            Some(length) => after.get(..length)?,
            None => after.split(GS).next().filter(|value| (1..=90).contains(&value.len()))?,
        };
        parts.push((id.to_owned(), value.to_owned()));
        rest = after.get(value.len()..)?.trim_start_matches(GS);
    }
    Some(parts)
}

/// Whether it could be an application identifier.
pub fn is_identifier(id: &str) -> bool {
    (2..=4).contains(&id.len()) && id.bytes().all(|digit| digit.is_ascii_digit())
}

/// Digits of the identifier that the text starts with, and the length of what it holds if that is fixed.
/// (General Specifications, figures 3.2-1 and 7.8.5-2.)
fn shape(text: &str) -> Option<(usize, Option<usize>)> {
    Some(match text.get(..2)? {
        "00" => (2, Some(18)),
        "01" | "02" | "03" => (2, Some(14)),
        "11" | "12" | "13" | "15" | "16" | "17" => (2, Some(6)),
        "20" => (2, Some(2)),
        "10" | "21" | "22" | "30" | "37" | "90" | "91" | "92" | "93" | "94" | "95" | "96" | "97" | "98" | "99" => {
            (2, None)
        }
        "31" | "32" | "33" | "34" | "35" | "36" => (4, Some(6)),
        "41" => (3, Some(13)),
        "23" | "24" | "25" | "40" | "42" | "71" => (3, None),
        "39" | "43" | "70" | "72" | "80" | "81" | "82" => (4, None),
        _ => return None,
    })
}
