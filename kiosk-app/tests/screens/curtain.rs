//! The curtain's picture: as accepted, whole, and readable.

use carmine_kiosk::curtain::picture::{Picture, paint};
use carmine_kiosk::curtain::poster::Poster;
use carmine_kiosk::l10n::Language;
use carmine_kiosk::settings::{Accent, Settings};
use egui::{Pos2, Rect, Vec2};
use image::{Rgba, RgbaImage};

use super::golden;

/// Those of the other screens, and a small one.
const SIZES: [[u32; 2]; 4] = [[1080, 1920], [1920, 1080], [1280, 800], [540, 960]];
const LANGUAGES: [Language; 6] =
    [Language::En, Language::ZhHans, Language::Ar, Language::Es, Language::Fr, Language::Pseudo];

/// In a market that speaks this language first.
fn poster(language: Language) -> Poster {
    let mut settings = Settings::default();
    let languages = &mut settings.markets[0].languages;
    languages.retain(|other| *other != language);
    languages.insert(0, language);
    settings.market.current = settings.markets[0].id.clone();
    Poster::new(&settings, None)
}

fn image_of(picture: &Picture) -> RgbaImage {
    let [width, height] = picture.size;
    RgbaImage::from_fn(width, height, |x, y| {
        let [_, r, g, b] = picture.pixels[(y * width + x) as usize].to_be_bytes();
        Rgba([r, g, b, 255])
    })
}

#[test]
fn the_curtain_looks_as_accepted() {
    let mut faults = Vec::new();
    for (language, size) in golden::KEPT {
        let name = format!("curtain/{}-{}x{}", language.code(), size[0], size[1]);
        faults.extend(golden::compare(&name, &image_of(&paint(&poster(language), size))));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn no_word_of_the_curtain_is_cut_or_lies_on_another() {
    let mut faults = Vec::new();
    for language in LANGUAGES {
        for size in SIZES {
            let mut poster = poster(language);
            for brand in ["Carmine", "Maison de la Beauté et du Bien-Être, Ge"] {
                poster.brand = brand.into();
                let picture = paint(&poster, size);
                let screen = Rect::from_min_size(Pos2::ZERO, Vec2::new(size[0] as f32, size[1] as f32));
                let mut fault = |what: String| faults.push(format!("{language} {size:?}: {what}"));
                if picture.laid.len() != 2 + poster.others.len() {
                    fault(format!("{} texts", picture.laid.len()));
                }
                for (index, laid) in picture.laid.iter().enumerate() {
                    if laid.is_cut {
                        fault(format!("{} is cut", laid.words));
                    }
                    if !screen.shrink(6.0).contains_rect(laid.place) {
                        fault(format!("{} lies outside: {:?}", laid.words, laid.place));
                    }
                    for other in &picture.laid[index + 1..] {
                        if laid.place.shrink(1.0).intersects(other.place) {
                            fault(format!("{} lies on {}", laid.words, other.words));
                        }
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_curtain_wears_the_shop_s_colour_and_any_size_is_filled() {
    let mut settings = Settings::default();
    settings.brand.accent = Accent::new([0x1F, 0x4E, 0x79]).unwrap();
    let poster = Poster::new(&settings, None);
    let picture = image_of(&paint(&poster, [1080, 1920]));
    assert_eq!(picture.get_pixel(4, 1910), &Rgba([0x1F, 0x4E, 0x79, 255]));
    for size in [[1, 1], [3, 700], [700, 3], [240, 240], [720, 1280]] {
        let picture = paint(&poster, size);
        assert_eq!(picture.pixels.len(), (size[0] * size[1]) as usize);
        assert!(picture.pixels.iter().all(|pixel| *pixel != 0), "{size:?}: a black spot");
    }
}

/// Every language and size as PNGs, for people to look at.
#[test]
#[ignore = "writes pictures for people to look at"]
fn curtain_pictures() {
    let Some(folder) = std::env::var_os("CARMINE_SCREENS").map(std::path::PathBuf::from) else { return };
    for language in LANGUAGES {
        for size in SIZES {
            let name = format!("curtain-{}-{}x{}.png", language.code(), size[0], size[1]);
            image_of(&paint(&poster(language), size)).save(folder.join(name)).unwrap();
        }
    }
}
