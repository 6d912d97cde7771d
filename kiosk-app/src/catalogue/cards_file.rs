//! `catalogue.toml`: lines, and a card for each product.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use carmine::look::{Category, Product};
use serde::Deserialize;
use toml::Spanned;

use super::text_file::{TextFile, is_plain};
use super::{Carbon, CardFault, CatalogueError, Gtin, ItemCard, ItemId, Line, Price, Stock};
use crate::text_position::TextPosition;

/// Characters of a name, a brand, a claim, a source.
const NAME_CHARS: usize = 60;
const CLAIM_CHARS: usize = 40;
const SOURCE_CHARS: usize = 160;
const URL_CHARS: usize = 300;
/// Characters of the parser's own words that a message has room for.
const MESSAGE_CHARS: usize = 400;
/// Claims that a card has room for.
const CLAIMS_MAX: usize = 6;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CardsFile {
    #[serde(default)]
    lines: Vec<LineFile>,
    #[serde(default)]
    items: BTreeMap<Spanned<String>, ItemFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineFile {
    id: Spanned<String>,
    name: Spanned<String>,
    brand: Spanned<String>,
    category: Category,
    items: Vec<Spanned<String>>,
    #[serde(default)]
    each: FactsFile,
}

/// What may be said of a whole line, and again of one product.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactsFile {
    prices: Option<BTreeMap<Spanned<String>, Spanned<PriceFile>>>,
    claims: Option<Spanned<Vec<Spanned<String>>>>,
    ingredients_url: Option<Spanned<String>>,
    carbon: Option<CarbonFile>,
    stock: Option<StockFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemFile {
    brand: Option<Spanned<String>>,
    gtin: Option<Spanned<String>>,
    #[serde(default)]
    names: BTreeMap<Spanned<String>, Spanned<String>>,
    prices: Option<BTreeMap<Spanned<String>, Spanned<PriceFile>>>,
    claims: Option<Spanned<Vec<Spanned<String>>>>,
    ingredients_url: Option<Spanned<String>>,
    carbon: Option<CarbonFile>,
    stock: Option<StockFile>,
}

/// Binary fractions are no prices, so only text is taken.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a price in quotes, such as \"24.50\"")]
enum PriceFile {
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CarbonFile {
    grams: u32,
    source: Spanned<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum StockFile {
    In,
    Few,
    Out,
}

/// The lines in the file's order, and the cards of products that have one.
pub(super) struct Cards {
    pub lines: Vec<Line>,
    pub cards: HashMap<ItemId, ItemCard>,
}

/// Reads the file. `products` are all there are.
pub(super) fn read(file: &TextFile, products: &BTreeMap<ItemId, Product>) -> Result<Cards, CatalogueError> {
    let parsed = toml::from_str::<CardsFile>(&file.text).map_err(|error| {
        // The parser repeats a key that it does not know, whatever is in it.
        let message = plain(&error.message().replace('\n', "; "), MESSAGE_CHARS);
        file.fault(error.span().unwrap_or(0..0), CardFault::Toml(message))
    })?;
    let reader = CardsReader { file, products };
    let mut cards = Cards { lines: Vec::new(), cards: HashMap::new() };
    let mut line_ids = HashSet::new();
    for line in parsed.lines {
        reader.line(line, &mut cards, &mut line_ids)?;
    }
    let mut seen = HashMap::new();
    for (id, item) in parsed.items {
        reader.item(&id, item, &mut cards, &mut seen)?;
    }
    Ok(cards)
}

impl TextFile {
    /// A mistake at these bytes of `catalogue.toml`.
    fn fault(&self, at: Range<usize>, fault: impl Into<CardFault>) -> CatalogueError {
        let TextPosition { line, column } = TextPosition::of(&self.text, at.start);
        CatalogueError::Card { file: self.shown.clone(), line, column, fault: Box::new(fault.into()) }
    }
}

struct CardsReader<'a> {
    file: &'a TextFile,
    products: &'a BTreeMap<ItemId, Product>,
}

impl CardsReader<'_> {
    /// The id of the product that is named.
    fn known(&self, name: &Spanned<String>) -> Result<(&ItemId, &Product), CatalogueError> {
        let found = self.products.get_key_value(name.get_ref().as_str());
        found.ok_or_else(|| self.file.fault(name.span(), CardFault::NoProduct { id: short(name.get_ref()) }))
    }

    fn line(&self, line: LineFile, to: &mut Cards, ids: &mut HashSet<String>) -> Result<(), CatalogueError> {
        let LineFile { id, name, brand, category, items, each } = line;
        if !is_plain(id.get_ref()) {
            return Err(self.file.fault(id.span(), CardFault::Id { id: short(id.get_ref()) }));
        }
        if !ids.insert(id.get_ref().clone()) {
            return Err(self.file.fault(id.span(), CardFault::SameLine { id: id.into_inner() }));
        }
        let id: Arc<str> = id.into_inner().into();
        let brand = self.text("brand", &brand, NAME_CHARS)?;
        let mut shared = ItemCard { line: Some(Arc::clone(&id)), brand: brand.clone(), ..ItemCard::default() };
        self.facts(each, &mut shared)?;
        let mut line = Line { id, name: self.text("name", &name, NAME_CHARS)?, brand, category, items: Vec::new() };
        for item in items {
            let (known, product) = self.known(&item)?;
            let known_id = known.to_string();
            if product.category != category {
                let (has, wants) = (product.category.name(), category.name());
                let fault = CardFault::OtherCategory { id: known_id, has, line: line.id.to_string(), wants };
                return Err(self.file.fault(item.span(), fault));
            }
            if let Some(other) = to.cards.insert(Arc::clone(known), shared.clone()) {
                let fault = CardFault::InTwoLines { id: known_id, line: other.line.unwrap_or_default().to_string() };
                return Err(self.file.fault(item.span(), fault));
            }
            line.items.push(Arc::clone(known));
        }
        to.lines.push(line);
        Ok(())
    }

    fn item(
        &self,
        id: &Spanned<String>,
        item: ItemFile,
        to: &mut Cards,
        seen: &mut HashMap<Gtin, ItemId>,
    ) -> Result<(), CatalogueError> {
        let (known, _) = self.known(id)?;
        let card = to.cards.entry(Arc::clone(known)).or_default();
        let ItemFile { brand, gtin, names, prices, claims, ingredients_url, carbon, stock } = item;
        if let Some(brand) = brand {
            card.brand = self.text("brand", &brand, NAME_CHARS)?;
        }
        if let Some(text) = gtin {
            let gtin: Gtin =
                text.get_ref().parse().map_err(|error| self.file.fault(text.span(), CardFault::Gtin(error)))?;
            if let Some(other) = seen.insert(gtin, Arc::clone(known)) {
                let fault = CardFault::SameGtin { gtin: gtin.to_string(), other: other.to_string() };
                return Err(self.file.fault(text.span(), fault));
            }
            card.gtin = Some(gtin);
        }
        for (tag, name) in names {
            if !is_language(tag.get_ref()) {
                return Err(self.file.fault(tag.span(), CardFault::Language { tag: short(tag.get_ref()) }));
            }
            card.names.insert(tag.into_inner(), self.text("names", &name, NAME_CHARS)?);
        }
        self.facts(FactsFile { prices, claims, ingredients_url, carbon, stock }, card)
    }

    /// What is said replaces what was said of the whole line.
    fn facts(&self, facts: FactsFile, card: &mut ItemCard) -> Result<(), CatalogueError> {
        if let Some(prices) = facts.prices {
            card.prices.clear();
            for (code, text) in prices {
                let PriceFile::Text(amount) = text.get_ref();
                let price = Price::parse(code.get_ref(), amount);
                let place =
                    if matches!(price, Err(super::PriceError::Currency { .. })) { code.span() } else { text.span() };
                card.prices.push(price.map_err(|error| self.file.fault(place, CardFault::Price(error)))?);
            }
        }
        if let Some(claims) = facts.claims {
            if claims.get_ref().len() > CLAIMS_MAX {
                return Err(self.file.fault(claims.span(), CardFault::Claims { most: CLAIMS_MAX }));
            }
            let texts = claims.get_ref().iter().map(|claim| self.text("claims", claim, CLAIM_CHARS));
            card.claims = texts.collect::<Result<_, _>>()?;
        }
        if let Some(url) = facts.ingredients_url {
            let text = url.get_ref();
            let address = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
            let odd = |c: char| c.is_whitespace() || c.is_control();
            if address.is_none_or(|rest| rest.is_empty()) || text.contains(odd) || text.chars().count() > URL_CHARS {
                return Err(self.file.fault(url.span(), CardFault::Url { url: short(text) }));
            }
            card.ingredients_url = Some(url.into_inner());
        }
        if let Some(CarbonFile { grams, source }) = facts.carbon {
            card.carbon = Some(Carbon { grams, source: self.text("carbon.source", &source, SOURCE_CHARS)? });
        }
        if let Some(stock) = facts.stock {
            card.stock = match stock {
                StockFile::In => Stock::In,
                StockFile::Few => Stock::Few,
                StockFile::Out => Stock::Out,
            };
        }
        Ok(())
    }

    fn text(&self, what: &'static str, text: &Spanned<String>, most: usize) -> Result<String, CatalogueError> {
        let given = text.get_ref();
        let blank = given.trim().is_empty();
        if !blank && given.chars().count() <= most && !given.contains(char::is_control) {
            return Ok(given.clone());
        }
        let mend = if blank { "write it, or leave the key out" } else { "shorten it" };
        Err(self.file.fault(text.span(), CardFault::Text { what, most, mend }))
    }
}

/// As much of a wrong text as a message has room for.
fn short(text: &str) -> String {
    plain(text, 80)
}

fn plain(text: &str, most_chars: usize) -> String {
    text.chars().take(most_chars).map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Looks like a BCP 47 tag: a language of two or three letters, then subtags.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let fits = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_lowercase()) && parts.all(fits)
}
