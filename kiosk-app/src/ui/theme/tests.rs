//! Measures: touch is large enough, and large text leaves it so.

use super::*;
use crate::palette::CARMINE;

fn measures() -> Measures {
    Measures {
        screen: Vec2::new(1080.0, 1920.0),
        pixels_per_point: 1.0,
        mm_per_px: 0.369,
        large_text: false,
        reach: false,
        accent: CARMINE,
    }
}

#[test]
fn touch_is_twenty_millimetres_or_more() {
    assert_eq!(Theme::new(measures()).touch, LEAST_TOUCH);
    // A small dense screen: the points are small, so more of them are needed.
    let tablet = Measures { mm_per_px: 0.12, pixels_per_point: 1.5, ..measures() };
    let touch_mm = Theme::new(tablet).touch * 1.5 * 0.12;
    assert!((20.0..20.3).contains(&touch_mm), "{touch_mm}");
    assert_eq!(Theme::new(Measures { mm_per_px: 0.0, ..measures() }).touch, LEAST_TOUCH);
}

#[test]
fn large_text_is_larger_and_touch_is_not() {
    let (normal, large) = (Theme::new(measures()), Theme::new(Measures { large_text: true, ..measures() }));
    assert!((large.body().size / normal.body().size - LARGE).abs() < 1e-5);
    assert_eq!(normal.touch, large.touch);
}
