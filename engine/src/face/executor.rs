//! The executor of MediaPipe's small face networks: their residual blocks are fused and executed row by row, so that
//! activations stay in the nearest cache.
//!
//! In: a [`Graph`] of plain operators, and a picture. Out: the network's outputs.
//!
//! When an executor is made:
//! 1. [`fuse`] recognises the graph as a chain of residual blocks, and packs their weights ([`pack`]) for the widest
//!    instructions of this processor ([`instruction_set`]).
//! 2. [`buffer_assignment`] lets intermediate results share buffers; the outcome is an [`ExecutionPlan`].
//! 3. A [`Workspace`] is allocated, one for each strip if several threads are to help ([`worker_pool`]).
//!
//! For each picture:
//! 4. The fused operators are executed in order ([`execute`](self::execute), [`residual_block`]), by the kernels
//!    [`direct_conv`] and [`depthwise_conv`]. Nothing is allocated.
//!
//! Fusing these blocks with a line buffer, and every size chosen for it, is this project's own, chosen by measuring:
//! `benches/landmarks_vs_peers.md` has the figures.

mod barrier;
mod buffer_assignment;
mod cost;
mod depthwise_conv;
mod direct_conv;
mod execute;
mod feature_map;
mod fuse;
mod graph;
mod halo;
mod instruction_set;
mod pack;
mod plan;
mod residual_block;
mod worker_pool;
mod workspace;

use std::sync::Arc;

pub use cost::OpCost;
use execute::Execution;
pub(super) use graph::{Conv, Graph, Node, Operator};
pub(super) use instruction_set::InstructionSet;
use plan::ExecutionPlan;
use worker_pool::WorkerPool;
use workspace::Workspace;

/// A network ready to run.
#[derive(Debug)]
pub(super) struct Executor {
    instructions: InstructionSet,
    plan: Arc<ExecutionPlan>,
    /// In step with the plan's operators.
    costs: Vec<OpCost>,
    /// Of the whole picture, or of the caller's strip.
    workspace: Workspace,
    /// Threads that help, if there are any.
    workers: Option<WorkerPool>,
}

impl Executor {
    /// Prepares a graph for `threads` threads, the caller's included, or returns which operator is not supported. Fewer
    /// threads are used if the rows do not divide among them or the system cannot start them.
    pub fn new(graph: &Graph, instructions: InstructionSet, threads: usize) -> Result<Self, String> {
        let blocking = instructions.register_blocking();
        let plan = Arc::new(fuse::fuse(graph, blocking)?);
        let costs = plan.ops.iter().map(|op| OpCost::of(op, &plan)).collect();
        let pool = (2..=threads).rev().find_map(|strips| WorkerPool::new(&plan, instructions, strips));
        let (workers, workspace) = match pool {
            Some((pool, workspace)) => (Some(pool), workspace),
            None => (None, Workspace::new(&plan, &plan.ops, blocking.lanes, 1)),
        };
        Ok(Self { instructions, plan, costs, workspace, workers })
    }

    /// The input's values from the first pixel's on, and the floats from one row to the next.
    pub fn input(&mut self) -> (&mut [f32], usize) {
        let input = &mut self.workspace.buffers[0];
        let (start, row_stride) = (input.shape.offset(0, 0), input.shape.row_stride());
        (&mut input.floats_mut()[start..], row_stride)
    }

    /// Computes the outputs. Allocates nothing. False if a worker thread panicked: the executor is unusable from then
    /// on.
    #[must_use]
    pub fn run(&mut self) -> bool {
        self.run_profiled(|_| {})
    }

    /// The same, calling `done` after each fused operator of the caller's thread.
    #[must_use]
    pub fn run_profiled(&mut self, mut done: impl FnMut(&OpCost)) -> bool {
        if let Some(workers) = &mut self.workers {
            return workers.run(&mut self.workspace, &self.costs, done);
        }
        for (op, cost) in self.plan.ops.iter().zip(&self.costs) {
            self.instructions.dispatch(Execution { op, workspace: &mut self.workspace, strip: None });
            done(cost);
        }
        true
    }

    /// Overwrites with zeros all that is left of the last picture.
    pub fn zeroize(&mut self) {
        self.workspace.zeroize();
        if let Some(workers) = &mut self.workers {
            workers.zeroize();
        }
    }

    /// Output `index` of the last run; empty if there is no such output.
    pub fn output(&self, index: usize) -> &[f32] {
        self.workspace.outputs.get(index).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
