//! The arena, on Linux.

mod arena;
mod exit;
mod mapping;
mod signals;
mod threads;
mod wipe;

pub use arena::{Heap, lock, trim, usage};
pub use exit::wipe_at_the_end;
pub use wipe::wipe_and_exit;
