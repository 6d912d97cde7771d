//! Finds a look's code in a text that other programs have had in their hands: messengers, mail, word processors.
//!
//! In: what somebody pasted. Out: every reading of it that may be a code, the likeliest first; whoever reads them has a
//! checksum to tell which one is.
//!
//! 1. What was encoded is decoded: percent signs, also twice (`%2523`), HTML's entities, and mail's soft line ends.
//! 2. Characters that nobody sees are left out, such as zero-width spaces and marks of direction, and so are Markdown's
//!    backslashes; dashes and wide letters that a keyboard made prettier become plain again.
//! 3. A code begins behind a `#`, or is the text itself. It ends at the first character that no code has, so that a
//!    full stop, a bracket or `&fbclid=…` after it does no harm. White space may be a line's wrapping in the middle of
//!    a code, or the end of it: both are tried.

/// Most places where a code may begin.
const MAX_STARTS: usize = 8;
/// Most lines that a code may be wrapped into.
const MAX_PIECES: usize = 12;
/// Most characters of Markdown's emphasis behind a code that a code can also end with.
const MAX_EMPHASIS: usize = 3;

/// Readings of `text`, without doubles; none where nothing in it looks like a code.
pub fn readings(text: &str) -> Vec<String> {
    let decoded = (0..3).fold(text.to_owned(), |text, _| without_entities(&without_percents(&text)));
    let decoded = decoded.replace("=\r\n", "").replace("=\n", "");
    let mut readings = Vec::new();
    // A program that joins two hyphens writes one of these dashes, another one the other.
    for en_dash in ["-", "--"] {
        let plain = plain(&decoded, en_dash);
        for start in starts(&plain) {
            read_from(start, &mut readings);
        }
    }
    readings
}

/// What follows each `#`, the last one first; without any the text, if it begins as codes do.
fn starts(text: &str) -> Vec<&str> {
    let behind: Vec<_> = text.rmatch_indices('#').map(|(at, _)| &text[at + 1..]).take(MAX_STARTS).collect();
    if !behind.is_empty() {
        return behind;
    }
    let alone = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if alone.starts_with(|c: char| c.is_ascii_digit()) { vec![alone] } else { Vec::new() }
}

/// Adds the readings of a code that begins here.
fn read_from(start: &str, readings: &mut Vec<String>) {
    let mut add = |code: &str| {
        if !code.is_empty() && !readings.iter().any(|known| known == code) {
            readings.push(code.to_owned());
        }
    };
    let mut code = String::new();
    // Mail marks quoted lines with '>'.
    let pieces = start.split(|c: char| c.is_whitespace() || c == '>').filter(|piece| !piece.is_empty());
    for piece in pieces.take(MAX_PIECES) {
        let end = piece.find(|c| !is_digit(c)).unwrap_or(piece.len());
        code.push_str(&piece[..end]);
        add(&code);
        for emphasis in 1..=MAX_EMPHASIS {
            let Some(bare) = code.len().checked_sub(emphasis).map(|length| code.split_at(length)) else { break };
            if !bare.1.bytes().all(|byte| matches!(byte, b'_' | b'-')) {
                break;
            }
            add(bare.0);
        }
        if end < piece.len() {
            break;
        }
    }
}

/// The digits of base64url (RFC 4648 §5).
fn is_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// Without what cannot be seen, and with plain characters for what programs make of them.
fn plain(text: &str, en_dash: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // Soft hyphen, Arabic letter mark, zero-width characters and marks of direction, word joiner and its
            // neighbours, isolates, byte order mark.
            '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}' => {}
            '\\' => {}
            '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{FE63}' => out.push('-'),
            '\u{2013}' => out.push_str(en_dash),
            '\u{2014}' => out.push_str("--"),
            '\u{FE5F}' => out.push('#'),
            // The wide forms of ASCII lie in its order.
            '\u{FF01}'..='\u{FF5E}' => out.push(char::from((c as u32 - 0xFEE0) as u8)),
            c => out.push(c),
        }
    }
    out
}

/// With percent-encoded ASCII decoded (RFC 3986, section 2.1); a code has no other characters.
fn without_percents(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('%') {
        out.push_str(before);
        let decoded = behind.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match decoded.filter(u8::is_ascii) {
            Some(byte) => {
                out.push(char::from(byte));
                rest = &behind[2..];
            }
            None => {
                out.push('%');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

/// With HTML's entities decoded: those by number, and the few names that a link can have.
fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let entity = behind.split_once(';').and_then(|(name, after)| Some((entity(name)?, after)));
        match entity {
            Some((character, after)) => {
                out.push(character);
                rest = after;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(number.ok()?);
    }
    match name {
        "amp" => Some('&'),
        "num" => Some('#'),
        "lowbar" => Some('_'),
        "hyphen" | "dash" => Some('-'),
        "shy" => Some('\u{AD}'),
        "nbsp" => Some(' '),
        _ => None,
    }
}
