//! `carmine look`: a look as the link that a shopper takes home, and back.

use std::fmt::Write;
use std::path::Path;

use carmine::look::{Look, Mask, Wing};
use serde_json::{Value, json};

use crate::catalogue::{self, Catalogue, CatalogueError, Item};
use crate::cli::{DecodeArgs, EncodeArgs, LookCommand};
use crate::error::AppError;
use crate::output;
use crate::take_home::code::{self, CodeError, FoundLayer, Known, MaskHash, ProductHash, WornLayer};

/// Runs one of them.
pub fn run(command: &LookCommand) -> Result<(), AppError> {
    match command {
        LookCommand::Decode(args) => decode(args),
        LookCommand::Encode(args) => encode(args),
    }
}

/// A layer whose parts are in the catalogue, or known by their hash alone.
type Layer<'a> = FoundLayer<&'a Item, &'a str>;

fn encode(args: &EncodeArgs) -> Result<(), AppError> {
    let (look, ids) = Shelves::open(args.catalogue.as_deref())?.look(&args.look)?;
    let mut layers = Vec::with_capacity(ids.len());
    for (layer, id) in look.layers.iter().zip(&ids) {
        let Some(id) = id else {
            let name = &layer.product.name;
            let mend = "give the product a file of its own in the products and name that";
            return Err(AppError::Usage(format!(
                "'{name}' stands in the look itself, so a link cannot name it: {mend}"
            )));
        };
        let mask = (layer.mask.name != layer.product.mask.name).then_some(layer.mask.name.as_str());
        layers.push(WornLayer { id, amount: layer.amount, mask, wing: layer.wing });
    }
    let link = match &args.base {
        Some(base) => code::encode(base, layers).map_err(|error| match error {
            CodeError::Base { .. } => AppError::Usage(error.to_string()),
            other => other.into(),
        })?,
        None => code::fragment(layers)?,
    };
    output::print(&format!("{link}\n"));
    Ok(())
}

fn decode(args: &DecodeArgs) -> Result<(), AppError> {
    let shelves = Shelves::open(args.catalogue.as_deref())?;
    let layers = shelves.look_up(&args.link)?;
    if let Some(path) = &args.output {
        output::write_whole(path, look_file(&layers).as_bytes())?;
    }
    output::print(&if args.json { json(&layers) } else { table(&layers) });
    let unknown = layers.iter().filter(|layer| matches!(layer.product, Known::Unknown(_))).count();
    if unknown > 0 {
        let count = layers.len();
        output::tell(&format!("carmine: {unknown} of {count} products are not in this catalogue; they are left out"));
    }
    Ok(())
}

/// Where products and masks are looked for: the merchant's catalogue first, if there is one.
struct Shelves(Vec<Catalogue>);

impl Shelves {
    fn open(folder: Option<&Path>) -> Result<Self, CatalogueError> {
        let own = folder.map(Catalogue::open).transpose()?;
        Ok(Self(own.into_iter().chain([Catalogue::bundled()?]).collect()))
    }

    fn look_up(&self, link: &str) -> Result<Vec<Layer<'_>>, CodeError> {
        let product = |hash: ProductHash| self.0.iter().find_map(|shelf| shelf.by_code(hash.number()));
        let mask = |hash| {
            let items = self.0.iter().flat_map(Catalogue::items).map(|item| &item.product.mask);
            let looks = self.0.iter().flat_map(Catalogue::looks).flat_map(|look| &look.look.layers);
            let mut own = items.chain(looks.map(|layer| &layer.mask)).map(|mask| mask.name.as_str());
            let is_it = |name: &str| MaskHash::of(name) == hash;
            own.find(|name| is_it(name)).or_else(|| Mask::built_in_names().find(|name| is_it(name)))
        };
        code::decode_with(link, product, mask)
    }

    /// A look and the ids of its products.
    fn look(&self, name: &str) -> Result<(Look, Vec<Option<String>>), CatalogueError> {
        match self.0.iter().find_map(|shelf| shelf.look(name)) {
            Some(look) => {
                let ids = look.look.layers.iter().zip(&look.layers).map(|(layer, id)| {
                    // A bundled product in a merchant's look is not on offer, but has an id all the same.
                    let like = || self.0.iter().flat_map(Catalogue::items).find(|item| item.product == layer.product);
                    id.as_ref().or_else(|| like().map(|item| &item.id)).map(|id| id.to_string())
                });
                Ok((look.look.clone(), ids.collect()))
            }
            None => catalogue::find_with_ids(name),
        }
    }
}

