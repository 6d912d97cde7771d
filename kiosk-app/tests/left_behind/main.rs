//! Nothing of a shopper is left behind: her camera's picture carries bars, which are searched for in memory in every form
//! that the app gives a picture, after a session's end and in the moment in which the process ends, also while threads
//! are stuck and however the process ends.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

#[path = "../common/mod.rs"]
mod common;
mod ends;
mod home;
mod readings;
mod shop;
mod stuck;

use std::time::Duration;

use common::display::until;
use nix::sys::signal::Signal;
use shop::{Shop, ffmpegs, send};

#[test]
fn a_session_leaves_nothing_in_any_form() {
    let shop = Shop::open(false);
    shop.mirror(1);
    let mut forms = Vec::new();
    until("the tracker's picture of her", || {
        forms = shop.bars.search(shop.mirror);
        println!("while she is there: {forms:?}");
        let has = |name| forms.iter().any(|(form, _)| *form == name);
        has("RGBA") && (has("detector f32 RGB") || has("detector f32 plane"))
    });
    shop.done();
    shop.until_wiped(1);
}

#[test]
fn a_stopped_decoder_is_killed_and_nothing_is_left() {
    let shop = Shop::open(true);
    shop.mirror(1);
    let decoder = || ffmpegs(shop.mirror).into_iter().chain(ffmpegs(shop.kiosk.pid())).next();
    let stopped = decoder().expect("a clip of this kind needs ffmpeg");
    send(stopped, Signal::SIGSTOP);
    std::thread::sleep(Duration::from_secs(1));
    shop.done();
    shop.until_wiped(1);
    assert!(!std::path::Path::new(&format!("/proc/{stopped}")).exists(), "it was killed and reaped");
    assert_eq!(shop.kiosk.mirror_pid(), shop.mirror, "the same process goes on");
}
