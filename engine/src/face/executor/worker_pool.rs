//! A plan executed by several threads, each over a strip of every feature map.
//!
//! In: a plan and the input in the caller's workspace. Out: the outputs in that workspace. The caller computes the
//! first strip, and a pool of worker threads, one a strip, the others. Everything is allocated beforehand.
//!
//! 1. Scatter: the input's rows go to the strips, with as many beyond as the stem reads.
//! 2. The generation counter is raised, which wakes the workers.
//! 3. Every thread executes the splittable operators over its strip; residual blocks exchange their halo rows.
//! 4. A barrier. Gather: what later operators read, and the outputs, are brought together.
//! 5. The caller executes the remaining, tiny operators on the whole.
//!
//! A thread that panics poisons the barrier, so that no thread waits for it; the pool is unusable from then on.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use super::cost::OpCost;
use super::execute::Execution;
use super::feature_map::FeatureMap;
use super::halo::{HaloExchange, StripContext};
use super::instruction_set::InstructionSet;
use super::plan::{ExecutionPlan, FusedOp};
use super::workspace::Workspace;

/// What all threads see.
#[derive(Debug)]
struct SharedState {
    plan: Arc<ExecutionPlan>,
    instructions: InstructionSet,
    /// Operators computed in strips: the plan's first ones.
    split_ops: usize,
    exchange: HaloExchange,
    /// Of every strip but the first, which is the caller's.
    workspaces: Vec<Mutex<Workspace>>,
    /// Pictures begun; `None` tells the workers to end.
    generation: Mutex<Option<u64>>,
    generation_changed: Condvar,
}

impl SharedState {
    /// The operators computed in strips, each with the context of one strip.
    fn split_ops(&self, strip: usize) -> impl Iterator<Item = (&FusedOp, StripContext<'_>)> {
        let mut round = 0;
        self.plan.ops[..self.split_ops].iter().map(move |op| {
            // Only blocks exchange: counting them alone, rounds alternate between odd and even.
            round += usize::from(matches!(op, FusedOp::Block(_)));
            (op, StripContext { exchange: &self.exchange, strip, round })
        })
    }

    fn set_generation(&self, change: impl FnOnce(&mut Option<u64>)) {
        change(&mut lock(&self.generation));
        self.generation_changed.notify_all();
    }
}

/// The worker threads, and what the caller needs beside its own strip.
#[derive(Debug)]
pub(super) struct WorkerPool {
    shared: Arc<SharedState>,
    workers: Vec<JoinHandle<()>>,
    /// For the operators that are not split: whole feature maps.
    tail: Workspace,
    /// Buffers that those operators read and the strips wrote.
    gathered_buffers: Vec<usize>,
}

impl WorkerPool {
    /// `strips` threads in all, at least two, the caller's included; with the workspace of the caller's strip, whose
    /// input buffer holds the whole input. `None` where the plan or the system does not allow it.
    pub fn new(plan: &Arc<ExecutionPlan>, instructions: InstructionSet, strips: usize) -> Option<(Self, Workspace)> {
        let split_ops = plan.splittable_ops(strips);
        if split_ops == 0 {
            return None;
        }
        let lanes = instructions.register_blocking().lanes;
        let (split, tail) = plan.ops.split_at(split_ops);
        let longest_row = split.iter().map(|op| halo_row_floats(plan, op)).max()?;
        let workspace = || Workspace::new(plan, split, lanes, strips);
        let mut first = workspace();
        // The first strip's rows end where the next one's begin, so that the whole input can lie there.
        first.buffers[0] = FeatureMap::new(plan.buffers[0]);
        let shared = Arc::new(SharedState {
            plan: Arc::clone(plan),
            instructions,
            split_ops,
            exchange: HaloExchange::new(strips, longest_row),
            workspaces: (1..strips).map(|_| Mutex::new(workspace())).collect(),
            generation: Mutex::new(Some(0)),
            generation_changed: Condvar::new(),
        });
        let is_written = |buffer: usize| split.iter().any(|op| op.dst() == Some(buffer));
        let mut gathered_buffers: Vec<usize> = tail.iter().map(FusedOp::src).filter(|&it| is_written(it)).collect();
        gathered_buffers.sort_unstable();
        gathered_buffers.dedup();
        let tail = Workspace::new(plan, tail, lanes, 1);
        let mut pool = Self { shared, workers: Vec::new(), tail, gathered_buffers };
        for strip in 1..strips {
            let shared = Arc::clone(&pool.shared);
            let name = format!("strip {strip}");
            pool.workers.push(thread::Builder::new().name(name).spawn(move || work(&shared, strip)).ok()?);
        }
        Some((pool, first))
    }

