//! One picture through a plan.

use std::mem;

use pulp::{Simd, WithSimd};

use super::dense::DenseRows;
use super::depthwise::{DepthwiseRow, PoolRow};
use super::pack::Dense;
use super::plan::{Block, Head, Plan, Stem, Step};
use super::plane::{Aligned, Plane};
use crate::forget;

/// Pictures up to this width are worked on whole; of wider ones only three rows of inner activations are kept, so
/// that they stay in the nearest cache.
const WHOLE_WIDTH: usize = 16;

/// All memory that running a plan takes.
#[derive(Debug)]
pub(super) struct Memory {
    pub planes: Vec<Plane>,
    pub outputs: Vec<Vec<f32>>,
    /// Inner activations: rows with margins, first a row of zeros.
    inner: Aligned,
    /// Between depthwise convolution and expansion, and heads' results in whole vectors.
    between: Aligned,
}

impl Memory {
    pub fn new(plan: &Plan, lanes: usize) -> Self {
        let (mut inner, mut between) = (0, 0);
        for step in &plan.steps {
            match step {
                Step::Stem(_) => {}
                Step::Block(block) => {
                    let (rows, out) = (slots(block), plan.planes[block.to]);
                    // One vector more: the last pixel of a narrow row ends in the middle of one.
                    inner = inner.max((rows + 1) * block.inner.row_step() + lanes);
                    between = between.max(rows * out.width * block.between + lanes);
                }
                Step::Head(head) => {
                    between = between.max(head.grid[1] * head.dense.channels.next_multiple_of(lanes));
                }
            }
        }
        Self {
            planes: plan.planes.iter().map(|&shape| Plane::new(shape)).collect(),
            outputs: plan.outputs.iter().map(|&count| vec![0.0; count]).collect(),
            inner: Aligned::zeros(inner),
            between: Aligned::zeros(between),
        }
    }
}

impl Memory {
    /// Overwrites all values with zeros.
    pub fn forget(&mut self) {
        self.planes.iter_mut().for_each(|plane| forget::overwrite(plane.floats_mut(), 0.0));
        self.outputs.iter_mut().for_each(|output| forget::overwrite(output, 0.0));
        forget::overwrite(self.inner.floats_mut(), 0.0);
        forget::overwrite(self.between.floats_mut(), 0.0);
    }
}

fn whole(block: &Block) -> bool {
    block.inner.width <= WHOLE_WIDTH
}

/// Rows of inner activations that are kept.
fn slots(block: &Block) -> usize {
    if whole(block) { block.inner.height } else { 3 }
}

/// One step of a plan.
pub(super) struct Run<'a> {
    pub step: &'a Step,
    pub memory: &'a mut Memory,
}

impl WithSimd for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.step {
            Step::Stem(it) => stem(simd, it, self.memory),
            Step::Block(it) => block(simd, it, self.memory),
            Step::Head(it) => head(simd, it, self.memory),
        }
    }
}

/// What a dense convolution reads and writes.
struct Way<'a> {
    from: &'a Plane,
    /// First output row, and how many.
    rows: [usize; 2],
    pixels: usize,
}

fn dense<S: Simd>(simd: S, dense: &Dense, way: Way<'_>, to: &mut [f32], start: usize, step: usize, row: usize) {
    let Way { from, rows: [first, rows], pixels } = way;
    let [above, left] = dense.before.map(|before| before as isize);
    simd.vectorize(DenseRows::<false> {
        dense,
        rows,
        pixels,
        from: from.floats(),
        from_start: from.shape.at((first * dense.stride) as isize - above, -left),
        from_step: dense.stride * from.shape.step,
        from_row: dense.stride * from.shape.row_step(),
        segment_row: from.shape.row_step(),
        to,
        to_start: start,
        to_step: step,
        to_row: row,
    });
}

fn stem<S: Simd>(simd: S, stem: &Stem, memory: &mut Memory) {
    let mut to = mem::take(&mut memory.planes[stem.to]);
    let shape = to.shape;
    let way = Way { from: &memory.planes[0], rows: [0, shape.height], pixels: shape.width };
    dense(simd, &stem.dense, way, to.floats_mut(), shape.at(0, 0), shape.step, shape.row_step());
    memory.planes[stem.to] = to;
}

fn head<S: Simd>(simd: S, head: &Head, memory: &mut Memory) {
    let [rows, pixels] = head.grid;
    let channels = head.dense.channels;
    let step = channels.next_multiple_of(S::F32_LANES);
    let output = &mut memory.outputs[head.output][head.offset..][..rows * pixels * channels];
    for (row, output) in output.chunks_exact_mut(pixels * channels).enumerate() {
        let way = Way { from: &memory.planes[head.from], rows: [row, 1], pixels };
        dense(simd, &head.dense, way, memory.between.floats_mut(), 0, step, 0);
        for (to, from) in output.chunks_exact_mut(channels).zip(memory.between.floats().chunks_exact(step)) {
            to.copy_from_slice(&from[..channels]);
        }
        if head.sigmoid {
            output.iter_mut().for_each(|value| *value = 1.0 / (1.0 + (-*value).exp()));
        }
    }
}

