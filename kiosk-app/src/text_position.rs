//! Where in a text a byte stands, for messages that point into a file.

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPosition {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl TextPosition {
    /// The place of a byte; of one behind the text, the text's end.
    pub fn of(text: &str, byte: usize) -> Self {
        let before = &text.as_bytes()[..byte.min(text.len())];
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        // Bytes that go on with a character are not counted.
        let column = before[line_start..].iter().filter(|byte| **byte & 0xC0 != 0x80).count() + 1;
        Self { line: before.iter().filter(|byte| **byte == b'\n').count() + 1, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_characters_count_from_one() {
        let text = "one\nzwei é\nlast";
        let at = |byte| TextPosition::of(text, byte);
        assert_eq!(at(0), TextPosition { line: 1, column: 1 });
        assert_eq!(at(text.find('é').unwrap()), TextPosition { line: 2, column: 6 });
        assert_eq!(at(text.find("last").unwrap()), TextPosition { line: 3, column: 1 });
        assert_eq!(at(9999), TextPosition { line: 3, column: 5 });
    }
}
