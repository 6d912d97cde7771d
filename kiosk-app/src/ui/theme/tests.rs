use proptest::prelude::*;

use super::*;

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

fn worst(palette: &Palette) -> (f32, String) {
    let all =
        palette.pairs().into_iter().map(|(name, text, ground)| (contrast(text, ground), format!("{name} {text:?}")));
    all.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap()
}

#[test]
fn contrast_is_wcags() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 0.01);
    // Their own example of a grey that just passes on white.
    assert!((contrast(Color32::from_rgb(0x76, 0x76, 0x76), Color32::WHITE) - 4.54).abs() < 0.01);
    assert!((contrast(IVORY, IVORY) - 1.0).abs() < 1e-6);
}

#[test]
fn every_text_can_be_read_on_every_ground() {
    let (least, pair) = worst(&Palette::new(CARMINE));
    assert!(least >= 4.5, "{pair}: {least:.2}");
}

#[test]
fn the_house_accent_is_left_as_it_is() {
    let palette = Palette::new(CARMINE);
    assert_eq!((palette.accent, palette.accent_ink), (CARMINE, CARMINE));
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

proptest! {
    #[test]
    fn any_brands_accent_can_be_read(r: u8, g: u8, b: u8) {
        let (least, pair) = worst(&Palette::new(Color32::from_rgb(r, g, b)));
        prop_assert!(least >= 4.5, "{pair}: {least:.2}");
    }
}
