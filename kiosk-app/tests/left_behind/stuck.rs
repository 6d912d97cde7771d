//! Threads that may hold her picture and hang when her session ends: everything is overwritten in its place, the process
//! ends, and its keeper starts another. A thread is held as a driver or a debugger would hold it.

use crate::common::display::until;
use crate::common::hold::{Held, Traced};
use crate::common::keeper::next_mirror;
use crate::shop::Shop;

/// Threads of these names hang, and `end` follows: nothing is left at the process's last moment, and the shop goes on.
fn hang(threads: &[&str], end: impl FnOnce(&Shop), said: &str) {
    let shop = Shop::open(false);
    shop.mirror(1);
    let held: Vec<Held> = threads.iter().map(|name| Held::thread(shop.mirror, name)).collect();
    let traced = Traced::process(shop.mirror);
    end(&shop);
    let left = traced.at_its_end(|| shop.left());
    assert_eq!(left, [], "everything was overwritten, whoever held it");
    held.iter().for_each(Held::until_gone);
    assert!(shop.kiosk.has_said(said, 1), "{:?}", shop.kiosk.said());
    next_mirror(&shop.kiosk, &[shop.mirror]);
    until("the next mirror's picture", || shop.kiosk.has_said("screen: Attract", 2));
    assert!(shop.kiosk.has_said("ended to let go of a stuck thread", 1), "{:?}", shop.kiosk.said());
}

#[test]
fn a_stuck_thread_ends_the_process_and_nothing_is_left() {
    hang(&["track"], Shop::done, "stuck at a session's end: track");
}

#[test]
fn a_stuck_capture_thread_ends_the_process_and_nothing_is_left() {
    hang(&["capture"], Shop::done, "stuck at a session's end: capture");
}

#[test]
fn a_stuck_second_tracking_thread_ends_the_process_and_nothing_is_left() {
    hang(&["beside"], Shop::done, "beside; memory is overwritten");
}

/// More than two are no accident of a driver any more, and each holds a session's pictures.
#[test]
fn threads_that_pile_up_end_the_process_and_nothing_is_left() {
    hang(&["track", "beside", "capture"], |_| (), "3 threads hang");
}
