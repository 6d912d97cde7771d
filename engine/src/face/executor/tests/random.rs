//! Random networks of the family against the same operators in plain f64.

use proptest::prelude::*;

use super::Random;
use crate::face::executor::graph::{Conv, Graph, Node, Operator};
use crate::face::executor::{Executor, InstructionSet};

/// Builds graphs as the loader would.
struct GraphBuilder {
    graph: Graph,
    random: Random,
}

impl GraphBuilder {
    fn new(seed: u64, height: usize, width: usize) -> (Self, usize) {
        let graph = Graph { nodes: Vec::new(), outputs: Vec::new() };
        let mut builder = Self { graph, random: Random(seed) };
        let input = builder.push(Operator::Input, &[], &[1, height, width, 3]);
        let moved = builder.push(Operator::MoveAxis { from: 3, to: 1 }, &[input], &[1, 3, height, width]);
        (builder, moved)
    }

    fn push(&mut self, operator: Operator, inputs: &[usize], shape: &[usize]) -> usize {
        self.graph.nodes.push(Node { operator, inputs: inputs.to_vec(), shape: shape.to_vec() });
        self.graph.nodes.len() - 1
    }

    fn shape(&self, at: usize) -> [usize; 3] {
        let shape = &self.graph.nodes[at].shape;
        [shape[1], shape[2], shape[3]]
    }

    fn values(&mut self, count: usize, most: f32) -> Vec<f32> {
        (0..count).map(|_| self.random.between(-most, most)).collect()
    }

    fn conv(&mut self, from: usize, channels: usize, kernel: usize, stride: usize, pads: [usize; 4]) -> usize {
        self.convolve(from, channels, kernel, stride, pads, 1)
    }

    fn convolve(
        &mut self,
        from: usize,
        channels: usize,
        kernel: usize,
        stride: usize,
        pads: [usize; 4],
        groups: usize,
    ) -> usize {
        let [inputs, height, width] = self.shape(from);
        let each = inputs / groups * kernel * kernel;
        let weights = self.values(channels * each, 1.5 / (each as f32).sqrt());
        let bias = self.values(channels, 0.3);
        let out = |side: usize, before: usize, after: usize| (side + before + after - kernel) / stride + 1;
        let shape = [1, channels, out(height, pads[0], pads[2]), out(width, pads[1], pads[3])];
        let conv = Conv { weights, bias, kernel: [kernel; 2], strides: [stride; 2], pads, groups };
        self.push(Operator::Conv(conv), &[from], &shape)
    }

    /// A ReLU, or a PReLU spelled out, with slopes on both sides of 1.
    fn activation(&mut self, from: usize, prelu: bool) -> usize {
        let [channels, height, width] = self.shape(from);
        let shape = [1, channels, height, width];
        let zero = self.push(Operator::Constant(vec![0.0]), &[], &[1, 1, 1, 1]);
        let relu = self.push(Operator::Max, &[from, zero], &shape);
        if !prelu {
            return relu;
        }
        let slopes: Vec<f32> = (0..channels).map(|_| self.random.between(-0.5, 1.5)).collect();
        let rest = slopes.iter().map(|slope| 1.0 - slope).collect();
        let slopes = self.push(Operator::Constant(slopes), &[], &[1, channels, 1, 1]);
        let rest = self.push(Operator::Constant(rest), &[], &[1, channels, 1, 1]);
        let scaled = self.push(Operator::Mul, &[from, slopes], &shape);
        let above = self.push(Operator::Mul, &[relu, rest], &shape);
        self.push(Operator::Add, &[scaled, above], &shape)
    }

