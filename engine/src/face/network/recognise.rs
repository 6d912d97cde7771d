//! Finds the blocks in a graph of single operators.

use std::collections::HashMap;

use super::graph::{Conv, Graph, Node, Op};
use super::pack::{Dense, Depthwise, Width, inner_step};
use super::plan::{Block, Head, Plan, Stem, Step};
use super::plane::PlaneShape;
use super::settle::settle;

/// Zero pixels around the input, for the stems' pads.
const INPUT_MARGIN: usize = 2;
/// How far slope and rest of a spelled-out PReLU may add up to something other than 1.
const ROUNDING: f32 = 1e-5;

/// Why a graph is not one of this family.
pub(super) type Unknown = String;

/// The steps of a graph, packed for `width`.
pub(super) fn recognise(graph: &Graph, width: Width) -> Result<Plan, Unknown> {
    let mut builder = Builder { graph, width, values: Vec::new(), known: HashMap::new(), steps: Vec::new() };
    let mut outputs = Vec::new();
    for (output, &node) in graph.outputs.iter().enumerate() {
        outputs.push(builder.output(node, output, 0, false)?);
    }
    let (steps, values) = (builder.steps, builder.values);
    let (steps, planes) = settle(steps, &values);
    Ok(Plan { planes, steps, outputs })
}

struct Builder<'g> {
    graph: &'g Graph,
    width: Width,
    /// Shapes of what the steps give and take; 0 is the input.
    values: Vec<PlaneShape>,
    /// Which node is which value.
    known: HashMap<usize, usize>,
    steps: Vec<Step>,
}