/// One line a layer.
fn table(layers: &[Layer]) -> String {
    let mut text = String::new();
    for layer in layers {
        let (id, what) = match &layer.product {
            Known::Found(Item { id, product, .. }) => {
                (id.as_ref(), format!("{}, {}", product.name, product.category.name()))
            }
            Known::Unknown(hash) => ("?", format!("not in this catalogue ({hash})")),
        };
        let _ = write!(text, "{:5.2}  {id:<20}  {what}", layer.amount);
        match layer.mask {
            Some(Known::Found(name)) => _ = write!(text, ", mask {name}"),
            Some(Known::Unknown(hash)) => _ = write!(text, ", a mask that is not in this catalogue ({hash})"),
            None => {}
        }
        if let Some(Wing { angle_deg, length }) = layer.wing {
            let _ = write!(text, ", wing {angle_deg}° {length}");
        }
        text.push('\n');
    }
    text
}

fn json(layers: &[Layer]) -> String {
    let layer = |layer: &Layer| {
        let (id, name, category, hash) = match &layer.product {
            Known::Found(Item { id, product, .. }) => {
                (Some(id.as_ref()), Some(product.name.as_str()), Some(product.category.name()), ProductHash::of(id))
            }
            Known::Unknown(hash) => (None, None, None, *hash),
        };
        let (mask, mask_hash) = match layer.mask {
            None => (None, None),
            Some(Known::Found(name)) => (Some(name), Some(MaskHash::of(name))),
            Some(Known::Unknown(hash)) => (None, Some(hash)),
        };
        json!({
            "product": id,
            "name": name,
            "category": category,
            "product_hash": hash.to_string(),
            "amount": written(layer.amount),
            "mask": mask,
            "mask_hash": mask_hash.map(|hash| hash.to_string()),
            "wing": layer.wing.map(|w| json!({ "angle_deg": written(w.angle_deg), "length": written(w.length) })),
        })
    };
    let layers: Vec<Value> = layers.iter().map(layer).collect();
    format!("{:#}\n", json!({ "version": 1, "layers": layers }))
}

