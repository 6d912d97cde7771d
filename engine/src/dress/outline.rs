//! Where a dressed face may be drawn, so that the composite passes touch few pixels.
//!
//! In: a dressed face's vertices. Out: a convex outline of its mesh, and a rectangle each round lips, right eye and
//! left eye.
//!
//! 1. The outline is the polygon between lines in evenly turned directions that touch the mesh (a discrete support
//!    function).
//! 2. A vertex of lids, irises, brows or lashes belongs to the eye on its side of the face's middle.

use carmine_shaders::{ChartVertex, OUTLINE_POINTS};
use glam::{Vec2, Vec4};

use super::dressed_face::DressedFace;
use crate::look::Chart;

/// Pixels beyond the outermost corner that may still be touched.
const MARGIN_PX: f32 = 1.0;

/// Landmarks: the bridge of the nose, and the outer corners of the eyes.
const BETWEEN_EYES: usize = 6;
const RIGHT_OUTER_CORNER: usize = 33;
const LEFT_OUTER_CORNER: usize = 263;

/// Fills in where the face is drawn: a convex outline of its mesh, and rectangles round its features.
pub(super) fn fill(dressed: &mut DressedFace) {
    let outline = outline(dressed.mesh.iter().map(|vertex| vertex.position_px));
    for (to, two) in dressed.face.outline_px.iter_mut().zip(outline.chunks_exact(2)) {
        *to = Vec4::new(two[0].x, two[0].y, two[1].x, two[1].y);
    }
    let mut boxes = [(Vec2::MAX, Vec2::MIN); 3];
    let mut take = |part: usize, at: Vec2| boxes[part] = (boxes[part].0.min(at), boxes[part].1.max(at));
    let middle = dressed.mesh.get(BETWEEN_EYES).map_or(Vec2::ZERO, |vertex| vertex.position_px);
    let across = match (dressed.mesh.get(RIGHT_OUTER_CORNER), dressed.mesh.get(LEFT_OUTER_CORNER)) {
        (Some(right), Some(left)) => left.position_px - right.position_px,
        _ => Vec2::X,
    };
    let side = |at: Vec2| 1 + usize::from((at - middle).dot(across) > 0.0);
    let seen = |vertex: &&ChartVertex| vertex.visibility > 0.0;
    for vertex in dressed.curves.iter().filter(seen) {
        let is_lips = vertex.chart == Chart::Lips.shader_id();
        take(if is_lips { 0 } else { side(vertex.position_px) }, vertex.position_px);
    }
    for vertex in &dressed.strokes {
        take(side(vertex.position_px), vertex.position_px);
    }
    dressed.face.feature_rects_px = boxes.map(|(low, high)| {
        if low.cmple(high).all() {
            let (low, size) = (low - MARGIN_PX, high - low + 2.0 * MARGIN_PX);
            Vec4::new(low.x, low.y, size.x, size.y)
        } else {
            Vec4::ZERO
        }
    });
}

/// The polygon between lines in evenly turned directions that touch the points.
fn outline(points: impl Iterator<Item = Vec2>) -> [Vec2; OUTLINE_POINTS] {
    let directions: [Vec2; OUTLINE_POINTS] =
        std::array::from_fn(|i| Vec2::from_angle(std::f32::consts::TAU * i as f32 / OUTLINE_POINTS as f32));
    let mut reach = [f32::MIN; OUTLINE_POINTS];
    for point in points {
        for (reach, direction) in reach.iter_mut().zip(&directions) {
            *reach = reach.max(direction.dot(point));
        }
    }
    std::array::from_fn(|i| {
        let next = (i + 1) % OUTLINE_POINTS;
        let (a, b) = (directions[i], directions[next]);
        // Where the two lines meet.
        let determinant = a.perp_dot(b);
        let (ra, rb) = (reach[i] + MARGIN_PX, reach[next] + MARGIN_PX);
        Vec2::new(ra * b.y - rb * a.y, rb * a.x - ra * b.x) / determinant
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_point_lies_inside(values in prop::collection::vec((-500f32..500.0, -500f32..500.0), 1..40)) {
            let points: Vec<Vec2> = values.into_iter().map(Vec2::from).collect();
            let corners = outline(points.iter().copied());
            for i in 0..OUTLINE_POINTS {
                let (from, to) = (corners[i], corners[(i + 1) % OUTLINE_POINTS]);
                for &point in &points {
                    prop_assert!((to - from).perp_dot(point - from) >= -0.5, "{point} beyond {from}–{to}");
                }
            }
        }
    }
}
