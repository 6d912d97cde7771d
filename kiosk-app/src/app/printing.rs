//! A print on its way: the page is composed from what is worn, and handed to the shop's command.

use crate::app::shop::Shop;
use crate::l10n::Locale;
use crate::session::wardrobe::Outfit;
use crate::take_home::photo::Snapshot;
use crate::take_home::print::{Paper, PrintError, PrintJob, PrintPage, PrintedProduct, Swatch};

/// Side of a product's swatch on the page, in pixels.
const SWATCH_PX: usize = 96;

/// The running job.
pub struct Printing(PrintJob);

impl Printing {
    /// Composes the page of what is worn and hands it to the shop's command.
    pub fn start(
        shop: &Shop,
        locale: &Locale,
        outfit: &Outfit,
        link: &str,
        photo: Option<Snapshot>,
    ) -> Result<Self, PrintError> {
        let currency = &shop.market().currency;
        let products = outfit.layers.iter().map(|worn| {
            let product = &worn.product;
            let item = worn.product_id.as_deref().and_then(|id| shop.catalogue.item(id));
            let name = item.map_or(product.name.as_str(), |item| item.name(locale.language().code()));
            let price = item.and_then(|item| item.card.price(currency)).map(|price| locale.money(*price));
            let category = locale.category(product.category);
            let detail = price.map_or_else(|| category.to_string(), |price| format!("{category}  ·  {price}"));
            let swatch =
                Swatch::Picture { side_px: SWATCH_PX, rgba: carmine::swatch::paint(product, SWATCH_PX).into() };
            PrintedProduct { name: name.to_owned(), detail, swatch }
        });
        let look = outfit.shelf.as_deref().and_then(|id| shop.catalogue.look(id));
        let page = PrintPage {
            paper: Paper::A6,
            picture: photo,
            // The picture is cut around the face already.
            face: [0.5, 0.45],
            brand: shop.settings.brand.name.clone(),
            title: look.map_or_else(|| locale.text("takehome-print-title").to_string(), |look| look.look.name.clone()),
            products: products.collect(),
            link: link.to_owned(),
            hint: locale.text("takehome-print-hint").to_string(),
            is_rtl: locale.is_rtl(),
        };
        PrintJob::start(page, &shop.settings.print.command).map(Self)
    }

    /// How it went, once it is over.
    pub fn result(&mut self) -> Option<Result<(), PrintError>> {
        self.0.poll()
    }
}
