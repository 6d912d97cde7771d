//! The kiosk as a shop starts it: on Wayland, in cage, as an unprivileged user. Cage itself shows its screens in windows on
//! a virtual X display, where pixels can be read and touches sent; the app uses Wayland only.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::Folder;
use super::display::Display;

/// `nobody` and `nogroup`: cage refuses to run as root.
const NOBODY: u32 = 65534;

/// Cage's window, which has no name; nor has the root, which is listed first.
pub fn cages_window(display: &Display) -> Option<String> {
    cages_windows(display).into_iter().next()
}

/// One for each screen that cage believes to have.
pub fn cages_windows(display: &Display) -> Vec<String> {
    display.xdotool(&["search", "--name", "^$"]).lines().skip(1).map(str::to_owned).collect()
}

/// Cage with the app in it; ended even if the test fails.
pub struct Session {
    pub cage: Child,
    pub runtime: Folder,
    /// What cage and the app print, shown if the test fails.
    log: Folder,
}

impl Session {
    /// With one screen.
    pub fn start(display: &Display, args: &[&str]) -> Self {
        Self::start_on(display, 1, args)
    }

    /// With so many screens.
    pub fn start_on(display: &Display, screens: usize, args: &[&str]) -> Self {
        let (runtime, log) = (Folder::new(), Folder::new());
        let said = std::fs::File::create(log.path().join("cage")).unwrap();
        let app = runtime.path().join("carmine");
        // A copy: the build's own folder may be closed to other users.
        std::fs::copy(env!("CARGO_BIN_EXE_carmine"), &app).unwrap();
        std::fs::set_permissions(runtime.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
        let mut command = unprivileged("cage", &[runtime.path(), &app]);
        // The app is not told of any X display, so that it must take Wayland.
        command.args(["-d", "-s", "--", "env", "-u", "DISPLAY"]).arg(app).args(["kiosk", "--fullscreen"]).args(args);
        let cage = command
            .current_dir(runtime.path())
            .env("XDG_RUNTIME_DIR", runtime.path())
            .env("HOME", runtime.path())
            .env("DISPLAY", &display.number)
            .env("WLR_X11_OUTPUTS", screens.to_string())
            .envs([("WLR_BACKENDS", "x11"), ("WLR_RENDERER", "pixman"), ("MESA_SHADER_CACHE_DISABLE", "true")])
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("RUST_LOG")
            .stdout(Stdio::null())
            .stderr(said)
            .spawn()
            .expect("cage is missing: apt install cage");
        Self { cage, runtime, log }
    }

    /// What cage and the app printed so far.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.log.path().join("cage")).unwrap_or_default()
    }

    /// The app's process: the one child of cage.
    pub fn app(&self) -> Option<u32> {
        let id = self.cage.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).ok()?;
        children.split_whitespace().find(|child| is_called(child, "carmine")).and_then(|child| child.parse().ok())
    }

    /// Every process of the app's that runs, whoever its parent is by now.
    pub fn processes(&self) -> Vec<u32> {
        let app = self.runtime.path().join("carmine");
        let runs = |pid: &u32| std::fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == app);
        let all = std::fs::read_dir("/proc").unwrap().flatten();
        all.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(runs).collect()
    }

    pub fn end_app(&self) {
        if let Some(app) = self.app() {
            super::keeper::signal(app, "TERM");
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Cage would leave it behind.
        self.end_app();
        let _ = self.cage.kill();
        let _ = self.cage.wait();
    }
}

/// The program, as a user without rights, to whom these files and folders then belong.
pub fn unprivileged(program: &str, own: &[&Path]) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    own.iter().for_each(|path| chown(path, Some(NOBODY), Some(NOBODY)).unwrap());
    let mut command = Command::new("setpriv");
    let id = NOBODY.to_string();
    command.args(["--reuid", &id, "--regid", &id, "--clear-groups", program]);
    command
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

fn is_called(process: &str, name: &str) -> bool {
    std::fs::read_to_string(Path::new("/proc").join(process).join("comm")).is_ok_and(|comm| comm.trim() == name)
}
