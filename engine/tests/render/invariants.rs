//! Bare pixels stay bit-identical, and an empty look or product changes nothing, for every category.

use carmine::frame::{PixelFormat, Rotation};
use carmine::look::{Category, Look};
use carmine::{Frame, TryOn, TryOnConfig};
use image::RgbaImage;

use crate::fixture::{frame, input, observed, render, try_on};
use crate::products::{Product, full_look, look};
use crate::regions::{self, changed};

const PICTURES: [&str; 3] = ["light_skin.png", "dark_skin.png", "glasses.png"];

#[test]
fn without_a_look_every_pixel_is_the_camera_s() {
    for name in PICTURES {
        let seen = observed(name);
        assert_eq!(changed(&seen.picture, &seen.wearing(&Look::bare())), []);
    }
}

#[test]
fn pixels_outside_a_category_s_region_are_bit_identical() {
    for name in PICTURES {
        let seen = observed(name);
        for category in Category::ALL {
            let region = regions::of(category, seen.face());
            for finish in if name == PICTURES[0] { &["matte", "gloss", "glitter"][..] } else { &["satin"] } {
                let worn = seen.wearing(&Product::of(category).with_finish(finish).look());
                let changed = changed(&seen.picture, &worn);
                assert!(changed.len() > 25, "{name} {category:?} {finish}: {} pixels", changed.len());
                let strays: Vec<_> = changed.into_iter().filter(|&at| !region.contains(at)).collect();
                assert!(strays.is_empty(), "{name} {category:?} {finish}: {} at {strays:?}", strays.len());
            }
        }
    }
}

#[test]
fn nothing_changes_outside_the_face() {
    for name in ["light_skin.png", "dark_skin.png", "glasses.png", "open_mouth.jpg", "turned.jpg", "closed_eyes.jpg"] {
        let seen = observed(name);
        let polygons = vec![regions::whole(seen.face())];
        let face = regions::Region { polygons, reach_px: 1.5 };
        let changed = changed(&seen.picture, &seen.wearing(&full_look()));
        assert!(changed.len() > 4000, "{name}: {} pixels", changed.len());
        let strays: Vec<_> = changed.into_iter().filter(|&at| !face.contains(at)).collect();
        assert!(strays.is_empty(), "{name}: {strays:?}");
    }
}

#[test]
fn no_amount_and_no_coverage_change_nothing() {
    let seen = observed("light_skin.png");
    for category in Category::ALL {
        let product = Product::of(category);
        for nothing in [product.amount(0.0), product.coverage(0.0)] {
            assert_eq!(changed(&seen.picture, &seen.wearing(&nothing.look())), [], "{category:?}");
        }
    }
    let nothing = Category::ALL.map(|category| Product::of(category).amount(0.0));
    assert_eq!(changed(&seen.picture, &seen.wearing(&look(&nothing))), []);
}

#[test]
fn every_layout_of_the_same_picture_gives_the_same_result() {
    let picture = input("light_skin.png");
    let look = full_look();
    let mut try_on = try_on();
    let expected = render(&try_on.scene(frame(&picture), &look).unwrap());
    let (width, height) = picture.dimensions();

    let rgb: Vec<u8> = picture.pixels().flat_map(|p| [p[0], p[1], p[2]]).collect();
    let bgra: Vec<u8> = picture.pixels().flat_map(|p| [p[2], p[1], p[0], 0]).collect();
    let turned = image::imageops::rotate270(&picture);
    let mut padded = Vec::new();
    for row in picture.chunks_exact(width as usize * 4) {
        padded.extend_from_slice(row);
        padded.extend_from_slice(&[9; 12]);
    }
    let frames = [
        Frame::new(&rgb, PixelFormat::Rgb8, width, height).unwrap(),
        Frame::new(&bgra, PixelFormat::Bgra8, width, height).unwrap(),
        Frame::new(&turned, PixelFormat::Rgba8, height, width).unwrap().with_rotation(Rotation::Cw90),
        Frame::with_stride(&padded, PixelFormat::Rgba8, width, height, width as usize * 4 + 12).unwrap(),
    ];
    for frame in frames {
        let seen = render(&try_on.scene(frame, &look).unwrap());
        assert_eq!(changed(&expected, &seen), []);
    }
}

#[test]
fn nothing_shows_once_the_face_is_gone() {
    let picture = input("light_skin.png");
    let empty = RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([120, 110, 100, 255]));
    let look = full_look();
    let mut following = TryOn::new(TryOnConfig::default()).unwrap();
    let at = |millis| std::time::Duration::from_millis(millis);
    let worn = render(&following.scene(frame(&picture).with_time(at(0)), &look).unwrap());
    assert_ne!(changed(&picture, &worn), []);
    let gone = render(&following.scene(frame(&empty).with_time(at(33)), &look).unwrap());
    assert_eq!(changed(&empty, &gone), []);
}
