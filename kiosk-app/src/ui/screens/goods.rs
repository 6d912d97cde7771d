//! What several screens say of a product: its name, price and stock, and its tile.

use std::sync::Arc;

use carmine::look::{Category, Finish};

use crate::catalogue::{Item, ItemId, Price, Stock};
use crate::session::Action;
use crate::ui::kit::{Tile, Touched};
use crate::ui::stage::Stage;

/// Its name in the language that is spoken.
pub fn name<'a>(stage: &Stage<'_>, item: &'a Item) -> &'a str {
    item.name(stage.locale.language().code())
}

/// What it costs in the market's currency.
pub fn price<'a>(stage: &Stage<'_>, item: &'a Item) -> Option<&'a Price> {
    let market = stage.settings.markets.iter().find(|market| market.id == stage.rules().market)?;
    item.card.price(&market.currency)
}

/// The same, written.
pub fn price_text(stage: &Stage<'_>, item: &Item) -> Option<String> {
    price(stage, item).map(|price| stage.locale.money(*price))
}

/// Whether the shop has it, in words; nothing where nobody said.
pub fn stock_text(stage: &Stage<'_>, stock: Stock) -> Option<Arc<str>> {
    let id = match stock {
        Stock::Unknown => return None,
        Stock::In => "stock-in",
        Stock::Few => "stock-few",
        Stock::Out => "stock-out",
    };
    Some(stage.locale.text(id))
}

/// Its finish in words.
pub fn finish(stage: &Stage<'_>, finish: Finish) -> Arc<str> {
    stage.locale.finish(finish)
}

/// Its category in words.
pub fn category(stage: &Stage<'_>, category: Category) -> Arc<str> {
    stage.locale.category(category)
}

/// Words side by side with a dot between them.
pub fn dotted(words: &[Option<&str>]) -> String {
    words.iter().flatten().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" · ")
}

/// The tile of a product.
pub fn tile<'a>(stage: &Stage<'_>, item: &'a Item, chosen: bool) -> Tile<'a> {
    Tile {
        product: &item.product,
        name: name(stage, item),
        chosen,
        marked: stage.session.favourites().contains(&item.id),
        sold_out: item.card.stock == Stock::Out,
    }
}

/// What a touch on that tile asks for: `tapped`, or its card.
pub fn tile_action(touched: Touched, item: &Item, tapped: fn(ItemId) -> Action) -> Option<Action> {
    match touched {
        Touched::Tapped => Some(tapped(Arc::clone(&item.id))),
        Touched::Held => Some(Action::Card(Arc::clone(&item.id))),
        Touched::No => None,
    }
}
