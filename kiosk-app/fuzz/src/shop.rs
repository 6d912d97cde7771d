//! What a merchant or an artist writes: looks, products, masks, cards, settings, messages.

use std::path::Path;
use std::sync::LazyLock;

use carmine::look::{Chart, Look, MAX_LAYERS, Mask, Part, Product, Wing};
use carmine_kiosk::catalogue::Catalogue;
use carmine_kiosk::l10n::{Language, Locale, Value};
use carmine_kiosk::settings::{Settings, changes};

use crate::{check_complaint, text};

static BUNDLED: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::bundled().unwrap_or_default());

/// A product that looks name, as a bundled one is written.
const PRODUCT: &str =
    "name = \"Rose\"\ncategory = \"lipstick\"\nshade = \"#a03040\"\ncoverage = 0.8\nfinish = \"satin\"\n";
/// A mask that looks and products name.
const MASK: &str = "chart = \"lips\"\n[[shapes]]\nkind = \"all\"\n";

fn find(part: Part, name: &str) -> Option<String> {
    let text = match part {
        Part::Product => PRODUCT,
        Part::Mask => MASK,
    };
    name.starts_with("own").then(|| text.to_owned())
}

/// A look's TOML: its numbers are in their ranges, and its layers in the order of make-up.
pub fn look(data: &[u8]) {
    match Look::from_toml("look.toml", &text(data), &mut find) {
        Err(error) => check_complaint(&error),
        Ok(look) => {
            assert!(look.layers.len() <= MAX_LAYERS);
            assert!(look.layers.is_sorted_by_key(|layer| layer.product.category.order()));
            for layer in &look.layers {
                check_product(&layer.product);
                assert!((0.0..=2.0).contains(&layer.amount));
                assert!(layer.product.category.charts().contains(&layer.mask.chart));
                if let Some(Wing { angle_deg, length }) = layer.wing {
                    assert!(Wing::ANGLE_DEG.contains(&angle_deg) && Wing::LENGTH.contains(&length));
                }
            }
        }
    }
}

/// A product's TOML.
pub fn product(data: &[u8]) {
    match Product::from_toml("product.toml", &text(data), &mut find) {
        Err(error) => check_complaint(&error),
        Ok(product) => check_product(&product),
    }
}

fn check_product(product: &Product) {
    assert!((0.0..=1.0).contains(&product.coverage));
    assert!(product.category.charts().contains(&product.mask.chart));
    for shade in [Some(&product.shade), product.flakes.as_ref()].into_iter().flatten() {
        let masstone = shade.masstone_linear();
        assert!(masstone.is_finite() && masstone.min_element() >= 0.0 && masstone.max_element() <= 1.0, "{shade:?}");
        assert!(shade.masstone_lab().is_finite());
    }
}

/// A mask's TOML. It is drawn, with and without a wing.
pub fn mask(data: &[u8]) {
    match Mask::from_toml("mask", &text(data)) {
        Err(error) => check_complaint(&error),
        Ok(mask) => {
            let mut thickness = vec![0; mask.chart.tile().1.element_product() as usize];
            mask.rasterize(None, &mut thickness);
            if mask.has_wing() {
                assert_eq!(mask.chart, Chart::Eyes);
                let wing = Wing { angle_deg: *Wing::ANGLE_DEG.end(), length: *Wing::LENGTH.end() };
                mask.rasterize(Some(wing), &mut thickness);
            }
        }
    }
}

/// `catalogue.toml` over the bundled products: what it says is found again by id and by barcode.
pub fn cards(data: &[u8]) {
    match BUNDLED.with_cards("catalogue.toml", &text(data)) {
        Err(error) => check_complaint(&error),
        Ok(catalogue) => {
            assert_eq!(catalogue.items().len(), BUNDLED.items().len());
            for item in catalogue.items() {
                assert_eq!(catalogue.item(&item.id).map(|found| &found.id), Some(&item.id));
                if let Some(gtin) = item.card.gtin {
                    assert_eq!(gtin.to_string().parse(), Ok(gtin));
                    assert_eq!(catalogue.by_gtin(&gtin).map(|found| &found.id), Some(&item.id));
                }
                assert!(item.card.prices.iter().all(|price| price.value().is_finite() && price.code().len() == 3));
            }
            for line in catalogue.lines() {
                assert!(line.items.iter().all(|id| catalogue.item(id).is_some()));
            }
        }
    }
}

/// The kiosk's settings: what they make of the session's rules, and what changes against the defaults.
pub fn settings(data: &[u8]) {
    match Settings::from_toml(Path::new("kiosk.toml"), &text(data)) {
        Err(error) => check_complaint(&error),
        Ok(settings) => {
            assert!(settings.markets.iter().any(|market| market.id == settings.market.current));
            assert!(!settings.rules().languages.is_empty());
            assert!((0.0..=1.0).contains(&settings.sound_settings().volume));
            assert!(settings.photo_settings().lifetime.as_secs() >= 60);
            assert!(changes(&settings, &settings).is_empty(), "settings that differ from themselves");
            changes(&Settings::default(), &settings);
        }
    }
}

/// A file of Fluent messages over the built-in ones: each is shown, with arguments and without, in bounded length.
pub fn messages(data: &[u8]) {
    /// fluent-bundle stops at 100 placeables.
    const MOST_PLACEABLES: usize = 101;
    let text = text(data);
    let language = if data.len().is_multiple_of(2) { Language::En } else { Language::Ar };
    match Locale::from_text(language, None, "messages.ftl", text.to_string()) {
        Err(error) => check_complaint(&error),
        Ok(locale) => {
            let most = MOST_PLACEABLES * (text.len() + 1000);
            let ids = text.lines().filter_map(|line| line.split_once('=')).map(|(id, _)| id.trim());
            let arguments = [("count", Value::Number(-1.5e9)), ("name", Value::Text("\u{2068}Rose אב"))];
            for id in ids.chain(["start", "unknown-message"]).take(50) {
                for arguments in [&arguments[..], &[]] {
                    let shown = locale.own(id, arguments).unwrap_or_default();
                    assert!(shown.len() <= most, "{} bytes of {}", shown.len(), text.len());
                }
            }
        }
    }
}
