//! The short numbers that stand for products and masks in a take-home code: the first bytes of the SHA-256 of their
//! names.

use std::fmt;

use sha2::{Digest, Sha256};

/// What stands for a product in a code: the first four bytes of the SHA-256 of its id in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProductHash(pub [u8; 4]);

/// What stands for a mask in a code: the first two bytes of the SHA-256 of its name in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MaskHash(pub [u8; 2]);

impl ProductHash {
    /// Of a product's id: the stem of its file.
    pub fn of(id: &str) -> Self {
        Self(first_bytes(id))
    }
}

impl MaskHash {
    /// Of a mask's name.
    pub fn of(name: &str) -> Self {
        Self(first_bytes(name))
    }
}

impl fmt::Display for ProductHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Display for MaskHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04x}", u16::from_be_bytes(self.0))
    }
}

fn first_bytes<const N: usize>(text: &str) -> [u8; N] {
    let hash = Sha256::digest(text.as_bytes());
    std::array::from_fn(|index| hash[index])
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use carmine::look::Mask;

    use super::*;
    use crate::catalogue::bundled::PRODUCTS;

    #[test]
    fn no_two_bundled_names_share_a_hash() {
        let products: HashSet<_> = PRODUCTS.iter().map(|(id, _)| ProductHash::of(id)).collect();
        assert_eq!(products.len(), PRODUCTS.len());
        let masks: HashSet<_> = Mask::built_in_names().map(MaskHash::of).collect();
        assert_eq!(masks.len(), Mask::built_in_names().count());
    }

    #[test]
    fn a_hash_is_written_with_all_its_digits() {
        assert_eq!(ProductHash([0, 1, 0xAB, 2]).to_string(), "0001ab02");
        assert_eq!(MaskHash([0, 0x1F]).to_string(), "001f");
    }
}
