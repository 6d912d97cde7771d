//! Blinking and talking: products go with the lids and the lips.

use carmine::look::Category;
use carmine::models::rings;
use glam::Vec2;

use crate::fixture::{Observed, observed};
use crate::products::Product;
use crate::regions::{changed, changed_among, distance, ring};

/// Upper lid from the inner corner to the outer one, right then left.
fn lash_lines(seen: &Observed) -> [Vec<Vec2>; 2] {
    let upper = |ring: &[u16; 16]| [&ring[8..], &ring[..1]].concat();
    [upper(&rings::RIGHT_EYE), upper(&rings::LEFT_EYE)].map(|line| ring(seen.face(), &line))
}

/// Distance from an open line.
fn from_line(line: &[Vec2], at: Vec2) -> f32 {
    line.windows(2).map(|step| distance(step, at)).fold(f32::MAX, f32::min)
}

#[test]
fn a_closed_lid_covers_the_lens() {
    let seen = observed("closed_eyes.jpg");
    let worn = seen.wearing(&Product::of(Category::Lens).coverage(0.95).look());
    assert_eq!(changed(&seen.picture, &worn), []);
}

#[test]
fn a_liner_stays_on_the_closed_line_without_a_gap() {
    let seen = observed("closed_eyes.jpg");
    let worn = seen.wearing(&Product::of(Category::Eyeliner).look());
    let changed = changed(&seen.picture, &worn);
    let interocular = seen.face().landmarks_px.interocular();
    let lines = lash_lines(seen);
    let away = |at: Vec2| lines.iter().map(|line| from_line(line, at)).fold(f32::MAX, f32::min);
    let strays: Vec<_> = changed.iter().filter(|&&at| away(at) > 0.05 * interocular + 1.5).collect();
    assert!(strays.is_empty(), "{strays:?}");
    // Dark all along: in every column of pixels there is one that got much darker.
    for line in lines {
        // Towards the inner corner it tapers off.
        let (from, to) = (line[0].lerp(line[8], 0.3).x, line[0].lerp(line[8], 0.9).x);
        for x in from.min(to).ceil() as u32..from.max(to) as u32 {
            let darker = changed.iter().filter(|at| at.x as u32 == x).map(|at| {
                let level = |picture: &image::RgbaImage| i32::from(picture.get_pixel(x, at.y as u32)[1]);
                level(&seen.picture) - level(&worn)
            });
            assert!(darker.max().unwrap_or(0) > 25, "the line is broken at x = {x}");
        }
    }
}

#[test]
fn lashes_of_a_closed_eye_hang_from_its_line() {
    let seen = observed("closed_eyes.jpg");
    let worn = seen.wearing(&Product::of(Category::Lashes).look());
    let changed = changed(&seen.picture, &worn);
    assert!(changed.len() > 100);
    let lines = lash_lines(seen);
    let away = |at: Vec2| lines.iter().map(|line| from_line(line, at)).fold(f32::MAX, f32::min);
    let reach = 0.14 * seen.face().landmarks_px.interocular() + 1.5;
    assert!(changed.iter().all(|&at| away(at) <= reach));
    // They point down: more of them is below the line than above it.
    let below = |at: &&Vec2| {
        let line = lines.iter().min_by(|a, b| from_line(a, **at).total_cmp(&from_line(b, **at))).unwrap();
        let nearest = line.iter().min_by(|a, b| a.distance(**at).total_cmp(&b.distance(**at))).unwrap();
        at.y > nearest.y
    };
    let below = changed.iter().filter(below).count();
    assert!(below * 2 > changed.len(), "{below} of {}", changed.len());
}

#[test]
fn eyeshadow_goes_with_the_lid_as_it_closes() {
    for (name, shut) in [("open_mouth.jpg", false), ("closed_eyes.jpg", true)] {
        let seen = observed(name);
        let worn = seen.wearing(&Product::of(Category::Eyeshadow).with_finish("matte").look());
        let count = changed(&seen.picture, &worn).len();
        // The lid between its fold and the lashes: what a closed eye shows and an open one hides.
        let lids = [[159, 27, 28, 158], [386, 257, 258, 385]].map(|corners| {
            let corners = ring(seen.face(), &corners);
            corners.iter().sum::<Vec2>() / corners.len() as f32
        });
        for lid in lids {
            let near = [lid.round()];
            assert_eq!(changed_among(&seen.picture, &worn, &near).len(), 1, "{name}: {lid} is bare");
        }
        assert!(count > if shut { 150 } else { 100 }, "{name}: {count}");
    }
}

#[test]
fn both_lips_of_an_open_mouth_are_covered_to_the_corners() {
    for name in ["open_mouth.jpg", "light_skin.png", "closed_eyes.jpg", "glasses.png"] {
        let seen = observed(name);
        let worn = seen.wearing(&Product::of(Category::Lipstick).with_finish("matte").look());
        let middles = (0..20).map(|i| {
            let at = |ring: &[u16; 20]| seen.face().landmarks_px[usize::from(ring[i])].truncate();
            (at(&rings::LIPS_OUTER_MIDDLE) + at(&rings::LIPS_INNER_MIDDLE)) * 0.5
        });
        let bare: Vec<Vec2> =
            middles.filter(|at| changed_among(&seen.picture, &worn, &[at.round()]).is_empty()).collect();
        assert!(bare.is_empty(), "{name}: {bare:?}");
    }
}
