//! Puts a catalogue together from its files, and refuses what does not fit.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use carmine::look::{Look, Mask, Part, Product};

use super::bundled::PRODUCTS;
use super::cards_file::{self, Cards};
use super::folder::Files;
use super::text_file::TextFile;
use super::{Catalogue, CatalogueError, Item, ItemId, Line, ShelfLook, code_of};

impl Catalogue {
    /// What is embedded in the app.
    pub fn bundled() -> Result<Self, CatalogueError> {
        assemble(&Files::bundled())
    }

    /// A merchant's own: `products/*.toml`, `looks/*.toml`, `looks/order.txt`, `masks/*.toml` and `catalogue.toml` in
    /// `folder`, as `assets/README.md` describes them. There must be a product or a look. A look may also name bundled
    /// products, which are then worn but not on offer. The first mistake refuses the whole folder.
    pub fn open(folder: &Path) -> Result<Self, CatalogueError> {
        assemble(&Files::read(folder)?)
    }
}

fn assemble(files: &Files) -> Result<Catalogue, CatalogueError> {
    for mask in &files.masks {
        Mask::from_toml(&mask.shown, &mask.text)?;
    }
    let mut products: BTreeMap<ItemId, Product> = BTreeMap::new();
    let mut codes: HashMap<u32, &str> = HashMap::new();
    for TextFile { id, shown, text } in &files.products {
        if let Some(one) = codes.insert(code_of(id), id) {
            return Err(CatalogueError::SameCode { one: one.to_owned(), other: id.clone() });
        }
        let product = Product::from_toml(shown, text, &mut |part, name| files.part(part, name))?;
        products.insert(id.as_str().into(), product);
    }
    let cards = match &files.cards {
        Some(file) => cards_file::read(file, &products)?,
        None => Cards { lines: Vec::new(), cards: HashMap::new() },
    };
    let looks = files.looks.iter().map(|look| shelf_look(look, files, &products)).collect::<Result<_, _>>()?;
    let Cards { lines, mut cards } = cards;
    let items = in_order(&lines, products).map(|(id, product)| {
        let card = cards.remove(&id).unwrap_or_default();
        Item { id, product, card }
    });
    Ok(Catalogue::new(items.collect(), lines, looks))
}

impl Files {
    /// The text of a part that a file of this catalogue names.
    fn part(&self, part: Part, name: &str) -> Option<String> {
        let files = match part {
            Part::Product => &self.products,
            Part::Mask => &self.masks,
        };
        Some(files.iter().find(|file| file.id == name)?.text.clone())
    }
}

fn shelf_look(
    file: &TextFile,
    files: &Files,
    products: &BTreeMap<ItemId, Product>,
) -> Result<ShelfLook, CatalogueError> {
    let mut named: Vec<ItemId> = Vec::new();
    let look = Look::from_toml(&file.shown, &file.text, &mut |part, name| {
        if part == Part::Product
            && let Some((id, _)) = products.get_key_value(name)
        {
            named.push(Arc::clone(id));
        }
        let bundled = || Some(PRODUCTS.iter().find(|(id, _)| part == Part::Product && *id == name)?.1.to_owned());
        files.part(part, name).or_else(bundled)
    })?;
    // The engine sorts layers, so each is found again by what it is.
    let item = |product: &Product| named.iter().find(|id| products.get(*id) == Some(product)).cloned();
    let layers = look.layers.iter().map(|layer| item(&layer.product)).collect();
    Ok(ShelfLook { id: file.id.as_str().into(), look, layers })
}

/// Products in the order of the lines, then the others by id.
fn in_order(
    lines: &[Line],
    mut products: BTreeMap<ItemId, Product>,
) -> impl Iterator<Item = (ItemId, Product)> + use<> {
    let ids = lines.iter().flat_map(|line| &line.items);
    let mut shelf: Vec<_> = ids.filter_map(|id| products.remove_entry(id)).collect();
    shelf.extend(products);
    shelf.into_iter()
}
