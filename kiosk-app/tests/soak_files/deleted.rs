//! Somebody deletes the state folder of a kiosk that runs.

use crate::common::Folder;
use crate::common::display::until;
use crate::common::kiosk::{Kiosk, marked_picture};

#[test]
#[ignore = "soak: a minute"]
fn a_state_folder_that_is_deleted_is_made_again_and_a_fresh_mirror_uses_it() {
    let (pictures, folder) = (Folder::new(), Folder::new());
    let (camera, _) = marked_picture(&pictures);
    let state = folder.path().join("state");
    let kiosk = Kiosk::start_with("[privacy]\ncount_consents = true\n", &camera, |command| {
        command.arg("--fullscreen").arg("--state").arg(&state);
    });
    kiosk.on("Attract", 1);
    let session = |number: usize| {
        kiosk.touch_to((540, 1000), "Consent", number);
        kiosk.touch_to((290, 1772), "Mirror", number);
        let attract = kiosk.times_said("screen: Attract");
        kiosk.touch_to((970, 60), "Attract", attract + 1);
    };
    let (record, log) = (state.join("consents.json"), state.join("log/carmine.log"));
    session(1);
    until("her yes to be counted", || record.is_file());
    let mirror = kiosk.mirror_pid();
    std::fs::remove_dir_all(&state).unwrap();
    session(2);
    until("the log to be kept again", || log.is_file());
    until("a fresh mirror", || kiosk.mirror_pid() != mirror && kiosk.has_said("a fresh mirror takes the place", 1));
    let attract = kiosk.times_said("screen: Attract");
    kiosk.on("Attract", attract.max(4));
    session(3);
    until("the next yes to be counted", || record.is_file());
    assert!(std::fs::read_to_string(&log).unwrap().contains("screen: Consent"), "{:?}", kiosk.said());
    assert!(kiosk.times_said("was deleted") <= 1, "{:?}", kiosk.said());
}
