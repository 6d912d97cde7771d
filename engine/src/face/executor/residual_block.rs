//! Executes a residual block in one pass over a strip, so that the activations inside it never leave the nearest cache.
//!
//! In: a [`ResidualBlock`] and the workspace with its input. Out: its result, over the input where the plan says so.
//!
//! 1. The strips exchange the outermost rows of what the depthwise convolution reads ([`halo`](super::halo)).
//! 2. Row by row of the result, the squeeze fills the line buffer as far as the depthwise convolution reads: a ring of
//!    three rows, or all rows of a narrow map.
//! 3. The depthwise convolution writes a row into the scratch.
//! 4. The skip (the input, or its maximum over 2 × 2 pixels) is written into the result, if it is not there already.
//! 5. The expansion adds its product to that and applies the activation.

use std::mem;

use pulp::Simd;

use super::depthwise_conv::{DepthwiseRow, MaxPoolRow};
use super::direct_conv::{Destination, DirectConv, OutputRows, convolve};
use super::feature_map::FeatureMap;
use super::halo::StripContext;
use super::pack::PackedConv;
use super::plan::ResidualBlock;
use super::workspace::{HALO_ROWS, Workspace, keeps_all_rows, line_buffer_rows};

pub(super) fn execute<S: Simd>(
    simd: S,
    block: &ResidualBlock,
    workspace: &mut Workspace,
    strip: Option<StripContext<'_>>,
) {
    // Inner rows that are in the line buffer.
    let mut squeezed = match &block.squeeze {
        Some(conv) => {
            clear_padding(block, workspace);
            let rows = if keeps_all_rows(block) { inner_rows(block, workspace) } else { 0 };
            squeeze(simd, block, conv, workspace, [0, rows]);
            rows
        }
        None => 0,
    };
    if let Some(strip) = strip {
        exchange_halo(simd, block, workspace, strip);
    }
    // Moved out, so that it is written while other buffers are read; swapped back for the squeeze, which reads it if
    // the block works in place.
    let mut result = mem::take(&mut workspace.buffers[block.dst]);
    let shape = result.shape;
    let rows = shape.height * block.depthwise.stride;
    let at_once = if keeps_all_rows(block) { shape.height } else { 1 };
    let scratch_row = shape.width * block.inner.pixel_stride;
    for first in (0..shape.height).step_by(at_once) {
        if let Some(conv) = &block.squeeze {
            // As far as the depthwise convolution reads for the last of these rows.
            let until = ((first + at_once) * block.depthwise.stride + 1).min(rows);
            mem::swap(&mut workspace.buffers[block.dst], &mut result);
            squeeze(simd, block, conv, workspace, [squeezed, until]);
            mem::swap(&mut workspace.buffers[block.dst], &mut result);
            squeezed = until.max(squeezed);
        }
        for row in first..first + at_once {
            let src = if block.src == block.dst { &result } else { &workspace.buffers[block.src] };
            let to = &mut workspace.scratch.floats_mut()[(row - first) * scratch_row..];
            let src = depthwise_rows(block, src, workspace.line_buffer.floats(), row, rows);
            simd.vectorize(DepthwiseRow { depthwise: &block.depthwise, pixels: shape.width, src, dst: to });
        }
        if block.src != block.dst {
            write_skip(simd, block, &workspace.buffers[block.src], &mut result, [first, first + at_once]);
        }
        simd.vectorize(DirectConv::<true> {
            conv: &block.expand,
            rows: at_once,
            pixels: shape.width,
            src: workspace.scratch.floats(),
            src_start: 0,
            src_pixel_stride: block.inner.pixel_stride,
            src_row_stride: scratch_row,
            segment_stride: 0,
            dst: result.floats_mut(),
            dst_start: shape.offset(first as isize, 0),
            dst_pixel_stride: shape.pixel_stride,
            dst_row_stride: shape.row_stride(),
        });
    }
    workspace.buffers[block.dst] = result;
}

/// Rows that the depthwise convolution reads in this strip.
fn inner_rows(block: &ResidualBlock, workspace: &Workspace) -> usize {
    workspace.buffers[block.dst].shape.height * block.depthwise.stride
}

/// Zeros the halo rows and the padding of the others, which the block before filled with rows of another length.
fn clear_padding(block: &ResidualBlock, workspace: &mut Workspace) {
    let (row_stride, pixel_stride) = (block.inner.row_stride(), block.inner.pixel_stride);
    let kept = line_buffer_rows(block, inner_rows(block, workspace));
    let (halo, rows) = workspace.line_buffer.floats_mut().split_at_mut(HALO_ROWS * row_stride);
    halo.fill(0.0);
    for row in rows.chunks_exact_mut(row_stride).take(kept) {
        row[..pixel_stride].fill(0.0);
        row[row_stride - pixel_stride..].fill(0.0);
    }
}

