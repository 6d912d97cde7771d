//! A touch panel: an X server with a dummy screen and its own input driver for tests, which takes touches from a socket.
//! The driver's messages are those of `xf86-input-inputtest-protocol.h`, version 1.1.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::Folder;
use super::display::{clear_away, numbers};
use super::kiosk::Kiosk;
use super::outputs::Outputs;

/// Size of the screen in pixels.
#[derive(Clone, Copy)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
}

/// The server and the panel's socket.
pub struct TouchPanel {
    server: Child,
    number: String,
    socket: UnixStream,
    screen: Screen,
    _folder: Folder,
}

/// Message numbers of the driver.
const CLIENT_VERSION: u32 = 0;
const WAIT_FOR_SYNC: u32 = 1;
const TOUCH: u32 = 6;
/// Event numbers of the X Input extension.
const TOUCH_BEGIN: u32 = 18;
const TOUCH_END: u32 = 20;
/// Largest coordinate of the panel.
const FULL: f64 = 65535.0;
/// Fingers that the panel tells apart.
pub const FINGERS: usize = 10;

impl TouchPanel {
    /// Starts it; `None`, with a word on standard error, where this user or machine has no X server to start.
    pub fn start(screen: Screen) -> Option<Self> {
        let there = ["modules/input/inputtest_drv.so", "modules/drivers/dummy_drv.so"];
        let missing = there.iter().find(|file| !PathBuf::from("/usr/lib/xorg").join(file).exists());
        if let Some(missing) = missing {
            eprintln!("SKIPPED: no {missing}: apt install xserver-xorg-core xserver-xorg-video-dummy");
            return None;
        }
        let folder = Folder::new();
        let path = folder.path().join("panel");
        let Screen { width, height } = screen;
        let config = format!(
            r#"
Section "ServerFlags"
  Option "AutoAddDevices" "false"
  Option "AutoAddGPU" "false"
EndSection
Section "Device"
  Identifier "card"
  Driver "dummy"
  VideoRam 256000
EndSection
Section "Monitor"
  Identifier "monitor"
  HorizSync 1-3000
  VertRefresh 1-300
  Modeline "{width}x{height}" 200 {width} {h1} {h2} {h3} {height} {v1} {v2} {v3}
EndSection
Section "Screen"
  Identifier "screen"
  Device "card"
  Monitor "monitor"
  DefaultDepth 24
  SubSection "Display"
    Depth 24
    Modes "{width}x{height}"
    Virtual {width} {height}
  EndSubSection
EndSection
Section "InputDevice"
  Identifier "panel"
  Driver "inputtest"
  Option "SocketPath" "{path}"
  Option "DeviceType" "Touch"
  Option "TouchCount" "{FINGERS}"
EndSection
Section "ServerLayout"
  Identifier "layout"
  Screen "screen"
  InputDevice "panel"
EndSection
"#,
            h1 = width + 40,
            h2 = width + 80,
            h3 = width + 160,
            v1 = height + 3,
            v2 = height + 8,
            v3 = height + 20,
            path = path.display(),
        );
        folder.file("xorg.conf", config.as_bytes());
        // Another server may have a number, but hardly ten of them.
        let Some((server, number)) = numbers().take(10).find_map(|number| Some((serve(&folder, &number)?, number)))
        else {
            eprintln!("SKIPPED: Xorg does not start here; it needs root and a virtual console or -sharevts");
            return None;
        };
        let until = Instant::now() + Duration::from_secs(20);
        let socket = loop {
            match UnixStream::connect(&path) {
                Ok(socket) => break socket,
                Err(error) => assert!(Instant::now() < until, "the panel's socket: {error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        };
        let mut panel = Self { server, number, socket, screen, _folder: folder };
        panel.send(CLIENT_VERSION, &[1, 0, 1, 0]);
        panel.answer();
        Some(panel)
    }

    /// The kiosk on it, over the whole screen.
    pub fn kiosk(&self, settings: &str, camera: &str) -> Kiosk {
        self.kiosk_with(settings, camera, |_| {})
    }

    /// The same with more arguments.
    pub fn kiosk_with(&self, settings: &str, camera: &str, more: impl FnOnce(&mut Command)) -> Kiosk {
        Kiosk::start_on(&self.number, settings, camera, |command| {
            command.arg("--fullscreen");
            more(command);
        })
    }

    /// Its server's outputs: DUMMY0, which is on, DUMMY1 and more.
    pub fn outputs(&self) -> Outputs {
        Outputs::of(&self.number)
    }

    /// Puts a finger on each place, lifts them all, and waits until the server has seen it.
    pub fn tap(&mut self, places: &[(u32, u32)]) {
        assert!(places.len() <= FINGERS);
        for kind in [TOUCH_BEGIN, TOUCH_END] {
            for (finger, place) in places.iter().enumerate() {
                self.touch(finger as u32, kind, *place);
            }
        }
        self.send(WAIT_FOR_SYNC, &[]);
        self.answer();
    }

    fn touch(&mut self, finger: u32, kind: u32, (x, y): (u32, u32)) {
        let mut body = Vec::with_capacity(1048);
        body.extend(finger.to_ne_bytes());
        body.extend(kind.to_ne_bytes());
        // Not unaccelerated; of 64 axes the first two are given; filled up to where a double may lie.
        body.extend(0_u32.to_ne_bytes());
        body.extend([0b11, 0, 0, 0, 0, 0, 0, 0]);
        body.extend([0; 4]);
        let along = |value: u32, full: u32| f64::from(value) / f64::from(full) * FULL;
        body.extend(along(x, self.screen.width).to_ne_bytes());
        body.extend(along(y, self.screen.height).to_ne_bytes());
        body.resize(1048, 0);
        self.send(TOUCH, &body);
    }

    fn send(&mut self, kind: u32, body: &[u8]) {
        let mut message = (8 + body.len() as u32).to_ne_bytes().to_vec();
        message.extend(kind.to_ne_bytes());
        message.extend(body);
        self.socket.write_all(&message).unwrap();
    }

    fn answer(&mut self) {
        let mut length = [0; 4];
        self.socket.read_exact(&mut length).unwrap();
        let mut rest = vec![0; u32::from_ne_bytes(length) as usize - 4];
        self.socket.read_exact(&mut rest).unwrap();
    }
}

/// Starts a server under this number, with the folder's configuration; `None` if it does not start, or has another.
fn serve(folder: &Folder, number: &str) -> Option<Child> {
    let mut server = Command::new("/usr/lib/xorg/Xorg")
        .args([number, "-displayfd", "1", "-noreset", "-novtswitch", "-sharevts", "-nolisten", "tcp", "-config"])
        .arg(folder.path().join("xorg.conf"))
        .arg("-logfile")
        .arg(folder.path().join("log"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xorg is missing: apt install xserver-xorg-core");
    let mut answer = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut answer).unwrap();
    if format!(":{}", answer.trim()) == number {
        return Some(server);
    }
    let _ = server.kill();
    let _ = server.wait();
    None
}

impl Drop for TouchPanel {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        clear_away(&self.number);
    }
}
