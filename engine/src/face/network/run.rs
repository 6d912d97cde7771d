//! One step of a plan over one strip of the picture.

use std::mem;

use pulp::{Simd, WithSimd};

use super::dense::DenseRows;
use super::depthwise::{DepthwiseRow, PoolRow};
use super::memory::{Memory, OUTER_ROWS, slots, whole};
use super::pack::Dense;
use super::plan::{Block, Head, Stem, Step};
use super::plane::Plane;
use super::strip::Seat;

/// One step over one strip.
pub(super) struct Run<'a> {
    pub step: &'a Step,
    pub memory: &'a mut Memory,
    /// The strip's place, if the picture is in strips.
    pub seat: Option<Seat<'a>>,
}

impl WithSimd for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.step {
            Step::Stem(it) => stem(simd, it, self.memory),
            Step::Block(it) => block(simd, it, self.memory, self.seat),
            Step::Head(it) => head(simd, it, self.memory, self.seat),
        }
    }
}

/// What a dense convolution reads.
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

fn head<S: Simd>(simd: S, head: &Head, memory: &mut Memory, seat: Option<Seat<'_>>) {
    let (pixels, channels) = (head.grid[1], head.dense.channels);
    let step = channels.next_multiple_of(S::F32_LANES);
    let rows = seat.map_or(0..head.grid[0], |seat| seat.rows(head.grid[0]));
    for (row, at) in rows.enumerate() {
        let way = Way { from: &memory.planes[head.from], rows: [row, 1], pixels };
        dense(simd, &head.dense, way, memory.between.floats_mut(), 0, step, 0);
        let output = &mut memory.outputs[head.output][head.offset..][at * pixels * channels..][..pixels * channels];
        for (to, from) in output.chunks_exact_mut(channels).zip(memory.between.floats().chunks_exact(step)) {
            to.copy_from_slice(&from[..channels]);
        }
        if head.sigmoid {
            output.iter_mut().for_each(|value| *value = 1.0 / (1.0 + (-*value).exp()));
        }
    }
}

