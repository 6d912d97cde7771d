//! What a process does about its memory before a person's picture is in it.

use std::path::Path;

/// Keeps memory out of swap. Where that is forbidden although the machine swaps, it is told.
pub fn lock() {
    match carmine_heap::lock() {
        Ok(()) => log::info!("memory is locked"),
        Err(error) if swaps(Path::new("/proc/swaps")) => crate::output::tell(&format!("carmine: {error}")),
        Err(error) => log::info!("{error}; this machine has no swap"),
    }
}

/// More of a thread's stack than any call here has in use, and less than the smallest stack of a thread.
const STACK_BYTES: usize = 512 << 10;

/// Overwrites what calls that have returned left on this thread's stack, below the caller: readings of a face are passed
/// by value, and pages of a stack are used again, or kept for another thread, as they are.
#[inline(never)]
pub fn overwrite_stack() {
    let mut left = [0_u8; STACK_BYTES];
    std::hint::black_box(&mut left);
}

/// Whether the machine has swap in use: the list has a heading, and a line for each. True where nothing tells.
fn swaps(list: &Path) -> bool {
    std::fs::read_to_string(list).map_or(true, |list| list.lines().count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swap_is_a_line_below_the_heading() {
        let folder = std::env::temp_dir().join(format!("carmine-swaps-{}", std::process::id()));
        let heading = "Filename\tType\tSize\tUsed\tPriority\n";
        std::fs::write(&folder, heading).unwrap();
        assert!(!swaps(&folder));
        std::fs::write(&folder, format!("{heading}/dev/dm-1 partition 8388604 0 -2\n")).unwrap();
        assert!(swaps(&folder));
        std::fs::remove_file(&folder).unwrap();
        assert!(swaps(&folder), "unknown counts as yes");
    }
}