    fn block(&mut self, from: usize, block: &BlockSpec) -> usize {
        let [channels, height, width] = self.shape(from);
        let scale = if block.strided { 2 } else { 1 };
        let wanted = [1, channels + block.more, height / scale, width / scale];
        let mut skip = from;
        if block.strided {
            skip = self.push(Operator::MaxPool2, &[skip], &[1, channels, height / 2, width / 2]);
        }
        if block.more > 0 {
            skip = self.push(Operator::PadChannels, &[skip], &wanted);
        }
        let middle = match block.inner {
            Some(inner) if block.strided && block.late => {
                let squeezed = self.conv(from, inner, 1, 1, [0; 4]);
                let inner_from = self.activation(squeezed, block.prelu);
                self.convolve(inner_from, inner, 3, 2, [0, 0, 1, 1], inner)
            }
            Some(inner) => {
                let squeezed = self.conv(from, inner, scale, scale, [0; 4]);
                let inner_from = self.activation(squeezed, block.prelu);
                self.convolve(inner_from, inner, 3, 1, [1; 4], inner)
            }
            None if block.strided => self.convolve(from, channels, 3, 2, [0, 0, 1, 1], channels),
            None => self.convolve(from, channels, 3, 1, [1; 4], channels),
        };
        let expanded = self.conv(middle, wanted[1], 1, 1, [0; 4]);
        let operands = if block.skip_first { [skip, expanded] } else { [expanded, skip] };
        let sum = self.push(Operator::Add, &operands, &wanted);
        self.activation(sum, block.prelu)
    }

    /// A convolution of single pixels, as rows.
    fn head(&mut self, from: usize, channels: usize) -> usize {
        let conv = self.conv(from, channels, 1, 1, [0; 4]);
        let [_, height, width] = self.shape(conv);
        let moved = self.push(Operator::MoveAxis { from: 1, to: 3 }, &[conv], &[1, height, width, channels]);
        self.push(Operator::Reshape, &[moved], &[1, height * width * channels])
    }
}

#[derive(Clone, Debug)]
struct BlockSpec {
    /// Channels between squeeze and expansion; without, the block has no squeeze.
    inner: Option<usize>,
    strided: bool,
    /// The depthwise convolution strides, not the squeeze.
    late: bool,
    /// Channels that it adds.
    more: usize,
    prelu: bool,
    skip_first: bool,
}

fn blocks() -> impl Strategy<Value = Vec<BlockSpec>> {
    let inner = prop_oneof![Just(None), (1_usize..40).prop_map(Some), Just(Some(8)), Just(Some(4)), Just(Some(2))];
    let flags = [any::<bool>(), any::<bool>(), any::<bool>()];
    let block = (inner, prop::bool::weighted(0.3), 0_usize..9, flags).prop_map(
        |(inner, strided, more, [late, prelu, skip_first])| BlockSpec { inner, strided, late, more, prelu, skip_first },
    );
    prop::collection::vec(block, 1..5)
}

/// The graph in f64, operator by operator.
fn reference(graph: &Graph, input: &[f32]) -> Vec<Vec<f64>> {
    let mut results: Vec<Vec<f64>> = Vec::new();
    for node in &graph.nodes {
        let operand = |index: usize| &results[node.inputs[index]];
        let pixels: usize = node.shape[2..].iter().product();
        let pairs = |of: fn(f64, f64) -> f64| -> Vec<f64> {
            let value = |values: &[f64], at: usize, count: usize| match values.len() {
                1 => values[0],
                length if length == count => values[at],
                _ => values[at / pixels],
            };
            let count = node.shape.iter().product();
            (0..count).map(|at| of(value(operand(0), at, count), value(operand(1), at, count))).collect()
        };
        let result = match &node.operator {
            Operator::Input => input.iter().copied().map(f64::from).collect(),
            Operator::Constant(values) => values.iter().copied().map(f64::from).collect(),
            Operator::MoveAxis { from: 3, .. } => {
                let channels = node.shape[1];
                (0..channels * pixels).map(|at| operand(0)[at % pixels * channels + at / pixels]).collect()
            }
            Operator::MoveAxis { .. } => {
                let channels = node.shape[3];
                let pixels = node.shape[1] * node.shape[2];
                (0..channels * pixels).map(|at| operand(0)[at % channels * pixels + at / channels]).collect()
            }
            Operator::Conv(conv) => convolved(conv, &graph.nodes[node.inputs[0]].shape, &node.shape, operand(0)),
            Operator::MaxPool2 => {
                let (height, width) = (node.shape[2], node.shape[3]);
                let of = |at: usize| {
                    let (channel, row, column) = (at / pixels, at % pixels / width, at % width);
                    let value = |y: usize, x: usize| {
                        operand(0)[(channel * 2 * height + 2 * row + y) * 2 * width + 2 * column + x]
                    };
                    value(0, 0).max(value(0, 1)).max(value(1, 0)).max(value(1, 1))
                };
                (0..node.shape[1] * pixels).map(of).collect()
            }
            Operator::PadChannels => {
                let mut padded = operand(0).clone();
                padded.resize(node.shape.iter().product(), 0.0);
                padded
            }
            Operator::Add => pairs(|a, b| a + b),
            Operator::Mul => pairs(|a, b| a * b),
            Operator::Max => pairs(f64::max),
            Operator::Concat { .. } => node.inputs.iter().flat_map(|&input| results[input].clone()).collect(),
            Operator::Reshape => operand(0).clone(),
            Operator::Sigmoid | Operator::Other(_) => unreachable!("not written above"),
        };
        results.push(result);
    }
    graph.outputs.iter().map(|&output| results[output].clone()).collect()
}

