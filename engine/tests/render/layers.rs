//! How layers combine: more product changes more, and the order of categories in the file makes no difference.

use carmine::look::{Category, Look};
use image::RgbaImage;

use crate::fixture::observed;
use crate::products::{Product, full_look, look};
use crate::regions::changed;

/// Sum of all differences.
fn effect(before: &RgbaImage, after: &RgbaImage) -> u64 {
    before.iter().zip(after.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum()
}

#[test]
fn more_of_a_product_shows_more() {
    let seen = observed("light_skin.png");
    for category in Category::ALL {
        // A dark matte one, so that pigment and light do not work against each other.
        let product = Product::of(category).shade("#3a1420").with_finish("matte");
        let of = |product: Product| effect(&seen.picture, &seen.wearing(&product.look()));
        let amounts = [0.1, 0.3, 0.6, 1.0, 1.5, 2.0].map(|amount| of(product.amount(amount)));
        let coverages = [0.02, 0.1, 0.3, 0.6, 0.9, 1.0].map(|coverage| of(product.coverage(coverage)));
        for steps in [amounts, coverages] {
            assert!(steps.is_sorted() && steps[0] < steps[3], "{category:?}: {steps:?}");
        }
    }
}

#[test]
fn the_order_in_a_file_means_nothing_between_categories() {
    let seen = observed("dark_skin.png");
    let expected = seen.wearing(&full_look());
    let mut products = Category::ALL.map(Product::of);
    products.reverse();
    assert_eq!(changed(&expected, &seen.wearing(&look(&products))), []);
    products.sort_by_key(|product| product.category.name().len());
    assert_eq!(changed(&expected, &seen.wearing(&look(&products))), []);

    // A look that a host put together itself.
    let mut shuffled = full_look();
    shuffled.layers.rotate_left(7);
    assert_eq!(changed(&expected, &seen.wearing(&shuffled)), []);
}

#[test]
fn products_apart_from_each_other_do_not_mind_their_order() {
    let seen = observed("light_skin.png");
    let lipstick = Product::of(Category::Lipstick);
    let shadow = Product::of(Category::Eyeshadow);
    for pair in [
        [lipstick.mask("lips-upper"), lipstick.mask("lips-lower").shade("#d06a50")],
        [shadow.mask("brow-bone").shade("#f0e0d0"), shadow.mask("lower-lash")],
    ] {
        let [one, two] = [look(&pair), look(&[pair[1], pair[0]])].map(|look| seen.wearing(&look));
        assert_eq!(changed(&one, &two), [], "{:?}", pair[0].mask);
    }
}

#[test]
fn a_product_looks_the_same_beside_others_elsewhere() {
    let seen = observed("dark_skin.png");
    let apart = [Category::Blush, Category::Brow, Category::Lens, Category::Lipstick].map(Product::of);
    let together = seen.wearing(&look(&apart));
    let mut alone = seen.picture.clone();
    for product in apart {
        let worn = seen.wearing(&product.look());
        for at in changed(&seen.picture, &worn) {
            let (x, y) = (at.x as u32, at.y as u32);
            assert_eq!(alone.get_pixel(x, y), seen.picture.get_pixel(x, y), "two products at {at}");
            alone.put_pixel(x, y, *worn.get_pixel(x, y));
        }
    }
    // Where one's faint rim, too thin to show, lies below the other, it may turn a rounding.
    let worst = alone.iter().zip(together.iter()).map(|(a, b)| a.abs_diff(*b)).max();
    assert!(worst <= Some(1), "{worst:?}");
    assert!(changed(&alone, &together).len() < 30);
}

#[test]
fn a_look_taken_off_leaves_nothing() {
    let seen = observed("light_skin.png");
    let first = seen.wearing(&full_look());
    assert_eq!(changed(&seen.picture, &seen.wearing(&Look::bare())), []);
    let lips = seen.wearing(&Product::of(Category::Lipstick).look());
    assert!(changed(&seen.picture, &lips).len() < 3000);
    assert_eq!(changed(&first, &seen.wearing(&full_look())), [], "and put on again it is the same");
}
