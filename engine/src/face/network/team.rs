//! A plan carried out by several threads, each over a strip of the picture.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use super::memory::Memory;
use super::plan::{Plan, Step};
use super::plane::Plane;
use super::run::Run;
use super::strip::{Meeting, Seat};
use super::{Instructions, Work};

/// What all threads see.
#[derive(Debug)]
struct Shared {
    plan: Arc<Plan>,
    instructions: Instructions,
    /// Steps done in strips.
    steps: usize,
    meeting: Meeting,
    /// Strips but the first, which is the caller's.
    memories: Vec<Mutex<Memory>>,
    /// Pictures begun; none to come once it is `None`.
    begun: Mutex<Option<u64>>,
    begin: Condvar,
}

impl Shared {
    /// The steps done in strips, each with one strip's seat at it.
    fn steps(&self, index: usize) -> impl Iterator<Item = (&Step, Seat<'_>)> {
        let mut met = 0;
        self.plan.steps[..self.steps].iter().map(move |step| {
            // Only blocks meet: by their number, rows for two meetings in a row never lie in the same place.
            met += usize::from(matches!(step, Step::Block(_)));
            (step, Seat { meeting: &self.meeting, index, met })
        })
    }
}

/// The threads that help the caller, who works on the first strip.
#[derive(Debug)]
pub(super) struct Team {
    shared: Arc<Shared>,
    helpers: Vec<JoinHandle<()>>,
    /// For the steps that are not done in strips: planes of the whole picture.
    rest: Memory,
    /// Planes that those steps read and the strips wrote.
    carried: Vec<usize>,
}

impl Team {
    /// `strips` threads in all, at least two, the caller's included; `None` where the plan or the system does not allow it.
    pub fn new(plan: &Arc<Plan>, instructions: Instructions, lanes: usize, strips: usize) -> Option<(Self, Memory)> {
        let steps = plan.strippable(strips);
        if steps == 0 {
            return None;
        }
        let (in_strips, after) = plan.steps.split_at(steps);
        let longest = in_strips.iter().map(|step| shared_row_floats(plan, step)).max()?;
        let memory = || Memory::new(plan, in_strips, lanes, strips);
        let mut first = memory();
        // The first strip's rows end where the next one's begin, so that the whole input can lie there.
        first.planes[0] = Plane::new(plan.planes[0]);
        let shared = Arc::new(Shared {
            plan: Arc::clone(plan),
            instructions,
            steps,
            meeting: Meeting::new(strips, longest),
            memories: (1..strips).map(|_| Mutex::new(memory())).collect(),
            begun: Mutex::new(Some(0)),
            begin: Condvar::new(),
        });
        let written = |plane: usize| in_strips.iter().any(|step| step.planes()[1] == plane);
        let mut carried: Vec<usize> = after.iter().map(|step| step.planes()[0]).filter(|&it| written(it)).collect();
        carried.sort_unstable();
        carried.dedup();
        let rest = Memory::new(plan, after, lanes, 1);
        let mut team = Self { shared, helpers: Vec::new(), rest, carried };
        for index in 1..strips {
            let shared = Arc::clone(&team.shared);
            let name = format!("strip {index}");
            team.helpers.push(thread::Builder::new().name(name).spawn(move || help(&shared, index)).ok()?);
        }
        Some((team, first))
    }