/// A number of a code as it would be written, and not as the f32 next to it.
fn written(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

/// A look file; what is not in the catalogue is a comment in it.
fn look_file(layers: &[Layer]) -> String {
    let mut text = String::from("name = \"From a link\"\n");
    for layer in layers {
        let id = match &layer.product {
            Known::Found(item) => item.id.as_ref(),
            Known::Unknown(hash) => {
                let _ = write!(text, "\n# Left out: a product that is not in this catalogue ({hash}).\n");
                continue;
            }
        };
        let _ = write!(text, "\n[[layers]]\nproduct = {id:?}\namount = {}\n", layer.amount);
        match layer.mask {
            Some(Known::Found(name)) => _ = writeln!(text, "mask = {name:?}"),
            Some(Known::Unknown(hash)) => {
                _ = writeln!(text, "# Left out: a mask that is not in this catalogue ({hash}).")
            }
            None => {}
        }
        // A wing belongs to its mask.
        if let (Some(Wing { angle_deg, length }), None | Some(Known::Found(_))) = (layer.wing, layer.mask) {
            let _ = writeln!(text, "wing = {{ angle_deg = {angle_deg}, length = {length} }}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bundled_look_comes_back_as_it_was() {
        let folder = std::env::temp_dir().join(format!("carmine-look-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let shelves = Shelves::open(None).unwrap();
        for name in catalogue::names() {
            let (look, ids) = shelves.look(name).unwrap();
            let worn = look.layers.iter().zip(&ids).map(|(layer, id)| WornLayer {
                id: id.as_deref().unwrap(),
                amount: layer.amount,
                mask: (layer.mask.name != layer.product.mask.name).then_some(layer.mask.name.as_str()),
                wing: layer.wing,
            });
            let link = code::encode("https://example.com/look", worn).unwrap();
            let path = folder.join(format!("{name}.toml"));
            std::fs::write(&path, look_file(&shelves.look_up(&link).unwrap())).unwrap();
            assert_eq!(catalogue::find(path.to_str().unwrap()).unwrap().layers, look.layers, "{name}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_unknown_is_left_out_of_the_file() {
        let worn = |id| WornLayer { id, amount: 0.35, mask: Some("liner-wing"), wing: None };
        let liner = WornLayer { wing: Some(Wing { angle_deg: 16.0, length: 0.45 }), ..worn("ink-black") };
        let stranger = WornLayer { mask: Some("their-own"), wing: liner.wing, ..worn("ink-black") };
        let shelves = Shelves::open(None).unwrap();
        let layers = shelves.look_up(&code::fragment([worn("elsewhere"), liner, stranger]).unwrap()).unwrap();
        let text = look_file(&layers);
        assert_eq!(text.matches("[[layers]]").count(), 2, "{text}");
        assert_eq!(text.matches("wing = ").count(), 1, "{text}");
        assert!(text.contains(&ProductHash::of("elsewhere").to_string()), "{text}");
        let table = table(&layers);
        assert!(table.contains("not in this catalogue") && table.contains("wing 16° 0.45"), "{table}");
        let json: Value = serde_json::from_str(&json(&layers)).unwrap();
        assert_eq!(json["layers"][0]["product"], Value::Null);
        assert_eq!((&json["layers"][1]["product"], &json["layers"][1]["amount"]), (&"ink-black".into(), &0.35.into()));
        assert_eq!(json["layers"][1]["wing"]["length"], 0.45);
    }
    #[test]
    fn a_merchants_own_products_and_masks_come_back() {
        let folder = std::env::temp_dir().join(format!("carmine-look-own-{}", std::process::id()));
        for name in ["products", "looks", "masks"] {
            std::fs::create_dir_all(folder.join(name)).unwrap();
        }
        let put = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        let mask = "chart = \"lips\"\n[[shapes]]\nkind = \"ellipse\"\ncentre = [0.5, 0.0]\nradii = [0.2, 0.5]\n";
        put("masks/bow.toml", mask);
        let own = "name = \"Own\"\ncategory = \"lipstick\"\nshade = \"#802040\"\ncoverage = 0.8\nfinish = \"matte\"\n";
        put("products/own-red.toml", own);
        let worn =
            "[[layers]]\nproduct = \"own-red\"\namount = 0.45\nmask = \"bow\"\n[[layers]]\nproduct = \"ink-black\"\n";
        put("looks/theirs.toml", &format!("name = \"Theirs\"\n{worn}"));
        let shelves = Shelves::open(Some(&folder)).unwrap();
        let ids = [WornLayer { id: "own-red", amount: 0.45, mask: Some("bow"), wing: None }];
        let link = code::fragment(ids).unwrap();
        let text = look_file(&shelves.look_up(&link).unwrap());
        assert!(text.contains("\"own-red\"") && text.contains("mask = \"bow\""), "{text}");
        assert!(look_file(&Shelves::open(None).unwrap().look_up(&link).unwrap()).contains("Left out"));
        let (look, ids) = shelves.look("theirs").unwrap();
        assert_eq!((look.layers.len(), ids.iter().flatten().count()), (2, ids.len()));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
