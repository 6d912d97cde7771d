//! Operator fusion: finds the residual blocks in a graph of single operators, and packs their weights.
//!
//! In: a graph and the register blocking. Out: an [`ExecutionPlan`] of fused operators, or which operator of the graph
//! is not supported.
//!
//! 1. From each output backwards, through reshaping, joining and the sigmoid, to the convolutions of the heads.
//! 2. From a head's input backwards: an activation after a sum ends a residual block, an activation after a convolution
//!    of the picture is the stem. What a block reads is found first, so that operators come in the order of execution.
//! 3. In a block: one operand of the sum is a 1 × 1 convolution (the expansion) of a 3 × 3 depthwise convolution; that
//!    reads the block's input, or an activated 1 × 1 or strided 2 × 2 convolution of it (the squeeze). The other
//!    operand is the skip: the input, max-pooled or not, with or without zero channels after it.
//! 4. Shapes, strides and padding are checked: whatever the kernels would compute differently is refused.
//! 5. Values get buffers ([`assign_buffers`]).

mod activation;

use std::collections::HashMap;

use self::activation::{Activation, activation};
use super::buffer_assignment::assign_buffers;
use super::feature_map::FeatureMapShape;
use super::graph::{Conv, Graph, Node, Operator};
use super::instruction_set::RegisterBlocking;
use super::pack::{PackedConv, PackedDepthwise, inner_pixel_stride};
use super::plan::{ExecutionPlan, FusedOp, Head, ResidualBlock, Stem};

/// Zero pixels around the input, for the padding of stems.
const INPUT_PADDING: usize = 2;

/// Why a graph cannot be fused.
pub(super) type Unsupported = String;

/// The fused operators of a graph, packed for `blocking`.
pub(super) fn fuse(graph: &Graph, blocking: RegisterBlocking) -> Result<ExecutionPlan, Unsupported> {
    let mut fuser = Fuser { graph, blocking, values: Vec::new(), value_of_node: HashMap::new(), ops: Vec::new() };
    let mut output_lengths = Vec::new();
    for (output, &node) in graph.outputs.iter().enumerate() {
        output_lengths.push(fuser.output(node, output, 0, false)?);
    }
    let (ops, buffers) = assign_buffers(fuser.ops, &fuser.values);
    Ok(ExecutionPlan { buffers, ops, output_lengths })
}

struct Fuser<'g> {
    graph: &'g Graph,
    blocking: RegisterBlocking,
    /// Shapes of what the fused operators read and write; 0 is the input.
    values: Vec<FeatureMapShape>,
    /// The value that holds each node's result.
    value_of_node: HashMap<usize, usize>,
    ops: Vec<FusedOp>,
}

