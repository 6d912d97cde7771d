//! Weights in the order in which the kernels read them.

use super::graph::Conv;
use super::plane::{Aligned, PlaneShape};

/// What the chosen instructions can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Width {
    /// Floats in a vector.
    pub lanes: usize,
    /// Vectors of output channels that are computed together.
    pub panel: usize,
}

impl Width {
    /// Channels filled up to whole vectors.
    pub fn fill(self, channels: usize) -> usize {
        channels.next_multiple_of(self.lanes)
    }
}

/// A convolution over all channels, as a product of matrices: every output pixel is the weights times
/// runs of `segment` floats, one run per kernel row.
#[derive(Debug)]
pub(super) struct Dense {
    pub kernel: [usize; 2],
    pub stride: usize,
    /// Kernel pixels above and left of the first output's own.
    pub before: [usize; 2],
    pub segment: usize,
    /// Output channels that mean something.
    pub channels: usize,
    /// Vectors of output channels in each panel.
    pub panels: Vec<usize>,
    /// Panel by panel, input by input, that panel's output channels.
    pub weights: Aligned,
    pub bias: Aligned,
    /// What a negative result is multiplied by.
    pub slope: Aligned,
}

impl Dense {
    /// Packs a convolution that reads planes of `from`. `slope` has one value per output channel.
    pub fn pack(conv: &Conv, slope: &[f32], from: PlaneShape, width: Width) -> Self {
        let [rows, columns] = conv.kernel;
        let channels = conv.bias.len();
        let panels = panels(channels.div_ceil(width.lanes), width.panel);
        let segment = (columns - 1) * from.step + from.channels;
        let filled = width.fill(channels);
        let mut weights = Aligned::zeros(rows * segment * filled);
        let (mut place, mut first) = (weights.floats_mut().iter_mut(), 0);
        for vectors in &panels {
            let outputs = first..first + vectors * width.lanes;
            for (row, at) in (0..rows).flat_map(|row| (0..segment).map(move |at| (row, at))) {
                let (column, input) = (at / from.step, at % from.step);
                for (output, to) in outputs.clone().zip(&mut place) {
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
            before: [conv.pads[0], conv.pads[1]],
            segment,
            channels,
            panels,
            weights,
            bias: filled_up(&conv.bias, filled),
            slope: filled_up(slope, filled),
        }
    }
}

/// `vectors` cut into panels of at most `most`, as even as can be.
fn panels(vectors: usize, most: usize) -> Vec<usize> {
    let count = vectors.div_ceil(most);
    (0..count).map(|at| vectors / count + usize::from(at < vectors % count)).collect()
}

fn filled_up(values: &[f32], count: usize) -> Aligned {
    let mut filled = Aligned::zeros(count);
    filled.floats_mut()[..values.len()].copy_from_slice(values);
    filled
}

/// A 3 × 3 convolution of each channel by itself.
#[derive(Debug)]
pub(super) struct Depthwise {
    pub stride: usize,
    /// Floats from pixel to pixel, in the input and in the output.
    pub step: usize,
    /// Vectors after which the weights repeat.
    pub period: usize,
    /// For each vector of the period its nine weights, row-major.
    pub weights: Aligned,
    pub bias: Aligned,
}

impl Depthwise {
    /// Packs a depthwise convolution over pixels of `step` floats. A vector may hold several narrow pixels.
    pub fn pack(conv: &Conv, step: usize, width: Width) -> Self {
        let channels = conv.bias.len();
        let period = (step / width.lanes).max(1);
        let floats = period * width.lanes;
        let (mut weights, mut bias) = (Aligned::zeros(9 * floats), Aligned::zeros(floats));
        for at in 0..floats {
            let channel = at % step;
            if channel < channels {
                bias.floats_mut()[at] = conv.bias[channel];
                for tap in 0..9 {
                    let (vector, lane) = (at / width.lanes, at % width.lanes);
                    weights.floats_mut()[(vector * 9 + tap) * width.lanes + lane] = conv.weights[channel * 9 + tap];
                }
            }
        }
        Self { stride: conv.strides[0], step, period, weights, bias }
    }
}

/// Floats from one pixel of inner activations to the next: narrow ones share a vector, wide ones fill theirs.
pub(super) fn inner_step(channels: usize, pixels: usize, width: Width) -> usize {
    // Written as whole vectors, the last pixel of a row must not reach beyond the margin.
    let shares = width.lanes == 2 * channels && pixels.is_multiple_of(2);
    if shares { channels } else { width.fill(channels) }
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
        let width = Width { lanes: 16, panel: 4 };
        assert_eq!([inner_step(8, 128, width), inner_step(24, 64, width), inner_step(8, 1, width)], [8, 32, 16]);
    }
}
