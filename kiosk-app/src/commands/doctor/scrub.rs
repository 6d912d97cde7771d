//! Takes out of a line what could name a machine, its user, its place or its network: paths are cut to their last part,
//! addresses of all kinds, names of host and user, and what looks like a serial number are replaced.

use std::net::{IpAddr, SocketAddr};

/// Shorter names would be found in the middle of ordinary words.
const LEAST_NAME_CHARS: usize = 3;
/// Letters and digits in one word that may be a serial number.
const SERIAL_CHARS: usize = 8;
const SERIAL_DIGITS: usize = 4;
/// Names that say nothing.
const COMMON: [&str; 6] = ["root", "localhost", "user", "linux", "kiosk", "carmine"];

/// Knows the names that must not be in a report.
#[derive(Clone, Debug, Default)]
pub(super) struct Scrubber {
    /// Each with what stands in its place.
    names: Vec<(String, &'static str)>,
}

impl Scrubber {
    /// For this machine and its user.
    pub(super) fn of_this_machine() -> Self {
        let env = |name: &str| std::env::var(name).ok();
        let file = |path: &str| std::fs::read_to_string(path).ok();
        let mut scrubber = Self::default();
        let hosts = [env("HOSTNAME"), file("/proc/sys/kernel/hostname"), file("/etc/hostname"), env("COMPUTERNAME")];
        hosts.into_iter().flatten().for_each(|host| scrubber.add(&host, "<host>"));
        let home = env("HOME").and_then(|home| home.rsplit('/').next().map(str::to_owned));
        let users = [env("USER"), env("LOGNAME"), env("USERNAME"), env("SUDO_USER"), home];
        users.into_iter().flatten().for_each(|user| scrubber.add(&user, "<user>"));
        file("/etc/machine-id").into_iter().for_each(|id| scrubber.add(&id, "<number>"));
        scrubber
    }

    fn add(&mut self, name: &str, instead: &'static str) {
        let name = name.trim();
        if name.chars().count() >= LEAST_NAME_CHARS && !COMMON.contains(&name) {
            self.names.push((name.to_owned(), instead));
        }
    }

    /// The line as it may be sent.
    pub(super) fn line(&self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        let mut word = String::new();
        for c in line.chars() {
            if is_between(c) {
                self.put(&mut out, &word);
                word.clear();
                out.push(c);
            } else {
                word.push(c);
            }
        }
        self.put(&mut out, &word);
        out
    }

    fn put(&self, out: &mut String, word: &str) {
        if word.is_empty() {
            return;
        }
        let bare = word.trim_end_matches([':', ',', ';', '.']);
        let end = &word[bare.len()..];
        let cleaned = clean(bare).unwrap_or_else(|| bare.to_owned());
        let named = self.names.iter().fold(cleaned, |text, (name, instead)| replace_name(&text, name, instead));
        out.push_str(&named);
        out.push_str(end);
    }
}

fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '"' | '\'' | '`' | '(' | ')' | '[' | ']' | '<' | '>' | '{' | '}' | '=' | ',' | ';' | '|')
}

/// What stands in place of a word that must not be sent; `None` if it may stay.
fn clean(word: &str) -> Option<String> {
    if word.contains("://") || is_mail(word) || is_network_address(word) {
        return Some("<address>".to_owned());
    }
    // A number or name before a path, such as `file:/home/me`, goes with it.
    if let Some(start) = word.find(['/', '\\'])
        && !word.starts_with("/dev/")
        && !word.starts_with("…/")
    {
        let path = &word[start..];
        let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !part.is_empty()).collect();
        // One slash within a word is no path: and/or, 60/s.
        if path.len() == word.len() && !parts.is_empty() || parts.len() > 1 {
            return Some(format!("…/{}", parts.last().copied().unwrap_or_default()));
        }
    }
    is_serial(word).then(|| "<number>".to_owned())
}

fn is_mail(word: &str) -> bool {
    word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}

/// IPv4 and IPv6 with or without a port, and hardware addresses.
fn is_network_address(word: &str) -> bool {
    let without_port = word.rsplit_once(':').map_or(word, |(host, _)| host);
    let is_ip = |text: &str| text.parse::<IpAddr>().is_ok() && text != "::";
    let hardware = |by: char| {
        let parts: Vec<&str> = word.split(by).collect();
        parts.len() == 6 && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    is_ip(word) || is_ip(without_port) || word.parse::<SocketAddr>().is_ok() || hardware(':') || hardware('-')
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

/// Replaces a name where it is a word of its own, in whatever case.
fn replace_name(text: &str, name: &str, instead: &str) -> String {
    let (lower, name) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    while let Some(found) = lower[from..].find(&name) {
        let (start, end) = (from + found, from + found + name.len());
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let within = joins(text[..start].chars().next_back()) || joins(text[end..].chars().next());
        out.push_str(&text[from..start]);
        out.push_str(if within { &text[start..end] } else { instead });
        from = end;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrubbed(line: &str) -> String {
        let names = vec![("till-7".to_owned(), "<host>"), ("maria".to_owned(), "<user>")];
        Scrubber { names }.line(line)
    }

    #[test]
    fn names_paths_addresses_and_serials_are_taken_out() {
        for (line, clean) in [
            ("cannot read /home/maria/shop/kiosk.toml:12: it is empty", "cannot read …/kiosk.toml:12: it is empty"),
            (r"cannot read C:\Users\maria\kiosk.toml", "cannot read …/kiosk.toml"),
            ("DISPLAY: till-7:0, of Maria.", "DISPLAY: <host>:0, of <user>."),
            ("serving at http://192.168.0.20:40123/x7Kq", "serving at <address>"),
            ("from 192.168.0.20:40123, [fe80::1] and 10.0.0.1.", "from <address>, [<address>] and <address>."),
            ("ask maria@shop.example (aa:bb:cc:dd:ee:ff)", "ask <address> (<address>)"),
            ("UVC Camera 0A2C94F1B7", "UVC Camera <number>"),
            ("id 8f14e45fceea167a5a36dedd4bea2543", "id <number>"),
        ] {
            assert_eq!(scrubbed(line), clean);
        }
    }

    #[test]
    fn what_a_technician_needs_stays() {
        for line in [
            "[2026-11-30T04:00:00Z WARN  carmine_kiosk::app::surface] GPU lost (Unknown): driver 23.1.2",
            "  ok       Vulkan: llvmpipe (LLVM 15.0.6, 256 bits) (software)",
            "--camera 0: USB Camera, /dev/video0, 1280x720 MJPEG 30/s",
            "Linux 6.18.0-12-amd64, carmine 0.1.0, wgpu 30, and/or 100 %",
            "marianne stays, and so does 2026",
        ] {
            assert_eq!(scrubbed(line), line);
        }
    }
}
