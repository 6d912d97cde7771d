//! A graphics driver that fails in mid-session, by the Vulkan layer of `faulty_gpu`: the app goes on, the picture comes
//! back, the session and the look she wears are what they were, and the log has one line for the beginning and one for
//! the end.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::time::{Duration, Instant};

use common::Folder;
use common::display::until;
use common::faulty_gpu::*;
use common::gpu_session::GpuSession;

const HALF: Duration = Duration::from_millis(500);

#[test]
fn half_a_second_without_surface_or_device_is_outlived() {
    let pictures = Folder::new();
    let mut session = GpuSession::start(&pictures, |_| {});
    for fault in [
        answers("vkAcquireNextImageKHR", SURFACE_LOST),
        answers("vkQueueSubmit", DEVICE_LOST),
        answers("vkAcquireNextImageKHR", DEVICE_LOST),
        answers("vkQueuePresentKHR", DEVICE_LOST),
        answers("vkAllocateMemory", OUT_OF_DEVICE_MEMORY),
    ] {
        session.outlives(&[fault], HALF);
    }
    session.has_logged_at_most(2 * 5);
}

#[test]
fn a_device_that_cannot_be_made_is_waited_for() {
    let pictures = Folder::new();
    let mut session = GpuSession::start(&pictures, |_| {});
    for made in ["vkCreateDevice", "vkCreateSwapchainKHR", "vkAllocateMemory", "vkCreateInstance"] {
        let lost = answers("vkQueueSubmit", DEVICE_LOST);
        session.outlives(&[answers(made, OUT_OF_DEVICE_MEMORY), lost], HALF);
    }
    session.has_logged_at_most(2 * 4);
}

#[test]
fn a_surface_that_gives_no_pictures_is_asked_calmly() {
    let pictures = Folder::new();
    let session = GpuSession::start(&pictures, |_| {});
    let quiet = session.processor_seconds(Duration::from_secs(2));
    for (fault, lasts) in [
        (answers("vkAcquireNextImageKHR", OUT_OF_DATE), 2 * HALF),
        (answers("vkAcquireNextImageKHR", TIMEOUT), 2 * HALF),
        (answers("vkAcquireNextImageKHR", SUBOPTIMAL), 2 * HALF),
        (answers("vkQueuePresentKHR", OUT_OF_DATE), HALF),
        (answers("vkQueuePresentKHR", SURFACE_LOST), HALF),
        (blocks("vkAcquireNextImageKHR", HALF), HALF),
        (blocks("vkQueuePresentKHR", HALF), HALF),
    ] {
        session.begin(&[fault]);
        let busy = session.processor_seconds(lasts) / lasts.as_secs_f32();
        session.end(&[fault]);
        // Drawing in software takes a core or more; asking for pictures takes next to nothing.
        assert!(busy < quiet / 2.0 + 0.6, "{fault:?}: {busy} of a core, while drawing {quiet}");
        session.is_well(&format!("{fault:?}"));
    }
    session.has_logged_at_most(2);
}

#[test]
fn a_driver_that_blocks_for_three_seconds_keeps_the_session() {
    const LASTS: Duration = Duration::from_secs(3);
    let pictures = Folder::new();
    let mut session = GpuSession::start(&pictures, |_| {});
    let mirror = session.kiosk.mirror_pid();
    // Submitting, waiting for a fence and for the device to be idle are how wgpu hands work over and takes it back.
    let calls = ["vkAcquireNextImageKHR", "vkQueueSubmit", "vkQueuePresentKHR", "vkWaitSemaphores", "vkDeviceWaitIdle"];
    for call in calls {
        session.outlives(&[blocks(call, LASTS)], LASTS);
    }
    assert_eq!(session.kiosk.mirror_pid(), mirror, "{:?}", session.kiosk.said());
    session.has_logged_at_most(2 * calls.len());
}

#[test]
fn a_session_ends_in_time_though_nothing_can_be_shown() {
    let pictures = Folder::new();
    let mut session = GpuSession::start_with(&pictures, "[idle]\nwarn_after_s = 8\nend_after_s = 5\n", |_| {});
    let lost = [answers("vkQueueSubmit", DEVICE_LOST), answers("vkCreateDevice", OUT_OF_DEVICE_MEMORY)];
    session.begin(&lost);
    let begun = Instant::now();
    until("the device to be lost", || session.kiosk.has_said("the GPU draws nothing", 1));
    until("the idle session to end in the dark", || session.kiosk.has_said("screen: Attract", 2));
    assert!(begun.elapsed() < Duration::from_secs(30), "it took {:?}", begun.elapsed());
    session.end(&lost);
    until("the attract screen", || session.kiosk.display.look().colours(1080, 1920) > 200);
    session.is_alive();
}