    /// Executes the plan, the caller's strip in `first`. False if a thread panicked: every later call fails too.
    pub fn run(&mut self, first: &mut Workspace, costs: &[OpCost], mut done: impl FnMut(&OpCost)) -> bool {
        let shared = Arc::clone(&self.shared);
        let barrier = &shared.exchange.barrier;
        if barrier.is_poisoned() {
            return false;
        }
        self.scatter(first);
        shared.set_generation(|generation| {
            if let Some(generation) = generation {
                *generation += 1;
            }
        });
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            for ((op, strip), cost) in shared.split_ops(0).zip(costs) {
                shared.instructions.dispatch(Execution { op, workspace: first, strip: Some(strip) });
                done(cost);
            }
            barrier.wait();
        }));
        if outcome.is_err() {
            barrier.poison();
        }
        if barrier.is_poisoned() {
            return false;
        }
        self.gather(first);
        for (op, cost) in shared.plan.ops.iter().zip(costs).skip(shared.split_ops) {
            shared.instructions.dispatch(Execution { op, workspace: &mut self.tail, strip: None });
            done(cost);
        }
        mem::swap(&mut first.outputs, &mut self.tail.outputs);
        true
    }

    /// Gives the other strips their rows of the input, with as many beyond as their padding holds.
    fn scatter(&self, first: &Workspace) {
        let input = &first.buffers[0];
        for (strip, workspace) in (1..).zip(&self.shared.workspaces) {
            let part = &mut lock(workspace).buffers[0];
            let (height, padding) = (part.shape.height, part.shape.padding as isize);
            for row in -padding..height as isize + padding {
                let from = ((strip * height) as isize + row).min(input.shape.height as isize + padding - 1);
                part.row_mut(row).copy_from_slice(input.row(from));
            }
        }
    }

    /// Brings the strips' feature maps and outputs together in the tail's workspace.
    fn gather(&mut self, first: &mut Workspace) {
        let shared = &*self.shared;
        let strips = shared.workspaces.len() + 1;
        for &buffer in &self.gathered_buffers {
            copy_strip(&mut self.tail.buffers[buffer], &first.buffers[buffer], 0);
        }
        for (strip, workspace) in (1..).zip(&shared.workspaces) {
            let workspace = lock(workspace);
            for &buffer in &self.gathered_buffers {
                copy_strip(&mut self.tail.buffers[buffer], &workspace.buffers[buffer], strip);
            }
            for op in &shared.plan.ops[..shared.split_ops] {
                let FusedOp::Head(head) = op else { continue };
                let length = head.rows * head.columns * head.conv.channels / strips;
                let part = head.output_offset + strip * length..head.output_offset + (strip + 1) * length;
                first.outputs[head.output][part.clone()].copy_from_slice(&workspace.outputs[head.output][part]);
            }
        }
        mem::swap(&mut first.outputs, &mut self.tail.outputs);
    }

    /// Overwrites all values with zeros.
    pub fn zeroize(&mut self) {
        self.tail.zeroize();
        self.shared.workspaces.iter().for_each(|workspace| lock(workspace).zeroize());
        self.shared.exchange.zeroize();
    }
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        self.shared.set_generation(|generation| *generation = None);
        for worker in self.workers.drain(..) {
            // A worker that panicked has already said so by poisoning the barrier.
            let _ = worker.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Floats in the rows that an operator's strips exchange.
fn halo_row_floats(plan: &ExecutionPlan, op: &FusedOp) -> usize {
    match op {
        FusedOp::Block(block) => block.inner.row_stride().max(plan.buffers[block.src].row_stride()),
        FusedOp::Stem(_) | FusedOp::Head(_) => 0,
    }
}

/// Copies a strip's rows into the whole feature map.
fn copy_strip(whole: &mut FeatureMap, part: &FeatureMap, strip: usize) {
    for row in 0..part.shape.height {
        whole.row_mut((strip * part.shape.height + row) as isize).copy_from_slice(part.row(row as isize));
    }
}

/// A worker's loop: waits for the next generation, executes its strip.
fn work(shared: &SharedState, strip: usize) {
    let barrier = &shared.exchange.barrier;
    let mut seen = 0;
    loop {
        let mut generation = lock(&shared.generation);
        seen = loop {
            match *generation {
                None => return,
                Some(current) if current != seen => break current,
                Some(_) => {
                    generation = shared.generation_changed.wait(generation).unwrap_or_else(PoisonError::into_inner);
                }
            }
        };
        drop(generation);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut workspace = lock(&shared.workspaces[strip - 1]);
            for (op, context) in shared.split_ops(strip) {
                shared.instructions.dispatch(Execution { op, workspace: &mut workspace, strip: Some(context) });
            }
            drop(workspace);
            barrier.wait();
        }));
        if outcome.is_err() {
            return barrier.poison();
        }
    }
}
