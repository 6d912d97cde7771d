//! Whether a point lies in a polygon.

use glam::Vec2;

/// The even-odd rule: a ray from `point` to the left crosses an odd number of the polygon's sides. The last corner is
/// joined to the first.
pub(crate) fn contains(polygon: &[Vec2], point: Vec2) -> bool {
    let Some(&last) = polygon.last() else { return false };
    let (mut inside, mut from) = (false, last);
    for &to in polygon {
        if (from.y > point.y) != (to.y > point.y)
            && point.x < (to.x - from.x) * (point.y - from.y) / (to.y - from.y) + from.x
        {
            inside = !inside;
        }
        from = to;
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notch_is_outside() {
        let notched = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 1.0), (0.0, 4.0)].map(Vec2::from);
        assert!(contains(&notched, Vec2::new(0.5, 2.0)) && contains(&notched, Vec2::new(3.5, 2.0)));
        assert!(!contains(&notched, Vec2::new(2.0, 2.0)) && !contains(&notched, Vec2::new(5.0, 1.0)));
        assert!(!contains(&[], Vec2::ZERO));
    }
}
