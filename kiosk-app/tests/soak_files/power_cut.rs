//! The power is cut while the app writes: an ext4 drive in a file is copied while it is mounted and written to. What each
//! copy holds is what a machine finds when it starts again.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use carmine_kiosk::catalogue::Catalogue;
use carmine_kiosk::consents::Consents;
use carmine_kiosk::keeper::ladder::Ladder;
use carmine_kiosk::kept_files::KeptFiles;
use carmine_kiosk::last_good::{Kind, LastGood};
use carmine_kiosk::session::idle::IdleTimeouts;
use carmine_kiosk::session::{Action, Consent, Effect, Rules, Session};
use serde_json::Value;

use crate::common::mounts::{Mount, can_mount};
use crate::common::{Folder, carmine};

const CUTS: usize = 25;
/// A catalogue of many blocks.
const LINES: u64 = 4000;
const SOURCE: &str = "/shop/kiosk.toml";

/// The last good copy of this number: whole only if every line has it.
fn copy_of(number: u64) -> String {
    (0..LINES).map(|line| format!("{line} of {number}\n")).collect()
}

fn number_of(copy: &str) -> u64 {
    let number = copy.lines().next().and_then(|line| line.split(' ').nth(2)?.parse().ok()).unwrap();
    assert!(copy == copy_of(number), "it is not whole");
    number
}

fn consent() -> Consent {
    let rules = Rules {
        market: "eu".into(),
        consent_version: 1,
        languages: Vec::new(),
        idle: IdleTimeouts { warn_after: Duration::from_secs(45), grace: Duration::from_secs(20) },
        reach: false,
        large_text: false,
        suggestions: true,
        pin_sha256: None,
        photo: false,
        print: false,
        demo: false,
    };
    let (catalogue, mut session) = (Catalogue::bundled().unwrap(), Session::new(rules, Duration::ZERO));
    session.act(Action::Begin, &catalogue, Duration::ZERO);
    match session.act(Action::Agree, &catalogue, Duration::ZERO).pop() {
        Some(Effect::OpenCamera(consent)) => consent,
        other => panic!("nobody agreed: {other:?}"),
    }
}

/// What was on the disk for certain at some moment.
#[derive(Debug, Default)]
struct Written {
    copies: AtomicU64,
    consents: AtomicU64,
    failures: AtomicU64,
    pictures: AtomicU64,
}

fn numbers(written: &Written) -> [u64; 4] {
    [&written.copies, &written.consents, &written.failures, &written.pictures]
        .map(|number| number.load(Ordering::SeqCst))
}

/// Writes as the app does until it is over.
fn write(state: &Path, written: &Arc<Written>, over: &Arc<AtomicBool>) -> Vec<thread::JoinHandle<()>> {
    let spawn = |work: Box<dyn Fn(u64) + Send>, count: fn(&Written) -> &AtomicU64| {
        let (written, over) = (Arc::clone(written), Arc::clone(over));
        thread::spawn(move || {
            for number in 1.. {
                if over.load(Ordering::SeqCst) {
                    return;
                }
                work(number);
                count(&written).store(number, Ordering::SeqCst);
            }
        })
    };
    let files = KeptFiles::default();
    let last_good = LastGood::in_state(state, files.clone());
    let copies = move |number| {
        last_good.keep(Kind::Settings, Path::new(SOURCE), &copy_of(number));
        while !files.flush() {}
    };
    let (files, consent) = (KeptFiles::default(), consent());
    let consents = std::sync::Mutex::new(Consents::open(Some(state), files.clone()));
    let counting = move |_| {
        consents.lock().unwrap().count(&consent);
        while !files.flush() {}
    };
    let folder = state.to_owned();
    // Each as by a keeper that ends after it.
    let failing = move |_| _ = Ladder::open(Some(folder.clone())).failed(Instant::now());
    let (folder, own) = (Folder::new(), state.to_owned());
    let saving = move |number| {
        let mut child = carmine(&folder)
            .current_dir(&own)
            .args(["service", "save", "--", &format!("carmine-{number}.png")])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), copy_of(number).as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
        if number > 3 {
            std::fs::remove_file(own.join(format!("carmine-{}.png", number - 3))).unwrap();
        }
    };
    vec![
        spawn(Box::new(copies), |written| &written.copies),
        spawn(Box::new(counting), |written| &written.consents),
        spawn(Box::new(failing), |written| &written.failures),
        spawn(Box::new(saving), |written| &written.pictures),
    ]
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Everything in a copy of the disk is whole, and not older than what was certain when the copy began.
fn check(state: &Path, [copies, consents, failures, pictures]: [u64; 4]) {
    let kept: Option<String> = LastGood::in_state(state, KeptFiles::default()).load(Kind::Settings, Path::new(SOURCE));
    assert!(kept.map_or(0, |copy| number_of(&copy)) >= copies);
    let days = json(&state.join("consents.json"));
    let counted: u64 = days["days"].as_object().unwrap().values().map(|day| day["eu 1"].as_u64().unwrap()).sum();
    assert!(counted >= consents, "{counted} of {consents}");
    let failed = json(&state.join("restarts.json"))["failures"].as_u64().unwrap();
    // One is forgotten every five minutes.
    assert!(failed + 2 >= failures, "{failed} of {failures}");
    let names = std::fs::read_dir(state).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let saved: Vec<String> = names.filter(|name| name.starts_with("carmine-")).collect();
    for name in &saved {
        let number: u64 = name.trim_start_matches("carmine-").trim_end_matches(".png").parse().unwrap();
        assert_eq!(number_of(&std::fs::read_to_string(state.join(name)).unwrap()), number);
    }
    assert!(pictures == 0 || !saved.is_empty());
}

#[test]
#[ignore = "soak: root, mounts"]
fn after_a_power_cut_every_file_is_old_or_new_and_whole() {
    if !can_mount() {
        return;
    }
    let folder = Folder::new();
    let image = folder.path().join("disk");
    let [live, after] = ["live", "after"].map(|name| folder.path().join(name));
    [&live, &after].into_iter().for_each(|folder| std::fs::create_dir(folder).unwrap());
    let disk = Mount::fresh_image(&image, 16, &live);
    let (written, over) = (Arc::<Written>::default(), Arc::<AtomicBool>::default());
    let writers = write(&live, &written, &over);
    while numbers(&written).contains(&0) {
        thread::sleep(Duration::from_millis(20));
    }
    let copy: PathBuf = folder.path().join("copy");
    for cut in 0..CUTS {
        // At another moment of a write each time.
        thread::sleep(Duration::from_millis(50 + 13 * cut as u64));
        let certain = numbers(&written);
        std::fs::copy(&image, &copy).unwrap();
        let _copied = Mount::of_image(&copy, &after);
        check(&after, certain);
    }
    over.store(true, Ordering::SeqCst);
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    println!("{CUTS} cuts, all good; copies, consents, failures, pictures written meanwhile: {:?}", numbers(&written));
    drop(disk);
}
