//! Drives in trouble: one that does not answer, one that is small, one on a file. They need root, and say so.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A mounted drive; it is gone at the end.
pub struct Mount {
    folder: PathBuf,
    /// Keeps a drive without answers mounted.
    holder: Option<Child>,
}

/// Whether drives can be mounted here; else says what is missing.
pub fn can_mount() -> bool {
    let id = Command::new("id").arg("-u").output().map(|output| output.stdout);
    let can = id.is_ok_and(|id| id == b"0\n") && Path::new("/dev/fuse").exists();
    if !can {
        eprintln!("SKIPPED: no drive can be mounted: run as root, with /dev/fuse");
    }
    can
}

fn run(program: &str, args: &[&str]) {
    let status = Command::new(program).args(args).status().unwrap();
    assert!(status.success(), "{program} {args:?}");
}

impl Mount {
    /// A drive in memory with so much room, such as `64k`.
    pub fn small(folder: &Path, size: &str) -> Self {
        run("mount", &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs", folder.to_str().unwrap()]);
        Self { folder: folder.into(), holder: None }
    }

    /// The ext4 drive in a file.
    pub fn of_image(image: &Path, folder: &Path) -> Self {
        run("mount", &["-o", "loop", image.to_str().unwrap(), folder.to_str().unwrap()]);
        Self { folder: folder.into(), holder: None }
    }

    /// A fresh drive of so many MiB, in a file that is made.
    pub fn fresh_image(image: &Path, mib: u64, folder: &Path) -> Self {
        std::fs::File::create(image).unwrap().set_len(mib << 20).unwrap();
        run("mkfs.ext4", &["-q", image.to_str().unwrap()]);
        Self::of_image(image, folder)
    }

    /// A drive over a folder that never answers: a file system in user space that nobody serves.
    pub fn hung(folder: &Path) -> Self {
        let script = "exec 5<>/dev/fuse\n\
            mount -i -t fuse -o fd=5,rootmode=40000,user_id=0,group_id=0,allow_other hung \"$1\" && echo ready\n\
            read -r end";
        let mut holder = Command::new("bash")
            .args(["-c", script, "bash"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("bash is missing");
        let mut line = String::new();
        BufReader::new(holder.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "no drive was mounted");
        Self { folder: folder.into(), holder: Some(holder) }
    }

    /// A hung drive gives errors from now on: whoever waits for it is let go.
    pub fn break_off(&mut self) {
        if let Some(mut holder) = self.holder.take() {
            let _ = holder.kill();
            let _ = holder.wait();
        }
    }

    /// Whoever writes to it waits, also through files that are open, until [`thaw`](Self::thaw).
    pub fn freeze(&self) {
        run("fsfreeze", &["-f", self.folder.to_str().unwrap()]);
    }

    /// It can be written to again.
    pub fn thaw(&self) {
        run("fsfreeze", &["-u", self.folder.to_str().unwrap()]);
    }

    /// Mounts it anew with these options: `ro`, `rw`, `size=1m`.
    pub fn change(&self, options: &str) {
        run("mount", &["-o", &format!("remount,{options}"), self.folder.to_str().unwrap()]);
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        self.break_off();
        // A drive that is still frozen cannot be taken away.
        let _ = Command::new("fsfreeze").arg("-u").arg(&self.folder).stderr(Stdio::null()).status();
        let _ = Command::new("umount").arg("-l").arg(&self.folder).status();
    }
}
