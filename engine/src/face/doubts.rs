//! Places in a stream where the detector saw a face and the second look did not bear it out.
//!
//! A poster, or a head that lies on its side, may be detected in every frame, and a second look costs several runs of
//! both networks. So it is not taken again at once at the same place.

use std::time::Duration;

use super::roi::Roi;

/// Places that were looked at twice, and when.
#[derive(Debug, Default)]
pub(super) struct Doubts(Vec<(Roi, Duration)>);

impl Doubts {
    /// Nothing was found here.
    pub(super) fn add(&mut self, roi: Roi, now: Duration) {
        match self.0.iter_mut().find(|(place, _)| place.is_near(&roi)) {
            Some(known) => *known = (roi, now),
            None => self.0.push((roi, now)),
        }
    }

    /// Whether nothing was found here in an earlier frame since `pause`. Forgets what is older.
    pub(super) fn holds(&mut self, roi: &Roi, now: Duration, pause: Duration) -> bool {
        self.0.retain(|(_, then)| now.checked_sub(*then).is_some_and(|waited| waited < pause));
        self.0.iter().any(|(place, then)| *then < now && place.is_near(roi))
    }

    /// Forgets all of them.
    pub(super) fn reset(&mut self) {
        self.0.clear();
    }

    /// Forgets all of them, and overwrites them.
    pub(super) fn zeroize(&mut self) {
        crate::zeroize::empty(&mut self.0, (Roi::BLANK, Duration::ZERO));
    }
}

#[cfg(test)]
mod tests {
    use glam::Vec2;

    use super::*;

    #[test]
    fn a_place_is_left_alone_for_a_while_and_others_are_not() {
        let at = |x: f32| Roi { centre_px: Vec2::new(x, 50.0), size_px: 60.0, rotation_rad: 0.0 };
        let (millis, pause) = (Duration::from_millis, Duration::from_millis(170));
        let mut doubts = Doubts::default();
        doubts.add(at(100.0), millis(1000));
        assert!(!doubts.holds(&at(100.0), millis(1000), pause), "in the same frame it may be found in another way");
        assert!(doubts.holds(&at(104.0), millis(1033), pause));
        assert!(!doubts.holds(&at(200.0), millis(1033), pause));
        assert!(!doubts.holds(&at(100.0), millis(1170), pause));
        doubts.add(at(100.0), millis(2000));
        assert!(!doubts.holds(&at(100.0), millis(10), pause), "a clock that runs back forgets");
    }
}