impl Builder<'_> {
    fn node(&self, at: usize) -> &Node {
        &self.graph.nodes[at]
    }

    fn unknown(&self, at: usize, what: &str) -> Unknown {
        let node = self.node(at);
        let op = match &node.op {
            Op::Other(name) => name.clone(),
            op => format!("{op:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(),
        };
        format!("operator {at} ({op}, giving {:?}) is no {what}", node.shape)
    }

    /// Part `output` from `offset` on; returns where it ends.
    fn output(&mut self, at: usize, output: usize, offset: usize, sigmoid: bool) -> Result<usize, Unknown> {
        let Node { op, inputs, shape } = self.node(at);
        let inputs = inputs.clone();
        match op {
            // Values in the order of rows, columns, channels, whatever the shape says.
            Op::Reshape => self.output(inputs[0], output, offset, sigmoid),
            Op::Sigmoid if !sigmoid => self.output(inputs[0], output, offset, true),
            Op::MoveAxis { from: 1, to: 3 } => self.head(inputs[0], output, offset, sigmoid),
            Op::Concat { axis: 1 } if shape[0] == 1 && !sigmoid => {
                inputs.into_iter().try_fold(offset, |offset, part| self.output(part, output, offset, false))
            }
            Op::Conv(_) if shape[2..] == [1, 1] => self.head(at, output, offset, sigmoid),
            _ => Err(self.unknown(at, "head")),
        }
    }

    fn head(&mut self, at: usize, output: usize, offset: usize, sigmoid: bool) -> Result<usize, Unknown> {
        let graph = self.graph;
        let Node { op: Op::Conv(conv), inputs, shape } = &graph.nodes[at] else {
            return Err(self.unknown(at, "head"));
        };
        let from = self.value(inputs[0])?;
        let shape_in = self.values[from];
        let grid = [shape[2], shape[3]];
        let fits = conv.groups == 1
            && conv.pads == [0; 4]
            && conv.strides == [1, 1]
            && [grid[0] + conv.kernel[0], grid[1] + conv.kernel[1]] == [shape_in.height + 1, shape_in.width + 1];
        if !fits {
            return Err(self.unknown(at, "head"));
        }
        let dense = Dense::pack(conv, &vec![1.0; conv.bias.len()], shape_in, self.width);
        let end = offset + grid[0] * grid[1] * conv.bias.len();
        self.steps.push(Step::Head(Head { dense, from, grid, output, offset, sigmoid }));
        Ok(end)
    }

    /// The value that a node gives, with the steps to it.
    fn value(&mut self, at: usize) -> Result<usize, Unknown> {
        if let Some(&value) = self.known.get(&at) {
            return Ok(value);
        }
        let (inner, slope) = self.activation(at).ok_or_else(|| self.unknown(at, "end of a block"))?;
        let value = match &self.node(inner).op {
            Op::Conv(_) => self.stem(inner, &slope)?,
            Op::Add => self.block(inner, &slope)?,
            _ => return Err(self.unknown(inner, "end of a block")),
        };
        self.known.insert(at, value);
        Ok(value)
    }

    fn add_value(&mut self, shape: PlaneShape) -> usize {
        self.values.push(shape);
        self.values.len() - 1
    }

    /// Shape of a plane that holds a node's result.
    fn shape(&self, at: usize, margin: usize) -> PlaneShape {
        let shape = &self.node(at).shape;
        let (channels, height, width) = (shape[1], shape[2], shape[3]);
        PlaneShape { height, width, channels, step: self.width.fill(channels), margin }
    }

    fn stem(&mut self, at: usize, slope: &[f32]) -> Result<usize, Unknown> {
        let graph = self.graph;
        let (Op::Conv(conv), operand) = (&graph.nodes[at].op, graph.nodes[at].inputs[0]) else {
            return Err(self.unknown(at, "stem"));
        };
        let Node { op: Op::MoveAxis { from: 3, to: 1 }, inputs, .. } = self.node(operand) else {
            return Err(self.unknown(operand, "picture"));
        };
        let Node { op: Op::Input, shape, .. } = self.node(inputs[0]) else {
            return Err(self.unknown(inputs[0], "picture"));
        };
        let &[1, height, width, channels] = &shape[..] else {
            return Err(self.unknown(inputs[0], "picture"));
        };
        let sound = conv.groups == 1
            && conv.pads.iter().all(|&pad| pad <= INPUT_MARGIN)
            && conv.strides[0] == conv.strides[1]
            && self.values.is_empty();
        if !sound {
            return Err(self.unknown(at, "stem"));
        }
        let picture = PlaneShape { height, width, channels, step: channels, margin: INPUT_MARGIN };
        self.add_value(picture);
        let dense = Dense::pack(conv, slope, picture, self.width);
        let to = self.add_value(self.shape(at, 1));
        self.steps.push(Step::Stem(Stem { dense, to }));
        Ok(to)
    }

    /// The block that ends in this sum.
    fn block(&mut self, sum: usize, slope: &[f32]) -> Result<usize, Unknown> {
        let graph = self.graph;
        let &[a, b] = &graph.nodes[sum].inputs[..] else {
            return Err(self.unknown(sum, "sum of a block"));
        };
        let pointwise = |at: usize| as_conv(graph, at).filter(|conv| conv.groups == 1 && conv.is([1, 1], 1, [0; 4]));
        let (skip, last, expand) = match (pointwise(a), pointwise(b)) {
            (_, Some(conv)) => (a, b, conv),
            (Some(conv), None) => (b, a, conv),
            _ => return Err(self.unknown(sum, "sum of a block")),
        };
        let middle = graph.nodes[last].inputs[0];
        let depthwise = as_conv(graph, middle)
            .filter(|conv| conv.groups == conv.bias.len() && conv.weights.len() == 9 * conv.groups)
            .filter(|conv| conv.is([3, 3], 1, [1; 4]) || conv.is([3, 3], 2, [0, 0, 1, 1]))
            .ok_or_else(|| self.unknown(middle, "depthwise convolution of a block"))?;

        let (skipped, pooled) = self.skip(skip);
        let from = self.value(skipped)?;
        let shape = self.values[from];
        let before = graph.nodes[middle].inputs[0];
        let (squeeze, inner) = if self.known.get(&before) == Some(&from) {
            (None, shape)
        } else {
            let (conv, slope) = self
                .activation(before)
                .and_then(|(inner, slope)| Some((inner, as_conv(graph, inner)?, slope)))
                .filter(|(inner, ..)| self.known.get(&graph.nodes[*inner].inputs[0]) == Some(&from))
                .map(|(_, conv, slope)| (conv, slope))
                .filter(|(conv, _)| conv.groups == 1 && (conv.is([1, 1], 1, [0; 4]) || conv.is([2, 2], 2, [0; 4])))
                .ok_or_else(|| self.unknown(before, "squeeze of a block"))?;
            let mut inner = self.shape(before, 1);
            // Strided, the depthwise kernel takes whole vectors only.
            if depthwise.strides[0] == 1 {
                inner.step = inner_step(inner.channels, inner.width, self.width);
            }
            (Some(Dense::pack(conv, &slope, shape, self.width)), inner)
        };
        let to = self.shape(sum, 1);
        // A pooled skip halves the picture, and one of the convolutions has to, too. Sums that spread one operand over
        // the other are not blocks.
        let halved =
            |plane: PlaneShape, factor: usize| [plane.height, plane.width] == [to.height * factor, to.width * factor];
        let whole = [skip, last].iter().all(|&operand| graph.nodes[operand].shape == graph.nodes[sum].shape);
        let sound = whole
            && halved(shape, usize::from(pooled) + 1)
            && halved(inner, depthwise.strides[0])
            && shape.channels <= to.channels;
        if !sound {
            return Err(self.unknown(sum, "sum of a block"));
        }
        let step = Block {
            between: inner.step,
            depthwise: Depthwise::pack(depthwise, inner.step, self.width),
            expand: Dense::pack(
                expand,
                slope,
                PlaneShape { channels: inner.channels, step: inner.step, ..to },
                self.width,
            ),
            squeeze,
            from,
            to: self.add_value(to),
            pooled,
            inner,
        };
        let value = step.to;
        self.steps.push(Step::Block(Box::new(step)));
        Ok(value)
    }

    /// What a skip carries, and whether it is pooled. Zero channels that it adds need no step.
    fn skip(&self, at: usize) -> (usize, bool) {
        let Node { op, inputs, .. } = self.node(at);
        match op {
            Op::PadChannels => self.skip(inputs[0]),
            Op::MaxPool2 => (inputs[0], true),
            _ => (at, false),
        }
    }

    /// Operand and slopes of a ReLU or of a PReLU spelled out as `slope · x + (1 − slope) · relu(x)`.
    fn activation(&self, at: usize) -> Option<(usize, Vec<f32>)> {
        let channels = *self.node(at).shape.get(1)?;
        if let Some(operand) = self.relu(at) {
            return Some((operand, vec![0.0; channels]));
        }
        let Node { op: Op::Add, inputs, .. } = self.node(at) else { return None };
        let scaled = |at: usize| {
            let Node { op: Op::Mul, inputs, .. } = self.node(at) else { return None };
            let &[a, b] = &inputs[..] else { return None };
            let pair = |value: usize, factor: usize| match &self.node(factor).op {
                Op::Constant(values) if self.node(factor).shape == [1, channels, 1, 1] => Some((value, values)),
                _ => None,
            };
            pair(a, b).or_else(|| pair(b, a))
        };
        let &[a, b] = &inputs[..] else { return None };
        let (a, b) = (scaled(a)?, scaled(b)?);
        let parts = |(x, slope): (usize, &Vec<f32>), (above, rest): (usize, &Vec<f32>)| {
            let sums = slope.iter().zip(rest).all(|(slope, rest)| (slope + rest - 1.0).abs() <= ROUNDING);
            (self.relu(above) == Some(x) && sums).then(|| (x, slope.clone()))
        };
        parts(a, b).or_else(|| parts(b, a))
    }

    fn relu(&self, at: usize) -> Option<usize> {
        let Node { op: Op::Max, inputs, .. } = self.node(at) else { return None };
        let &[a, b] = &inputs[..] else { return None };
        let zero = |at: usize| matches!(&self.node(at).op, Op::Constant(values) if values.iter().all(|&v| v == 0.0));
        let operand = if zero(b) { a } else { zero(a).then_some(b)? };
        (self.node(operand).shape == self.node(at).shape).then_some(operand)
    }
}

impl Conv {
    fn is(&self, kernel: [usize; 2], stride: usize, pads: [usize; 4]) -> bool {
        self.kernel == kernel && self.strides == [stride; 2] && self.pads == pads
    }
}

fn as_conv(graph: &Graph, at: usize) -> Option<&Conv> {
    match &graph.nodes[at].op {
        Op::Conv(conv) => Some(conv),
        _ => None,
    }
}
