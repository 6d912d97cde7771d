//! The example of a host's frame loop runs, and shows what it was asked for.
#![allow(clippy::unwrap_used, reason = "a test")]

#[path = "../examples/live_loop.rs"]
mod live_loop;

#[test]
fn a_hosts_loop_shows_every_picture_that_it_takes() {
    let tally = live_loop::run(40).unwrap();
    assert_eq!(tally.pictures, 40);
    assert!(tally.predicted < tally.pictures, "the first picture is tracked: {tally:?}");
}
