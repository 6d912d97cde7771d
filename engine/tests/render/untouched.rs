//! Mouths and eyes stay untouched, whatever is worn around them; an occluder stays in front of the face.

use carmine::face::{OCCLUSION_SIDE, Occlusion};
use carmine::look::Category;
use carmine::models::CanonicalFace;
use carmine::models::rings;
use glam::Vec2;
use image::RgbaImage;

use crate::fixture::{Observed, observed, render};
use crate::products::{Product, full_look, look};
use crate::regions::{self, changed, changed_among};

#[test]
fn teeth_and_the_gap_between_the_lips_stay_untouched() {
    for name in ["light_skin.png", "dark_skin.png", "open_mouth.jpg"] {
        let seen = observed(name);
        // Paint ends where the picture shows the lip's edge, which the landmarks miss by a pixel or two.
        let mut mouth = regions::mouth(seen.face()).core(&seen.picture);
        mouth.retain(|&at| !is_beside_lip(&seen.picture, at));
        assert!(mouth.len() > 15, "{name}: {} pixels of an open mouth", mouth.len());
        for category in Category::ALL {
            let lips = category.default_mask().starts_with("lips");
            for finish in if lips { &["matte", "gloss"][..] } else { &["satin"] } {
                let worn = seen.wearing(&Product::of(category).with_finish(finish).coverage(0.95).look());
                assert_eq!(changed_among(&seen.picture, &worn, &mouth), [], "{name} {category:?} {finish}");
            }
        }
        assert_eq!(changed_among(&seen.picture, &seen.wearing(&full_look()), &mouth), [], "{name}");
    }
}

/// Whether a pixel or one beside it is as red as lips, which teeth and the mouth's dark are not.
fn is_beside_lip(picture: &RgbaImage, at: Vec2) -> bool {
    let around = (-1..=1).flat_map(|y| (-1..=1).map(move |x| Vec2::new(x as f32, y as f32)));
    around.map(|offset| at + offset).any(|at| {
        let [red, green, ..] = picture.get_pixel(at.x as u32, at.y as u32).0;
        red.saturating_sub(green) > 25
    })
}

#[test]
fn eyeballs_stay_untouched_but_for_a_lens() {
    for name in ["light_skin.png", "dark_skin.png", "open_mouth.jpg"] {
        let seen = observed(name);
        let eyes = regions::eyeballs(seen.face()).core(&seen.picture);
        assert!(eyes.len() > 12, "{name}: {} pixels of open eyes", eyes.len());
        // Curled lashes are seen before the eye.
        let exempt = [Category::Lens, Category::Mascara, Category::Lashes];
        for category in Category::ALL.into_iter().filter(|category| !exempt.contains(category)) {
            let worn = seen.wearing(&Product::of(category).coverage(0.95).look());
            assert_eq!(changed_among(&seen.picture, &worn, &eyes), [], "{name} {category:?}");
        }
    }
}

/// Pixels within so many radii of the right and the left iris's centre.
fn iris(seen: &Observed, side: usize, within: std::ops::Range<f32>) -> Vec<Vec2> {
    let points =
        [rings::RIGHT_IRIS, rings::LEFT_IRIS][side].map(|i| seen.face().landmarks_px[usize::from(i)].truncate());
    let radius = points[1].distance(points[3]) * 0.5;
    let pixels = seen.picture.enumerate_pixels().map(|(x, y, _)| Vec2::new(x as f32, y as f32));
    pixels.filter(|at| within.contains(&(at.distance(points[0]) / radius))).collect()
}