    /// Carries the plan out, the caller's strip in `first`. False if a thread broke off: no later picture will do.
    pub fn run(&mut self, first: &mut Memory, work: &[Work], mut done: impl FnMut(&Work)) -> bool {
        let shared = Arc::clone(&self.shared);
        if shared.meeting.is_broken() {
            return false;
        }
        self.hand_out(first);
        if let Some(begun) = &mut *lock(&shared.begun) {
            *begun += 1;
        }
        shared.begin.notify_all();
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            for ((step, seat), work) in shared.steps(0).zip(work) {
                shared.instructions.dispatch(Run { step, memory: first, seat: Some(seat) });
                done(work);
            }
            shared.meeting.wait();
        }));
        if outcome.is_err() {
            shared.meeting.give_up();
        }
        if shared.meeting.is_broken() {
            return false;
        }
        self.collect(first);
        for (step, work) in shared.plan.steps.iter().zip(work).skip(shared.steps) {
            shared.instructions.dispatch(Run { step, memory: &mut self.rest, seat: None });
            done(work);
        }
        mem::swap(&mut first.outputs, &mut self.rest.outputs);
        true
    }

    /// Gives the other strips their parts of the input, with as many rows beyond as their margins hold.
    fn hand_out(&self, first: &Memory) {
        let input = &first.planes[0];
        for (index, memory) in (1..).zip(&self.shared.memories) {
            let part = &mut lock(memory).planes[0];
            let (height, margin) = (part.shape.height, part.shape.margin as isize);
            for row in -margin..height as isize + margin {
                let from = ((index * height) as isize + row).min(input.shape.height as isize + margin - 1);
                part.row_mut(row).copy_from_slice(input.row(from));
            }
        }
    }

    /// Brings the strips' planes and outputs together.
    fn collect(&mut self, first: &mut Memory) {
        let shared = &*self.shared;
        let strips = shared.memories.len() + 1;
        for &plane in &self.carried {
            join(&mut self.rest.planes[plane], &first.planes[plane], 0);
        }
        for (index, memory) in (1..).zip(&shared.memories) {
            let memory = lock(memory);
            for &plane in &self.carried {
                join(&mut self.rest.planes[plane], &memory.planes[plane], index);
            }
            for step in &shared.plan.steps[..shared.steps] {
                let Step::Head(head) = step else { continue };
                let length = head.grid[0] * head.grid[1] * head.dense.channels / strips;
                let part = head.offset + index * length..head.offset + (index + 1) * length;
                first.outputs[head.output][part.clone()].copy_from_slice(&memory.outputs[head.output][part]);
            }
        }
        mem::swap(&mut first.outputs, &mut self.rest.outputs);
    }

    /// Overwrites all values with zeros.
    pub fn zeroize(&mut self) {
        self.rest.zeroize();
        self.shared.memories.iter().for_each(|memory| lock(memory).zeroize());
        self.shared.meeting.zeroize();
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        *lock(&self.shared.begun) = None;
        self.shared.begin.notify_all();
        for helper in self.helpers.drain(..) {
            // What it had to say of its end was said by the meeting.
            let _ = helper.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Floats in the rows that a step's strips give each other.
fn shared_row_floats(plan: &Plan, step: &Step) -> usize {
    match step {
        Step::Block(block) => block.inner.row_step().max(plan.planes[block.from].row_step()),
        Step::Stem(_) | Step::Head(_) => 0,
    }
}

/// Puts a strip's rows into the whole.
fn join(whole: &mut Plane, strip: &Plane, index: usize) {
    for row in 0..strip.shape.height {
        whole.row_mut((index * strip.shape.height + row) as isize).copy_from_slice(strip.row(row as isize));
    }
}

/// A helper's life: waits for a picture, does its strip.
fn help(shared: &Shared, index: usize) {
    let mut seen = 0;
    loop {
        let mut begun = lock(&shared.begun);
        seen = loop {
            match *begun {
                None => return,
                Some(picture) if picture != seen => break picture,
                Some(_) => begun = shared.begin.wait(begun).unwrap_or_else(PoisonError::into_inner),
            }
        };
        drop(begun);
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut memory = lock(&shared.memories[index - 1]);
            for (step, seat) in shared.steps(index) {
                shared.instructions.dispatch(Run { step, memory: &mut memory, seat: Some(seat) });
            }
            drop(memory);
            shared.meeting.wait();
        }));
        if outcome.is_err() {
            return shared.meeting.give_up();
        }
    }
}
