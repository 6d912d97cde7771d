//! A graphics driver that fails for long in a kiosk: it blocks for ever, or no device can be made. The keeper goes on,
//! nothing of the shopper is left, and the next one is served as soon as the driver works.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should say where"
)]

mod common;

use std::time::{Duration, Instant};

use common::Folder;
use common::display::until;
use common::faulty_gpu::*;
use common::gpu_session::GpuSession;
use common::hold::Traced;
use common::keeper::{arguments, is_gone, next_mirror};
use common::memory::Owner;

/// A shopper before a kiosk.
fn kiosk(pictures: &Folder, state: &Folder) -> GpuSession {
    GpuSession::start(pictures, |command| _ = command.arg("--fullscreen").arg("--state").arg(state.path()))
}

fn is_outlived_by_the_kiosk(call: &'static str) {
    let (pictures, state) = (Folder::new(), Folder::new());
    let session = kiosk(&pictures, &state);
    let first = session.kiosk.mirror_pid();
    until("her picture in the heap", || !session.bars.search_of(first, &[Owner::Heap]).is_empty());
    let stuck = blocks(call, FOR_EVER);
    session.begin(&[stuck]);
    let begun = Instant::now();
    let mut ended = Duration::ZERO;
    let left = Traced::process(first).at_its_end(|| {
        ended = begun.elapsed();
        session.bars.search_of(first, &[Owner::Heap])
    });
    assert_eq!(left, [], "overwritten though the window's thread is in the driver");
    let second = next_mirror(&session.kiosk, &[first]);
    session.end(&[stuck]);
    session.kiosk.on("Attract", 2);
    println!("{call}: ended after {ended:?}, the attract screen after {:?}", begun.elapsed());
    session.says_yes(2);
    session.is_well_for(2, "for the next shopper");
    assert!(is_gone(first) && session.kiosk.mirror_pid() == second);
    for line in ["the window does not answer", "was ended since the window did not answer"] {
        assert_eq!(session.kiosk.times_said(line), 1, "{line}: {:?}", session.kiosk.said());
    }
    assert!(ended < Duration::from_secs(16), "{ended:?}");
}

#[test]
#[ignore = "soak: a minute"]
fn an_acquisition_that_blocks_for_ever() {
    is_outlived_by_the_kiosk("vkAcquireNextImageKHR");
}

#[test]
#[ignore = "soak: a minute"]
fn a_submission_that_blocks_for_ever() {
    is_outlived_by_the_kiosk("vkQueueSubmit");
}

#[test]
#[ignore = "soak: a minute"]
fn a_presentation_that_blocks_for_ever() {
    is_outlived_by_the_kiosk("vkQueuePresentKHR");
}

#[test]
#[ignore = "soak: a minute"]
fn a_wait_for_the_gpu_that_blocks_for_ever() {
    is_outlived_by_the_kiosk("vkWaitSemaphores");
}

#[test]
#[ignore = "soak: three minutes"]
fn a_driver_that_is_gone_for_long_is_waited_for_at_last_in_safe_mode() {
    let (pictures, state) = (Folder::new(), Folder::new());
    let session = kiosk(&pictures, &state);
    let first = session.kiosk.mirror_pid();
    let gone = [answers("vkCreateDevice", OUT_OF_DEVICE_MEMORY), answers("vkQueueSubmit", DEVICE_LOST)];
    session.begin(&gone);
    let begun = Instant::now();
    let left = Traced::process(first).at_its_end(|| {
        println!("the mirror ended after {:?}", begun.elapsed());
        session.bars.search_of(first, &[Owner::Heap])
    });
    assert_eq!(left, []);
    let mut old = vec![first];
    until("safe mode", || {
        old.push(next_mirror(&session.kiosk, &old));
        arguments(*old.last().unwrap()).contains("--safe-mode")
    });
    println!("safe mode after {:?}", begun.elapsed());
    for line in ["the GPU was lost", "gives no device", "rid of a GPU that draws nothing"] {
        assert_eq!(session.kiosk.times_said(line), 1, "{line} is told once: {:?}", session.kiosk.said());
    }
    session.end(&gone);
    let ended = Instant::now();
    session.kiosk.on("Attract", 2);
    println!("the attract screen {:?} after the driver was well", ended.elapsed());
    until("it to be told that it holds", || session.kiosk.has_said("without a fault for a minute", 1));
}