fn block<S: Simd>(simd: S, block: &Block, memory: &mut Memory, seat: Option<Seat<'_>>) {
    let mut ready = match &block.squeeze {
        Some(squeeze) => {
            clear_margins(block, memory);
            let ready = if whole(block) { inner_rows(block, memory) } else { 0 };
            self::squeeze(simd, block, squeeze, memory, [0, ready]);
            ready
        }
        None => 0,
    };
    if let Some(seat) = seat {
        share(simd, block, memory, seat);
    }
    // The plane that is written leaves its place, and comes back for the squeeze where the output goes over the input.
    let mut to = mem::take(&mut memory.planes[block.to]);
    let rows = to.shape.height * block.depthwise.stride;
    let at_once = if whole(block) { to.shape.height } else { 1 };
    for first in (0..to.shape.height).step_by(at_once) {
        if let Some(squeeze) = &block.squeeze {
            // As far as the depthwise convolution reads for the last of these rows.
            let until = ((first + at_once) * block.depthwise.stride + 1).min(rows);
            mem::swap(&mut memory.planes[block.to], &mut to);
            self::squeeze(simd, block, squeeze, memory, [ready, until]);
            mem::swap(&mut memory.planes[block.to], &mut to);
            ready = until.max(ready);
        }
        for row in first..first + at_once {
            let from = if block.from == block.to { &to } else { &memory.planes[block.from] };
            let between = &mut memory.between.floats_mut()[(row - first) * to.shape.width * block.between..];
            depthwise(simd, block, from, memory.inner.floats(), [row, rows], to.shape.width, between);
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

/// Rows that the depthwise convolution reads in this strip.
fn inner_rows(block: &Block, memory: &Memory) -> usize {
    memory.planes[block.to].shape.height * block.depthwise.stride
}

/// Zeros the rows that stand for those above and below the picture, and the margins of the others, which the block
/// before filled with rows of another length.
fn clear_margins(block: &Block, memory: &mut Memory) {
    let (row_step, step) = (block.inner.row_step(), block.inner.step);
    let slots = slots(block, inner_rows(block, memory));
    let (outside, rows) = memory.inner.floats_mut().split_at_mut(OUTER_ROWS * row_step);
    outside.fill(0.0);
    for row in rows.chunks_exact_mut(row_step).take(slots) {
        row[..step].fill(0.0);
        row[row_step - step..].fill(0.0);
    }
}

/// Fills inner rows `[ready, until)`.
fn squeeze<S: Simd>(simd: S, block: &Block, squeeze: &Dense, memory: &mut Memory, [mut ready, until]: [usize; 2]) {
    let (shape, slots) = (block.inner, slots(block, inner_rows(block, memory)));
    while ready < until {
        let slot = ready % slots;
        let rows = (until - ready).min(slots - slot);
        let start = (OUTER_ROWS + slot) * shape.row_step() + shape.step;
        let way = Way { from: &memory.planes[block.from], rows: [ready, rows], pixels: shape.width };
        dense(simd, squeeze, way, memory.inner.floats_mut(), start, shape.step, shape.row_step());
        ready += rows;
    }
}

/// Gives the neighbouring strips this one's outermost rows, and takes theirs.
fn share<S: Simd>(simd: S, block: &Block, memory: &mut Memory, seat: Seat<'_>) {
    let (shape, rows) = (block.inner, inner_rows(block, memory));
    let row_step = shape.row_step();
    for (side, row) in seat.neighbours().into_iter().zip([0, rows - 1]) {
        let Some(mut place) = side.map(|side| seat.post(side)) else { continue };
        let place = &mut place.floats_mut()[..row_step];
        match &block.squeeze {
            None => place.copy_from_slice(memory.planes[block.from].row(row as isize)),
            Some(_) if whole(block) => {
                place.copy_from_slice(&memory.inner.floats()[(OUTER_ROWS + row) * row_step..][..row_step]);
            }
            Some(squeeze) => {
                let way = Way { from: &memory.planes[block.from], rows: [row, 1], pixels: shape.width };
                // As long as a row of this strip, to end in the same zeros.
                let inner = memory.inner.floats_mut();
                let slot = OUTER_ROWS * row_step;
                dense(simd, squeeze, way, inner, slot + shape.step, shape.step, 0);
                place.copy_from_slice(&inner[slot..][..row_step]);
            }
        }
    }
    seat.meeting.wait();
    for (side, outer) in seat.neighbours().into_iter().zip([0, 1]) {
        let Some(place) = side.map(|side| seat.take(side)) else { continue };
        let place = &place.floats()[..row_step];
        if block.squeeze.is_some() {
            memory.inner.floats_mut()[outer * row_step..][..row_step].copy_from_slice(place);
        } else {
            let row = if outer == 0 { -1 } else { rows as isize };
            memory.planes[block.from].row_mut(row).copy_from_slice(place);
        }
    }
}

fn depthwise<S: Simd>(
    simd: S,
    block: &Block,
    from: &Plane,
    inner: &[f32],
    [row, rows]: [usize; 2],
    pixels: usize,
    to: &mut [f32],
) {
    let step = block.inner.row_step();
    let stride = block.depthwise.stride;
    // With stride 1 the kernel starts a pixel before the output's own, with stride 2 on it.
    let before = 2 - stride as isize;
    let taps = [0, 1, 2].map(|tap| {
        let row = (row * stride) as isize + tap - before;
        let whole = if block.squeeze.is_none() {
            from.row(row)
        } else if row < 0 {
            &inner[..step]
        } else if row as usize >= rows {
            &inner[step..2 * step]
        } else {
            &inner[(OUTER_ROWS + row as usize % slots(block, rows)) * step..][..step]
        };
        &whole[(1 - before) as usize * block.inner.step..]
    });
    simd.vectorize(DepthwiseRow { depthwise: &block.depthwise, pixels, from: taps, to });
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
