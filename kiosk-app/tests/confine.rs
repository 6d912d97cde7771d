//! The locks that the kiosk's processes put on themselves, tried from inside and from outside.
//!
//! Kernels differ: where this one lacks a lock, the test says so loudly and leaves that lock out.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should say where")]

mod common;

use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use carmine_kiosk::confine::{Lock, Locks};
use common::Folder;

/// A user without rights, whom Debian calls nobody.
const NOBODY: u32 = 65534;

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// A process that holds the locks of `carmine service photo` and waits for its picture.
struct Locked(Child);

impl Locked {
    fn start(folder: &Folder, prepare: impl FnOnce(&mut Command)) -> Self {
        let mut command = common::carmine(folder);
        command.args(["service", "photo"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        prepare(&mut command);
        let mut child = command.spawn().unwrap();
        let header = r#"{"address":"127.0.0.1","port":0,"lifetime_ms":600000,"texts":{}}"#;
        let stdin = child.stdin.as_mut().unwrap();
        stdin.write_all(&u32::try_from(header.len()).unwrap().to_le_bytes()).unwrap();
        stdin.write_all(header.as_bytes()).unwrap();
        // It says where it listens once it is locked.
        let mut said = [0; 1];
        child.stdout.as_mut().unwrap().read_exact(&mut said).unwrap();
        Self(child)
    }

    fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Locked {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn probe(folder: &Folder) -> Locks {
    let state = folder.path().join("state");
    std::fs::create_dir_all(&state).unwrap();
    let output = common::carmine(folder).args(["service", "probe"]).arg(&state).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_mirrors_locks_refuse_what_a_mirror_does_not_need() {
    let folder = Folder::new();
    let locks = probe(&folder);
    for missing in &locks.missing {
        // What the kernel lacks cannot be tested; a lock that lets something through is a fault.
        assert!(!missing.why.contains("yet"), "{missing:?}");
        eprintln!("NOT TESTED HERE: {}: {}", missing.lock.name(), missing.why);
    }
    for lock in [Lock::Dumps, Lock::CoreFile, Lock::Privileges] {
        assert!(locks.held.contains(&lock), "{lock:?}: {locks:?}");
    }
    assert_eq!(folder.names(), ["state"], "nothing is left behind");
}

#[test]
fn a_doctor_tells_which_locks_hold() {
    let folder = Folder::new();
    let report = String::from_utf8(common::run(&folder, &["doctor"]).stdout).unwrap();
    let locks = report.split("\nLocks\n").nth(1).expect("a section of its own");
    for lock in Lock::ALL {
        assert!(locks.contains(lock.name()), "{report}");
    }
}

/// Each call of the list by its number of x86-64, in a program that the launcher of services started; with the answer
/// that the kernel gives to nonsense where it is not forbidden.
#[test]
#[cfg(target_arch = "x86_64")]
fn calls_that_nobody_needs_are_refused() {
    let calls = [
        ("ptrace", 101),
        ("process_vm_readv", 310),
        ("process_vm_writev", 311),
        ("pidfd_getfd", 438),
        ("perf_event_open", 298),
        ("userfaultfd", 323),
        ("io_uring_setup", 425),
        ("io_uring_enter", 426),
        ("io_uring_register", 427),
        ("bpf", 321),
        ("kexec_load", 246),
        ("mount", 165),
        ("umount2", 166),
        ("chroot", 161),
        ("unshare", 272),
        ("setns", 308),
        ("init_module", 175),
        ("keyctl", 250),
        // ptrace by the number that it has in the x32 ABI.
        ("ptrace of x32", 0x4000_0000 + 521),
    ];
    const EPERM: i32 = 1;
    let folder = Folder::new();
    let list: Vec<String> = calls.iter().map(|(_, number)| number.to_string()).collect();
    let script = format!(
        "for my $n ({}) {{ my $r = syscall($n, -1, -1, -1, -1, -1); print $! + 0, \"\\n\"; }}",
        list.join(", ")
    );
    folder.file("calls.pl", script.as_bytes());
    let run = |mut command: Command| -> Vec<i32> {
        let output = command.stdin(Stdio::null()).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(|line| line.parse().unwrap()).collect()
    };
    let mut free = Command::new("perl");
    free.arg("calls.pl");
    let (free, mut locked) = (run(free), common::carmine(&folder));
    locked.args(["service", "run", "print", "--", "perl", "calls.pl"]);
    let locked = run(locked);
    for ((name, _), (free, locked)) in calls.iter().zip(free.into_iter().zip(locked)) {
        assert_eq!(locked, EPERM, "{name} is not refused");
        // Some are refused to everybody but root.
        assert!(free != EPERM || !is_root(), "{name} is refused anyway, so this says nothing");
    }
}

#[test]
fn a_program_reaches_and_writes_what_its_purpose_needs() {
    let folder = Folder::new();
    let script = "use Socket; sub told { print $_[0] ? 'yes ' : 'no ' } \
                  told(socket(my $s, PF_INET, SOCK_DGRAM, 0)); told(socket(my $u, PF_UNIX, SOCK_STREAM, 0)); \
                  told(open(my $f, '>', 'written')); told(open(my $n, '>', '/dev/null')); told(open(my $r, '<', $0))";
    folder.file("tries.pl", script.as_bytes());
    let said = |purpose: &str| {
        let mut run = common::carmine(&folder);
        run.args(["service", "run", purpose, "--", "perl", "tries.pl"]).stdin(Stdio::null());
        String::from_utf8(run.output().unwrap().stdout).unwrap()
    };
    // The network, a program of this machine, a file, nothing, its own script.
    assert_eq!(said("print"), "yes yes yes yes yes ");
    assert_eq!(said("sound"), "no yes yes yes yes ");
    assert_eq!(said("decode"), "no no no yes yes ");
}

#[test]
fn a_program_that_does_not_exist_is_named() {
    let folder = Folder::new();
    let output = common::run(&folder, &["service", "run", "sound", "--", "no-such-player"]);
    assert_eq!(output.status.code(), Some(127));
    assert!(common::complaints(&output).join("").contains("'no-such-player'"), "{output:?}");
}

#[test]
fn a_picture_is_saved_in_the_working_folder_and_nowhere_else() {
    let folder = Folder::new();
    let save = |name: &str, bytes: &[u8]| {
        let mut child = common::carmine(&folder)
            .args(["service", "save", name])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(bytes);
        child.wait_with_output().unwrap()
    };
    assert!(save("look.png", b"a picture").status.success());
    assert_eq!(std::fs::read(folder.path().join("look.png")).unwrap(), b"a picture");
    for name in ["../look.png", "/tmp/look.png", "a/look.png", ".."] {
        assert!(!save(name, b"a picture").status.success(), "{name}");
    }
    let cut = save("empty.png", b"");
    assert!(!cut.status.success() && String::from_utf8_lossy(&cut.stderr).contains("empty.png"));
    assert_eq!(folder.names(), ["look.png"]);
}

/// Nobody but root reads the memory of a locked process, not even its own user.
#[test]
fn nobody_reads_a_locked_process() {
    if !is_root() {
        eprintln!("NOT TESTED: it needs root, to become another user");
        return;
    }
    let folder = Folder::new();
    let readable = |id: u32| {
        let memory = format!("/proc/{id}/mem");
        let mut read = Command::new("dd");
        read.arg(format!("if={memory}")).args(["bs=1", "count=0"]).uid(NOBODY).gid(NOBODY);
        read.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
    };
    // An ordinary process of the same user can be read.
    let mut open = Locked(Command::new("sleep").arg("600").uid(NOBODY).gid(NOBODY).spawn().unwrap());
    assert!(readable(open.id()), "an open process of the same user cannot be read either, so this says nothing");
    let _ = open.0.kill();
    let locked = Locked::start(&folder, |command| {
        command.uid(NOBODY).gid(NOBODY).current_dir("/");
    });
    assert!(!readable(locked.id()));
}

/// A crash leaves no core file, whatever the limit was when the process began.
#[test]
fn an_abort_leaves_no_core() {
    let pattern = std::fs::read_to_string("/proc/sys/kernel/core_pattern").unwrap();
    if pattern.starts_with('|') || pattern.starts_with('/') {
        eprintln!("NOT TESTED: core files go elsewhere here ({})", pattern.trim());
        return;
    }
    let folder = Folder::new();
    let unlimited = |program: &Path, args: &str| {
        let mut command = Command::new("sh");
        command.arg("-c").arg(format!("ulimit -c unlimited && exec '{}' {args}", program.display()));
        command.current_dir(folder.path());
        command
    };
    let abort = |child: &mut Child| {
        let pid = rustix::process::Pid::from_child(child);
        rustix::process::kill_process(pid, rustix::process::Signal::ABORT).unwrap();
        child.wait().unwrap()
    };
    let mut open = unlimited(Path::new("sleep"), "600").spawn().unwrap();
    common::display::until("it sleeps", || {
        std::fs::read_to_string(format!("/proc/{}/comm", open.id())).unwrap() == "sleep\n"
    });
    if !abort(&mut open).core_dumped() {
        eprintln!("NOT TESTED: no program leaves a core file here");
        return;
    }
    let count = |folder: &Folder| folder.names().iter().filter(|name| name.starts_with("core")).count();
    assert_eq!(count(&folder), 1);
    let mut locked = Locked::start(&folder, |command| {
        let program = command.get_program().to_owned();
        *command = unlimited(Path::new(&program), "service photo");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    });
    assert!(!abort(&mut locked.0).core_dumped());
    assert_eq!(count(&folder), 1);
}

/// systemd's own list of harmless calls has none of those that take locks.
#[test]
fn the_unit_lets_the_mirror_take_its_locks() {
    let unit = include_str!("../deploy/carmine-kiosk.service");
    let allowed: Vec<&str> = unit
        .lines()
        .filter_map(|line| line.strip_prefix("SystemCallFilter="))
        .flat_map(str::split_whitespace)
        .collect();
    for call in ["landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "seccomp"] {
        assert!(allowed.contains(&call), "{call} is missing among {allowed:?}");
    }
}
