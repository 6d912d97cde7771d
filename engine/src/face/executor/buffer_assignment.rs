//! Buffer assignment: which buffer holds which intermediate value.
//!
//! In: fused operators whose `src` and `dst` number values, each written once. Out: the same operators with numbers of
//! buffers, and the shapes of those buffers.
//!
//! 1. The last reader of every value is found: after it the value is dead.
//! 2. Operator by operator, a result gets a free buffer of its shape, or a new one.
//! 3. A block whose input dies with it and has the result's shape works in place. It needs its squeeze for that:
//!    without one the depthwise convolution would read rows that are already overwritten.
//! 4. The buffer of a value that died becomes free. The input's buffer never does, since the caller fills it.

use std::collections::HashMap;

use super::feature_map::FeatureMapShape;
use super::plan::FusedOp;

/// The operators over buffers, and the buffers' shapes. `values` are the values' shapes; value 0 is the input.
pub(super) fn assign_buffers(
    mut ops: Vec<FusedOp>,
    values: &[FeatureMapShape],
) -> (Vec<FusedOp>, Vec<FeatureMapShape>) {
    let last_use: HashMap<usize, usize> = ops.iter().enumerate().map(|(at, op)| (op.src(), at)).collect();
    let mut buffers = vec![values[0]];
    let mut buffer_of: Vec<usize> = vec![0; values.len()];
    let mut free: Vec<usize> = Vec::new();
    for (at, op) in ops.iter_mut().enumerate() {
        let value = op.src();
        let dies = last_use.get(&value) == Some(&at) && value != 0;
        let mut allocate = |shape: FeatureMapShape| match free.iter().position(|&buffer| buffers[buffer] == shape) {
            Some(found) => free.swap_remove(found),
            None => {
                buffers.push(shape);
                buffers.len() - 1
            }
        };
        match op {
            FusedOp::Stem(stem) => {
                buffer_of[stem.dst] = allocate(values[stem.dst]);
                stem.dst = buffer_of[stem.dst];
            }
            FusedOp::Block(block) => {
                let in_place = dies && block.squeeze.is_some() && values[value] == values[block.dst];
                buffer_of[block.dst] = if in_place { buffer_of[value] } else { allocate(values[block.dst]) };
                (block.src, block.dst) = (buffer_of[value], buffer_of[block.dst]);
                if dies && !in_place {
                    free.push(buffer_of[value]);
                }
            }
            FusedOp::Head(head) => head.src = buffer_of[value],
        }
    }
    (ops, buffers)
}
