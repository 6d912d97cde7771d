//! Which plane holds what.

use std::collections::HashMap;

use super::plan::Step;
use super::plane::PlaneShape;

/// Gives every value a plane, and planes that are free again to the next value of their shape. A block whose input
/// nobody else reads writes over it.
pub(super) fn settle(mut steps: Vec<Step>, values: &[PlaneShape]) -> (Vec<Step>, Vec<PlaneShape>) {
    let reads = |step: &Step| match step {
        Step::Stem(_) => 0,
        Step::Block(block) => block.from,
        Step::Head(head) => head.from,
    };
    let last_use: HashMap<usize, usize> = steps.iter().enumerate().map(|(at, step)| (reads(step), at)).collect();
    let mut planes = vec![values[0]];
    let mut place: Vec<usize> = vec![0; values.len()];
    let mut free: Vec<usize> = Vec::new();
    for (at, step) in steps.iter_mut().enumerate() {
        let from = reads(step);
        let done = last_use.get(&from) == Some(&at) && from != 0;
        let mut take = |shape: PlaneShape| match free.iter().position(|&plane| planes[plane] == shape) {
            Some(found) => free.swap_remove(found),
            None => {
                planes.push(shape);
                planes.len() - 1
            }
        };
        match step {
            Step::Stem(stem) => {
                place[stem.to] = take(values[stem.to]);
                stem.to = place[stem.to];
            }
            Step::Block(block) => {
                let over = done && block.squeeze.is_some() && values[from] == values[block.to];
                place[block.to] = if over { place[from] } else { take(values[block.to]) };
                (block.from, block.to) = (place[from], place[block.to]);
                if done && !over {
                    free.push(place[from]);
                }
            }
            Step::Head(head) => head.from = place[from],
        }
    }
    (steps, planes)
}