impl<'g> Fuser<'g> {
    fn node(&self, at: usize) -> &'g Node {
        &self.graph.nodes[at]
    }

    fn unsupported(&self, at: usize, wanted: &str) -> Unsupported {
        let node = self.node(at);
        let operator = match &node.operator {
            Operator::Other(name) => name.clone(),
            operator => format!("{operator:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(),
        };
        format!("operator {at} ({operator}, giving {:?}) is no {wanted}", node.shape)
    }

    /// Fuses what ends in node `at`, which is output `output` from `offset` on; returns where in it this part ends.
    fn output(&mut self, at: usize, output: usize, offset: usize, sigmoid: bool) -> Result<usize, Unsupported> {
        let Node { operator, inputs, shape } = self.node(at);
        match operator {
            // Values in the order of rows, columns, channels, whatever the shape says.
            Operator::Reshape => self.output(inputs[0], output, offset, sigmoid),
            Operator::Sigmoid if !sigmoid => self.output(inputs[0], output, offset, true),
            Operator::MoveAxis { from: 1, to: 3 } => self.head(inputs[0], output, offset, sigmoid),
            Operator::Concat { axis: 1 } if shape[0] == 1 && !sigmoid => {
                inputs.iter().try_fold(offset, |offset, &part| self.output(part, output, offset, false))
            }
            Operator::Conv(_) if shape[2..] == [1, 1] => self.head(at, output, offset, sigmoid),
            _ => Err(self.unsupported(at, "head")),
        }
    }

    fn head(&mut self, at: usize, output: usize, output_offset: usize, sigmoid: bool) -> Result<usize, Unsupported> {
        let Node { operator: Operator::Conv(conv), inputs, shape } = self.node(at) else {
            return Err(self.unsupported(at, "head"));
        };
        let src = self.value(inputs[0])?;
        let from = self.values[src];
        let (rows, columns) = (shape[2], shape[3]);
        let fits = conv.groups == 1
            && conv.pads == [0; 4]
            && conv.strides == [1, 1]
            && [rows + conv.kernel[0], columns + conv.kernel[1]] == [from.height + 1, from.width + 1];
        if !fits {
            return Err(self.unsupported(at, "head"));
        }
        // A slope of 1 leaves negative results as they are.
        let conv = PackedConv::pack(conv, &vec![1.0; conv.bias.len()], from, self.blocking);
        let end = output_offset + rows * columns * conv.channels;
        self.ops.push(FusedOp::Head(Head { conv, src, rows, columns, output, output_offset, sigmoid }));
        Ok(end)
    }

    /// The value that is a node's result, after the operators that compute it.
    fn value(&mut self, at: usize) -> Result<usize, Unsupported> {
        if let Some(&value) = self.value_of_node.get(&at) {
            return Ok(value);
        }
        let Activation { operand, slopes } =
            activation(self.graph, at).ok_or_else(|| self.unsupported(at, "end of a block"))?;
        let value = match &self.node(operand).operator {
            Operator::Conv(_) => self.stem(operand, &slopes)?,
            Operator::Add => self.block(operand, &slopes)?,
            _ => return Err(self.unsupported(operand, "end of a block")),
        };
        self.value_of_node.insert(at, value);
        Ok(value)
    }

    fn add_value(&mut self, shape: FeatureMapShape) -> usize {
        self.values.push(shape);
        self.values.len() - 1
    }

    /// Shape of a feature map that holds a node's result.
    fn shape(&self, at: usize) -> FeatureMapShape {
        let shape = &self.node(at).shape;
        let (channels, height, width) = (shape[1], shape[2], shape[3]);
        FeatureMapShape { height, width, channels, pixel_stride: self.blocking.round_up(channels), padding: 1 }
    }

    fn stem(&mut self, at: usize, slopes: &[f32]) -> Result<usize, Unsupported> {
        let node = self.node(at);
        let (Operator::Conv(conv), operand) = (&node.operator, node.inputs[0]) else {
            return Err(self.unsupported(at, "stem"));
        };
        let Node { operator: Operator::MoveAxis { from: 3, to: 1 }, inputs, .. } = self.node(operand) else {
            return Err(self.unsupported(operand, "picture"));
        };
        let Node { operator: Operator::Input, shape, .. } = self.node(inputs[0]) else {
            return Err(self.unsupported(inputs[0], "picture"));
        };
        let &[1, height, width, channels] = &shape[..] else {
            return Err(self.unsupported(inputs[0], "picture"));
        };
        let fits = conv.groups == 1
            && conv.pads.iter().all(|&pad| pad <= INPUT_PADDING)
            && conv.strides[0] == conv.strides[1]
            && self.values.is_empty();
        if !fits {
            return Err(self.unsupported(at, "stem"));
        }
        let picture = FeatureMapShape { height, width, channels, pixel_stride: channels, padding: INPUT_PADDING };
        self.add_value(picture);
        let conv = PackedConv::pack(conv, slopes, picture, self.blocking);
        let dst = self.add_value(self.shape(at));
        self.ops.push(FusedOp::Stem(Stem { conv, dst }));
        Ok(dst)
    }

    /// The block that ends in this sum.
    fn block(&mut self, sum: usize, slopes: &[f32]) -> Result<usize, Unsupported> {
        let graph = self.graph;
        let &[a, b] = &graph.nodes[sum].inputs[..] else {
            return Err(self.unsupported(sum, "sum of a block"));
        };
        let pointwise =
            |at: usize| as_conv(graph, at).filter(|conv| conv.groups == 1 && conv.has_geometry([1, 1], 1, [0; 4]));
        let (skip, last, expand) = match (pointwise(a), pointwise(b)) {
            (_, Some(conv)) => (a, b, conv),
            (Some(conv), None) => (b, a, conv),
            _ => return Err(self.unsupported(sum, "sum of a block")),
        };
        let middle = graph.nodes[last].inputs[0];
        let depthwise = as_conv(graph, middle)
            .filter(|conv| conv.groups == conv.bias.len() && conv.weights.len() == 9 * conv.groups)
            .filter(|conv| conv.has_geometry([3, 3], 1, [1; 4]) || conv.has_geometry([3, 3], 2, [0, 0, 1, 1]))
            .ok_or_else(|| self.unsupported(middle, "depthwise convolution of a block"))?;

        let (skipped, pooled_skip) = self.skip(skip);
        let src = self.value(skipped)?;
        let from = self.values[src];
        let (squeeze, inner) = self.squeeze(graph.nodes[middle].inputs[0], src, depthwise.strides[0])?;
        let to = self.shape(sum);
        // A pooled skip halves the picture, and one of the convolutions has to, too. Sums that broadcast one operand
        // are not blocks.
        let is_larger_by =
            |map: FeatureMapShape, factor: usize| [map.height, map.width] == [to.height * factor, to.width * factor];
        let no_broadcast = [skip, last].iter().all(|&operand| graph.nodes[operand].shape == graph.nodes[sum].shape);
        let fits = no_broadcast
            && is_larger_by(from, usize::from(pooled_skip) + 1)
            && is_larger_by(inner, depthwise.strides[0])
            && from.channels <= to.channels;
        if !fits {
            return Err(self.unsupported(sum, "sum of a block"));
        }
        let expanded = FeatureMapShape { channels: inner.channels, pixel_stride: inner.pixel_stride, ..to };
        let dst = self.add_value(to);
        self.ops.push(FusedOp::Block(Box::new(ResidualBlock {
            squeeze,
            depthwise: PackedDepthwise::pack(depthwise, inner.pixel_stride, self.blocking),
            expand: PackedConv::pack(expand, slopes, expanded, self.blocking),
            src,
            dst,
            pooled_skip,
            inner,
        })));
        Ok(dst)
    }

    /// The squeeze of the block that reads value `src`, if node `at`, which its depthwise convolution reads, is not
    /// `src` itself; and the shape of what that convolution reads.
    fn squeeze(
        &self,
        at: usize,
        src: usize,
        depthwise_stride: usize,
    ) -> Result<(Option<PackedConv>, FeatureMapShape), Unsupported> {
        let (graph, from) = (self.graph, self.values[src]);
        let is_src = |node: usize| self.value_of_node.get(&node) == Some(&src);
        if is_src(at) {
            return Ok((None, from));
        }
        let (conv, slopes) = activation(graph, at)
            .and_then(|Activation { operand, slopes }| Some((operand, as_conv(graph, operand)?, slopes)))
            .filter(|(operand, ..)| is_src(graph.nodes[*operand].inputs[0]))
            .map(|(_, conv, slopes)| (conv, slopes))
            .filter(|(conv, _)| conv.groups == 1)
            .filter(|(conv, _)| conv.has_geometry([1, 1], 1, [0; 4]) || conv.has_geometry([2, 2], 2, [0; 4]))
            .ok_or_else(|| self.unsupported(at, "squeeze of a block"))?;
        let mut inner = self.shape(at);
        // Strided, the depthwise kernel takes whole vectors only.
        if depthwise_stride == 1 {
            inner.pixel_stride = inner_pixel_stride(inner.channels, inner.width, self.blocking);
        }
        Ok((Some(PackedConv::pack(conv, &slopes, from, self.blocking)), inner))
    }

    /// The node that a skip carries, and whether it is pooled. Zero channels that it adds need no operator.
    fn skip(&self, at: usize) -> (usize, bool) {
        let Node { operator, inputs, .. } = self.node(at);
        match operator {
            Operator::PadChannels => self.skip(inputs[0]),
            Operator::MaxPool2 => (inputs[0], true),
            _ => (at, false),
        }
    }
}

fn as_conv(graph: &Graph, at: usize) -> Option<&Conv> {
    match &graph.nodes[at].operator {
        Operator::Conv(conv) => Some(conv),
        _ => None,
    }
}