fn block<S: Simd>(simd: S, block: &Block, memory: &mut Memory) {
    // The plane that is written leaves its place, which an output over the input keeps empty.
    let mut to = mem::take(&mut memory.planes[block.to]);
    let at_once = if whole(block) { to.shape.height } else { 1 };
    let mut ready = 0;
    if block.squeeze.is_some() {
        clear_margins(block, memory.inner.floats_mut());
    }
    for first in (0..to.shape.height).step_by(at_once) {
        if let Some(squeeze) = &block.squeeze {
            let until = (first + at_once + 1).min(block.inner.height);
            let from = if block.from == block.to { &to } else { &memory.planes[block.from] };
            self::squeeze(simd, block, squeeze, from, [ready, until], memory.inner.floats_mut());
            ready = until;
        }
        for row in first..first + at_once {
            let from = if block.from == block.to { &to } else { &memory.planes[block.from] };
            let between = &mut memory.between.floats_mut()[(row - first) * to.shape.width * block.between..];
            depthwise(simd, block, from, memory.inner.floats(), row, to.shape.width, between);
        }
        if block.from != block.to {
            skip(simd, block, &memory.planes[block.from], &mut to, [first, first + at_once]);
        }
        let (shape, width) = (to.shape, to.shape.width * block.between);
        simd.vectorize(DenseRows::<true> {
            dense: &block.expand,
            rows: at_once,
            pixels: shape.width,
            from: memory.between.floats(),
            from_start: 0,
            from_step: block.between,
            from_row: width,
            segment_row: 0,
            to: to.floats_mut(),
            to_start: shape.at(first as isize, 0),
            to_step: shape.step,
            to_row: shape.row_step(),
        });
    }
    memory.planes[block.to] = to;
}

/// Zeros the row that stands for those above and below the picture, and the margins of the others, which the block
/// before filled with rows of another length.
fn clear_margins(block: &Block, inner: &mut [f32]) {
    let (row_step, step) = (block.inner.row_step(), block.inner.step);
    let mut rows = inner.chunks_exact_mut(row_step).take(slots(block) + 1);
    if let Some(outside) = rows.next() {
        outside.fill(0.0);
    }
    for row in rows {
        row[..step].fill(0.0);
        row[row_step - step..].fill(0.0);
    }
}

/// Fills inner rows `[ready, until)`.
fn squeeze<S: Simd>(
    simd: S,
    block: &Block,
    squeeze: &Dense,
    from: &Plane,
    [mut ready, until]: [usize; 2],
    inner: &mut [f32],
) {
    let (shape, slots) = (block.inner, slots(block));
    while ready < until {
        let slot = ready % slots;
        let rows = (until - ready).min(slots - slot);
        let start = (slot + 1) * shape.row_step() + shape.step;
        let way = Way { from, rows: [ready, rows], pixels: shape.width };
        dense(simd, squeeze, way, inner, start, shape.step, shape.row_step());
        ready += rows;
    }
}

fn depthwise<S: Simd>(simd: S, block: &Block, from: &Plane, inner: &[f32], row: usize, pixels: usize, to: &mut [f32]) {
    let step = block.inner.row_step();
    let stride = block.depthwise.stride;
    // With stride 1 the kernel starts a pixel before the output's own, with stride 2 on it.
    let before = 2 - stride as isize;
    let rows = [0, 1, 2].map(|tap| {
        let row = (row * stride) as isize + tap - before;
        let whole = if block.squeeze.is_none() {
            from.row(row)
        } else if (0..block.inner.height as isize).contains(&row) {
            &inner[(row as usize % slots(block) + 1) * step..][..step]
        } else {
            &inner[..step]
        };
        &whole[(1 - before) as usize * block.inner.step..]
    });
    simd.vectorize(DepthwiseRow { depthwise: &block.depthwise, pixels, from: rows, to });
}

/// Writes the skip into rows `[first, end)` of `to`, for the expansion to be added to.
fn skip<S: Simd>(simd: S, block: &Block, from: &Plane, to: &mut Plane, [first, end]: [usize; 2]) {
    let (steps, pixels) = ([from.shape.step, to.shape.step], to.shape.width);
    for row in first..end {
        let start = to.shape.at(row as isize, 0);
        let place = &mut to.floats_mut()[start..][..pixels * steps[1]];
        let row_of = |row: usize| &from.row(row as isize)[from.shape.margin * steps[0]..];
        if block.pooled {
            let from = [row_of(2 * row), row_of(2 * row + 1)];
            simd.vectorize(PoolRow { pixels, steps, from, to: place });
        } else {
            for (to, from) in place.chunks_exact_mut(steps[1]).zip(row_of(row).chunks_exact(steps[0])) {
                let (same, more) = to.split_at_mut(steps[0]);
                same.copy_from_slice(from);
                more.fill(0.0);
            }
        }
    }
}
