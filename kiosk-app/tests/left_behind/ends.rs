//! However the mirror ends, at its last moment nothing of her is in its heap, and no file holds its memory.

use nix::sys::signal::Signal;

use crate::common::hold::Traced;
use crate::common::keeper::next_mirror;
use crate::shop::{Shop, send};

/// One mirror after another ends by a signal while she is before it. After the third in a row a window is not opened again.
fn end_by(signals: [Signal; 3]) {
    let mut shop = Shop::open(false);
    let mut old = Vec::new();
    for (time, signal) in (1..).zip(signals) {
        shop.mirror(time);
        let traced = Traced::process(shop.mirror);
        send(shop.mirror, signal);
        let left = traced.at_its_end(|| shop.left());
        assert_eq!(left, [], "{signal}");
        old.push(shop.mirror);
        if time < signals.len() {
            shop.mirror = next_mirror(&shop.kiosk, &old);
            shop.kiosk.on("Attract", time + 1);
        }
    }
    assert_eq!(shop.kiosk.folder.names(), ["kiosk.toml"], "no core file, nor another");
}

#[test]
fn a_crash_leaves_nothing() {
    end_by([Signal::SIGSEGV, Signal::SIGBUS, Signal::SIGILL]);
}

#[test]
fn whatever_ends_the_process_nothing_is_left() {
    end_by([Signal::SIGABRT, Signal::SIGTERM, Signal::SIGQUIT]);
}
