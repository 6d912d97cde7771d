//! Whether a text can be the start of a look's link: an address that a phone opens, with room for `#` and the code.

use std::net::Ipv6Addr;

/// Longest base of a link: with the longest look it makes a QR code that is still easy to scan.
pub const MAX_BASE_BYTES: usize = 60;

/// An example, which is the mend of most faults.
const MEND: &str = "give https:// with a host and a path, such as \"https://look.example/\"";

/// What is wrong with a base, and the mend.
pub fn check(url: &str) -> Result<(), String> {
    let no_address = |why: &str| Err(format!("{why}: {MEND}"));
    let Some(rest) = behind_scheme(url) else { return no_address("this is no address") };
    if url.len() > MAX_BASE_BYTES {
        return Err(format!("it is longer than {MAX_BASE_BYTES} bytes, which a QR code has no room for: shorten it"));
    }
    if url.contains('#') {
        return Err(format!("the look itself comes after '#': {MEND} and no '#'"));
    }
    if !url.is_ascii() {
        return no_address(
            "it has other letters than an address may have (a host's are written as xn--…, a path's as %…)",
        );
    }
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte);
    if !url.bytes().all(is_plain) || !escapes_are_whole(url) {
        return no_address("it has a character that an address may not have");
    }
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let authority = &rest[..end];
    if authority.contains('@') {
        return no_address("it names a user");
    }
    let (host, port) = match authority.rfind(':').filter(|_| !authority.ends_with(']')) {
        Some(colon) => (&authority[..colon], Some(&authority[colon + 1..])),
        None => (authority, None),
    };
    if !is_host(host) {
        return no_address("it names no host");
    }
    if port.is_some_and(|port| port.parse::<u16>().map_or(true, |port| port == 0)) {
        return no_address("its port is no number from 1 to 65535");
    }
    Ok(())
}

fn behind_scheme(url: &str) -> Option<&str> {
    ["https://", "http://"].iter().find_map(|scheme| {
        let (start, rest) = url.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    })
}

/// A host's name in ASCII (RFC 1123), or an address in brackets.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let label = |label: &str| {
        (1..=63).contains(&label.len()) && label.bytes().all(letter) && !label.starts_with('-') && !label.ends_with('-')
    };
    host.split('.').all(label)
}

/// Two hexadecimal digits follow every `%`.
fn escapes_are_whole(url: &str) -> bool {
    let is_whole = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|digit| digit.is_ascii_hexdigit());
    url.split('%').skip(1).all(is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_a_phone_opens() {
        for url in [
            "https://look.example/",
            "https://look.example",
            "http://192.168.0.7:8080/try",
            "HTTPS://Look.Example/en-GB/try?shop=4",
            "https://xn--ldchen-bua.example/%C3%A9",
            "http://localhost/",
            "http://[fe80::1]:80/",
            &format!("https://{}.example/", "a".repeat(43)),
        ] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
    }

    #[test]
    fn what_is_no_address_is_told_with_the_mend() {
        for (url, why) in [
            ("", "no address"),
            ("look.example", "no address"),
            ("not a url", "no address"),
            ("ftp://look.example/", "no address"),
            ("https:/look.example", "no address"),
            ("javascript:alert(1)", "no address"),
            ("https://", "no host"),
            ("https:///path", "no host"),
            ("https://look..example/", "no host"),
            ("https://-look.example/", "no host"),
            ("https://look_example/", "no host"),
            ("https://[::z]/", "no host"),
            ("https://look.example:0/", "port"),
            ("https://look.example:https/", "port"),
            ("https://me@look.example/", "names a user"),
            ("https://look.example/a b", "a character"),
            ("https://look.example/\n", "a character"),
            ("https://look.example/<b>", "a character"),
            ("https://look.example/100%", "a character"),
            ("https://lädchen.example/", "xn--"),
            ("https://look.example/#there", "after '#'"),
            (&format!("https://{}.example/", "a".repeat(44)), "longer than 60 bytes"),
        ] {
            let said = check(url).expect_err(url);
            assert!(said.contains(why), "{url}: {said}");
        }
    }
}
