//! The bundled catalogue is whole, and a merchant's folder is read or refused with the place of the mistake.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use carmine::look::{Category, Finish, Layer, Mask};

use super::*;

/// A merchant's folder, gone at the end.
pub struct Shop(PathBuf);

impl Shop {
    pub fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("carmine-shop-{name}-{}", std::process::id()));
        for inner in ["products", "looks", "masks"] {
            std::fs::create_dir_all(folder.join(inner)).unwrap();
        }
        Self(folder)
    }

    pub fn with(self, file: &str, text: &str) -> Self {
        std::fs::write(self.0.join(file), text).unwrap();
        self
    }

    pub fn product(self, id: &str) -> Self {
        self.with(&format!("products/{id}.toml"), &lipstick(id))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn open(&self) -> Result<Catalogue, CatalogueError> {
        Catalogue::open(&self.0)
    }

    fn complaint(&self) -> String {
        let complaint = self.open().unwrap_err().to_string();
        assert!(!complaint.contains('\n'), "{complaint}");
        complaint
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

/// A mask that only this merchant has.
pub const BOW: &str = "chart = \"lips\"\n[[shapes]]\nkind = \"ellipse\"\ncentre = [0.5, 0.0]\nradii = [0.2, 0.5]\n";

pub fn lipstick(name: &str) -> String {
    format!("name = \"{name}\"\ncategory = \"lipstick\"\nshade = \"#a8485a\"\ncoverage = 0.8\nfinish = \"matte\"\n")
}

#[test]
fn the_whole_range_of_a_large_shop_is_taken() {
    // As many shades as the largest list of a retailer that was at hand, with prices and names.
    const SHADES: usize = 6816;
    let card = |i: usize| {
        let prices = "prices = { EUR = \"12.90\", USD = \"13.90\", GBP = \"11.90\" }";
        format!("[items.shade-{i}]\n{prices}\nnames = {{ fr = \"Teinte numéro {i}\", es = \"Tono número {i}\" }}\n")
    };
    let cards: String = (0..SHADES).map(card).collect();
    assert!(cards.len() > 768 << 10);
    let shop = (0..SHADES).fold(Shop::new("large"), |shop, i| shop.product(&format!("shade-{i}")));
    assert_eq!(shop.with("catalogue.toml", &cards).open().unwrap().items().len(), SHADES);
}

#[test]
fn every_bundled_product_has_a_whole_card() {
    let catalogue = Catalogue::bundled().unwrap();
    assert!(catalogue.items().len() >= 94);
    for item in catalogue.items() {
        let Item { id, card, .. } = item;
        let gtin = card.gtin.unwrap_or_else(|| panic!("{id} has no barcode"));
        assert!(gtin.to_string().len() == 13 && gtin.to_string().starts_with('2'), "{id}: {gtin} is somebody's");
        assert_eq!(catalogue.by_gtin(&gtin).unwrap().id, *id);
        assert_eq!(catalogue.by_hash(ProductHash::of(id)).unwrap().id, *id);
        assert_eq!(catalogue.item(id).unwrap(), item);
        let line = catalogue.line_of(id).unwrap_or_else(|| panic!("{id} is in no line"));
        assert!(line.items.contains(id) && line.category == item.product.category && line.brand == card.brand);
        for code in ["AED", "CNY", "EUR", "GBP", "MXN", "USD"] {
            assert!(card.price(code).is_some_and(|price| price.minor > 0), "{id} has no price in {code}");
        }
        assert!(card.ingredients_url.as_ref().unwrap().starts_with("https://example.com/"));
        assert_ne!(card.stock, Stock::Unknown);
    }
    let has = |wanted| catalogue.items().iter().any(|item| item.card.stock == wanted);
    assert!(has(Stock::In) && has(Stock::Few) && has(Stock::Out));
    assert!(catalogue.items().iter().filter(|item| item.card.carbon.is_some()).count() >= 10);
}

#[test]
fn every_category_can_be_shown_by_line_and_finish() {
    let catalogue = Catalogue::bundled().unwrap();
    for category in Category::ALL {
        let ids: HashSet<_> = catalogue.lines_of(category).flat_map(|line| &line.items).collect();
        assert_eq!(ids.len(), catalogue.items_of(category).count(), "{}", category.name());
        let finishes = catalogue.finishes(category);
        assert!(!finishes.is_empty());
        for item in catalogue.items_of(category) {
            assert_eq!(catalogue.nearest_in_finish(&item.id, item.product.finish).unwrap().id, item.id);
            for finish in &finishes {
                let other = catalogue.nearest_in_finish(&item.id, *finish).unwrap();
                assert!(other.product.finish == *finish && other.product.category == category);
            }
        }
    }
    let nearest = |id, finish| catalogue.nearest_in_finish(id, finish).map(|item| &*item.id);
    assert_eq!(nearest("true-red", Finish::Matte), Some("vermilion"));
    assert_eq!(nearest("true-red", Finish::Glitter), None);
    assert_eq!(nearest("no-such", Finish::Matte), None);
}

#[test]
fn a_bundled_look_knows_which_items_it_wears() {
    let catalogue = Catalogue::bundled().unwrap();
    let names: Vec<&str> = catalogue.looks().iter().map(|look| &*look.id).collect();
    assert_eq!(names, super::names());
    for ShelfLook { id, look } in catalogue.looks() {
        let offered = catalogue.offered(look);
        assert_eq!(offered, look.layers, "{id}: all of it is on offer");
        for layer in &offered {
            let item = layer.product_id.as_ref().and_then(|item| catalogue.item(item));
            assert_eq!(item.unwrap_or_else(|| panic!("{id}: {layer:?}")).product, layer.product);
        }
    }
}

#[test]
fn a_merchant_shows_a_folder() {
    let shop = Shop::new("whole")
        .product("rose")
        .product("mauve")
        .product("alone")
        .with("masks/bow.toml", BOW)
        .with("looks/a.toml", "name = \"A\"\n[[layers]]\nproduct = \"rose\"\nmask = \"bow\"\n[[layers]]\nproduct = \"petal-pink\"\n")
        .with("looks/b.toml", "name = \"B\"\n[[layers]]\nproduct = \"alone\"\n")
        .with("looks/order.txt", "# first\nb\n")
        .with(
            "catalogue.toml",
            "[[lines]]\nid = \"velvet\"\nname = \"Velvet\"\nbrand = \"Mine\"\ncategory = \"lipstick\"\nitems = [\"rose\", \"mauve\"]\n\
             each = { prices = { EUR = \"20.00\", JPY = \"3000\" }, claims = [\"Vegan\"], stock = \"in\" }\n\
             [items.mauve]\ngtin = \"2000000000015\"\nprices = { EUR = \"25.00\" }\nstock = \"out\"\nnames = { fr = \"Mauve doux\" }\n\
             carbon = { grams = 90, source = \"Mine, 2025\" }\n",
        );
    let catalogue = shop.open().unwrap();
    let ids: Vec<&str> = catalogue.items().iter().map(|item| &*item.id).collect();
    assert_eq!(ids, ["rose", "mauve", "alone"]);
    let rose = catalogue.item("rose").unwrap();
    assert_eq!(rose.card.prices.len(), 2);
    assert_eq!((rose.card.brand.as_str(), rose.card.stock, rose.name("fr")), ("Mine", Stock::In, "rose"));
    let mauve = catalogue.by_gtin(&"02000000000015".parse().unwrap()).unwrap();
    assert_eq!((&*mauve.id, mauve.card.stock, mauve.name("fr")), ("mauve", Stock::Out, "Mauve doux"));
    assert_eq!((mauve.card.prices.len(), mauve.card.price("EUR").unwrap().minor), (1, 2500));
    assert_eq!(mauve.card.claims, ["Vegan"]);
    assert_eq!(mauve.card.carbon.as_ref().unwrap().grams, 90);
    assert_eq!(catalogue.item("alone").unwrap().card, ItemCard::default());
    assert!(catalogue.line_of("alone").is_none());

    assert_eq!(&*catalogue.looks()[0].id, "b");
    let look = &catalogue.look("a").unwrap().look;
    let ids = |layers: &[Layer]| layers.iter().map(|layer| layer.product_id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&look.layers), [Some("petal-pink".into()), Some("rose".into())], "as they are written");
    assert_eq!(ids(&catalogue.offered(look)), [None, Some("rose".into())], "the blush is not theirs");
    assert_eq!(look.layers[1].mask.name, "bow");
    assert_eq!(catalogue.masks_by_hash(MaskHash::of("bow")).next().unwrap(), look.layers[1].mask);
    assert_eq!(catalogue.masks_by_hash(MaskHash::of("lips-centre")).next(), Mask::built_in("lips-centre"));
    assert_eq!(catalogue.masks_by_hash(MaskHash::of("nobody-s")).next(), None);
}

#[test]
fn a_folder_without_anything_is_told() {
    assert!(Shop::new("empty").complaint().contains("no products and no looks"));
    assert!(Catalogue::open(Path::new("no/such/folder")).unwrap_err().to_string().contains("does not exist"));
    let shop = Shop::new("file").with("thing", "");
    assert!(Catalogue::open(&shop.0.join("thing")).unwrap_err().to_string().contains("no folder"));
    assert!(Shop::new("looks").with("looks/a.toml", "name = \"A\"\n").open().is_ok());
    assert!(Shop::new("products").product("a").open().is_ok());
}

#[test]
fn broken_files_are_told_with_their_place() {
    let complaint = |name: &str, file: &str, text: &str| Shop::new(name).product("rose").with(file, text).complaint();
    let told = complaint("b1", "products/bad.toml", "name = \"Bad\"\ncolour = 1\n");
    assert!(told.contains("products/bad.toml:2:") && told.contains("colour"), "{told}");
    let told = complaint("b2", "looks/bad.toml", "name = \"Bad\"\n[[layers]]\nproduct = \"nowhere\"\n");
    assert!(told.contains("looks/bad.toml:3:") && told.contains("nowhere.toml"), "{told}");
    let told = complaint("b3", "masks/bad.toml", "chart = \n");
    assert!(told.contains("masks/bad.toml:1:"), "{told}");
    let told = complaint("b4", "products/odd name.toml", &lipstick("Odd"));
    assert!(told.contains("odd name.toml") && told.contains("rename"), "{told}");
    let told = complaint("b5", "looks/order.txt", "\nnowhere\n");
    assert!(told.contains("order.txt:2: there is no look 'nowhere'"), "{told}");
    // Found by trying: their hashes begin alike.
    let told = Shop::new("b6").product(SAME.0).product(SAME.1).complaint();
    assert!(told.contains(SAME.0) && told.contains(SAME.1) && told.contains("rename one"), "{told}");
    let masks = |one: &str, other: &str| Shop::new("b7").with(one, BOW).with(other, BOW).product("rose");
    let told = masks("masks/mask-255.toml", "masks/mask-474.toml").complaint();
    assert!(told.contains("masks") && told.contains("mask-255") && told.contains("mask-474"), "{told}");
    let told = Shop::new("b8").with("masks/mask-4532.toml", BOW).product("rose").complaint();
    assert!(told.contains("mask-4532") && told.contains("lips-centre"), "{told}");
    // A mask of a built-in one's name stands in for it.
    assert!(Shop::new("b9").with("masks/lips-centre.toml", BOW).product("rose").open().is_ok());
}

const SAME: (&str, &str) = ("shade-37588", "shade-154612");

#[test]
fn mistakes_in_cards_are_told_with_line_column_and_mend() {
    let line = "[[lines]]\nid = \"l\"\nname = \"L\"\nbrand = \"B\"\ncategory = \"lipstick\"\nitems = [\"rose\"]\n";
    let cases: [(&str, &str, &[&str]); 22] = [
        ("", "[items.rose]\ncolor = 1\n", &[":2:1:", "unknown field `color`"]),
        ("", "[items.rose\n", &[":1:", "]"]),
        ("", "[items.tulip]\n", &[":1:8:", "no product 'tulip'", "products/tulip.toml"]),
        ("", "[items.rose]\ngtin = \"2000000000016\"\n", &[":2:8:", "check digit", "call for 5"]),
        ("", "[items.rose]\ngtin = 2000000000015\n", &[":2:", "expected a string"]),
        (
            "",
            "[items.mauve]\ngtin = \"2000000000015\"\n[items.rose]\ngtin = \"02000000000015\"\n",
            &[":4:8:", "2000000000015 is already that of 'mauve'"],
        ),
        ("", "[items.rose]\nprices = { EURO = \"1.00\" }\n", &[":2:12:", "no currency 'EURO'"]),
        ("", "[items.rose]\nprices = { EUR = \"1.5\" }\n", &[":2:18:", "no price in EUR", "24.50"]),
        ("", "[items.rose]\nprices = { EUR = 1.5 }\n", &[":2:", "price in quotes"]),
        ("", "[items.rose]\nprices = { EUR = \"1.00\", EUR = \"2.00\" }\n", &[":2:", "duplicate"]),
        ("", "[items.rose]\nclaims = [\"\"]\n", &[":2:11:", "claims"]),
        ("", "[items.rose]\nclaims = [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]\n", &[":2:10:", "at most 6"]),
        ("", "[items.rose]\ningredients_url = \"example.com\"\n", &[":2:19:", "https://"]),
        ("", "[items.rose]\ncarbon = { grams = 5 }\n", &[":2:", "source"]),
        ("", "[items.rose]\ncarbon = { grams = -5, source = \"x\" }\n", &[":2:", "-5"]),
        ("", "[items.rose]\nstock = \"plenty\"\n", &[":2:", "plenty"]),
        ("", "[items.rose]\nnames = { French = \"Rose\" }\n", &[":2:11:", "'French' is no language"]),
        (
            line,
            "[[lines]]\nid = \"l\"\nname = \"L\"\nbrand = \"B\"\ncategory = \"lipstick\"\nitems = []\n",
            &[":8:6:", "'l'"],
        ),
        (
            line,
            "[[lines]]\nid = \"m\"\nname = \"M\"\nbrand = \"B\"\ncategory = \"lipstick\"\nitems = [\"rose\"]\n",
            &[":12:10:", "line 'l'"],
        ),
        (
            "",
            "[[lines]]\nid = \"m\"\nname = \"M\"\nbrand = \"B\"\ncategory = \"blush\"\nitems = [\"rose\"]\n",
            &[":6:10:", "is lipstick"],
        ),
        (
            "",
            "[[lines]]\nid = \"m m\"\nname = \"M\"\nbrand = \"B\"\ncategory = \"blush\"\nitems = []\n",
            &[":2:6:", "cannot be an id"],
        ),
        (
            "",
            "[[lines]]\nid = \"m\"\nname = \"M\"\nbrand = \" \"\ncategory = \"blush\"\nitems = []\n",
            &[":4:9:", "brand"],
        ),
    ];
    for (number, (before, text, wanted)) in cases.into_iter().enumerate() {
        let shop = Shop::new(&format!("c{number}")).product("rose").product("mauve");
        let told = shop.with("catalogue.toml", &format!("{before}{text}")).complaint();
        assert!(told.contains("catalogue.toml:"), "{told}");
        for wanted in wanted {
            assert!(told.contains(wanted), "{text}\n{told}\nlacks {wanted}");
        }
    }
}

#[test]
fn another_product_with_the_same_id_is_not_on_offer() {
    let look = "name = \"L\"\n[[layers]]\nproduct = \"rose\"\n";
    let ours = Shop::new("same-id-ours").product("rose").with("looks/l.toml", look).open().unwrap();
    let theirs = Shop::new("same-id-theirs").with("products/rose.toml", &lipstick("Their own")).open().unwrap();
    let look = &ours.look("l").unwrap().look;
    let id_at = |catalogue: &Catalogue| catalogue.offered(look)[0].product_id.clone();
    assert_eq!(id_at(&ours), Some("rose".into()));
    assert_eq!(id_at(&theirs), None, "they sell something else under this id");
}
