//! Permission to use the camera: a value that only the consent screen's yes can make.

use std::sync::Arc;

/// Proof that a shopper said yes to the text of this market and version. Opening a camera requires it, and only
/// [`Session`](super::Session) can make one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    market: Arc<str>,
    version: u32,
}

impl Consent {
    pub(super) fn given(market: Arc<str>, version: u32) -> Self {
        Self { market, version }
    }

    /// The market whose text was shown.
    pub fn market(&self) -> &str {
        &self.market
    }

    /// The version of that text.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// For tests of what needs a camera but not a session.
    #[cfg(test)]
    pub fn for_tests() -> Self {
        Self::given("test".into(), 1)
    }
}