fn convolved(conv: &Conv, from: &[usize], to: &[usize], input: &[f64]) -> Vec<f64> {
    let ([rows, columns], each) = (conv.kernel, from[1] / conv.groups);
    let mut output = Vec::new();
    for channel in 0..to[1] {
        let first = channel / (to[1] / conv.groups) * each;
        for (row, column) in (0..to[2]).flat_map(|row| (0..to[3]).map(move |column| (row, column))) {
            let mut sum = f64::from(conv.bias[channel]);
            for at in 0..each * rows * columns {
                let (input_channel, y, x) = (at / (rows * columns), at / columns % rows, at % columns);
                let y = (row * conv.strides[0] + y).wrapping_sub(conv.pads[0]);
                let x = (column * conv.strides[1] + x).wrapping_sub(conv.pads[1]);
                if y < from[2] && x < from[3] {
                    let weight = conv.weights[channel * each * rows * columns + at];
                    sum += f64::from(weight) * input[((first + input_channel) * from[2] + y) * from[3] + x];
                }
            }
            output.push(sum);
        }
    }
    output
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_network_of_the_family_is_computed_right(
        seed in any::<u64>(),
        (height, width) in prop::sample::select(vec![(16, 16), (32, 64), (64, 32), (64, 64)]),
        stem in prop::sample::select(vec![(3, [0, 0, 1, 1]), (5, [1, 1, 2, 2])]),
        channels in 1_usize..30,
        blocks in blocks(),
        threads in 1_usize..4,
    ) {
        let (mut builder, picture) = GraphBuilder::new(seed, height, width);
        let stem = builder.conv(picture, channels, stem.0, 2, stem.1);
        let mut last = builder.activation(stem, true);
        let mut heads = vec![builder.head(last, 5)];
        for block in &blocks {
            let [_, height, width] = builder.shape(last);
            let strided = block.strided && height.min(width) > 2;
            last = builder.block(last, &BlockSpec { strided, ..block.clone() });
        }
        heads.push(builder.head(last, 7));
        let count = heads.iter().map(|&head| builder.graph.nodes[head].shape[1]).sum();
        let joined = builder.push(Operator::Concat { axis: 1 }, &heads, &[1, count]);
        let pixel = builder.head(last, 33);
        builder.graph.outputs = vec![joined, pixel];
        let input = builder.values(height * width * 3, 1.0);
        let expected = reference(&builder.graph, &input);
        let largest = expected.iter().flatten().fold(1.0_f64, |most, value| most.max(value.abs()));
        for instructions in InstructionSet::all() {
            let mut executor = Executor::new(&builder.graph, instructions, threads).unwrap();
            for _ in 0..2 {
                let (values, row_stride) = executor.input();
                for (to, from) in values.chunks_mut(row_stride).zip(input.chunks_exact(width * 3)) {
                    to[..width * 3].copy_from_slice(from);
                }
                prop_assert!(executor.run());
            }
            for (index, expected) in expected.iter().enumerate() {
                prop_assert_eq!(executor.output(index).len(), expected.len());
                for (found, expected) in executor.output(index).iter().zip(expected) {
                    let difference = (f64::from(*found) - expected).abs() / largest;
                    prop_assert!(difference < 1e-5, "{:?}, {} threads: {} for {}", instructions, threads, found, expected);
                }
            }
        }
    }
}
