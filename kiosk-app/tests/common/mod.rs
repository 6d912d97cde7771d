//! What every test of the binary needs.
#![allow(dead_code, reason = "each test file uses a part of it")]

#[cfg(target_os = "linux")]
pub mod cage;
#[cfg(target_os = "linux")]
pub mod curtain;
pub mod display;
#[cfg(target_os = "linux")]
pub mod faulty_gpu;
pub mod golden;
#[cfg(target_os = "linux")]
pub mod gpu_session;
#[cfg(target_os = "linux")]
pub mod hold;
#[cfg(target_os = "linux")]
pub mod keeper;
#[cfg(target_os = "linux")]
pub mod kiosk;
#[cfg(target_os = "linux")]
pub mod memory;
#[cfg(target_os = "linux")]
pub mod merchant;
#[cfg(target_os = "linux")]
pub mod mounts;
#[cfg(target_os = "linux")]
pub mod outputs;
pub mod pictures;
#[cfg(target_os = "linux")]
pub mod process;
#[cfg(target_os = "linux")]
pub mod touch_panel;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

/// A folder that is gone when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("carmine-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Everything in it, by name.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(&self.0)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The binary, in `folder`, without a display.
pub fn carmine(folder: &Folder) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_carmine"));
    command.current_dir(folder.path()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("RUST_LOG");
    // Not the state of whoever runs the tests, nor another test's.
    command.env_remove("STATE_DIRECTORY").env("XDG_STATE_HOME", state_home());
    command
}

/// `other` with the folder and the environment of `command`.
pub fn in_the_place_of(command: &Command, mut other: Command) -> Command {
    for (key, value) in command.get_envs() {
        match value {
            Some(value) => other.env(key, value),
            None => other.env_remove(key),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        other.current_dir(folder);
    }
    other
}

/// A state home of this test's own, beside everything that a test looks into.
pub fn state_home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("state").join(std::process::id().to_string())
}

/// Its answer to these arguments.
pub fn run(folder: &Folder, args: &[&str]) -> Output {
    carmine(folder).args(args).output().unwrap()
}

/// Standard error without what Wayland's own library says about a bare container.
pub fn complaints(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    text.lines().filter(|line| !line.contains("XDG_RUNTIME_DIR")).map(str::to_owned).collect()
}

/// A file of the repository's assets.
pub fn asset(name: &str) -> String {
    format!("{}/../assets/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A picture with a gradient, encoded.
pub fn picture(format: image::ImageFormat) -> Vec<u8> {
    let pixels = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8 * 3, y as u8 * 4, 90]));
    let mut out = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// The head of a PNG that claims to be of this size, checksum and all.
pub fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    png_of(width, height, 8)
}

/// The same with so many bits a channel.
pub fn png_of(width: u32, height: u32, bits: u8) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([bits, 2, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    out.extend(&header);
    out.extend(crc32(&header).to_be_bytes());
    out.extend(b"\0\0\0\x04IDAT\x78\x9c\x03\0");
    out
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}
