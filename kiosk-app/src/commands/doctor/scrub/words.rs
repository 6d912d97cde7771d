//! Words that must not be sent whatever they stand for: addresses of all kinds, hosts, serial numbers.

use std::net::{IpAddr, SocketAddr};

use super::paths;

/// Letters and digits in one word that may be a serial number.
const SERIAL_CHARS: usize = 8;
const SERIAL_DIGITS: usize = 4;
/// Sections of the settings: with a key, such as `idle.warn_after_s`, they look like a host.
const SECTIONS: [&str; 15] = [
    "screen",
    "camera",
    "idle",
    "market",
    "catalogue",
    "messages",
    "brand",
    "photo",
    "print",
    "sound",
    "access",
    "suggestions",
    "merchant",
    "privacy",
    "confinement",
];
/// Ends of hosts that are no keys.
const HOST_ENDS: [&str; 14] = [
    "example",
    "local",
    "localdomain",
    "lan",
    "home",
    "internal",
    "intern",
    "intranet",
    "corp",
    "com",
    "net",
    "org",
    "shop",
    "store",
];

/// The line without them.
pub(super) fn without(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut word = String::new();
    for c in line.chars() {
        if is_between(c) {
            put(&mut out, &word);
            word.clear();
            out.push(c);
        } else {
            word.push(c);
        }
    }
    put(&mut out, &word);
    out
}

fn put(out: &mut String, word: &str) {
    let bare = word.trim_end_matches([':', ',', ';', '.', '!', '?']);
    match instead(bare) {
        Some(instead) => out.push_str(instead),
        None => out.push_str(bare),
    }
    out.push_str(&word[bare.len()..]);
}

fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}' | '=' | ',' | ';' | '|')
}

/// What stands in place of a word that must not be sent; `None` if it may stay.
fn instead(word: &str) -> Option<&'static str> {
    // `file://` leads to a path, which may go on after a space.
    if word.contains("://") && !word.starts_with("file:") || is_mail(word) || is_network_address(word) {
        return Some("<address>");
    }
    if is_host(word) {
        return Some("<host>");
    }
    is_serial(word).then_some("<number>")
}

fn is_mail(word: &str) -> bool {
    // The user may already have been taken out.
    word.split_once('@')
        .is_some_and(|(user, host)| host.starts_with(char::is_alphabetic) && (!user.is_empty() || host.contains('.')))
}

/// IPv4 and IPv6 with or without a zone, a port or the length of a network, and hardware addresses.
fn is_network_address(word: &str) -> bool {
    let is_ip = |text: &str| text.parse::<IpAddr>().is_ok() && text != "::";
    // What follows the zone's sign or the network's length says no more than they do.
    let word = word.split(['%', '/']).next().unwrap_or_default();
    let without_port = word.rsplit_once(':').map_or(word, |(host, _)| host);
    let hardware = |by: char| {
        let parts: Vec<&str> = word.split(by).collect();
        parts.len() == 6 && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    is_ip(word) || is_ip(without_port) || word.parse::<SocketAddr>().is_ok() || hardware(':') || hardware('-')
}

/// Names with dots, with or without a port, but for versions, files, keys of the settings and libraries.
fn is_host(word: &str) -> bool {
    let name = match word.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => word,
    };
    let labels: Vec<&str> = name.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else { return false };
    let is_name = labels.len() > 1
        && labels.iter().all(is_label)
        && last.chars().count() > 1
        && (last.starts_with("xn--") || last.chars().all(|c| c.is_alphabetic() || c == '_'));
    let is_key = labels.len() == 2 && SECTIONS.contains(first) && last.len() > 2 && !HOST_ENDS.contains(last);
    let is_library = first.starts_with("lib") && labels[1] == "so";
    let is_program = name.starts_with("org.freedesktop.") || matches!(name, "carmine.service");
    let is_version = labels[..2.min(labels.len())].iter().all(|label| label.bytes().all(|b| b.is_ascii_digit()));
    is_name && !is_key && !is_library && !is_program && !is_version && !paths::is_file(name)
}

/// Letters and many digits in one word; the hashes of published models are longer, and times and versions hold other
/// signs.
fn is_serial(word: &str) -> bool {
    let chars = word.chars().count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    (SERIAL_CHARS..64).contains(&chars)
        && digits >= SERIAL_DIGITS
        && letters > 0
        && digits + letters == chars
        && word.chars().any(|c| c.is_ascii_uppercase() || chars >= 16 && c.is_ascii_hexdigit())
}
