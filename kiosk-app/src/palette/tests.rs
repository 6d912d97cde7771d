//! Every text can be read on its ground, whatever the accent.

use proptest::prelude::*;

use super::*;

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

proptest! {
    #[test]
    fn any_brands_accent_can_be_read(r: u8, g: u8, b: u8) {
        let (least, pair) = worst(&Palette::new(Color32::from_rgb(r, g, b)));
        prop_assert!(least >= 4.5, "{pair}: {least:.2}");
    }
}
