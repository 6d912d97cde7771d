//! Runs work on the GPU so that its panic becomes an error: wgpu panics in some calls when the device is lost or out of
//! memory. What such a panic left behind is not used again, since a loss follows it.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::GpuError;

thread_local! {
    /// How many guards this thread is inside of.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Whether a panic of this thread is caught here, so that no hook needs to report it or to act on it.
pub fn catches() -> bool {
    // A thread that is ending has no thread-locals, and no guard.
    DEPTH.try_with(Cell::get).is_ok_and(|depth| depth > 0)
}

/// Runs `work`. Fails with [`GpuError::Broke`] if it panics.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, GpuError> {
    DEPTH.set(DEPTH.get() + 1);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    outcome.map_err(|panic| GpuError::Broke(message_of(&*panic)))
}

/// What a panic said, on one line.
fn message_of(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    said.unwrap_or("no reason given").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_known_to_be_caught() {
        assert!(!catches());
        let broke = guarded(|| {
            assert!(catches());
            let _ = guarded(|| ());
            assert!(catches(), "of the outer one");
            std::panic::resume_unwind(Box::new("device lost"));
        });
        assert!(matches!(broke, Err(GpuError::Broke(said)) if said == "device lost"));
        assert!(!catches());
        assert_eq!(guarded(|| 7).unwrap(), 7);
    }
}
