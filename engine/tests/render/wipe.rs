//! Parts of the picture: cropped to, or worn only up to a line.

use carmine::Scene;
use carmine::look::{Category, Look};
use carmine::render::{ContentFit, CropPx, View, WornSpan};
use glam::Vec2;
use image::{Rgba, RgbaImage, imageops};

use crate::fixture::{Observed, observed};
use crate::products::{Product, full_look};
use crate::regions::changed;
use crate::views::{PLAIN, draw_all, pair};

fn same_size(seen: &Observed) -> View {
    View::same_size(seen.picture.width(), seen.picture.height())
}

/// Views of all kinds.
fn views(seen: &Observed) -> [View; 4] {
    let same = same_size(seen);
    let crop = CropPx { min: Vec2::new(40.0, 20.5), max: Vec2::new(200.0, 260.0) };
    [
        same,
        View { mirrored: true, ..same },
        View { fit: ContentFit::Cover, mirrored: true, ..View::same_size(301, 407) },
        View { crop_px: Some(crop), mirrored: true, ..View::same_size(333, 280) },
    ]
}

#[test]
fn a_wipe_shows_the_bare_picture_on_one_side_and_the_worn_one_on_the_other() {
    let seen = observed("dark_skin.png");
    let look = full_look();
    for (index, view) in views(seen).into_iter().enumerate() {
        let [bare, worn] = pair(seen, &look, &view);
        assert!(changed(&bare, &worn).len() > 3000);
        let wiped = |from, to| {
            let view = View { worn: Some(WornSpan { from, to }), ..view };
            draw_all(&[seen.scene(&look)], &view, PLAIN).remove(0)
        };
        for (from, to) in [(0.0, 0.0), (0.5, 0.5), (0.7, 0.3), (1.0, 2.0), (f32::NAN, 1.0)] {
            assert_eq!(changed(&bare, &wiped(from, to)), [], "{index}: {from}–{to}");
        }
        for (from, to) in [(0.0, 1.0), (-3.0, 7.0)] {
            assert_eq!(changed(&worn, &wiped(from, to)), [], "{index}: {from}–{to}");
        }
        for (from, to) in [(0.0, 0.5), (0.43, 1.0), (0.31, 0.62)] {
            let edge = |at: f32| (at * bare.width() as f32).round() as u32;
            let is_worn = |x: u32| (edge(from)..edge(to)).contains(&x);
            let expected = RgbaImage::from_fn(bare.width(), bare.height(), |x, y| {
                *if is_worn(x) { &worn } else { &bare }.get_pixel(x, y)
            });
            assert_eq!(changed(&expected, &wiped(from, to)), [], "{index}: {from}–{to}");
        }
    }
}

#[test]
fn a_crop_at_its_own_size_is_that_part_of_the_picture() {
    let seen = observed("dark_skin.png");
    let look = full_look();
    let [bare, worn] = pair(seen, &look, &same_size(seen));
    let (left, top, width, height) = (61, 43, 120, 190);
    let min = Vec2::new(left as f32, top as f32) - 0.5;
    let crop = CropPx { min, max: min + Vec2::new(width as f32, height as f32) };
    for fit in [ContentFit::Cover, ContentFit::Contain] {
        let view = View { crop_px: Some(crop), fit, ..View::same_size(width, height) };
        let cropped = pair(seen, &look, &view);
        for (whole, cropped) in [&bare, &worn].into_iter().zip(&cropped) {
            let expected = imageops::crop_imm(whole, left, top, width, height).to_image();
            // Rounding: nearly all is bit-identical.
            assert!(changed(&expected, cropped).len() < 10, "{fit:?}");
        }
    }
    // The whole frame as a crop is no crop.
    let size = Vec2::new(seen.picture.width() as f32, seen.picture.height() as f32);
    let all = CropPx { min: Vec2::splat(-0.5), max: size - 0.5 };
    let view = View { crop_px: Some(all), ..same_size(seen) };
    assert_eq!(changed(&worn, &pair(seen, &look, &view)[1]), []);
}

#[test]
fn nothing_beyond_a_crop_is_drawn() {
    let seen = observed("light_skin.png");
    let look = Product::of(Category::Foundation).coverage(0.95).look();
    // The person's left half of the face, with bars above and below that the rest would reach into.
    let nose = seen.face().landmarks_px[4].truncate();
    let crop = CropPx { min: nose - Vec2::new(0.0, 20.0), max: nose + Vec2::new(60.0, 20.0) };
    for mirrored in [false, true] {
        let view = View { crop_px: Some(crop), mirrored, ..View::same_size(120, 200) };
        let [bare, worn] = pair(seen, &look, &view);
        assert!(changed(&bare, &worn).len() > 1000);
        for picture in [bare, worn] {
            let in_bar = |y: u32| !(60..140).contains(&y);
            assert!(picture.enumerate_pixels().all(|(_, y, p)| !in_bar(y) || p.0[..3] == [0; 3]));
            assert!(picture.get_pixel(60, 100).0[..3] != [0; 3]);
        }
    }
    // A crop that reaches beyond the frame is empty there; one outside shows nothing at all.
    let (width, height) = (seen.picture.width() as f32, seen.picture.height() as f32);
    let half_out = CropPx { min: Vec2::new(width * 0.5 - 0.5, -0.5), max: Vec2::new(width * 1.5 - 0.5, height - 0.5) };
    let [bare, _] = pair(seen, &look, &View { crop_px: Some(half_out), ..same_size(seen) });
    let right = imageops::crop_imm(&bare, bare.width() / 2 + 1, 0, bare.width() / 2 - 1, bare.height()).to_image();
    assert!(right.pixels().all(|pixel| pixel.0[..3] == [0; 3]));
    let outside = CropPx { min: Vec2::splat(2000.0), max: Vec2::splat(2100.0) };
    let [_, worn] = pair(seen, &look, &View { crop_px: Some(outside), ..same_size(seen) });
    assert!(worn.pixels().all(|pixel| pixel.0[..3] == [0; 3]));
}

#[test]
fn a_place_of_the_frame_is_shown_where_the_view_says() {
    let dot = Vec2::new(150.0, 91.0);
    let mut picture = RgbaImage::from_pixel(240, 180, Rgba([0, 0, 0, 255]));
    picture.put_pixel(dot.x as u32, dot.y as u32, Rgba([255, 255, 255, 255]));
    let (dark, bare) = (Observed::new(picture, Vec::new()), Look::bare());
    let crop = CropPx { min: Vec2::new(110.0, 60.0), max: Vec2::new(200.0, 130.0) };
    for crop_px in [None, Some(crop)] {
        for (mirrored, fit) in [(false, ContentFit::Cover), (true, ContentFit::Cover), (true, ContentFit::Contain)] {
            let view = View { crop_px, mirrored, fit, ..View::same_size(900, 640) };
            let scene: Scene<'_> = dark.scene(&bare);
            let shown = draw_all(&[scene], &view, PLAIN).remove(0);
            let (mut middle, mut sum) = (Vec2::ZERO, 0.0);
            for (x, y, pixel) in shown.enumerate_pixels() {
                middle += (Vec2::new(x as f32, y as f32) + 0.5) * f32::from(pixel[0]);
                sum += f32::from(pixel[0]);
            }
            let told = view.target_from_frame_px(Vec2::new(240.0, 180.0), dot);
            assert!(sum > 0.0 && told.distance(middle / sum) < 0.5, "{view:?}: {told}, seen at {}", middle / sum);
        }
    }
}
