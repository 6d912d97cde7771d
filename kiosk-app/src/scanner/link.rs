//! GS1 Digital Link URIs (GS1 Digital Link Standard: URI Syntax), uncompressed: any host, any path before `/01/`.

use super::gs1::{Elements, is_identifier, with_gtin};
use crate::catalogue::Gtin;

/// Whether the text is a link at all.
pub fn is_link(text: &str) -> bool {
    behind_scheme(text).is_some()
}

fn behind_scheme(text: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|scheme| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })
}

/// The product's number, then what else path and query say by application identifier. `None` for any other link.
pub fn read(text: &str) -> Option<Elements> {
    let rest = behind_scheme(text)?;
    let rest = rest.split_once('#').map_or(rest, |(rest, _)| rest);
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let segments: Vec<&str> = path.trim_end_matches('/').split('/').skip(1).collect();
    // The last one that a number follows: a shop's own path may have a "01" too.
    let is_gtin = |text: &&str| text.parse::<Gtin>().is_ok();
    let is_key = |at: &usize| matches!(segments[*at], "01" | "gtin") && segments.get(at + 1).is_some_and(is_gtin);
    let key = (0..segments.len()).rev().find(is_key)?;
    let mut parts = vec![("01".to_owned(), segments[key + 1].to_owned())];
    for pair in segments[key + 2..].chunks(2) {
        let [id, value] = pair else { break };
        parts.extend(part(id, value));
    }
    for (id, value) in query.split(['&', ';']).filter_map(|pair| pair.split_once('=')) {
        parts.extend(part(id, value));
    }
    with_gtin(parts)
}

fn part(id: &str, value: &str) -> Option<(String, String)> {
    // The short names of the standard's first version.
    let id = match id {
        "cpv" => "22",
        "lot" => "10",
        "ser" => "21",
        "exp" => "17",
        id => id,
    };
    let value = unescaped(value)?;
    (is_identifier(id) && !value.is_empty()).then(|| (id.to_owned(), value))
}

/// Without percent-encoding (RFC 3986, section 2.1).
fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let mut digit = || char::from(rest.next()?).to_digit(16);
                (digit()? * 16 + digit()?) as u8
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}
