//! Executes one fused operator over one strip of the picture.
//!
//! In: the operator, and the strip's workspace with the operator's input. Out: its result, in a buffer of the workspace
//! or in one of the network's outputs.

use std::mem;

use pulp::{Simd, WithSimd};

use super::direct_conv::{Destination, OutputRows, convolve};
use super::halo::StripContext;
use super::plan::{FusedOp, Head, Stem};
use super::residual_block;
use super::workspace::Workspace;

/// One fused operator over one strip.
pub(super) struct Execution<'a> {
    pub op: &'a FusedOp,
    pub workspace: &'a mut Workspace,
    /// `None` where the picture is computed as a whole.
    pub strip: Option<StripContext<'a>>,
}

impl WithSimd for Execution<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        match self.op {
            FusedOp::Stem(op) => stem(simd, op, self.workspace),
            FusedOp::Block(op) => residual_block::execute(simd, op, self.workspace, self.strip),
            FusedOp::Head(op) => head(simd, op, self.workspace, self.strip),
        }
    }
}

fn stem<S: Simd>(simd: S, stem: &Stem, workspace: &mut Workspace) {
    let mut result = mem::take(&mut workspace.buffers[stem.dst]);
    let shape = result.shape;
    let rows = OutputRows { src: &workspace.buffers[0], first: 0, count: shape.height, pixels: shape.width };
    let to = Destination {
        values: result.floats_mut(),
        start: shape.offset(0, 0),
        pixel_stride: shape.pixel_stride,
        row_stride: shape.row_stride(),
    };
    convolve(simd, &stem.conv, rows, to);
    workspace.buffers[stem.dst] = result;
}

/// Row by row into the scratch in whole vectors, and from there the channels that the output has.
fn head<S: Simd>(simd: S, head: &Head, workspace: &mut Workspace, strip: Option<StripContext<'_>>) {
    let (pixels, channels) = (head.columns, head.conv.channels);
    let pixel_stride = channels.next_multiple_of(S::F32_LANES);
    let rows = strip.map_or(0..head.rows, |strip| strip.rows(head.rows));
    for (row, output_row) in rows.enumerate() {
        let rows = OutputRows { src: &workspace.buffers[head.src], first: row, count: 1, pixels };
        let to = Destination { values: workspace.scratch.floats_mut(), start: 0, pixel_stride, row_stride: 0 };
        convolve(simd, &head.conv, rows, to);
        let output = &mut workspace.outputs[head.output][head.output_offset..];
        let output = &mut output[output_row * pixels * channels..][..pixels * channels];
        for (to, from) in output.chunks_exact_mut(channels).zip(workspace.scratch.floats().chunks_exact(pixel_stride)) {
            to.copy_from_slice(&from[..channels]);
        }
        if head.sigmoid {
            output.iter_mut().for_each(|value| *value = 1.0 / (1.0 + (-*value).exp()));
        }
    }
}
