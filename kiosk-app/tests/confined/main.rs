//! A whole session in a real window, every system call followed: what each of the kiosk's processes does, by strace.
//!
//! strace starts the kiosk, so it is a tracer from the beginning: locks keep off only who comes later. What the locks
//! refuse never reaches the trace; what is in it did happen.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should say where")]

#[path = "../common/mod.rs"]
mod common;
mod trace;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::Folder;
use common::display::until;
use common::kiosk::Kiosk;
use common::process;
use rustix::process::{Pid, Signal, kill_process};
use trace::{Call, Process, Trace};

/// Calls that are followed.
const CALLS: &str = "execve,execveat,clone,clone3,fork,vfork,socket,socketpair,connect,bind,listen,open,openat,openat2,creat,\
                     rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,symlink,symlinkat,link,linkat,mknod,\
                     mknodat,truncate,chmod,fchmodat,chown,lchown,fchownat,prctl,prlimit64,landlock_restrict_self,seccomp,\
                     ptrace,process_vm_readv,process_vm_writev,io_uring_setup,memfd_create";

/// The kiosk's command, followed.
fn followed(command: &mut Command, to: &Path) {
    let mut strace = Command::new("strace");
    strace.args([
        "-ff",
        "--seccomp-bpf",
        "-s",
        "400",
        "-y",
        "-e",
        &format!("trace={CALLS}"),
        "-e",
        "signal=none",
        "-o",
    ]);
    strace.arg(to).arg(command.get_program()).args(command.get_args()).stderr(Stdio::piped());
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => strace.env(key, value),
            None => strace.env_remove(key),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        strace.current_dir(folder);
    }
    *command = strace;
}

/// The first process of the kiosk, which strace does not take along when it is killed.
struct Keeper(u32);

impl Keeper {
    fn below(strace: u32) -> Self {
        let is_kiosk = |pid: &u32| process::arguments(*pid).contains(&"--config".to_owned());
        Self(process::children(strace).into_iter().find(is_kiosk).expect("strace starts the kiosk"))
    }

    /// Arguments of the processes that it started.
    fn children(&self) -> Vec<Vec<String>> {
        process::children(self.0).into_iter().map(process::arguments).collect()
    }

    fn signal(&self, signal: Signal) {
        let pid = i32::try_from(self.0).ok().and_then(Pid::from_raw).unwrap();
        // It may be gone.
        let _ = kill_process(pid, signal);
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
    }
}

/// Ends the kiosk and waits until the last of its processes is gone; strace ends then.
fn end(mut kiosk: Kiosk, keeper: &Keeper) -> Folder {
    keeper.signal(Signal::TERM);
    until("the kiosk to end", || kiosk.app.0.try_wait().unwrap().is_some());
    kiosk.folder
}

#[test]
fn a_session_does_nothing_but_what_it_may() {
    let files = Folder::new();
    let state = files.path().join("state");
    let heard = files.path().join("heard");
    let player = files.file("player.sh", format!("cat > '{}'\n", heard.display()).as_bytes());
    let settings = format!(
        "[idle]\nwarn_after_s = 12\nend_after_s = 5\n[photo]\naddress = \"127.0.0.1\"\n[sound]\nplayer = [\"sh\", \"{}\"]\n",
        player.display()
    );
    let kiosk = Kiosk::start_with(&settings, &common::asset("stills/astronaut.png"), |command| {
        command.arg("--state").arg(&state);
        followed(command, &files.path().join("trace"));
    });
    kiosk.on("Attract", 1);
    let keeper = Keeper::below(kiosk.pid());
    kiosk.touch_to((540, 1000), "Consent", 1);
    kiosk.touch_to((290, 1772), "Mirror", 1);
    until("the camera", || kiosk.has_said("the camera is opened by consent", 1));
    // A lipstick, so that there is a look to take home.
    kiosk.touch(248, 1210);
    std::thread::sleep(Duration::from_secs(3));
    kiosk.touch(567, 1515);
    std::thread::sleep(Duration::from_secs(1));
    kiosk.touch_to((890, 1852), "TakeHome", 1);
    // Add my photo; offer my photo.
    let serves = || keeper.children().iter().any(|arguments| arguments.contains(&"photo".to_owned()));
    let begun = Instant::now();
    while !serves() {
        let gone = kiosk.has_said("screen: Attract", 2) || begun.elapsed() > Duration::from_secs(120);
        assert!(!gone, "no photo was offered: {:?}", kiosk.said());
        kiosk.touch(860, 1700);
        std::thread::sleep(Duration::from_millis(1500));
        kiosk.touch(778, 1700);
        std::thread::sleep(Duration::from_millis(1500));
    }
    // She walks away.
    until("the warning to be heard", || std::fs::read(&heard).is_ok_and(|wav| wav.starts_with(b"RIFF")));
    kiosk.on("Attract", 2);
    until("the photo's server to be gone", || !serves());
    let folder = end(kiosk, &keeper);
    assert_eq!(folder.names(), ["kiosk.toml"], "nothing was written beside it");

    let trace = Trace::read(files.path(), "trace");
    let mirror = trace.only(&["mirror"]);
    may_mirror(mirror, &state);
    // A touch that came late may have offered it twice.
    trace.all(&["service", "photo"]).into_iter().for_each(may_photo);
    may_sound(trace.only(&["service", "run", "sound"]), &heard);
    may_keeper(trace.only(&["--config"]), &state);
}

