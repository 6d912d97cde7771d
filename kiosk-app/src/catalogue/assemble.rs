//! Puts a catalogue together from its files, and refuses what does not fit.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use carmine::look::{Look, LookError, Mask, Part, Product};

use super::bundled::PRODUCTS;
use super::cards_file::{self, Cards};
use super::folder::CatalogueFiles as Files;
use super::text_file::TextFile;
use super::{Catalogue, CatalogueError, Item, ItemId, Line, MaskHash, ProductHash, ShelfLook};

impl Catalogue {
    /// What is embedded in the app.
    pub fn bundled() -> Result<Self, CatalogueError> {
        Files::bundled().assemble()
    }

    /// A merchant's own: `products/*.toml`, `looks/*.toml`, `looks/order.txt`, `masks/*.toml` and `catalogue.toml` in
    /// `folder`, as `assets/README.md` describes them. There must be a product or a look. A look may also name bundled
    /// products, which are then worn but not on offer. The first mistake refuses the whole folder.
    pub fn open(folder: &Path) -> Result<Self, CatalogueError> {
        Files::read(folder)?.assemble()
    }

    /// The same products, without looks and masks, in the lines and with the cards of another `catalogue.toml`: its text,
    /// and what messages call it.
    pub fn with_cards(&self, name: &str, text: &str) -> Result<Self, CatalogueError> {
        let file = TextFile { id: "catalogue".into(), shown: name.to_owned(), text: text.to_owned() };
        let products = self.items().iter().map(|item| (Arc::clone(&item.id), item.product.clone())).collect();
        let cards = cards_file::read(&file, &products)?;
        Ok(shelved(products, cards, Vec::new(), Vec::new()))
    }
}

impl Files {
    /// The catalogue that these files make.
    pub fn assemble(&self) -> Result<Catalogue, CatalogueError> {
        assemble(self)
    }
}

fn assemble(files: &Files) -> Result<Catalogue, CatalogueError> {
    let masks = own_masks(&files.masks)?;
    let mut products: BTreeMap<ItemId, Product> = BTreeMap::new();
    let mut hashes: HashMap<ProductHash, &str> = HashMap::new();
    for TextFile { id, shown, text } in &files.products {
        if let Some(one) = hashes.insert(ProductHash::of(id), id) {
            return Err(CatalogueError::SameHash { what: "products", one: one.to_owned(), other: id.clone() });
        }
        let product = Product::from_toml(shown, text, &mut |part, name| files.part(part, name))?;
        products.insert(id.as_str().into(), product);
    }
    let cards = match &files.cards {
        Some(file) => cards_file::read(file, &products)?,
        None => Cards { lines: Vec::new(), cards: HashMap::new() },
    };
    let looks = files.looks.iter().map(|look| shelf_look(look, files)).collect::<Result<_, _>>()?;
    Ok(shelved(products, cards, looks, masks))
}

fn shelved(
    products: BTreeMap<ItemId, Product>,
    cards: Cards,
    looks: Vec<ShelfLook>,
    masks: Vec<Arc<Mask>>,
) -> Catalogue {
    let Cards { lines, mut cards } = cards;
    let items = in_order(&lines, products).map(|(id, product)| {
        let card = cards.remove(&id).unwrap_or_default();
        Item { id, product, card }
    });
    Catalogue::new(items.collect(), lines, looks, masks)
}

/// Reads the catalogue's own masks. One may stand in for a built-in mask by having its name; any other must not share
/// its hash, or a take-home code could mean either.
fn own_masks(files: &[TextFile]) -> Result<Vec<Arc<Mask>>, CatalogueError> {
    let mut hashes: HashMap<MaskHash, &str> = Mask::built_in_names().map(|name| (MaskHash::of(name), name)).collect();
    let mut masks = Vec::with_capacity(files.len());
    for TextFile { id, shown, text } in files {
        if let Some(one) = hashes.insert(MaskHash::of(id), id).filter(|one| *one != *id) {
            return Err(CatalogueError::SameHash { what: "masks", one: one.to_owned(), other: id.clone() });
        }
        // The mask's name is what looks call it, a mistake's is the file's.
        let mask = Mask::from_toml(id, text).map_err(|error| LookError { name: shown.clone(), ..error })?;
        masks.push(Arc::new(mask));
    }
    Ok(masks)
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

fn shelf_look(file: &TextFile, files: &Files) -> Result<ShelfLook, CatalogueError> {
    let bundled = |part, name: &str| match part {
        Part::Product => Some(PRODUCTS.iter().find(|(id, _)| *id == name)?.1.to_owned()),
        Part::Mask => None,
    };
    let look = Look::from_toml(&file.shown, &file.text, &mut |part, name| {
        files.part(part, name).or_else(|| bundled(part, name))
    })?;
    Ok(ShelfLook { id: file.id.as_str().into(), look })
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
