//! Reads looks and products from TOML.
//!
//! In: the text, a name for messages, and a function of the host that gives the text of a product or mask by its name.
//! Out: a [`Look`] or [`Product`], or the first mistake with its line and column.
//!
//! 1. serde fills structs that mirror the files; unknown keys are refused, and every value keeps its place in the text.
//! 2. Names are looked up: a product's text at the host, a mask's at the host and then among the built-in ones. A layer
//!    keeps the name that its product was asked for by.
//! 3. Ranges and combinations are checked: a mask must lie in a chart of the category, a wing needs an eyeliner.
//! 4. Layers are sorted into the order in which make-up is put on; those of one category keep the file's order.

use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::mask::chart_name;
use super::source::Source;
use super::{Category, Finish, Layer, Look, LookError, MAX_LAYERS, Mask, Part, Product, Shade, Wing};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LookFile {
    name: Spanned<String>,
    layers: Option<Spanned<Vec<Spanned<LayerFile>>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LayerFile {
    product: Spanned<ProductOrName>,
    amount: Option<Spanned<f32>>,
    mask: Option<Spanned<String>>,
    wing: Option<Spanned<WingFile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WingFile {
    angle_deg: Spanned<f32>,
    length: Spanned<f32>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a product's name or a table with name, category, shade, coverage and finish")]
enum ProductOrName {
    Name(String),
    Inline(#[expect(dead_code, reason = "only proves that it is a table: its text is read again")] toml::Table),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProductFile {
    name: Spanned<String>,
    category: Category,
    shade: Spanned<ShadeFile>,
    coverage: Spanned<f32>,
    finish: Finish,
    mask: Option<Spanned<String>>,
    flakes: Option<Spanned<ShadeFile>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected \"#rrggbb\", { lab = [L, a, b] } or { oklch = [L, C, h] }")]
enum ShadeFile {
    Hex(String),
    Lab(LabFile),
    Oklch(OklchFile),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabFile {
    lab: [f32; 3],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OklchFile {
    oklch: [f32; 3],
}

/// How the host gives the text of a part that a file names.
type Find<'a> = &'a mut dyn FnMut(Part, &str) -> Option<String>;

impl Source<'_> {
    fn shade(self, file: &Spanned<ShadeFile>) -> Result<Shade, LookError> {
        let shade = match file.get_ref() {
            ShadeFile::Hex(hex) => Shade::from_hex(hex),
            ShadeFile::Lab(LabFile { lab }) => Shade::from_lab(*lab),
            ShadeFile::Oklch(OklchFile { oklch }) => Shade::from_oklch(*oklch),
        };
        shade.map_err(|message| self.error(file.span(), message))
    }

    /// The mask that a product or layer of `category` names: the host's, else the built-in one.
    fn mask(self, name: &Spanned<String>, category: Category, find: Find<'_>) -> Result<Arc<Mask>, LookError> {
        let span = name.span();
        let name = name.get_ref().as_str();
        let mask = match find(Part::Mask, name) {
            Some(text) => Some(Arc::new(Mask::read(name, Source { name: &format!("mask {name}"), text: &text })?)),
            None => Mask::built_in(name),
        };
        let fits = |mask: &Mask| category.charts().contains(&mask.chart);
        let category_name = category.name();
        let Some(mask) = mask else {
            let known: Vec<_> = Mask::built_in_names().filter_map(Mask::built_in).filter(|mask| fits(mask)).collect();
            let known: Vec<_> = known.iter().map(|mask| mask.name.as_str()).collect();
            let message = format!(
                "there is no mask '{name}': for {category_name} choose {}, or add {name}.toml to the masks",
                known.join(", ")
            );
            return Err(self.error(span, message));
        };
        if fits(&mask) {
            return Ok(mask);
        }
        let allowed: Vec<_> = category.charts().iter().map(|chart| chart_name(*chart)).collect();
        let message = format!(
            "mask '{name}' is drawn in the {} chart, but {category_name} needs the {} one: choose another, such as '{}'",
            chart_name(mask.chart),
            allowed.join(" or "),
            category.default_mask()
        );
        Err(self.error(span, message))
    }

    fn wing(self, file: &Spanned<WingFile>, category: Category, mask: &Mask) -> Result<Wing, LookError> {
        if category != Category::Eyeliner {
            let message = format!("wing is for eyeliner only, and this is {}: leave it out", category.name());
            return Err(self.error(file.span(), message));
        }
        if !mask.has_wing() {
            let message = format!("mask '{}' has no wing to set: choose another, such as 'liner-wing'", mask.name);
            return Err(self.error(file.span(), message));
        }
        let WingFile { angle_deg, length } = file.get_ref();
        Ok(Wing {
            angle_deg: self.number("angle_deg", angle_deg, Wing::ANGLE_DEG)?,
            length: self.number("length", length, Wing::LENGTH)?,
        })
    }

    fn product(self, file: ProductFile, find: Find<'_>) -> Result<Product, LookError> {
        let category = file.category;
        let flakes = file.flakes.as_ref().map(|flakes| {
            if !file.finish.has_flakes() {
                let finishes = Finish::ALL.into_iter().filter(|finish| finish.has_flakes()).map(Finish::name);
                let finishes = finishes.collect::<Vec<_>>().join(", ");
                let message = format!("only {finishes} have flakes, not {}: leave it out", file.finish.name());
                return Err(self.error(flakes.span(), message));
            }
            self.shade(flakes)
        });
        Ok(Product {
            shade: self.shade(&file.shade)?,
            coverage: self.number("coverage", &file.coverage, 0.0..=1.0)?,
            flakes: flakes.transpose()?,
            mask: match &file.mask {
                Some(name) => self.mask(name, category, find)?,
                None => self.default_mask(category)?,
            },
            name: self.text("name", file.name)?,
            category,
            finish: file.finish,
        })
    }

    fn default_mask(self, category: Category) -> Result<Arc<Mask>, LookError> {
        let name = category.default_mask();
        Mask::built_in(name).ok_or_else(|| self.error(0..0, format!("the built-in mask '{name}' is broken")))
    }

    fn layer(self, file: LayerFile, find: Find<'_>) -> Result<Layer, LookError> {
        let amount = file.amount.map_or(Ok(1.0), |value| self.number("amount", &value, 0.0..=2.0))?;
        let span = file.product.span();
        let (product_id, product) = match file.product.into_inner() {
            ProductOrName::Name(id) => {
                let Some(text) = find(Part::Product, &id) else {
                    let message = format!("there is no product '{id}': add {id}.toml to the products");
                    return Err(self.error(span, message));
                };
                let product = Product::from_toml(&format!("product {id}"), &text, find)?;
                (Some(Arc::from(id)), product)
            }
            ProductOrName::Inline(_) => (None, self.inline_product(span, find)?),
        };
        let category = product.category;
        let mask = match &file.mask {
            Some(name) => self.mask(name, category, find)?,
            None => product.mask.clone(),
        };
        let wing = file.wing.map(|wing| self.wing(&wing, category, &mask)).transpose()?;
        Ok(Layer { product_id, product, amount, mask, wing })
    }

    /// Reads an inline product again from its own text, so that messages point at its keys.
    fn inline_product(self, span: Range<usize>, find: Find<'_>) -> Result<Product, LookError> {
        #[derive(Deserialize)]
        struct Wrapped {
            product: ProductFile,
        }
        const PREFIX: &str = "product=";
        let inner = self.text.get(span.clone()).unwrap_or_default();
        let wrapped_text = format!("{PREFIX}{inner}");
        let wrapped = Source { name: self.name, text: &wrapped_text };
        wrapped.parse::<Wrapped>().and_then(|w| wrapped.product(w.product, find)).map_err(|e| {
            if e.name != self.name {
                // It lies in a mask's text.
                return e;
            }
            let start = self.error(span, "");
            let column =
                if e.line == 1 { (start.column + e.column - 1).saturating_sub(PREFIX.len()) } else { e.column };
            LookError { line: start.line + e.line - 1, column, ..e }
        })
    }
}

impl Product {
    /// Reads a product from TOML; `name` is only for messages. `find` gives the text of the mask that it names, or
    /// `None` where the host has none of that name: then the built-in one is taken.
    pub fn from_toml(
        name: &str,
        text: &str,
        find: &mut dyn FnMut(Part, &str) -> Option<String>,
    ) -> Result<Self, LookError> {
        let source = Source { name, text };
        source.product(source.parse()?, find)
    }
}

impl Look {
    /// Reads a look from TOML; `name` is only for messages. `find` gives the text of a product or mask that a layer
    /// names (`product = "velvet-rose"`), or `None` where the host has none of that name; of a mask, the built-in one
    /// is then taken. A layer may also hold its product as an inline table.
    pub fn from_toml(
        name: &str,
        text: &str,
        find: &mut dyn FnMut(Part, &str) -> Option<String>,
    ) -> Result<Self, LookError> {
        let source = Source { name, text };
        let file: LookFile = source.parse()?;
        let mut layers = Vec::new();
        for layer in file.layers.map(Spanned::into_inner).unwrap_or_default() {
            if layers.len() == MAX_LAYERS {
                let message = format!("a look has at most {MAX_LAYERS} layers: leave some out");
                return Err(source.error(layer.span(), message));
            }
            layers.push(source.layer(layer.into_inner(), find)?);
        }
        layers.sort_by_key(|layer| layer.product.category.order());
        Ok(Self { name: source.text("name", file.name)?, layers })
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
