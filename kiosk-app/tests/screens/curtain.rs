//! The curtain's picture: as accepted, whole, and readable.

use carmine_kiosk::curtain::picture::{Picture, paint};
use carmine_kiosk::curtain::poster::Poster;
use carmine_kiosk::l10n::Language;
use carmine_kiosk::settings::{Accent, Settings};
use egui::{Pos2, Rect, Vec2};
use image::{Rgba, RgbaImage};

use super::golden;

/// Those of the other screens, and small ones.
const SIZES: [[u32; 2]; 7] = [[1080, 1920], [1920, 1080], [1280, 800], [540, 960], [480, 800], [800, 480], [1024, 600]];
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
                // The name is laid first, in its field; all else in the band.
                for (index, laid) in picture.laid.iter().enumerate() {
                    let field = if index == 0 { picture.parts.masthead } else { picture.parts.foot };
                    if !field.shrink(6.0).contains_rect(laid.place) {
                        fault(format!("{} leaves its field: {:?} in {field:?}", laid.words, laid.place));
                    }
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

/// Where the curtain makes way for the attract screen, neither the brand nor the band moves.
#[test]
fn the_curtain_lies_as_the_attract_screen_does() {
    for (language, size) in golden::KEPT {
        let name = format!("tests/goldens/attract/{}-{}x{}.png", language.code(), size[0], size[1]);
        let attract = image::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&name)).unwrap().to_rgba8();
        // In the same market: there nobody speaks the language of the longest words.
        let languages = Settings::default().market().languages.clone();
        let picture = paint(&Poster { languages, ..poster(language) }, size);
        let (curtain, parts) = (image_of(&picture), picture.parts);
        // The field of the brand, and the band's uppermost rows with the edges that they have.
        let edge = Rect::from_x_y_ranges(parts.foot.x_range(), parts.foot.top() - 12.0..=parts.foot.top() + 12.0);
        for (what, place) in [("the brand", parts.masthead.shrink(2.0)), ("the band", edge.shrink(2.0))] {
            let [left, top, right, bottom] =
                [place.left(), place.top(), place.right(), place.bottom()].map(|at| at as u32);
            let places = (top..bottom).flat_map(|y| (left..right).map(move |x| (x, y)));
            // Above the band lies a model on one of them.
            let is_band = |pixel: &Rgba<u8>| pixel.0[0] > 120 && pixel.0[1] < 60;
            let differs = |(x, y): &(u32, u32)| {
                let [a, b] = [&attract, &curtain].map(|image| image.get_pixel(*x, *y));
                if what == "the band" { is_band(a) != is_band(b) } else { a.0[1].abs_diff(b.0[1]) > 60 }
            };
            let (all, wrong) = (places.clone().count(), places.filter(differs).count());
            assert!(wrong * 1000 < all * 2, "{name}: {what} moves: {wrong} of {all} pixels");
        }
    }
}

/// A logo without a middle, so that its corners are seen.
#[test]
fn a_logo_stands_in_the_name_s_place_as_on_the_attract_screen() {
    let mut logo = egui::ColorImage::filled([300, 100], egui::Color32::from_rgb(20, 90, 160));
    for x in 50..250 {
        for y in 20..80 {
            logo[(x, y)] = egui::Color32::TRANSPARENT;
        }
    }
    for size in SIZES {
        let mut poster = poster(Language::En);
        poster.logo = Some(logo.clone());
        let picture = paint(&poster, size);
        assert!(picture.laid.iter().all(|laid| laid.words != poster.brand), "no name beside it");
        let image = image_of(&picture);
        let field = picture.parts.masthead;
        let is_logo = |x: u32, y: u32| image.get_pixel(x, y).0 == [20, 90, 160, 255];
        let ink: Vec<_> = image.enumerate_pixels().filter(|(x, y, _)| is_logo(*x, *y)).collect();
        let [left, right] = [ink.iter().map(|p| p.0).min(), ink.iter().map(|p| p.0).max()].map(Option::unwrap);
        let [top, bottom] = [ink.iter().map(|p| p.1).min(), ink.iter().map(|p| p.1).max()].map(Option::unwrap);
        let found = Rect::from_min_max(
            Pos2::new(left as f32, top as f32),
            Pos2::new(right as f32, bottom as f32) + Vec2::splat(1.0),
        );
        let ratio = found.width() / found.height();
        assert!((ratio - 3.0).abs() < 0.1, "{size:?}: {found:?}");
        assert!(
            field.contains_rect(found) && found.height() > 0.3 * field.height().min(found.width()),
            "{size:?}: {found:?}"
        );
        assert!((found.center() - field.center()).length() < 2.0, "{size:?}: {found:?} in {field:?}");
        // What is clear shows the ground.
        let [middle, corner] = [found.center(), field.left_top() + Vec2::splat(3.0)];
        let at = |at: Pos2| image.get_pixel(at.x as u32, at.y as u32);
        assert_eq!(at(middle), at(corner), "{size:?}");
    }
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
