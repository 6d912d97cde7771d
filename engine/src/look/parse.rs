use std::ops::{Range, RangeInclusive};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use thiserror::Error;
use toml::Spanned;

use super::{Category, Finish, Layer, Look, Product, Shade};

/// A look or product that could not be read. The message names the file, the line and the column.
#[derive(Debug, Error)]
#[error("{name}:{line}:{column}: {message}")]
pub struct LookError {
    /// File or name given by the caller.
    pub name: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// Layers that one look may hold: what the shaders can stack.
const MAX_LAYERS: usize = carmine_shaders::MAX_LAYERS;

/// A name is shown on a button.
const NAME_CHARS_MAX: usize = 60;

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

/// A text being read, for messages that point into it.
#[derive(Clone, Copy)]
struct Source<'a> {
    name: &'a str,
    text: &'a str,
}

impl Source<'_> {
    fn error(self, at: Range<usize>, message: impl Into<String>) -> LookError {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        LookError {
            name: self.name.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
        }
    }

    fn parse<T: DeserializeOwned>(self) -> Result<T, LookError> {
        toml::from_str(self.text).map_err(|e| {
            let message = e.message().split('\n').collect::<Vec<_>>().join("; ");
            self.error(e.span().unwrap_or(0..0), message)
        })
    }

    fn number(self, what: &str, value: &Spanned<f32>, allowed: RangeInclusive<f32>) -> Result<f32, LookError> {
        if allowed.contains(value.get_ref()) {
            return Ok(*value.get_ref());
        }
        let message =
            format!("{what} = {} is out of range: give {} to {}", value.get_ref(), allowed.start(), allowed.end());
        Err(self.error(value.span(), message))
    }

    fn text(self, what: &str, value: Spanned<String>) -> Result<String, LookError> {
        if value.get_ref().trim().is_empty() {
            return Err(self.error(value.span(), format!("{what} is empty: give it a name to show")));
        }
        if value.get_ref().chars().count() > NAME_CHARS_MAX {
            let message = format!("{what} is longer than {NAME_CHARS_MAX} characters: shorten it to fit a screen");
            return Err(self.error(value.span(), message));
        }
        Ok(value.into_inner())
    }

    fn product(self, file: ProductFile) -> Result<Product, LookError> {
        let shade = match file.shade.get_ref() {
            ShadeFile::Hex(hex) => Shade::from_hex(hex),
            ShadeFile::Lab(LabFile { lab }) => Shade::from_lab(*lab),
            ShadeFile::Oklch(OklchFile { oklch }) => Shade::from_oklch(*oklch),
        };
        Ok(Product {
            shade: shade.map_err(|message| self.error(file.shade.span(), message))?,
            coverage: self.number("coverage", &file.coverage, 0.0..=1.0)?,
            name: self.text("name", file.name)?,
            category: file.category,
            finish: file.finish,
        })
    }
}

impl Product {
    /// Reads a product from TOML; `name` is only for messages.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, LookError> {
        let source = Source { name, text };
        source.product(source.parse()?)
    }
}

impl Look {
    /// Reads a look from TOML; `name` is only for messages. `find_product` gives the text of the product that a layer
    /// names (`product = "velvet-rose"`), or `None`; a layer may also hold its product as an inline table.
    pub fn from_toml(
        name: &str,
        text: &str,
        find_product: &mut dyn FnMut(&str) -> Option<String>,
    ) -> Result<Self, LookError> {
        let source = Source { name, text };
        let file: LookFile = source.parse()?;
        let mut layers = Vec::new();
        for layer in file.layers.map(Spanned::into_inner).unwrap_or_default() {
            if layers.len() == MAX_LAYERS {
                let message = format!("a look has at most {MAX_LAYERS} layers: leave some out");
                return Err(source.error(layer.span(), message));
            }
            let LayerFile { product, amount } = layer.into_inner();
            let amount = amount.map_or(Ok(1.0), |value| source.number("amount", &value, 0.0..=2.0))?;
            let span = product.span();
            let product = match product.into_inner() {
                ProductOrName::Name(product) => {
                    let Some(text) = find_product(&product) else {
                        let message = format!("there is no product '{product}': add {product}.toml to the products");
                        return Err(source.error(span, message));
                    };
                    Product::from_toml(&format!("product {product}"), &text)?
                }
                ProductOrName::Inline(_) => inline_product(source, span)?,
            };
            layers.push(Layer { product, amount });
        }
        Ok(Self { name: source.text("name", file.name)?, layers })
    }
}

