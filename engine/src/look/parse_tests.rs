//! Looks and products are read as they are written, and every mistake is told with its line and column.

use proptest::prelude::*;

use super::*;
use crate::look::MAX_TEXT_BYTES;

const VELVET: &str =
    "name = \"Velvet\"\ncategory = \"lipstick\"\nshade = \"#a8323e\"\ncoverage = 0.9\nfinish = \"matte\"\n";
const INK: &str =
    "name = \"Ink\"\ncategory = \"eyeliner\"\nshade = \"#101010\"\ncoverage = 1\nfinish = \"matte\"\nmask = \"own\"\n";

fn read(text: &str) -> Result<Look, LookError> {
    Look::from_toml("evening.toml", text, &mut |part, name| {
        let text = match (part, name) {
            (Part::Product, "velvet") => VELVET,
            (Part::Product, "ink") => INK,
            (Part::Mask, "own") => "chart = \"eyes\"\n[[shapes]]\nkind = \"wing\"\nangle_deg = 10\nlength = 0.2\n",
            (Part::Mask, "broken") => "chart = 5\n",
            _ => return None,
        };
        Some(text.to_owned())
    })
}

#[test]
fn layers_of_one_category_keep_their_order_and_default_to_one_coat() {
    let look = read(
        "name = \"Evening\"\n[[layers]]\nproduct = \"velvet\"\n[[layers]]\namount = 0.5\nproduct = { name = \"Top\", \
         category = \"lipstick\", shade = { oklch = [0.6, 0.1, 20] }, coverage = 0.1, finish = \"gloss\" }\n",
    )
    .unwrap();
    let seen: Vec<_> = look.layers.iter().map(|l| (l.product.name.as_str(), l.amount, l.product.finish)).collect();
    assert_eq!(seen, [("Velvet", 1.0, Finish::Matte), ("Top", 0.5, Finish::Gloss)]);
    assert_eq!(look.layers[0].mask.name, "lips");
    let ids: Vec<_> = look.layers.iter().map(|layer| layer.product_id.as_deref()).collect();
    assert_eq!(ids, [Some("velvet"), None], "a product written into the layer has no id");
}

#[test]
fn categories_are_stacked_as_make_up_is_put_on() {
    let layers: String = Category::ALL
        .into_iter()
        .rev()
        .map(|category| {
            let category = category.name();
            format!(
                "[[layers]]\nproduct = {{ name = \"{category}\", category = \"{category}\", shade = \"#808080\", \
                 coverage = 0.5, finish = \"glitter\", flakes = \"#ffe0c0\" }}\n"
            )
        })
        .collect();
    let look = read(&format!("name = \"All\"\n{layers}")).unwrap();
    let seen: Vec<_> = look.layers.iter().map(|layer| layer.product.category).collect();
    assert_eq!(seen, Category::ALL);
    for layer in &look.layers {
        assert_eq!(layer.product.category.name(), layer.product.name);
        assert_eq!(layer.mask.name, layer.product.category.default_mask());
        assert!(layer.product.flakes.is_some());
    }
}

#[test]
fn a_layer_keeps_its_products_id_when_layers_are_sorted() {
    // Both layers wear the same product, under two names: only the names tell them apart.
    let text = "name = \"X\"\n[[layers]]\nproduct = \"velvet\"\n[[layers]]\nproduct = \"again\"\n[[layers]]\nproduct = \"ink\"\n";
    let look = Look::from_toml("x.toml", text, &mut |part, name| match (part, name) {
        (Part::Product, "velvet" | "again") => Some(VELVET.to_owned()),
        (Part::Product, "ink") => Some(INK.replace("mask = \"own\"\n", "")),
        _ => None,
    })
    .unwrap();
    let ids: Vec<_> = look.layers.iter().map(|layer| layer.product_id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["ink", "velvet", "again"]);
    assert_eq!(look.layers[1].product, look.layers[2].product);
}

#[test]
fn a_layers_mask_and_wing_stand_over_the_products() {
    let text = "name = \"X\"\n[[layers]]\nproduct = \"ink\"\n[[layers]]\nproduct = \"ink\"\nmask = \"liner-wing\"\n\
                wing = { angle_deg = 30, length = 0.5 }\n";
    let look = read(text).unwrap();
    let masks: Vec<_> = look.layers.iter().map(|l| (l.product.mask.name.as_str(), l.mask.name.as_str())).collect();
    assert_eq!(masks, [("own", "own"), ("own", "liner-wing")]);
    assert_eq!(look.layers[0].wing, None);
    assert_eq!(look.layers[1].wing, Some(Wing { angle_deg: 30.0, length: 0.5 }));
}