/// Fills inner rows `[first, end)` of the line buffer.
fn squeeze<S: Simd>(
    simd: S,
    block: &ResidualBlock,
    conv: &PackedConv,
    workspace: &mut Workspace,
    [mut first, end]: [usize; 2],
) {
    let (shape, kept) = (block.inner, line_buffer_rows(block, inner_rows(block, workspace)));
    while first < end {
        let place = first % kept;
        let count = (end - first).min(kept - place);
        let rows = OutputRows { src: &workspace.buffers[block.src], first, count, pixels: shape.width };
        let to = Destination {
            values: workspace.line_buffer.floats_mut(),
            start: (HALO_ROWS + place) * shape.row_stride() + shape.pixel_stride,
            pixel_stride: shape.pixel_stride,
            row_stride: shape.row_stride(),
        };
        convolve(simd, conv, rows, to);
        first += count;
    }
}

/// Gives the neighbouring strips this one's outermost rows, and takes theirs.
fn exchange_halo<S: Simd>(simd: S, block: &ResidualBlock, workspace: &mut Workspace, strip: StripContext<'_>) {
    let (shape, rows) = (block.inner, inner_rows(block, workspace));
    let (row_stride, pixel_stride) = (shape.row_stride(), shape.pixel_stride);
    for (neighbour, row) in strip.neighbours().into_iter().zip([0, rows - 1]) {
        let Some(mut outgoing) = neighbour.map(|neighbour| strip.outgoing(neighbour)) else { continue };
        let outgoing = &mut outgoing.floats_mut()[..row_stride];
        match &block.squeeze {
            None => outgoing.copy_from_slice(workspace.buffers[block.src].row(row as isize)),
            Some(_) if keeps_all_rows(block) => {
                let line_buffer = workspace.line_buffer.floats();
                outgoing.copy_from_slice(&line_buffer[(HALO_ROWS + row) * row_stride..][..row_stride]);
            }
            Some(conv) => {
                // Into the ring's first row, which is still unused and has zeros at its ends.
                let start = HALO_ROWS * row_stride;
                let src = &workspace.buffers[block.src];
                let values = workspace.line_buffer.floats_mut();
                let to = Destination { values, start: start + pixel_stride, pixel_stride, row_stride: 0 };
                convolve(simd, conv, OutputRows { src, first: row, count: 1, pixels: shape.width }, to);
                outgoing.copy_from_slice(&workspace.line_buffer.floats()[start..][..row_stride]);
            }
        }
    }
    strip.exchange.barrier.wait();
    for (neighbour, halo) in strip.neighbours().into_iter().zip([0, 1]) {
        let Some(incoming) = neighbour.map(|neighbour| strip.incoming(neighbour)) else { continue };
        let incoming = &incoming.floats()[..row_stride];
        if block.squeeze.is_some() {
            workspace.line_buffer.floats_mut()[halo * row_stride..][..row_stride].copy_from_slice(incoming);
        } else {
            let row = if halo == 0 { -1 } else { rows as isize };
            workspace.buffers[block.src].row_mut(row).copy_from_slice(incoming);
        }
    }
}

/// The three rows that the depthwise convolution reads for row `row` of the result, of `rows` inner rows, each from the
/// column that the first output reads.
fn depthwise_rows<'a>(
    block: &ResidualBlock,
    src: &'a FeatureMap,
    line_buffer: &'a [f32],
    row: usize,
    rows: usize,
) -> [&'a [f32]; 3] {
    let row_stride = block.inner.row_stride();
    let stride = block.depthwise.stride;
    // With stride 1 the kernel starts a pixel before the output's own, with stride 2 on it.
    let pad = 2 - stride as isize;
    [0, 1, 2].map(|tap| {
        let row = (row * stride) as isize + tap - pad;
        let padded = if block.squeeze.is_none() {
            src.row(row)
        } else if row < 0 {
            &line_buffer[..row_stride]
        } else if row as usize >= rows {
            &line_buffer[row_stride..2 * row_stride]
        } else {
            let place = row as usize % line_buffer_rows(block, rows);
            &line_buffer[(HALO_ROWS + place) * row_stride..][..row_stride]
        };
        &padded[(1 - pad) as usize * block.inner.pixel_stride..]
    })
}

/// Writes the skip into rows `[first, end)` of the result, for the expansion to be added to.
fn write_skip<S: Simd>(
    simd: S,
    block: &ResidualBlock,
    src: &FeatureMap,
    result: &mut FeatureMap,
    [first, end]: [usize; 2],
) {
    let (pixels, src_pixel_stride, dst_pixel_stride) =
        (result.shape.width, src.shape.pixel_stride, result.shape.pixel_stride);
    let unpadded = |row: usize| &src.row(row as isize)[src.shape.padding * src_pixel_stride..];
    for row in first..end {
        let start = result.shape.offset(row as isize, 0);
        let dst = &mut result.floats_mut()[start..][..pixels * dst_pixel_stride];
        if block.pooled_skip {
            let src = [unpadded(2 * row), unpadded(2 * row + 1)];
            simd.vectorize(MaxPoolRow { pixels, src_pixel_stride, dst_pixel_stride, src, dst });
        } else {
            let src = unpadded(row).chunks_exact(src_pixel_stride);
            for (to, from) in dst.chunks_exact_mut(dst_pixel_stride).zip(src) {
                let (same, added) = to.split_at_mut(src_pixel_stride);
                same.copy_from_slice(from);
                added.fill(0.0);
            }
        }
    }
}
