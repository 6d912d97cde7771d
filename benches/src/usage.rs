//! Memory of this process, and the middle of many numbers.

use std::fs;

/// Memory of this process in MiB as Linux reports it; 0 elsewhere.
#[derive(Clone, Copy, Debug, Default)]
pub struct Resident {
    /// Held now.
    pub now_mib: f64,
    /// The most that was ever held.
    pub peak_mib: f64,
}

impl Resident {
    /// Asks the kernel.
    pub fn read() -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mib = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
        };
        Self { now_mib: mib("VmRSS:"), peak_mib: mib("VmHWM:") }
    }
}

/// The middle one, sorting `values`; 0 of none.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

/// The processor as the kernel names it.
pub fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = info.lines().find_map(|line| line.strip_prefix("model name"));
    line.map_or("unknown processor", |rest| rest.trim_start_matches(['\t', ' ', ':'])).to_owned()
}
