//! Weight packing: weights in the order in which the microkernels read them, so that reading is sequential.
//!
//! In: a convolution as its file has it, the stride of the pixels that it reads, and the register blocking. Out:
//! [`PackedConv`] or [`PackedDepthwise`].
//!
//! 1. Output channels are rounded up to whole vectors, and the vectors cut into panels that a microkernel holds in
//!    registers, as even as can be.
//! 2. Within a panel, weights lie input by input, in the order in which the inputs lie in memory.
//! 3. Depthwise weights lie vector by vector, nine taps each.
//!
//! Panels are the packing of matrix products after Goto and van de Geijn, "Anatomy of High-Performance Matrix
//! Multiplication" (2008); only the weights are packed here, since the kernels read feature maps where they lie.

use super::feature_map::{AlignedFloats, FeatureMapShape};
use super::graph::Conv;
use super::instruction_set::RegisterBlocking;

/// Taps of a 3 × 3 kernel.
const TAPS: usize = 9;

/// A convolution over all channels as a matrix product: every output pixel is the weights times runs of `segment`
/// floats, one run per kernel row.
#[derive(Debug)]
pub(super) struct PackedConv {
    pub kernel: [usize; 2],
    pub stride: usize,
    /// Zero rows above the map and zero columns left of it that the kernel reaches into.
    pub pad_top: usize,
    pub pad_left: usize,
    pub segment: usize,
    /// Output channels of the network.
    pub channels: usize,
    /// Vectors of output channels in each panel.
    pub panels: Vec<usize>,
    /// Panel by panel, input by input, that panel's output channels.
    pub weights: AlignedFloats,
    pub bias: AlignedFloats,
    /// PReLU: what a negative result is multiplied by.
    pub slope: AlignedFloats,
}

impl PackedConv {
    /// Packs a convolution that reads maps of shape `from`. `slope` has one value per output channel.
    pub fn pack(conv: &Conv, slope: &[f32], from: FeatureMapShape, blocking: RegisterBlocking) -> Self {
        let [rows, columns] = conv.kernel;
        let channels = conv.bias.len();
        let panels = panels(channels.div_ceil(blocking.lanes), blocking.panel_vectors);
        let segment = (columns - 1) * from.pixel_stride + from.channels;
        let rounded_up = blocking.round_up(channels);
        let mut weights = AlignedFloats::zeros(rows * segment * rounded_up);
        let (mut packed, mut first) = (weights.floats_mut().iter_mut(), 0);
        for vectors in &panels {
            let outputs = first..first + vectors * blocking.lanes;
            for (row, at) in (0..rows).flat_map(|row| (0..segment).map(move |at| (row, at))) {
                let (column, input) = (at / from.pixel_stride, at % from.pixel_stride);
                for (output, to) in outputs.clone().zip(&mut packed) {
                    if output < channels && input < from.channels {
                        *to = conv.weights[((output * from.channels + input) * rows + row) * columns + column];
                    }
                }
            }
            first = outputs.end;
        }
        Self {
            kernel: conv.kernel,
            stride: conv.strides[0],
            pad_top: conv.pads[0],
            pad_left: conv.pads[1],
            segment,
            channels,
            panels,
            weights,
            bias: zero_filled(&conv.bias, rounded_up),
            slope: zero_filled(slope, rounded_up),
        }
    }
}

/// `vectors` cut into panels of at most `most`, as even as can be.
fn panels(vectors: usize, most: usize) -> Vec<usize> {
    let count = vectors.div_ceil(most);
    (0..count).map(|at| vectors / count + usize::from(at < vectors % count)).collect()
}

fn zero_filled(values: &[f32], count: usize) -> AlignedFloats {
    let mut filled = AlignedFloats::zeros(count);
    filled.floats_mut()[..values.len()].copy_from_slice(values);
    filled
}

/// A 3 × 3 convolution of each channel by itself.
#[derive(Debug)]
pub(super) struct PackedDepthwise {
    pub stride: usize,
    /// Floats from pixel to pixel, in the input and in the output.
    pub pixel_stride: usize,
    /// Vectors after which the weights repeat.
    pub period: usize,
    /// For each vector of the period its nine taps, row-major.
    pub weights: AlignedFloats,
    pub bias: AlignedFloats,
}

impl PackedDepthwise {
    /// Packs a depthwise convolution over pixels of `pixel_stride` floats. A vector may hold several narrow pixels.
    pub fn pack(conv: &Conv, pixel_stride: usize, blocking: RegisterBlocking) -> Self {
        let (channels, lanes) = (conv.bias.len(), blocking.lanes);
        let period = (pixel_stride / lanes).max(1);
        let floats = period * lanes;
        let (mut weights, mut bias) = (AlignedFloats::zeros(TAPS * floats), AlignedFloats::zeros(floats));
        for at in 0..floats {
            let channel = at % pixel_stride;
            if channel < channels {
                bias.floats_mut()[at] = conv.bias[channel];
                for tap in 0..TAPS {
                    let (vector, lane) = (at / lanes, at % lanes);
                    weights.floats_mut()[(vector * TAPS + tap) * lanes + lane] = conv.weights[channel * TAPS + tap];
                }
            }
        }
        Self { stride: conv.strides[0], pixel_stride, period, weights, bias }
    }
}

/// Floats from one pixel of inner activations to the next: two narrow pixels share a vector, wide ones fill theirs.
pub(super) fn inner_pixel_stride(channels: usize, width: usize, blocking: RegisterBlocking) -> usize {
    // Written as whole vectors, the last pixel of a row must not reach beyond the padding.
    let shares = blocking.lanes == 2 * channels && width.is_multiple_of(2);
    if shares { channels } else { blocking.round_up(channels) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_are_even_and_whole() {
        assert_eq!(panels(5, 4), [3, 2]);
        assert_eq!(panels(8, 3), [3, 3, 2]);
        assert_eq!(panels(1, 4), [1]);
        assert_eq!(panels(90, 4).iter().sum::<usize>(), 90);
    }

    #[test]
    fn narrow_pixels_share_a_vector() {
        let blocking = RegisterBlocking { lanes: 16, panel_vectors: 4 };
        let stride = |channels, width| inner_pixel_stride(channels, width, blocking);
        assert_eq!([stride(8, 128), stride(24, 64), stride(8, 1)], [8, 32, 16]);
    }
}
