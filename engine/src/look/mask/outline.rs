//! Smooth curves through an artist's points, and outlines given by landmarks.
//!
//! In: points with something that follows along (a width), or a ring's name. Out: a finer line of points.
//!
//! A centripetal Catmull–Rom spline, which makes no loops and no cusps (Yuksel, Schaefer & Keyser 2011), evaluated by
//! Barry & Goldman's pyramid (1988).

use std::sync::OnceLock;

use carmine_models::CanonicalFace;
use glam::{Vec2, Vec3};

use crate::face::rings;

/// Straight pieces between two points of a curve.
const PIECES: usize = 6;
/// Least distance between knots: where points coincide the curve has no direction.
const KNOT_MIN: f32 = 1e-3;

/// A smooth curve through points of x, y and something that follows along. A closed one does not repeat its first
/// point.
pub(super) fn smooth(points: &[Vec3], is_closed: bool) -> Vec<Vec3> {
    let count = points.len();
    if count < 2 {
        return points.to_vec();
    }
    let point = |i: isize| -> Vec3 {
        let last = count as isize - 1;
        if is_closed {
            points[i.rem_euclid(count as isize) as usize]
        } else if i < 0 {
            // Past an end, extrapolate linearly.
            points[0] * 2.0 - points[1]
        } else if i > last {
            points[count - 1] * 2.0 - points[count - 2]
        } else {
            points[i as usize]
        }
    };
    let steps = if is_closed { count } else { count - 1 } as isize;
    let mut curve = Vec::with_capacity(steps as usize * PIECES + 1);
    for step in 0..steps {
        let corners = [point(step - 1), point(step), point(step + 1), point(step + 2)];
        curve.extend((0..PIECES).map(|piece| between(corners, piece as f32 / PIECES as f32)));
    }
    if !is_closed {
        curve.push(points[count - 1]);
    }
    curve
}

/// The curve from `b` to `c` at `s` in 0–1.
fn between([a, b, c, d]: [Vec3; 4], s: f32) -> Vec3 {
    let knot = |from: Vec3, to: Vec3| from.truncate().distance(to.truncate()).sqrt().max(KNOT_MIN);
    let (ta, tc) = (-knot(a, b), knot(b, c));
    let td = tc + knot(c, d);
    let t = tc * s;
    let ab = a.lerp(b, (t - ta) / -ta);
    let bc = b.lerp(c, s);
    let cd = c.lerp(d, (t - tc) / (td - tc));
    let abc = ab.lerp(bc, (t - ta) / (tc - ta));
    let bcd = bc.lerp(cd, t / td);
    abc.lerp(bcd, s)
}

/// A closed smooth outline.
pub(super) fn closed(points: Vec<Vec2>) -> Vec<Vec2> {
    let points: Vec<Vec3> = points.into_iter().map(|point| point.extend(0.0)).collect();
    smooth(&points, true).into_iter().map(Vec3::truncate).collect()
}

/// Canonical u and v of a landmark of the mesh.
pub(super) fn landmark_uv(id: u16) -> Option<Vec2> {
    static UV: OnceLock<Vec<[f32; 2]>> = OnceLock::new();
    let uv = UV.get_or_init(|| CanonicalFace::embedded().map(|face| face.uv).unwrap_or_default());
    uv.get(usize::from(id)).map(|&uv| uv.into())
}

/// Rings that masks know by name.
pub(super) const RING_NAMES: [&str; 7] =
    ["lips-outer", "lips-inner", "right-eye", "left-eye", "right-brow", "left-brow", "face-oval"];

/// The landmarks of a ring in [`RING_NAMES`], in the order of its outline.
pub(super) fn ring(name: &str) -> Option<Vec<u16>> {
    // Both edges of a brow run outwards in.
    let brow = |edges: &[u16; 10]| edges[..5].iter().chain(edges[5..].iter().rev()).copied().collect();
    Some(match name {
        "lips-outer" => rings::LIPS_OUTER.to_vec(),
        "lips-inner" => rings::LIPS_INNER.to_vec(),
        "right-eye" => rings::RIGHT_EYE.to_vec(),
        "left-eye" => rings::LEFT_EYE.to_vec(),
        "right-brow" => brow(&rings::RIGHT_BROW),
        "left-brow" => brow(&rings::LEFT_BROW),
        "face-oval" => rings::FACE_OVAL.to_vec(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn curves_go_through_their_points_and_stay_near(
            values in prop::collection::vec((-1f32..1.0, -1f32..1.0, 0f32..1.0), 3..12), is_closed: bool,
        ) {
            let points: Vec<Vec3> = values.into_iter().map(Vec3::from).collect();
            let curve = smooth(&points, is_closed);
            for (i, point) in points.iter().enumerate() {
                prop_assert!(curve[i * PIECES].abs_diff_eq(*point, 1e-4));
            }
            prop_assert!(curve.iter().all(|p| p.is_finite() && p.truncate().length() < 4.0));
        }
    }

    #[test]
    fn points_in_one_place_make_no_trouble() {
        for is_closed in [true, false] {
            assert!(smooth(&[Vec3::ONE; 5], is_closed).iter().all(|p| p.abs_diff_eq(Vec3::ONE, 1e-5)));
        }
    }

    #[test]
    fn every_ring_is_known_and_lies_on_the_mesh() {
        for name in RING_NAMES {
            let ring = ring(name).unwrap();
            assert!(ring.into_iter().all(|id| landmark_uv(id).is_some()), "{name}");
        }
        assert!(landmark_uv(33).unwrap().x < 0.5, "the person's right is left");
    }
}
