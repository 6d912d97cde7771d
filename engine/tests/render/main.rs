//! What a look must do to a picture, on whatever adapters this machine has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test")]

mod backends;
mod drawn_things;
mod edges;
mod expression;
mod fixture;
mod hard_light;
mod invariants;
mod layers;
mod lip_edges;
mod looks;
mod monk;
mod products;
mod regions;
mod several;
mod things;
mod turned;
mod untouched;
mod views;
mod wipe;
