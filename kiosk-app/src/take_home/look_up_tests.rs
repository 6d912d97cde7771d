//! Looks come back from their codes, and what no catalogue has is counted.

use carmine::look::Wing;

use super::*;
use crate::catalogue::tests::{BOW, Shop};
use crate::catalogue::{MaskHash, ProductHash};

fn coded(id: &str, mask: Option<&str>) -> CodedLayer {
    CodedLayer { product: ProductHash::of(id), amount: 0.5, mask: mask.map(MaskHash::of), wing: None }
}

fn link(layers: impl IntoIterator<Item = CodedLayer>) -> String {
    code::encode("https://example.com/", layers).unwrap()
}

#[test]
fn every_look_of_a_catalogue_comes_back() {
    let catalogue = Catalogue::bundled().unwrap();
    for shelf in catalogue.looks() {
        let found = look_up(&link(shelf.look.layers.iter().filter_map(CodedLayer::of)), &[&catalogue]).unwrap();
        assert_eq!(found.unknown(), Unknown::default(), "{}", shelf.id);
        for (back, layer) in found.wearable().iter().zip(&shelf.look.layers) {
            assert_eq!((&back.product_id, &back.product, &back.mask), (&layer.product_id, &layer.product, &layer.mask));
            assert!((back.amount - layer.amount).abs() < 0.00501);
        }
    }
}

#[test]
fn a_merchants_own_mask_comes_back_also_under_a_built_in_name() {
    let look = |mask: &str| format!("name = \"L\"\n[[layers]]\nproduct = \"rose\"\namount = 0.5\nmask = \"{mask}\"\n");
    let shop = Shop::new("look-up")
        .product("rose")
        .with("masks/bow.toml", BOW)
        // The product lies in the built-in mask of this name.
        .with("masks/lips.toml", BOW)
        .with("looks/bow.toml", &look("bow"))
        .with("looks/lips.toml", &look("lips"));
    let catalogue = shop.open().unwrap();
    for shelf in catalogue.looks() {
        let worn = &shelf.look.layers[0];
        assert_ne!(worn.mask, worn.product.mask);
        let found = look_up(&link(CodedLayer::of(worn)), &[&catalogue]).unwrap();
        assert_eq!(found.wearable(), shelf.look.layers, "{}", shelf.id);
        assert_eq!(found.unknown(), Unknown::default());
    }
}

#[test]
fn what_no_catalogue_has_is_counted_and_the_rest_is_worn() {
    let catalogue = Catalogue::bundled().unwrap();
    let wing = Some(Wing { angle_deg: 20.0, length: 0.3 });
    let layers = [
        coded("velvet-rose", None),
        coded("from-elsewhere", Some("their-own")),
        CodedLayer { wing, ..coded("ink-black", Some("their-own")) },
    ];
    let found = look_up(&link(layers), &[&catalogue]).unwrap();
    assert_eq!(found.unknown(), Unknown { products: 1, masks: 1 }, "a mask that nothing is worn in is not counted");
    assert_eq!((found.layers[1].item, &found.layers[1].mask), (None, &None));
    assert_eq!(found.layers[1].coded.product, ProductHash::of("from-elsewhere"));
    let worn = found.wearable();
    assert_eq!(
        worn.iter().map(|layer| layer.product_id.as_deref().unwrap()).collect::<Vec<_>>(),
        ["velvet-rose", "ink-black"]
    );
    assert_eq!((&worn[1].mask, worn[1].wing), (&worn[1].product.mask, None), "a wing belongs to its mask");
}

#[test]
fn a_mask_of_another_chart_is_none_for_this_product() {
    let catalogue = Catalogue::bundled().unwrap();
    let found = look_up(&link([coded("velvet-rose", Some("liner-wing"))]), &[&catalogue]).unwrap();
    assert_eq!(found.unknown(), Unknown { products: 0, masks: 1 });
    assert_eq!(found.wearable()[0].mask.name, "lips");
}

#[test]
fn a_merchants_mask_in_another_chart_does_not_hide_the_built_in_one_that_fits() {
    let shop = Shop::new("look-up-chart").with("masks/lips-centre.toml", &BOW.replace("\"lips\"", "\"face\""));
    let (own, bundled) = (shop.product("rose").open().unwrap(), Catalogue::bundled().unwrap());
    let found = look_up(&link([coded("velvet-rose", Some("lips-centre"))]), &[&own, &bundled]).unwrap();
    assert_eq!((found.unknown(), found.layers[0].mask.clone()), (Unknown::default(), Mask::built_in("lips-centre")));
}

#[test]
fn the_first_catalogue_that_has_a_product_gives_it() {
    let shop = Shop::new("look-up-order").product("velvet-rose");
    let (own, bundled) = (shop.open().unwrap(), Catalogue::bundled().unwrap());
    let link = link([coded("velvet-rose", None), coded("ink-black", None)]);
    let names = |catalogues: &[&Catalogue]| {
        let worn = look_up(&link, catalogues).unwrap().wearable();
        worn.into_iter().map(|layer| layer.product.name).collect::<Vec<_>>()
    };
    assert_eq!(names(&[&own, &bundled]), ["velvet-rose", "Ink Black Liner"]);
    assert_eq!(names(&[&bundled, &own]), ["Velvet Rose", "Ink Black Liner"]);
    assert_eq!(names(&[&own]), ["velvet-rose"]);
}
