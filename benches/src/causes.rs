//! Which calls ask for memory: the stack of every request within a piece of work, summed up.
//!
//! 1. While [`Causes::of`] runs its work, the counting allocator notes the stack of each request on this thread.
//! 2. A request is put down to the innermost function of ours on its stack, and to the function of wgpu that ours
//!    called.
//! 3. Requests with the same two are counted together.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Mutex;

thread_local! {
    static NOTING: Cell<bool> = const { Cell::new(false) };
}
static STACKS: Mutex<Vec<(usize, Backtrace)>> = Mutex::new(Vec::new());

/// Notes a request of this thread, if its causes are asked for. Called by the allocator.
pub(crate) fn note(bytes: usize) {
    // What noting itself asks for is not noted.
    if NOTING.try_with(|noting| noting.replace(false)).unwrap_or(false) {
        if let Ok(mut stacks) = STACKS.lock() {
            stacks.push((bytes, Backtrace::force_capture()));
        }
        NOTING.set(true);
    }
}

/// Who asked, and what for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// The innermost function of this project.
    pub ours: String,
    /// The function of wgpu that it called, or whatever else.
    pub called: String,
    /// The function that asked for the memory, below the collections that hold it.
    pub asked: String,
}

/// Requests and bytes of one cause.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    /// Requests.
    pub calls: u64,
    /// Bytes.
    pub bytes: u64,
}

/// All requests of a piece of work.
#[derive(Debug, Default)]
pub struct Causes(BTreeMap<Cause, Sum>);

impl Causes {
    /// Runs `work`, adding what it asks for. Slow.
    pub fn of<T>(&mut self, work: impl FnOnce() -> T) -> T {
        NOTING.set(true);
        let result = work();
        NOTING.set(false);
        let stacks = STACKS.lock().map(|mut stacks| std::mem::take(&mut *stacks)).unwrap_or_default();
        for (bytes, stack) in stacks {
            let sum = self.0.entry(cause(&stack.to_string())).or_default();
            sum.calls += 1;
            sum.bytes += bytes as u64;
        }
        result
    }

    /// The causes, most requests first.
    pub fn sorted(&self) -> Vec<(&Cause, Sum)> {
        let mut causes: Vec<_> = self.0.iter().map(|(cause, sum)| (cause, *sum)).collect();
        causes.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.calls));
        causes
    }
}

/// Reads a printed stack, innermost function first. Functions of this project are those whose file is known and not the
/// standard library's or a registry's; other crates are built without debug information.
fn cause(stack: &str) -> Cause {
    let mut frames: Vec<(&str, Option<&str>)> = Vec::new();
    for line in stack.lines().map(str::trim_start) {
        match (line.strip_prefix("at "), frames.last_mut()) {
            (Some(place), Some(frame)) => frame.1 = Some(place),
            _ => frames.push((line.split_once(": ").map_or(line, |(_, name)| name), None)),
        }
    }
    let others = ["/rustc/", "/registry/", "count.rs", "causes.rs"];
    let is_ours = |(_, place): &(&str, Option<&str>)| {
        place.is_some_and(|place| !others.iter().any(|other| place.contains(other)))
    };
    let is_holder = |name: &str| {
        ["alloc::", "core::", "std::", "<alloc::", "<core::", "<std::", "hashbrown", "__rust"]
            .iter()
            .any(|holder| name.starts_with(holder))
    };
    let ours = frames.iter().position(is_ours);
    let name = |index: usize| frames.get(index).map(|(name, _)| shortened(name)).unwrap_or_default();
    let asked = frames.iter().position(|frame| frame.1.is_none() && !is_holder(frame.0));
    Cause {
        ours: ours.map(|ours| format!("{} ({})", name(ours), file(frames[ours].1))).unwrap_or_default(),
        called: ours.and_then(|ours| ours.checked_sub(1)).map(name).unwrap_or_default(),
        asked: asked.map(name).unwrap_or_default(),
    }
}

/// A place's file and line.
fn file(place: Option<&str>) -> &str {
    place.and_then(|place| place.rsplit('/').next()).unwrap_or_default()
}

/// Without the hash that the compiler adds.
fn shortened(name: &str) -> String {
    let hash = name.rfind("::h").filter(|at| name.len() - at == 19);
    name[..hash.unwrap_or(name.len())].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_names_who_asked_whom() {
        let stack = "   0: note\n             at ./benches/src/causes.rs:20:1\n   1: __rust_alloc\n   2: \
                     alloc::raw_vec::grow\n   3: wgpu_core::track::push::h0123456789abcdef\n   4: \
                     wgpu::Queue::write_buffer\n   5: carmine::render::uniforms::Uniforms::upload\n             at \
                     ./engine/src/render/uniforms.rs:70:9\n   6: carmine::render::renderer::Renderer::prepare\n";
        let expected = [
            "carmine::render::uniforms::Uniforms::upload (uniforms.rs:70:9)",
            "wgpu::Queue::write_buffer",
            "wgpu_core::track::push",
        ];
        let Cause { ours, called, asked } = cause(stack);
        assert_eq!([ours, called, asked], expected);
    }
}
