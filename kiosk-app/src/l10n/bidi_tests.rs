//! Isolates as the text renderer shows them: no ink of their own, and marks on the right side.

use cosmic_text::{Attrs, Buffer, Family, FontSystem, Metrics, Shaping, fontdb};

use super::{Language, Locale, isolated};
use crate::text::{TextShaper, Voice};

/// Left edges of every letter's glyph, by its byte in `text`.
fn places(text: &str) -> Vec<(usize, f32)> {
    let mut database = fontdb::Database::new();
    database.load_font_data(crate::text::SANS.to_vec());
    database.load_font_data(include_bytes!("../../../assets/fonts/NotoSansArabic-Regular.ttf").to_vec());
    let mut fonts = FontSystem::new_with_locale_and_db("en".into(), database);
    let mut buffer = Buffer::new(&mut fonts, Metrics::new(32.0, 40.0));
    buffer.set_size(Some(2000.0), None);
    buffer.set_text(text, &Attrs::new().family(Family::Name("Noto Sans")), Shaping::Advanced, None);
    buffer.shape_until_scroll(&mut fonts, false);
    buffer
        .layout_runs()
        .flat_map(|run| run.glyphs.iter().map(|glyph| (glyph.start, glyph.x)).collect::<Vec<_>>())
        .collect()
}

fn left_of(text: &str, letter: char) -> f32 {
    let at = text.find(letter).unwrap();
    places(text).into_iter().find(|(start, _)| *start == at).unwrap().1
}

#[test]
fn isolates_have_no_ink_and_no_width() {
    let mut shaper = TextShaper::default();
    for (bare, marked) in
        [("Rose", "\u{2068}Rose\u{2069}"), ("وردي", "\u{2068}وردي\u{2069}"), ("玫瑰", "\u{2068}玫瑰\u{2069}")]
    {
        for voice in [Voice::Display, Voice::Label, Voice::Body] {
            let [bare, marked] = [bare, marked].map(|text| shaper.draw(text, voice, 32.0, 900.0));
            let (wide, as_wide) = (bare.advance.x, marked.advance.x);
            assert!((wide - as_wide).abs() <= 1.0, "{wide:?} {as_wide:?}");
            let ink = |image: &egui::ColorImage| image.pixels.iter().map(|p| u32::from(p.a())).sum::<u32>();
            let (bare, marked) = (ink(&bare.image), ink(&marked.image));
            assert!(bare.abs_diff(marked) * 100 < bare, "{bare} {marked}");
        }
    }
}

#[test]
fn the_last_mark_of_a_latin_name_stays_on_its_right() {
    let line = |name: &str| format!("اللون {name}");
    let name = "Ruby!";
    // Without isolates the mark is the line's and falls to the left of the name.
    let loose = line(name);
    assert!(left_of(&loose, '!') < left_of(&loose, 'R'), "isolates are needless: leave them out");
    let kept = line(&isolated(name, true));
    assert!(left_of(&kept, '!') > left_of(&kept, 'y'));
    assert!(left_of(&kept, 'R') < left_of(&kept, 'ا'));
}

#[test]
fn only_what_runs_the_other_way_is_isolated() {
    assert_eq!(isolated("Rose", false), "Rose");
    assert_eq!(isolated("玫瑰 (3)", false), "玫瑰 (3)");
    assert_eq!(isolated("وردي", true), "وردي");
    assert_eq!(isolated("٣٫٥", true), "٣٫٥");
    assert_eq!(isolated("Rose", true), "\u{2068}Rose\u{2069}");
    assert_eq!(isolated("وردي", false), "\u{2068}وردي\u{2069}");
    let locale = Locale::new(Language::Ar);
    assert!(!locale.text("category-lipstick").contains('\u{2068}'));
}