#[test]
fn a_lens_leaves_the_pupil_the_catch_light_and_the_white_of_the_eye() {
    for name in ["light_skin.png", "dark_skin.png", "open_mouth.jpg"] {
        let seen = observed(name);
        let worn = seen.wearing(&Product::of(Category::Lens).look());
        let all = changed(&seen.picture, &worn);
        for side in 0..2 {
            // On the smaller faces the pupil is a pixel or two, and the lens as soft as that.
            let pupil = if name == "open_mouth.jpg" { 0.0..0.2 } else { 0.0..0.08 };
            assert_eq!(changed_among(&seen.picture, &worn, &iris(seen, side, pupil)), [], "{name}: pupil {side}");
            let ring = iris(seen, side, 0.5..0.9);
            assert!(changed_among(&seen.picture, &worn, &ring).len() * 5 > ring.len(), "{name}: iris {side}");
            let beyond = iris(seen, side, 1.35..3.0);
            assert_eq!(changed_among(&seen.picture, &worn, &beyond), [], "{name}: white {side}");
            // The brightest glint within the iris; where the iris is a few pixels wide, it is blurred into them.
            let level = |picture: &image::RgbaImage, at: Vec2| {
                picture.get_pixel(at.x as u32, at.y as u32).0[..3].iter().min().copied()
            };
            let glint = iris(seen, side, 0.0..0.7).into_iter().max_by_key(|&at| level(&seen.picture, at)).unwrap();
            let (before, after) = (level(&seen.picture, glint), level(&worn, glint));
            if before >= Some(140) {
                assert!(
                    after.unwrap() as f32 >= 0.5 * before.unwrap() as f32,
                    "{name}: catch-light {side} {before:?} {after:?}"
                );
            }
        }
        assert!(all.len() > 25, "{name}");
    }
}

/// Covered where a place of the canonical face lies in the person's right half or below the nose.
fn half_covered() -> Occlusion {
    let mut map = Box::new([0; OCCLUSION_SIDE * OCCLUSION_SIDE]);
    for (index, covered) in map.iter_mut().enumerate() {
        let (x, y) = (index % OCCLUSION_SIDE, index / OCCLUSION_SIDE);
        if x < OCCLUSION_SIDE / 2 || y > OCCLUSION_SIDE * 6 / 10 {
            *covered = 255;
        }
    }
    Occlusion { map, ..Default::default() }
}

#[test]
fn what_is_covered_is_bit_identical_and_the_rest_is_as_if_nothing_were() {
    let seen = observed("light_skin.png");
    let look = full_look();
    let plain = seen.wearing(&look);
    let occlusion = [half_covered()];
    let covered = render(&seen.scene(&look).with_occlusion(&occlusion));

    let canonical = CanonicalFace::embedded().unwrap();
    let hull = |covered: bool| {
        let within = |&i: &u16| {
            let [x, y] = canonical.uv[usize::from(i)];
            if covered { x < 0.47 || y > 0.64 } else { x > 0.53 && y < 0.56 }
        };
        let triangles = canonical.triangles.iter().filter(|corners| corners.iter().all(within));
        triangles.map(|corners| regions::ring(seen.face(), corners)).collect::<Vec<_>>()
    };
    let pixels = |polygons| regions::Region { polygons, reach_px: 0.0 }.core(&seen.picture);
    let (under, clear) = (pixels(hull(true)), pixels(hull(false)));
    assert!(under.len() > 3000 && clear.len() > 1000, "{} {}", under.len(), clear.len());
    assert_eq!(changed_among(&seen.picture, &covered, &under), []);
    assert_eq!(changed_among(&plain, &covered, &clear), []);
    assert!(changed_among(&seen.picture, &covered, &clear).len() * 2 > clear.len());
}

#[test]
fn half_covered_is_half_way() {
    let seen = observed("dark_skin.png");
    let look = look(&[Product::of(Category::Foundation), Product::of(Category::Lipstick)]);
    let plain = seen.wearing(&look);
    let occlusion = [Occlusion { map: Box::new([128; OCCLUSION_SIDE * OCCLUSION_SIDE]), ..Default::default() }];
    let half = render(&seen.scene(&look).with_occlusion(&occlusion));
    for ((bare, plain), half) in seen.picture.iter().zip(plain.iter()).zip(half.iter()) {
        let (low, high) = (bare.min(plain), bare.max(plain));
        assert!((low.saturating_sub(1)..=high.saturating_add(1)).contains(half), "{bare} {half} {plain}");
    }
}