/// Nobody's mirror: no network, no program, nothing written but state and devices, all of it locked before any thread.
fn may_mirror(mirror: &Process, state: &Path) {
    let begins = |name: &str| mirror.position(name).unwrap_or_else(|| panic!("the mirror never called {name}"));
    assert!(begins("landlock_restrict_self") < begins("clone"), "locks before threads");
    assert!(mirror.done("prctl").any(|call| call.text.contains("PR_SET_DUMPABLE, SUID_DUMP_DISABLE")));
    assert_eq!(mirror.programs().count(), 1, "the mirror itself: {:?}", mirror.programs().collect::<Vec<_>>());
    assert!(mirror.children.is_empty(), "child processes: {:?}", mirror.children);
    for call in mirror.done("socket").chain(mirror.done("socketpair")) {
        assert!(call.text.starts_with("socket(AF_UNIX,") || call.text.starts_with("socketpair(AF_UNIX,"), "{call:?}");
    }
    let allowed = |path: &str| Path::new(path).starts_with(state) || is_device(path);
    for (call, path) in mirror.written() {
        assert!(allowed(&path), "the mirror wrote {path}: {call:?}");
    }
    for forbidden in ["ptrace", "process_vm_readv", "process_vm_writev", "io_uring_setup", "bind", "listen"] {
        assert!(mirror.done(forbidden).next().is_none(), "{forbidden}");
    }
    // Else this test could not fail: the driver keeps its shaders there.
    assert!(
        mirror.written().iter().any(|(_, path)| Path::new(path).starts_with(state)),
        "nothing was seen to be written"
    );
}

/// After its locks: no file, no socket, no program.
fn may_photo(photo: &Process) {
    let locked = photo.position("landlock_restrict_self").expect("locks");
    let (before, after) = photo.calls.split_at(locked);
    assert!(before.iter().any(|call| call.name == "bind" && call.is_done()), "it listens before");
    for call in after.iter().filter(|call| call.is_done()) {
        let harmless = ["landlock_restrict_self", "seccomp", "prctl", "prlimit64"].contains(&call.name.as_str())
            || call.is_thread();
        assert!(harmless, "the photo's server: {call:?}");
    }
    for call in photo.done("socket") {
        assert!(call.text.starts_with("socket(AF_INET"), "{call:?}");
    }
    assert!(photo.written().is_empty(), "{:?}", photo.written());
    assert!(photo.children.is_empty() && photo.programs().count() == 1);
}

/// The shop's program: no network.
fn may_sound(sound: &Process, heard: &Path) {
    let programs: Vec<&Call> = sound.programs().collect();
    assert!(programs.len() == 2 && programs[1].text.contains("\"sh\""), "{programs:?}");
    assert!(sound.done("seccomp").next().is_some(), "locks");
    assert!(sound.done("socket").all(|call| call.text.starts_with("socket(AF_UNIX,")));
    assert!(sound.written().iter().any(|(_, path)| Path::new(path) == heard), "{:?}", sound.written());
}

/// It starts programs and writes its state; it has no camera, window or network.
fn may_keeper(keeper: &Process, state: &Path) {
    assert!(keeper.done("socket").all(|call| call.text.starts_with("socket(AF_UNIX,")));
    for (call, path) in keeper.written() {
        assert!(Path::new(&path).starts_with(state) || is_device(&path), "the keeper wrote {path}: {call:?}");
    }
    let opened = |what: &str| keeper.done("openat").any(|call| call.text.contains(what));
    assert!(!opened("/dev/video") && !opened("/dev/dri") && !opened("astronaut"), "pictures are none of its business");
}

/// What a program may open for writing that is no file.
fn is_device(path: &str) -> bool {
    let exact = ["/dev/null", "/dev/tty", "/dev/ptmx", "/dev/kfd"];
    let below = ["/dev/dri/", "/dev/video", "/dev/media", "/dev/nvidia", "/dev/mali", "/dev/pts/"];
    exact.contains(&path) || below.iter().any(|start| path.starts_with(start))
}
