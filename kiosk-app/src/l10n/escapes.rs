//! Unicode escapes that break off before a character of several bytes. The parser cuts its complaint about them inside that
//! character, and panics.

/// The line, from 1, where an escape has too few digits before such a character.
pub fn broken_off(text: &str) -> Option<usize> {
    (1..).zip(text.lines()).find(|(_, line)| is_broken_off(line)).map(|(number, _)| number)
}

fn is_broken_off(line: &str) -> bool {
    line.match_indices('\\').any(|(at, _)| {
        let rest = &line[at + 1..];
        let length = match rest.chars().next() {
            Some('u') => 4,
            Some('U') => 6,
            _ => return false,
        };
        let end = rest[1..].chars().take(length).find(|character| !character.is_ascii_hexdigit());
        end.is_some_and(|character| !character.is_ascii())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_character_of_several_bytes_in_the_digits_place_is_refused() {
        assert_eq!(broken_off("a = { \"\\u00e9\" }\nb = { \"\\U01F600é\" }"), None);
        assert_eq!(broken_off("a = \\user \\U12, \\"), None);
        assert_eq!(broken_off("a = b\nc = { \"\\U01F6é\" }"), Some(2));
        assert_eq!(broken_off("c = { \"\\ué\" }"), Some(1));
    }
}
