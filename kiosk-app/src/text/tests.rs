//! What shaped text looks like: ink, widths, ellipses, directions.

use egui::ColorImage;

use super::*;

#[test]
fn words_have_ink_and_widths() {
    let mut shaper = TextShaper::default();
    let DrawnText { image: short, advance, .. } = shaper.draw("Rose", Voice::Label, 32.0, 900.0);
    let longer = shaper.draw("Everyday Rose", Voice::Label, 32.0, 900.0).advance;
    assert!(longer.x > 2.0 * advance.x, "{advance:?} {longer:?}");
    let ink: u32 = short.pixels.iter().map(|p| u32::from(p.a() > 128)).sum();
    assert!(ink > 150, "{ink} dark pixels");
}

#[test]
fn what_does_not_fit_ends_in_an_ellipsis() {
    let mut shaper = TextShaper::default();
    let full = shaper.draw("Everyday Rose", Voice::Label, 32.0, 900.0).image;
    let DrawnText { image: cut, advance, pad, .. } = shaper.draw("Everyday Rose", Voice::Label, 32.0, 120.0);
    assert!((60.0..=121.0).contains(&advance.x), "{advance:?}");
    assert!(cut.width() < full.width() && cut.height() == full.height());
    // The dots are on the base line: no ink above them.
    let right = (pad + advance.x) as usize - 14..(pad + advance.x) as usize;
    let ink = |rows: std::ops::Range<usize>| {
        rows.flat_map(|y| right.clone().map(move |x| (x, y))).filter(|&(x, y)| cut[(x, y)].a() > 128).count()
    };
    let (upper, lower) = (ink(0..cut.height() / 2), ink(cut.height() / 2..cut.height()));
    assert!(upper == 0 && lower > 0, "{upper} above, {lower} below");
    let endless = "مرحبا".repeat(9000);
    assert!(shaper.draw(&endless, Voice::Label, 32.0, 300.0).advance.x <= 301.0);
}

#[test]
fn names_in_arabic_and_chinese_are_no_boxes() {
    let mut shaper = TextShaper::default();
    let mut image = |text: &str| shaper.draw(text, Voice::Label, 32.0, 900.0).image;
    // A face that lacks a letter draws the same box for it as for any other.
    for [a, b] in [["ليلة", "ذهبي"], ["朱", "园"], ["پ", "ژ"]] {
        assert!(image(a).pixels != image(b).pixels, "{a} {b}");
    }
    // Letters join: apart they are wider.
    assert!(image("ليلة").width() < image("ل ي ل ة").width());
}

#[test]
fn nothing_is_drawn_for_nothing() {
    let DrawnText { image, advance, .. } = TextShaper::default().draw("", Voice::Body, 20.0, 900.0);
    assert!(image.pixels.iter().all(|p| p.a() == 0) && advance.x <= 1.0);
}

/// The columns that have ink in the rows of one line.
fn inked(image: &ColorImage, rows: std::ops::Range<usize>) -> (usize, usize) {
    let inked = |x: &usize| rows.clone().any(|y| image[(*x, y)].a() > 128);
    let columns = 0..image.width();
    (columns.clone().find(inked).unwrap(), columns.rev().find(inked).unwrap())
}

#[test]
fn paragraphs_wrap_and_end_where_they_must() {
    let mut shaper = TextShaper::default();
    let text = "A long, calm sentence that tells what the camera does and what is kept of it: nothing.";
    let mut rows = |lines| {
        let block = Block { room: 400.0, lines, lean: Lean::Left, rtl: false };
        let size = shaper.draw_block(text, Voice::Body, 30.0, &block).advance;
        assert!(size.x <= 401.0, "{size:?}");
        (size.y / 39.0).round() as usize
    };
    let [one, two, all] = [rows(1), rows(2), rows(20)];
    assert!(one == 1 && two == 2 && (3..8).contains(&all), "{one} {two} {all}");
}

#[test]
fn lines_lean_as_they_are_told() {
    let mut shaper = TextShaper::default();
    let mut second = |lean| {
        let block = Block { room: 600.0, lines: 2, lean, rtl: false };
        let DrawnText { image, advance: size, pad, .. } =
            shaper.draw_block("A first line that is long\nshort", Voice::Body, 30.0, &block);
        let top = (pad + size.y / 2.0) as usize;
        let (left, right) = inked(&image, top..image.height());
        (left as f32 - pad, pad + size.x - right as f32)
    };
    let (left, middle, right) = (second(Lean::Left), second(Lean::Middle), second(Lean::Right));
    assert!(left.0 < 6.0 && left.1 > 100.0, "{left:?}");
    assert!((middle.0 - middle.1).abs() < 6.0 && middle.0 > 50.0, "{middle:?}");
    assert!(right.1 < 6.0 && right.0 > 100.0, "{right:?}");
}

#[test]
fn a_sentence_in_arabic_that_begins_with_a_name_is_read_from_the_right() {
    let mut shaper = TextShaper::default();
    let mut draw = |rtl| {
        let block = Block { room: 900.0, lines: 1, lean: Lean::Left, rtl };
        shaper.draw_block("Carmine لا تحفظ شيئا", Voice::Body, 30.0, &block).image
    };
    // The Latin name stands at the other end: its capital is the tallest ink of its half.
    assert!(draw(true).pixels != draw(false).pixels);
    let block = Block { room: 900.0, lines: 1, lean: Lean::Left, rtl: true };
    let latin = shaper.draw_block("Carmine", Voice::Body, 30.0, &block).image;
    assert!(latin.pixels == shaper.draw("Carmine", Voice::Body, 30.0, 900.0).image.pixels);
}

/// A number that a right-to-left line begins with is neither lost nor cut.
#[test]
fn a_number_before_arabic_is_there() {
    let mut shaper = TextShaper::default();
    let mut width = |text: &str, room: f32| shaper.draw(text, Voice::Label, 40.0, room).advance.x;
    for (whole, part) in [("8 منتجات", "منتجات"), ("٨ منتجات", "منتجات"), ("4 من 4", "من 4"), ("٤ من ٤", "من")]
    {
        let (all, less) = (width(whole, 2000.0), width(part, 2000.0));
        assert!(all > less + 15.0, "{whole}: {all} against {less}");
        let again = width(whole, all);
        assert!((all - again).abs() < 2.0, "{whole}: {all}, then {again}");
    }
}
