//! A network as its file has it: operators over channels-first (NCHW) tensors, independent of the library that read it.

/// Operators in the order in which they can be computed.
#[derive(Debug)]
pub(in crate::face) struct Graph {
    pub nodes: Vec<Node>,
    /// Indices of the outputs in `nodes`.
    pub outputs: Vec<usize>,
}

/// One operator and the shape of its result.
#[derive(Debug)]
pub(in crate::face) struct Node {
    pub operator: Operator,
    /// Indices of its operands in the graph, all before it.
    pub inputs: Vec<usize>,
    /// Shape of its result, batch first.
    pub shape: Vec<usize>,
}

/// The operators of MediaPipe's small convolutional networks.
#[derive(Debug)]
pub(in crate::face) enum Operator {
    /// The picture: batch, rows, columns, channels.
    Input,
    /// Values known beforehand, row-major.
    Constant(Vec<f32>),
    /// Weights and bias are constants of the operator itself.
    Conv(Conv),
    /// Maximum of each 2 × 2 square, with stride 2.
    MaxPool2,
    /// Zero channels after the last.
    PadChannels,
    Add,
    Mul,
    Max,
    Sigmoid,
    /// One axis moved to another place.
    MoveAxis {
        from: usize,
        to: usize,
    },
    /// The same values in the same order under another shape.
    Reshape,
    Concat {
        axis: usize,
    },
    /// Anything else, by name.
    Other(String),
}

/// A two-dimensional convolution, undilated.
#[derive(Debug)]
pub(in crate::face) struct Conv {
    /// Output channels, input channels of a group, kernel rows, kernel columns; row-major.
    pub weights: Vec<f32>,
    /// One per output channel.
    pub bias: Vec<f32>,
    /// Rows, columns.
    pub kernel: [usize; 2],
    pub strides: [usize; 2],
    /// Zeros above, left, below, right.
    pub pads: [usize; 4],
    pub groups: usize,
}

impl Conv {
    /// Whether kernel, stride and padding are these.
    pub fn has_geometry(&self, kernel: [usize; 2], stride: usize, pads: [usize; 4]) -> bool {
        self.kernel == kernel && self.strides == [stride; 2] && self.pads == pads
    }
}