#[test]
fn mistakes_are_told_with_line_and_column() {
    let inline = |product: &str| format!("name = \"X\"\n[[layers]]\nproduct = {{ {product} }}\n");
    let layer = |rest: &str| format!("name = \"X\"\n[[layers]]\nproduct = \"velvet\"\n{rest}\n");
    let liner = |rest: &str| format!("name = \"X\"\n[[layers]]\nproduct = \"ink\"\n{rest}\n");
    let rest = "name = \"P\", category = \"lipstick\", finish = \"matte\"";
    let full = format!("{rest}, coverage = 1, shade = \"#a8323e\"");
    let cases = [
        ("name = \"X\"\ncolour = 3\n".to_owned(), 2, 1, "unknown field `colour`"),
        (layer("amount = 2.5"), 4, 10, "give 0 to 2"),
        (layer("amount = nan"), 4, 10, "give 0 to 2"),
        ("name = \"X\"\n[[layers]]\nproduct = \"satin\"\n".into(), 3, 11, "no product 'satin'"),
        ("name = \"X\"\n[[layers]]\nproduct = 7\n".into(), 3, 11, "a product's name or a table"),
        ("name = \"X".into(), 1, 10, "string"),
        ("name = \" \"\n".into(), 1, 8, "empty"),
        (format!("name = \"{}\"\n", "é".repeat(61)), 1, 8, "longer than 60"),
        (inline(&format!("{rest}, coverage = 1.5, shade = \"#a8323e\"")), 3, 77, "give 0 to 1"),
        (inline(&format!("{rest}, coverage = 1, shade = \"red\"")), 3, 88, "#rrggbb"),
        (inline(&format!("{rest}, coverage = 1, shade = [1]")), 3, 88, "{ lab ="),
        (inline(&format!("{rest}, coverage = 1, colour = \"#a8323e\"")), 3, 80, "unknown field `colour`"),
        (inline(&format!("{full}, mask = \"lid\"")), 3, 106, "face chart, but lipstick needs the lips one"),
        (inline(&format!("{full}, flakes = \"#ffffff\"")), 3, 108, "not matte"),
        (layer("mask = \"mouth\""), 4, 8, "no mask 'mouth': for lipstick choose lips, lips-outline"),
        (layer("mask = \"liner-upper\""), 4, 8, "eyes chart, but lipstick needs the lips one"),
        (layer("wing = { angle_deg = 20, length = 0.2 }"), 4, 8, "eyeliner only"),
        (liner("wing = { angle_deg = 61, length = 0.2 }"), 4, 22, "give -10 to 60"),
        (liner("wing = { angle_deg = 20, length = 0.9 }"), 4, 35, "give 0 to 0.8"),
        (liner("wing = { angle_deg = 20 }"), 4, 8, "missing field `length`"),
        (
            liner("mask = \"liner-tight\"\nwing = { angle_deg = 20, length = 0.2 }"),
            5,
            8,
            "mask 'liner-tight' has no wing",
        ),
    ];
    for (text, line, column, message) in cases {
        let error = read(&text).unwrap_err();
        assert!(error.message.contains(message), "{text}\n→ {error}");
        assert_eq!((error.line, error.column), (line, column), "{text}\n→ {error}");
        assert!(error.to_string().starts_with("evening.toml:"));
        assert!(!error.to_string().contains('\n'), "one line: {error}");
    }
}

#[test]
fn a_broken_mask_of_the_host_is_told_by_its_own_name() {
    for text in [
        "name = \"X\"\n[[layers]]\nproduct = \"velvet\"\nmask = \"broken\"\n",
        "name = \"X\"\n[[layers]]\nproduct = { name = \"P\", category = \"lipstick\", finish = \"matte\", coverage = 1, \
         shade = \"#a8323e\", mask = \"broken\" }\n",
    ] {
        let error = read(text).unwrap_err();
        assert_eq!((error.name.as_str(), error.line), ("mask broken", 1), "{error}");
    }
}

#[test]
fn too_many_layers_are_refused() {
    let text = |count: usize| format!("name = \"X\"\n{}", "[[layers]]\nproduct = \"velvet\"\n".repeat(count));
    assert_eq!(read(&text(MAX_LAYERS)).unwrap().layers.len(), MAX_LAYERS);
    assert!(read(&text(MAX_LAYERS + 1)).unwrap_err().message.contains("at most"));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        let _ = read(&text);
        let _ = Product::from_toml("p", &text, &mut |_, _| None);
    }

    #[test]
    fn no_broken_look_makes_it_panic(cut in 0usize..500, junk in ".{0,6}") {
        let whole = "name = \"É\"\n[[layers]]\nproduct = { name = \"é\", category = \"eyeliner\", \
                     shade = { lab = [40, 50, 20] }, coverage = 0.1, finish = \"glitter\", flakes = \"#ffffff\", \
                     mask = \"liner-wing\" }\namount = 1\nmask = \"own\"\nwing = { angle_deg = 20, length = 0.1 }\n";
        let cut = whole.floor_char_boundary(cut.min(whole.len()));
        let _ = read(&format!("{}{junk}{}", &whole[..cut], &whole[cut..]));
    }
}

#[test]
fn a_text_that_is_no_look_is_refused_before_it_is_read() {
    let padded = |bytes: usize| format!("name = \"Bare\"\n#{}", "a".repeat(bytes - 15));
    assert!(read(&padded(MAX_TEXT_BYTES)).is_ok());
    let error = read(&padded(MAX_TEXT_BYTES + 1)).unwrap_err().to_string();
    assert_eq!(error, "evening.toml:1:1: it is larger than 128 KiB: it is no look, product or mask");
}
