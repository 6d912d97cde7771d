//! A kernel that lacks a lock: whether the kiosk then runs, and what it says, as `[confinement] required` has it.
//!
//! This test program takes a filter that answers as such a kernel does and then becomes `carmine`, which inherits it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::process::{Command, ExitStatus, Stdio};

use carmine_kiosk::exit;
use common::Folder;
use common::display::until;
use common::kiosk::Kiosk;
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

/// What is to be lacking, and what is to be run, for [`the_kernel_lacks_what_the_environment_names`].
const LACKS: &str = "CARMINE_TEST_LACKS";
const RUNS: &str = "CARMINE_TEST_RUNS";

/// The locks that a kernel may lack, with the call that takes each, what the kernel then answers, and what a complaint names.
const KERNELS: [(&str, i64, i32, [&str; 2]); 2] = [
    (
        "landlock",
        libc::SYS_landlock_create_ruleset,
        libc::ENOSYS,
        ["(landlock): the kernel has no landlock", "CONFIG_SECURITY_LANDLOCK"],
    ),
    ("seccomp", libc::SYS_seccomp, libc::EINVAL, ["(seccomp): the kernel refuses it", "CONFIG_SECCOMP_FILTER"]),
];

/// Not a test of its own: where the environment asks for it, this process becomes another on a kernel without a lock.
#[test]
fn the_kernel_lacks_what_the_environment_names() {
    let (Ok(lacks), Ok(runs)) = (std::env::var(LACKS), std::env::var(RUNS)) else { return };
    let (_, call, errno, _) = KERNELS.into_iter().find(|(name, ..)| *name == lacks).expect("a lock's name");
    let action = SeccompAction::Errno(errno.unsigned_abs());
    let arch = std::env::consts::ARCH.try_into().unwrap();
    let filter = SeccompFilter::new(BTreeMap::from([(call, Vec::new())]), SeccompAction::Allow, action, arch).unwrap();
    seccompiler::apply_filter_all_threads(&BpfProgram::try_from(filter).unwrap()).unwrap();
    let runs: Vec<String> = serde_json::from_str(&runs).unwrap();
    panic!("{runs:?}: {}", Command::new(&runs[0]).args(&runs[1..]).exec());
}

/// The same command on a kernel without this lock.
fn without(lacks: &str, command: &Command) -> Command {
    let words: Vec<_> =
        [command.get_program()].into_iter().chain(command.get_args()).filter_map(OsStr::to_str).collect();
    let mut this = Command::new(std::env::current_exe().unwrap());
    this.args(["--exact", "the_kernel_lacks_what_the_environment_names", "--nocapture"]);
    this.env(LACKS, lacks).env(RUNS, serde_json::to_string(&words).unwrap());
    common::in_the_place_of(command, this)
}

fn kiosk(lacks: &str, required: bool, state: &Folder) -> Kiosk {
    let settings = format!("[confinement]\nrequired = {required}\n");
    Kiosk::start_with(&settings, "none", |command| {
        command.arg("--fullscreen").arg("--state").arg(state.path());
        *command = without(lacks, command);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
    })
}

fn ended(kiosk: &mut Kiosk) -> ExitStatus {
    let mut status = None;
    until("it to end", || {
        status = kiosk.app.0.try_wait().unwrap();
        status.is_some()
    });
    status.unwrap()
}

#[test]
fn a_kiosk_whose_locks_are_required_ends_once_with_what_lacks_and_the_mend() {
    for (lacks, _, _, said) in KERNELS {
        let state = Folder::new();
        let mut kiosk = kiosk(lacks, true, &state);
        assert_eq!(ended(&mut kiosk).code(), Some(exit::LOCKS.into()), "{lacks}: {:?}", kiosk.said());
        until("its last word", || kiosk.has_said("required = true", 1));
        let complaints: Vec<_> = kiosk.said().into_iter().filter(|line| line.contains("carmine: ")).collect();
        let [complaint] = complaints.as_slice() else { panic!("{lacks}: {complaints:?}") };
        assert!(said.iter().all(|said| complaint.contains(said)), "{lacks}: {complaint}");
        assert!(complaint.contains("or set it to false"), "{complaint}");
        assert!(!kiosk.has_said("screen: ", 1), "{lacks}: something was shown: {:?}", kiosk.said());
        assert!(!state.path().join("restarts.json").exists(), "what no restart mends is no failure to count");
    }
}

#[test]
fn a_kiosk_whose_locks_are_not_required_says_loudly_what_lacks_and_shows_the_mirror() {
    for (lacks, _, _, said) in KERNELS {
        let kiosk = kiosk(lacks, false, &Folder::new());
        kiosk.on("Attract", 1);
        until("a picture", || common::keeper::shows_a_picture(&kiosk));
        assert_eq!(kiosk.times_said("NOT LOCKED IN"), 1, "{lacks}: {:?}", kiosk.said());
        let line = kiosk.said().into_iter().find(|line| line.contains("NOT LOCKED IN")).unwrap();
        assert!(said.iter().all(|said| line.contains(said)), "{lacks}: {line}");
    }
}

#[test]
fn a_doctor_says_which_lock_this_kernel_lacks() {
    let folder = Folder::new();
    for (lacks, _, _, said) in KERNELS {
        let mut command = common::carmine(&folder);
        command.arg("doctor");
        let output = without(lacks, &command).output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains(said[1]), "{lacks}: {text}");
    }
}
