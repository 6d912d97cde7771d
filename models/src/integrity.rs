//! Checks bytes against a manifest's size and SHA-256 (FIPS 180-4).

use sha2::{Digest, Sha256};

use crate::ModelError;

pub(crate) fn check(file: &str, size: usize, sha256: &str, bytes: &[u8]) -> Result<(), ModelError> {
    if bytes.len() != size {
        return Err(ModelError::Size { file: file.to_owned(), expected: size, found: bytes.len() });
    }
    let found = sha256_hex(bytes);
    if found != sha256 {
        return Err(ModelError::Hash { file: file.to_owned(), expected: sha256.to_owned(), found });
    }
    Ok(())
}

pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_is_the_published_one() {
        assert_eq!(sha256_hex(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn only_the_very_bytes_pass() {
        let sha256 = sha256_hex(b"abc");
        assert_eq!(check("f", 3, &sha256, b"abc"), Ok(()));
        assert!(matches!(check("f", 3, &sha256, b"abd"), Err(ModelError::Hash { .. })));
        assert!(matches!(check("f", 3, &sha256, b"ab"), Err(ModelError::Size { expected: 3, found: 2, .. })));
    }
}
