//! Runs MediaPipe's small face networks faster than operator by operator: their residual blocks are fused, row by row,
//! so that activations stay in the nearest cache.
//!
//! A [`Graph`] is recognised as a chain of such blocks ([`recognise`]), whose weights are packed once ([`pack`]) for
//! the widest vectors this processor has. Pictures lie channels last ([`plane`]).

mod dense;
mod depthwise;
mod graph;
mod memory;
mod model;
mod pack;
mod plan;
mod plane;
mod recognise;
mod run;
mod settle;
mod strip;
mod team;
mod work;

use std::any::TypeId;
use std::fmt;
use std::sync::Arc;

#[cfg(target_arch = "x86_64")]
use pulp::x86;
use pulp::{Scalar128b, Simd, WithSimd};

pub(super) use graph::{Conv, Graph, Node, Op};
use memory::Memory;
pub(super) use model::NetworkModel;
use pack::Width;
use plan::Plan;
use run::Run;
use team::Team;
pub use work::Work;

/// Instructions that a network runs on.
#[derive(Clone, Copy)]
pub(super) enum Instructions {
    /// Four floats at a time, as the compiler sees fit.
    Portable,
    /// SSE4.2.
    #[cfg(target_arch = "x86_64")]
    V2(x86::V2),
    /// AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    V3(x86::V3),
    /// AVX-512.
    #[cfg(target_arch = "x86_64")]
    V4(x86::V4),
    #[cfg(target_arch = "aarch64")]
    Neon(pulp::aarch64::Neon),
}

impl Instructions {
    /// The widest that this processor has.
    pub fn best() -> Self {
        Self::all().last().copied().unwrap_or(Self::Portable)
    }

    /// All that this processor has, slowest first.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(x86::V2::try_new().map(Self::V2));
            all.extend(x86::V3::try_new().map(Self::V3));
            all.extend(x86::V4::try_new().map(Self::V4));
        }
        #[cfg(target_arch = "aarch64")]
        all.extend(pulp::aarch64::Neon::try_new().map(Self::Neon));
        all
    }

    fn dispatch<W: WithSimd>(self, work: W) -> W::Output {
        match self {
            Self::Portable => work.with_simd(Scalar128b),
            #[cfg(target_arch = "x86_64")]
            Self::V2(simd) => Simd::vectorize(simd, work),
            #[cfg(target_arch = "x86_64")]
            Self::V3(simd) => Simd::vectorize(simd, work),
            #[cfg(target_arch = "x86_64")]
            Self::V4(simd) => Simd::vectorize(simd, work),
            #[cfg(target_arch = "aarch64")]
            Self::Neon(simd) => Simd::vectorize(simd, work),
        }
    }
}

impl fmt::Debug for Instructions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Self::V2(_) => "SSE4.2",
            #[cfg(target_arch = "x86_64")]
            Self::V3(_) => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Self::V4(_) => "AVX-512",
            #[cfg(target_arch = "aarch64")]
            Self::Neon(_) => "NEON",
        })
    }
}

/// Whether vectors multiply and add in one instruction. Where not, asking for it would be answered by software, a
/// thousand times as slowly.
#[inline(always)]
fn fuses<S: Simd>() -> bool {
    let this = TypeId::of::<S>();
    #[cfg(target_arch = "x86_64")]
    if this == TypeId::of::<x86::V2>() {
        return false;
    }
    this != TypeId::of::<Scalar128b>()
}

struct Lanes;

impl WithSimd for Lanes {
    type Output = Width;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> Width {
        Width { lanes: S::F32_LANES, panel: if S::REGISTER_COUNT > 16 { 4 } else { 3 } }
    }
}

/// A network ready to run.
#[derive(Debug)]
pub(super) struct Network {
    instructions: Instructions,
    plan: Arc<Plan>,
    /// In step with the plan.
    work: Vec<Work>,
    memory: Memory,
    /// Threads that help, if there are any.
    team: Option<Team>,
}

impl Network {
    /// Prepares a graph to be run by so many threads, the caller's included, or says what in it is not of this family.
    /// Where the rows do not divide among them, or the system does not give them, fewer threads do it.
    pub fn new(graph: &Graph, instructions: Instructions, threads: usize) -> Result<Self, String> {
        let width = instructions.dispatch(Lanes);
        let plan = Arc::new(recognise::recognise(graph, width)?);
        let work = plan.steps.iter().map(|step| Work::of(step, &plan)).collect();
        let team = (2..=threads).rev().find_map(|strips| Team::new(&plan, instructions, width.lanes, strips));
        let (team, memory) = match team {
            Some((team, memory)) => (Some(team), memory),
            None => (None, Memory::new(&plan, &plan.steps, width.lanes, 1)),
        };
        Ok(Self { instructions, plan, work, memory, team })
    }

    /// The input's values from the first pixel's on, and the floats from one row to the next.
    pub fn input(&mut self) -> (&mut [f32], usize) {
        let plane = &mut self.memory.planes[0];
        let (start, row_step) = (plane.shape.at(0, 0), plane.shape.row_step());
        (&mut plane.floats_mut()[start..], row_step)
    }

    /// Computes the outputs. Allocates nothing. False if a thread broke off: the network is of no use any more.
    #[must_use]
    pub fn run(&mut self) -> bool {
        self.run_stepwise(|_| {})
    }

    /// The same, calling `done` after each step of the caller's thread.
    #[must_use]
    pub fn run_stepwise(&mut self, mut done: impl FnMut(&Work)) -> bool {
        if let Some(team) = &mut self.team {
            return team.run(&mut self.memory, &self.work, done);
        }
        for (step, work) in self.plan.steps.iter().zip(&self.work) {
            self.instructions.dispatch(Run { step, memory: &mut self.memory, seat: None });
            done(work);
        }
        true
    }

    /// Overwrites with zeros all that is left of the last picture.
    pub fn zeroize(&mut self) {
        self.memory.zeroize();
        if let Some(team) = &mut self.team {
            team.zeroize();
        }
    }

    /// Output `index` of the last run; empty where there is none.
    pub fn output(&self, index: usize) -> &[f32] {
        self.memory.outputs.get(index).map_or(&[], Vec::as_slice)
    }
}

/// `a · b + c`, fused where the processor does that.
#[inline(always)]
fn multiply_add<S: Simd>(simd: S, a: S::f32s, b: S::f32s, c: S::f32s) -> S::f32s {
    if fuses::<S>() { simd.mul_add_e_f32s(a, b, c) } else { simd.add_f32s(simd.mul_f32s(a, b), c) }
}

#[cfg(test)]
mod tests;
