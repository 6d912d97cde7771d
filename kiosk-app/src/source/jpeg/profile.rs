//! The colour profile that a JPEG carries in segments (ICC.1, annex B.4): its parts, each with its number and how many
//! there are.
//!
//! In: the JPEG. Out: the profile. Some editors write it a second time behind the first: what counts is the first whole
//! one.

use super::anatomy::segments;

/// What each part begins with, before its number and how many there are.
const NAME: &[u8] = b"ICC_PROFILE\0";
/// Copies that are told apart; parts of further ones are passed over.
const MOST_COPIES: usize = 4;

/// A whole profile.
#[derive(Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Another whole one behind it is not the same.
    pub is_contradicted: bool,
}

/// Parts are there, but none of the profiles that they belong to is whole.
#[derive(Debug, PartialEq, Eq)]
pub struct PartMissing;

/// The profile, if there is one.
pub fn of(jpeg: &[u8]) -> Result<Option<Profile>, PartMissing> {
    let mut copies: Vec<Vec<Option<&[u8]>>> = Vec::new();
    let mut is_there = false;
    segments(jpeg, |marker, body| {
        let Some(rest) = body.strip_prefix(NAME).filter(|_| marker == 0xE2) else { return };
        is_there = true;
        let Some((&[number, count], part)) = rest.split_first_chunk() else { return };
        let (Some(place), count) = (usize::from(number).checked_sub(1), usize::from(count)) else { return };
        // A number that comes again begins another copy, to which those behind it belong.
        let copy = copies.iter_mut().rev().find(|copy| copy.len() == count && copy.get(place) == Some(&None));
        if let Some(copy) = copy {
            copy[place] = Some(part);
        } else if place < count && copies.len() < MOST_COPIES {
            let mut copy = vec![None; count];
            copy[place] = Some(part);
            copies.push(copy);
        }
    });
    let whole =
        |copy: &Vec<Option<&[u8]>>| copy.iter().copied().collect::<Option<Vec<_>>>().map(|parts| parts.concat());
    let mut profiles = copies.iter().filter_map(whole);
    match profiles.next() {
        Some(bytes) => {
            let is_contradicted = profiles.any(|other| other != bytes);
            Ok(Some(Profile { bytes, is_contradicted }))
        }
        None if is_there => Err(PartMissing),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::super::written::segment;
    use super::*;

    /// A JPEG of nothing but these parts: number, how many there are, bytes.
    fn found(parts: &[(u8, u8, &str)]) -> Result<Option<Profile>, PartMissing> {
        let mut jpeg = vec![0xFF, 0xD8];
        for (number, count, bytes) in parts {
            jpeg.extend(segment(0xE2, &[NAME, &[*number, *count], bytes.as_bytes()].concat()));
        }
        of(&jpeg)
    }

    fn whole(bytes: &str, is_contradicted: bool) -> Result<Option<Profile>, PartMissing> {
        Ok(Some(Profile { bytes: bytes.into(), is_contradicted }))
    }

    #[test]
    fn the_first_whole_profile_counts() {
        for (parts, expected) in [
            (&[][..], Ok(None)),
            (&[(1, 1, "a")], whole("a", false)),
            (&[(1, 2, "a"), (2, 2, "b")], whole("ab", false)),
            (&[(2, 2, "b"), (1, 2, "a")], whole("ab", false)),
            // Two copies, one behind the other or part by part.
            (&[(1, 1, "a"), (1, 1, "a")], whole("a", false)),
            (&[(1, 2, "a"), (2, 2, "b"), (1, 2, "a"), (2, 2, "b")], whole("ab", false)),
            (&[(1, 2, "a"), (1, 2, "a"), (2, 2, "b"), (2, 2, "b")], whole("ab", false)),
            // The first one lacks a part; the second one is cut differently.
            (&[(1, 3, "a"), (1, 3, "a"), (2, 3, "b"), (3, 3, "c")], whole("abc", false)),
            (&[(1, 2, "a"), (2, 2, "b"), (1, 3, "a"), (2, 3, "b"), (3, 3, "")], whole("ab", false)),
            // Others than the first.
            (&[(1, 1, "a"), (1, 1, "b")], whole("a", true)),
            (&[(1, 2, "a"), (2, 2, "b"), (1, 2, "c"), (2, 2, "d")], whole("ab", true)),
            // None is whole.
            (&[(1, 2, "a")], Err(PartMissing)),
            (&[(1, 2, "a"), (1, 2, "a")], Err(PartMissing)),
            (&[(0, 1, "a")], Err(PartMissing)),
            (&[(2, 1, "a"), (1, 0, "a")], Err(PartMissing)),
        ] {
            assert_eq!(found(parts), expected, "{parts:?}");
        }
    }

    #[test]
    fn many_parts_of_many_copies_cost_little() {
        let parts: Vec<_> = (0..30_000).map(|_| (1, 255, "")).collect();
        assert_eq!(found(&parts), Err(PartMissing));
    }
}
