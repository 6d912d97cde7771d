//! Drives in trouble below a real kiosk: one that does not answer, one that is full or can only be read, and a power cut.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where; what it measured is printed"
)]

#[path = "../common/mod.rs"]
mod common;

mod deleted;
mod full;
mod hang;
mod power_cut;
