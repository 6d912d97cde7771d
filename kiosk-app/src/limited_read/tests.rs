//! What is no file, and what does not answer.

use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::*;

pub(crate) struct Folder(pub PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("carmine-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A pipe that nobody writes to.
    pub(crate) fn pipe(&self, name: &str) -> PathBuf {
        let path = self.0.join(name);
        assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const EXPECTED: ExpectedFile =
    ExpectedFile { max_bytes: 4, missing: "missing", folder: "folder", too_large: "too large" };

#[test]
fn no_more_than_the_limit_is_read() {
    let folder = Folder::new("limited");
    let path = folder.0.join("file");
    assert_eq!(EXPECTED.read(&path), Err("missing".to_owned()));
    assert_eq!(EXPECTED.read_if_there(&path), Ok(None));
    assert_eq!(EXPECTED.read(&folder.0), Err("folder".to_owned()));
    std::fs::write(&path, "").unwrap();
    assert!(EXPECTED.read_if_there(&path).unwrap_err().contains("as a power cut leaves a file"));
    std::fs::write(&path, "four").unwrap();
    assert_eq!(EXPECTED.read(&path).as_deref(), Ok("four"));
    std::fs::write(&path, "fives").unwrap();
    assert_eq!(EXPECTED.read(&path), Err("too large".to_owned()));
    std::fs::write(&path, b"\xFF").unwrap();
    assert!(EXPECTED.read(&path).unwrap_err().contains("UTF-8"));
    let large: Vec<u8> = (0..3 << 20).map(|at: u32| (at >> 7) as u8).collect();
    std::fs::write(&path, &large).unwrap();
    assert!(bytes(&path, u64::MAX, Patience::default()).unwrap() == large);
    assert!(bytes(&path, 1_500_000, Patience::default()).unwrap() == large[..1_500_000]);
}

#[test]
fn pipes_sockets_and_devices_are_refused_at_once() {
    let folder = Folder::new("special");
    let socket = folder.0.join("socket");
    let _listener = UnixListener::bind(&socket).unwrap();
    for (path, what) in [(folder.pipe("pipe"), "a pipe"), (socket, "a socket"), ("/dev/zero".into(), "a device")] {
        let begun = Instant::now();
        let why = EXPECTED.read(&path).unwrap_err();
        assert_eq!(why, format!("it is {what}; put a file in its place"));
        assert!(begun.elapsed() < Duration::from_secs(2));
    }
}

#[test]
fn what_does_not_answer_is_left_behind_and_named() {
    let patience = Patience { silence: Duration::from_millis(100), whole: Duration::from_secs(60) };
    let (release, held) = channel::<()>();
    let late = within(Path::new("first"), patience, move || {
        note(Path::new("second"));
        held.recv().unwrap_or_default();
    });
    assert_eq!(late.clone().unwrap_err().path, Path::new("second"));
    assert!(late.unwrap_err().to_string().contains("check the drive"));
    drop(release);

    // As long as it goes on from path to path it is waited for, but not for ever.
    let steps = |count: u32| {
        move || {
            (0..count).for_each(|_| {
                note(Path::new("next"));
                std::thread::sleep(Duration::from_millis(10));
            })
        }
    };
    assert_eq!(within(Path::new("first"), patience, steps(30)), Ok(()));
    let short = Patience { whole: Duration::from_millis(150), ..patience };
    assert_eq!(within(Path::new("first"), short, steps(300)).unwrap_err().path, Path::new("next"));
}

#[test]
fn who_wants_a_hung_file_too_is_refused_and_others_are_not() {
    let patience = Patience { silence: Duration::from_millis(100), whole: Duration::from_secs(60) };
    let (release, held) = channel::<()>();
    let late = within(Path::new("drive/file"), patience, move || held.recv().unwrap_or_default()).unwrap_err();
    assert!(late.to_string().contains("(waited 0."), "{late}");
    for path in ["drive/file", "drive/file/below"] {
        let refused = within(Path::new(path), patience, || panic!("it is not even begun")).unwrap_err();
        assert!(refused.to_string().contains("(as before)"), "{refused}");
    }
    assert_eq!(within(Path::new("drive/other"), patience, || ()), Ok(()));
    assert_eq!(stuck::count_below(Path::new("drive")), 1);
    drop(release);
    let begun = Instant::now();
    while stuck::count_below(Path::new("drive")) > 0 {
        assert!(begun.elapsed() < Duration::from_secs(20), "its thread has ended");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(within(Path::new("drive/file"), patience, || ()), Ok(()));
}

#[test]
fn ten_hung_drives_take_hardly_longer_than_one_at_the_start() {
    let (budget, begun) = (Budget::begin(), Instant::now());
    let (_release, held) = channel::<()>();
    let held = std::sync::Arc::new(std::sync::Mutex::new(held));
    for drive in 0..10 {
        let held = std::sync::Arc::clone(&held);
        let hangs = move || _ = held.lock().unwrap().recv();
        within(Path::new(&format!("drive {drive}/file")), Patience::default(), hangs).unwrap_err();
        assert_eq!(within(Path::new("sound"), Patience::default(), move || drive), Ok(drive));
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}, not 30 s", begun.elapsed());
    drop(budget);
    assert_eq!(limit(Patience::default()), Patience::default());
}

#[test]
fn a_panic_goes_on_in_the_caller() {
    let caught = std::panic::catch_unwind(|| within(Path::new("x"), Patience::default(), || panic!("on purpose")));
    assert_eq!(caught.unwrap_err().downcast_ref::<&str>(), Some(&"on purpose"));
}
