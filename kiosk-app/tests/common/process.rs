//! What the system tells of a process.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::path::PathBuf;

fn status_kib(pid: u32, key: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    line.trim_start_matches(':').split_whitespace().next().and_then(|kib| kib.parse().ok()).unwrap_or(0)
}

/// Memory in use, KiB; 0 if the process is gone.
pub fn rss_kib(pid: u32) -> u64 {
    status_kib(pid, "VmRSS")
}

/// Address space, KiB; 0 if the process is gone.
pub fn vm_kib(pid: u32) -> u64 {
    status_kib(pid, "VmSize")
}

/// Entries of a folder of `/proc/PID`: `fd`, `task`.
pub fn count(pid: u32, folder: &str) -> usize {
    std::fs::read_dir(format!("/proc/{pid}/{folder}")).map_or(0, Iterator::count)
}

/// Ids of the processes that this one started.
pub fn children(pid: u32) -> Vec<u32> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let lists = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    lists.flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<u32>>()).collect()
}

/// Processor seconds that the process and the children that it waited for have used.
pub fn cpu_s(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let Some((_, rest)) = stat.rsplit_once(") ") else { return 0.0 };
    let words: Vec<&str> = rest.split(' ').collect();
    // utime and stime are fields 14 and 15 of proc(5); `rest` begins with field 3. 100 ticks a second on Linux.
    [11, 12].iter().filter_map(|index| words.get(*index)?.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Processor time that its threads have used, to the nanosecond.
pub fn cpu_ns(pid: u32) -> u64 {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let times = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
    times.filter_map(|times| times.split_whitespace().next()?.parse::<u64>().ok()).sum()
}

/// A control group of its own that limits processor and memory, and is gone at the end.
pub struct ControlGroup {
    folders: Vec<PathBuf>,
}

impl ControlGroup {
    /// Of cgroup version 1 or 2; `None`, with a word on standard error, where this user may not make one.
    pub fn new(name: &str) -> Option<Self> {
        let name = format!("carmine-{name}-{}", std::process::id());
        let roots: Vec<PathBuf> = if PathBuf::from("/sys/fs/cgroup/cgroup.controllers").exists() {
            let _ = std::fs::write("/sys/fs/cgroup/cgroup.subtree_control", "+cpu +memory");
            vec!["/sys/fs/cgroup".into()]
        } else {
            vec!["/sys/fs/cgroup/cpu".into(), "/sys/fs/cgroup/memory".into()]
        };
        let folders: Vec<PathBuf> = roots.into_iter().map(|root| root.join(&name)).collect();
        for folder in &folders {
            if let Err(error) = std::fs::create_dir(folder) {
                eprintln!("SKIPPED: no control group can be made at {}: {error}", folder.display());
                return None;
            }
        }
        Some(Self { folders })
    }

    /// Gives its processes this share of one core.
    pub fn limit_cpu(&self, percent: u32) {
        let quota_us = percent * 1000;
        if !self.write("cpu.max", &format!("{quota_us} 100000")) {
            assert!(self.write("cpu.cfs_period_us", "100000") && self.write("cpu.cfs_quota_us", &quota_us.to_string()));
        }
    }

    /// Gives its processes so much memory.
    pub fn limit_memory(&self, mib: u64) {
        let bytes = (mib << 20).to_string();
        assert!(self.write("memory.max", &bytes) || self.write("memory.limit_in_bytes", &bytes));
    }

    /// Puts a process and what it will start under the limits.
    pub fn hold(&self, pid: u32) {
        assert!(self.write("cgroup.procs", &pid.to_string()), "the process cannot be put into the control group");
    }

    fn write(&self, file: &str, text: &str) -> bool {
        let there: Vec<_> = self.folders.iter().map(|folder| folder.join(file)).filter(|path| path.exists()).collect();
        !there.is_empty() && there.iter().all(|path| std::fs::write(path, text).is_ok())
    }
}

impl Drop for ControlGroup {
    fn drop(&mut self) {
        for folder in &self.folders {
            // Busy until its processes are gone.
            for _ in 0..50 {
                if std::fs::remove_dir(folder).is_ok() {
                    break;
                }
                std::thread::sleep(std::time::Duration::from_millis(100));
            }
        }
    }
}

/// A process's arguments, from its program's name on.
pub fn arguments(pid: u32) -> Vec<String> {
    let bytes = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    let words = bytes.split(|byte| *byte == 0).filter(|word| !word.is_empty());
    words.map(|word| String::from_utf8_lossy(word).into_owned()).collect()
}
