//! Lines for standard output and standard error, which may be a terminal: what a file or a device says of itself must not
//! move the cursor, colour the text, or look like another line.

use std::borrow::Cow;
use std::io::Write;

/// `text` as it may be shown on a terminal or kept in a log: every control character and every character that changes
/// the direction of writing or the end of a line is written as `\u{1b}`. The result is one line.
pub fn escape(text: &str) -> Cow<'_, str> {
    escape_but(text, |_| false)
}

fn escape_but(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_bad = |c: char| is_command(c) && !keep(c);
    if !text.contains(is_bad) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_bad(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// C0 and C1 controls, line and paragraph separators, and the bidirectional controls of Unicode (UAX 9, 2.1–2.6).
fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Prints text to standard output, escaped but for its line ends and tabs. A reader that closed the pipe has read
/// enough.
pub fn print(text: &str) {
    print_data(&escape_but(text, |c| matches!(c, '\n' | '\t')));
}

/// Prints to standard output as it is: for data that other programs read.
pub fn print_data(data: &str) {
    let mut stdout = std::io::stdout().lock();
    let _ = stdout.write_all(data.as_bytes()).and_then(|()| stdout.flush());
}

/// Writes one line to standard error, escaped, and into the log where files keep one; `eprintln!` would panic if it is
/// closed.
pub fn tell(line: &str) {
    crate::logging::tell(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_commands_the_terminal() {
        assert_eq!(escape("\u{1b}[2J\u{1b}]0;title\u{7}"), "\\u{1b}[2J\\u{1b}]0;title\\u{7}");
        assert_eq!(escape("one\ntwo\r\tthree\u{9b}1m\u{7f}"), "one\\u{a}two\\u{d}\\u{9}three\\u{9b}1m\\u{7f}");
        assert_eq!(escape("abc\u{202e}gpj.exe\u{2028}x\u{2066}"), "abc\\u{202e}gpj.exe\\u{2028}x\\u{2066}");
        assert_eq!(escape_but("a\tb\n\u{1b}[1m", |c| matches!(c, '\n' | '\t')), "a\tb\n\\u{1b}[1m");
    }

    #[test]
    fn every_language_stays_readable() {
        for text in ["Crème brûlée — 5 €", "口红", "أحمر شفاه", "¿Qué?", "it is \"quoted\" with \\ in it"]
        {
            assert!(matches!(escape(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }
}