/// Reads an inline product again from its own text, so that messages point at its keys.
fn inline_product(source: Source<'_>, span: Range<usize>) -> Result<Product, LookError> {
    #[derive(Deserialize)]
    struct Wrapped {
        product: ProductFile,
    }
    const PREFIX: &str = "product=";
    let inner = source.text.get(span.clone()).unwrap_or_default();
    let wrapped_text = format!("{PREFIX}{inner}");
    let wrapped = Source { name: source.name, text: &wrapped_text };
    wrapped.parse::<Wrapped>().and_then(|w| wrapped.product(w.product)).map_err(|e| {
        let start = source.error(span, "");
        let column = if e.line == 1 { start.column + e.column - 1 - PREFIX.len() } else { e.column };
        LookError { line: start.line + e.line - 1, column, ..e }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const VELVET: &str =
        "name = \"Velvet\"\ncategory = \"lipstick\"\nshade = \"#a8323e\"\ncoverage = 0.9\nfinish = \"matte\"\n";

    fn read(text: &str) -> Result<Look, LookError> {
        Look::from_toml("evening.toml", text, &mut |name| (name == "velvet").then(|| VELVET.to_owned()))
    }

    #[test]
    fn layers_keep_their_order_and_default_to_one_coat() {
        let look = read(
            "name = \"Evening\"\n[[layers]]\nproduct = \"velvet\"\n[[layers]]\namount = 0.5\nproduct = { name = \"Top\", \
             category = \"lipstick\", shade = { oklch = [0.6, 0.1, 20] }, coverage = 0.1, finish = \"gloss\" }\n",
        )
        .unwrap();
        let seen: Vec<_> = look.layers.iter().map(|l| (l.product.name.as_str(), l.amount, l.product.finish)).collect();
        assert_eq!(seen, [("Velvet", 1.0, Finish::Matte), ("Top", 0.5, Finish::Gloss)]);
    }

    #[test]
    fn mistakes_are_told_with_line_and_column() {
        let inline = |product: &str| format!("name = \"X\"\n[[layers]]\nproduct = {{ {product} }}\n");
        let rest = "name = \"P\", category = \"lipstick\", finish = \"matte\"";
        let cases = [
            ("name = \"X\"\ncolour = 3\n".to_owned(), 2, 1, "unknown field `colour`"),
            ("name = \"X\"\n[[layers]]\nproduct = \"velvet\"\namount = 2.5\n".into(), 4, 10, "give 0 to 2"),
            ("name = \"X\"\n[[layers]]\nproduct = \"velvet\"\namount = nan\n".into(), 4, 10, "give 0 to 2"),
            ("name = \"X\"\n[[layers]]\nproduct = \"satin\"\n".into(), 3, 11, "no product 'satin'"),
            ("name = \"X\"\n[[layers]]\nproduct = 7\n".into(), 3, 11, "a product's name or a table"),
            ("name = \"X".into(), 1, 10, "string"),
            ("name = \" \"\n".into(), 1, 8, "empty"),
            (format!("name = \"{}\"\n", "é".repeat(61)), 1, 8, "longer than 60"),
            (inline(&format!("{rest}, coverage = 1.5, shade = \"#a8323e\"")), 3, 77, "give 0 to 1"),
            (inline(&format!("{rest}, coverage = 1, shade = \"red\"")), 3, 88, "#rrggbb"),
            (inline(&format!("{rest}, coverage = 1, shade = [1]")), 3, 88, "{ lab ="),
            (inline(&format!("{rest}, coverage = 1, colour = \"#a8323e\"")), 3, 80, "unknown field `colour`"),
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
    fn too_many_layers_are_refused() {
        let text = format!("name = \"X\"\n{}", "[[layers]]\nproduct = \"velvet\"\n".repeat(MAX_LAYERS + 1));
        assert!(read(&text).unwrap_err().message.contains("at most"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in ".{0,200}") {
            let _ = read(&text);
            let _ = Product::from_toml("p", &text);
        }

        #[test]
        fn no_broken_look_makes_it_panic(cut in 0usize..400, junk in ".{0,6}") {
            let whole = "name = \"É\"\n[[layers]]\nproduct = { name = \"é\", category = \"lipstick\", \
                         shade = { lab = [40, 50, 20] }, coverage = 0.1, finish = \"gloss\" }\namount = 1\n";
            let cut = whole.floor_char_boundary(cut.min(whole.len()));
            let _ = read(&format!("{}{junk}{}", &whole[..cut], &whole[cut..]));
        }
    }
}
