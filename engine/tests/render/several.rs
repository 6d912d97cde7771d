//! Several faces in one picture, each in a look of its own.

use carmine::look::{Category, Look};
use glam::{Vec2, Vec3};
use image::{RgbaImage, imageops};

use crate::fixture::{Observed, observed, render};
use crate::products::{Product, full_look, look};
use crate::regions::changed;
use crate::views::{moved, side_by_side};

fn half(picture: &RgbaImage, side: u32) -> RgbaImage {
    let width = picture.width() / 2;
    imageops::crop_imm(picture, side * width, 0, width, picture.height()).to_image()
}

/// Pixels that differ, but for a handful: where on the target the buffers lie depends on what all faces wear, and a
/// pixel on an edge between two triangles may fall to the other one.
fn off(one: &RgbaImage, other: &RgbaImage) -> Vec<Vec2> {
    let changed = changed(one, other);
    if changed.len() < 20 { Vec::new() } else { changed }
}

/// The twins, each in its look.
fn wearing(twins: &Observed, looks: &[&Look], others: &Look) -> RgbaImage {
    render(&twins.scene(others).with_looks(looks))
}

#[test]
fn each_face_wears_its_own_look_in_any_order() {
    let twins = side_by_side(observed("light_skin.png"));
    let evening = full_look();
    let day = look(&[Product::of(Category::Blush), Product::of(Category::Lipstick).shade("#c06a5a").amount(0.6)]);
    let lips = Product::of(Category::Lipstick).with_finish("gloss").look();
    let alike = [&evening, &day, &lips].map(|look| twins.wearing(look));
    // One renderer throughout, so that looks come, go, swap faces and come back.
    for (left, right) in [(0, 1), (1, 0), (0, 0), (2, 0), (0, 2), (0, 1), (1, 2), (2, 2)] {
        let looks = [&evening, &day, &lips];
        let worn = wearing(&twins, &[looks[left], looks[right]], &evening);
        assert_eq!(off(&half(&alike[left], 0), &half(&worn, 0)), [], "{left} {right}: left");
        assert_eq!(off(&half(&alike[right], 1), &half(&worn, 1)), [], "{left} {right}: right");
        // Beyond the slice the scene's own look is worn.
        assert_eq!(changed(&worn, &wearing(&twins, &[looks[left]], looks[right])), [], "{left} {right}: slice");
    }
}

#[test]
fn a_look_with_skin_beside_one_without_stays_apart() {
    let twins = side_by_side(observed("dark_skin.png"));
    let (skin, lips) = (Product::of(Category::Foundation).look(), Product::of(Category::Lipstick).look());
    let alike = [&skin, &lips].map(|look| twins.wearing(look));
    let worn = wearing(&twins, &[&skin, &lips], &Look::bare());
    assert_eq!(off(&half(&alike[0], 0), &half(&worn, 0)), []);
    assert_eq!(off(&half(&alike[1], 1), &half(&worn, 1)), []);
}

#[test]
fn a_bare_face_beside_one_that_wears_something_is_bit_identical() {
    let twins = side_by_side(observed("light_skin.png"));
    let (evening, bare, nothing) = (full_look(), Look::bare(), Product::of(Category::Blush).amount(0.0).look());
    let all = twins.wearing(&evening);
    for bare in [&bare, &nothing] {
        let left = wearing(&twins, &[bare, &evening], &evening);
        assert_eq!(changed(&half(&twins.picture, 0), &half(&left, 0)), []);
        assert_eq!(off(&half(&all, 1), &half(&left, 1)), []);
        let right = wearing(&twins, &[&evening], bare);
        assert_eq!(changed(&half(&twins.picture, 1), &half(&right, 1)), []);
        assert_eq!(off(&half(&all, 0), &half(&right, 0)), []);
    }
    assert_eq!(changed(&twins.picture, &wearing(&twins, &[&bare, &nothing], &evening)), []);
}

#[test]
fn a_bare_face_before_another_hides_its_make_up() {
    let seen = observed("light_skin.png");
    let (look, bare) = (full_look(), Look::bare());
    let mut two = seen.clone();
    two.light.faces.push(seen.light.faces[0].clone());
    two.faces.push(moved(seen.face(), Vec3::Z * -100.0));
    assert_eq!(changed(&seen.picture, &wearing(&two, &[&look, &bare], &bare)), [], "it is nearer");
    two.faces[1] = moved(seen.face(), Vec3::Z * 100.0);
    assert_eq!(changed(&seen.wearing(&look), &wearing(&two, &[&look, &bare], &bare)), [], "it is behind");
}
