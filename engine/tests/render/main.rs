//! What a look must do to a picture, on whatever adapters this machine has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

mod backends;
mod fixture;
mod invariants;
mod looks;
mod monk;
