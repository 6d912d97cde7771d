//! How deeply a Fluent file nests placeables and calls. The parser goes one call deeper with each, so a file of a few kilobytes
//! could use up the stack, which no error can be made of.

/// Placeables in one another, and calls in one another, that a file may have.
pub const MOST_LEVELS: usize = 50;

/// The line, from 1, where a file goes deeper; `None` if it stays within.
pub fn too_deep(text: &str) -> Option<usize> {
    let (mut placeables, mut calls) = (0_usize, 0_usize);
    for (line, text) in (1..).zip(text.lines()) {
        if placeables == 0 && text.starts_with('#') {
            continue;
        }
        let mut in_literal = false;
        let mut escaped = false;
        for character in text.chars() {
            match character {
                // Quotes and brackets are plain text outside of a placeable.
                _ if escaped => escaped = false,
                '\\' if in_literal => escaped = true,
                '"' if placeables > 0 => in_literal = !in_literal,
                _ if in_literal => {}
                '{' => placeables += 1,
                '}' => (placeables, calls) = (placeables.saturating_sub(1), 0),
                '(' if placeables > 0 => calls += 1,
                ')' => calls = calls.saturating_sub(1),
                _ => {}
            }
            if placeables > MOST_LEVELS || calls > MOST_LEVELS {
                return Some(line);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_and_not_number() {
        assert_eq!(too_deep(&"a = { $b } (see :( above)\n".repeat(1000)), None);
        assert_eq!(too_deep(&"a = { \"{\" } and { \"(\\\"{\" }\n".repeat(1000)), None);
        assert_eq!(too_deep(&"# {{{ ((( in a comment\n".repeat(1000)), None);
        assert_eq!(too_deep(&format!("a = b\nm = {}", "{".repeat(MOST_LEVELS))), None);
        assert_eq!(too_deep(&format!("a = b\nm = {}", "{".repeat(MOST_LEVELS + 1))), Some(2));
        assert_eq!(too_deep(&format!("m = {{ {}", "NUMBER(\n".repeat(MOST_LEVELS + 1))), Some(MOST_LEVELS + 1));
    }
}
