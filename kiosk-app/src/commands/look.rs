//! `carmine look`: a look as the link that a shopper takes home, and back.

use std::fmt::Write;
use std::path::Path;

use carmine::look::{Layer, Look, Wing};
use serde_json::{Value, json};

use crate::catalogue::{self, Catalogue, CatalogueError, Item};
use crate::cli::{DecodeArgs, EncodeArgs, LookCommand};
use crate::error::AppError;
use crate::output;
use crate::take_home::code::{self, CodeError, CodedLayer};
use crate::take_home::look_up::{FoundLayer, FoundLook, Unknown, look_up};

/// Runs one of them.
pub fn run(command: &LookCommand) -> Result<(), AppError> {
    match command {
        LookCommand::Decode(args) => decode(args),
        LookCommand::Encode(args) => encode(args),
    }
}

fn encode(args: &EncodeArgs) -> Result<(), AppError> {
    let shelves = Shelves::open(args.catalogue.as_deref())?;
    let look = shelves.look(&args.look)?;
    let coded = |layer| {
        CodedLayer::of(layer).ok_or_else(|| {
            let name = &layer.product.name;
            let mend = "give the product a file of its own in the products and name that";
            AppError::Usage(format!("'{name}' stands in the look itself, so a link cannot name it: {mend}"))
        })
    };
    let layers = look.layers.iter().map(coded).collect::<Result<Vec<_>, _>>()?;
    // Files beside the look may have the names of other products and masks, which the link would be read back as.
    let found = shelves.look_up(&code::fragment(layers.iter().copied())?)?;
    for (layer, found) in look.layers.iter().zip(&found.layers) {
        if !found.layer().is_some_and(|back| back.product == layer.product && back.mask == layer.mask) {
            return Err(AppError::Usage(format!(
                "a link would be read back as another product or mask than '{}' on '{}': put both into the catalogue, \
                 under names of their own, and name that with --catalogue",
                layer.product.name, layer.mask.name
            )));
        }
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
    let found = shelves.look_up(&args.link)?;
    if let Some(path) = &args.output {
        output::write_whole(path, look_file(&found.layers).as_bytes())?;
    }
    if args.json {
        output::print_data(&json(&found.layers));
    } else {
        output::print(&table(&found.layers));
    }
    let (count, Unknown { products, masks }) = (found.layers.len(), found.unknown());
    if products > 0 {
        output::tell(&format!("carmine: {products} of {count} products are not in this catalogue; they are left out"));
    }
    if masks > 0 {
        output::tell(&format!(
            "carmine: {masks} of {count} layers have a mask that is not in this catalogue; their products lie in their \
             usual place"
        ));
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

    fn look_up(&self, link: &str) -> Result<FoundLook<'_>, CodeError> {
        look_up(link, &self.0.iter().collect::<Vec<_>>())
    }

    /// The look of that name in the first catalogue that has one, else as [`catalogue::find`] does.
    fn look(&self, name: &str) -> Result<Look, CatalogueError> {
        match self.0.iter().find_map(|shelf| shelf.look(name)) {
            Some(shelf) => Ok(shelf.look.clone()),
            None => catalogue::find(name),
        }
    }
}

/// One line a layer.
fn table(layers: &[FoundLayer<'_>]) -> String {
    let mut text = String::new();
    for FoundLayer { coded, item, mask } in layers {
        let (id, what) = match item {
            Some(Item { id, product, .. }) => (id.as_ref(), format!("{}, {}", product.name, product.category.name())),
            None => ("?", format!("not in this catalogue ({})", coded.product)),
        };
        let _ = write!(text, "{:5.2}  {id:<20}  {what}", coded.amount);
        match (mask, coded.mask) {
            (Some(mask), _) => _ = write!(text, ", mask {}", mask.name),
            (None, Some(hash)) => _ = write!(text, ", a mask that is not in this catalogue ({hash})"),
            (None, None) => {}
        }
        if let Some(Wing { angle_deg, length }) = coded.wing {
            let _ = write!(text, ", wing {angle_deg}° {length}");
        }
        text.push('\n');
    }
    text
}

fn json(layers: &[FoundLayer<'_>]) -> String {
    let layer = |FoundLayer { coded, item, mask }: &FoundLayer<'_>| {
        json!({
            "product": item.map(|item| &*item.id),
            "name": item.map(|item| &item.product.name),
            "category": item.map(|item| item.product.category.name()),
            "product_hash": coded.product.to_string(),
            "amount": written(coded.amount),
            "mask": mask.as_ref().map(|mask| &mask.name),
            "mask_hash": coded.mask.map(|hash| hash.to_string()),
            "wing": coded.wing.map(|w| json!({ "angle_deg": written(w.angle_deg), "length": written(w.length) })),
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
fn look_file(layers: &[FoundLayer<'_>]) -> String {
    let mut text = String::from("name = \"From a link\"\n");
    for found in layers {
        let Some(Layer { product_id: Some(id), amount, mask, wing, .. }) = found.layer() else {
            let hash = found.coded.product;
            let _ = write!(text, "\n# Left out: a product that is not in this catalogue ({hash}).\n");
            continue;
        };
        let _ = write!(text, "\n[[layers]]\nproduct = {:?}\namount = {amount}\n", &*id);
        match found.coded.mask {
            Some(hash) if found.lacks_mask() => {
                _ = writeln!(text, "# Left out: a mask that is not in this catalogue ({hash}).");
            }
            Some(_) => _ = writeln!(text, "mask = {:?}", mask.name),
            None => {}
        }
        if let Some(Wing { angle_deg, length }) = wing {
            let _ = writeln!(text, "wing = {{ angle_deg = {angle_deg}, length = {length} }}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use carmine::look::Mask;

    use super::*;
    use crate::catalogue::tests::{BOW, Shop, lipstick};
    use crate::catalogue::{MaskHash, ProductHash};

    #[test]
    fn every_bundled_look_comes_back_as_it_was() {
        let folder = std::env::temp_dir().join(format!("carmine-look-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let shelves = Shelves::open(None).unwrap();
        for name in catalogue::names() {
            let look = shelves.look(name).unwrap();
            let worn = look.layers.iter().map(|layer| CodedLayer::of(layer).unwrap());
            let link = code::encode("https://example.com/look", worn).unwrap();
            let path = folder.join(format!("{name}.toml"));
            std::fs::write(&path, look_file(&shelves.look_up(&link).unwrap().layers)).unwrap();
            assert_eq!(catalogue::find(path.to_str().unwrap()).unwrap().layers, look.layers, "{name}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_unknown_is_left_out_of_the_file() {
        let worn = |id| CodedLayer {
            product: ProductHash::of(id),
            amount: 0.35,
            mask: Some(MaskHash::of("liner-wing")),
            wing: None,
        };
        let liner = CodedLayer { wing: Some(Wing { angle_deg: 16.0, length: 0.45 }), ..worn("ink-black") };
        let stranger = CodedLayer { mask: Some(MaskHash::of("their-own")), ..liner };
        let shelves = Shelves::open(None).unwrap();
        let link = code::fragment([worn("elsewhere"), liner, stranger]).unwrap();
        let layers = shelves.look_up(&link).unwrap().layers;
        let text = look_file(&layers);
        assert_eq!(text.matches("[[layers]]").count(), 2, "{text}");
        assert_eq!(text.matches("wing = ").count(), 1, "{text}");
        assert!(text.contains(&ProductHash::of("elsewhere").to_string()), "{text}");
        assert!(text.contains(&MaskHash::of("their-own").to_string()), "{text}");
        let table = table(&layers);
        assert!(table.contains("not in this catalogue") && table.contains("wing 16° 0.45"), "{table}");
        let json: Value = serde_json::from_str(&json(&layers)).unwrap();
        assert_eq!(json["layers"][0]["product"], Value::Null);
        assert_eq!((&json["layers"][1]["product"], &json["layers"][1]["amount"]), (&"ink-black".into(), &0.35.into()));
        assert_eq!(json["layers"][1]["wing"]["length"], 0.45);
    }

    #[test]
    fn a_merchants_own_products_and_masks_come_back() {
        let shop = Shop::new("look-own")
            .with("masks/bow.toml", BOW)
            .with("products/own-red.toml", &lipstick("Own"))
            .with("looks/theirs.toml", "name = \"Theirs\"\n[[layers]]\nproduct = \"own-red\"\namount = 0.45\nmask = \"bow\"\n[[layers]]\nproduct = \"ink-black\"\n");
        let shelves = Shelves::open(Some(shop.path())).unwrap();
        // A bundled product in their look is not on offer there, but has its name all the same.
        let look = shelves.look("theirs").unwrap();
        let link = code::fragment(look.layers.iter().map(|layer| CodedLayer::of(layer).unwrap())).unwrap();
        let found = shelves.look_up(&link).unwrap();
        assert_eq!(found.wearable(), look.layers);
        assert_eq!(found.unknown(), Unknown::default());
        let text = look_file(&found.layers);
        assert!(text.contains("\"own-red\"") && text.contains("mask = \"bow\""), "{text}");
        assert!(look_file(&Shelves::open(None).unwrap().look_up(&link).unwrap().layers).contains("Left out"));
    }

    #[test]
    fn a_mask_that_no_wing_fits_makes_no_broken_file() {
        // She wore a winged liner and then one that has no wing to set: the layer still has hers.
        let product = ProductHash::of("ink-black");
        let (mask, wing) = (Some(MaskHash::of("liner-tight")), Some(Wing { angle_deg: 16.0, length: 0.45 }));
        assert!(!Mask::built_in("liner-tight").unwrap().has_wing());
        let link = code::fragment([CodedLayer { product, amount: 1.0, mask, wing }]).unwrap();
        let text = look_file(&Shelves::open(None).unwrap().look_up(&link).unwrap().layers);
        assert!(text.contains("liner-tight") && !text.contains("wing ="), "{text}");
    }
}
