//! The panel's cards.

use std::sync::Arc;

use egui::{Pos2, Rect, Vec2};

use super::tables;
use crate::l10n::{Language, Value};
use crate::session::{Action, MerchantAction, Screen, Source};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, Chip, Icon, Lay, RADIUS};
use crate::ui::screens::wrap;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// A card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Languages,
    Market,
    Catalogue,
    Switches,
    Pictures,
    Timings,
}

/// Less than this shows no content.
pub(super) const HEAD: f32 = 120.0;
/// A card's inset.
const INSET: f32 = space::L;

impl Section {
    /// Whether anything in it can be touched.
    pub fn is_touched(self) -> bool {
        !matches!(self, Self::Catalogue | Self::Timings)
    }

    /// Its title; buttons tell themselves what they are for.
    fn title(self) -> Option<&'static str> {
        Some(match self {
            Self::Languages => "merchant-languages",
            Self::Market => "merchant-market",
            Self::Catalogue => "merchant-catalogue",
            Self::Switches => "merchant-switches",
            Self::Pictures => return None,
            Self::Timings => "merchant-timings",
        })
    }

    /// How high it is if it is so wide.
    pub fn height(self, canvas: &mut Canvas<'_>, stage: &Stage<'_>, width: f32) -> f32 {
        let inner = width - 2.0 * INSET;
        let touch = canvas.theme.touch;
        let content = match self {
            Self::Languages => {
                let names: Vec<&str> = languages().map(Language::endonym).collect();
                let widths = chip_widths(canvas, &names);
                wrap::height(inner, &widths, touch, space::S)
            }
            Self::Market => {
                let names = market_names(canvas, stage);
                let widths = chip_widths(canvas, &names.iter().map(|name| &**name).collect::<Vec<_>>());
                wrap::height(inner, &widths, touch, space::S)
            }
            Self::Catalogue => tables::catalogue_height(canvas, stage, inner),
            Self::Switches => 2.0 * order_height(canvas, touch),
            Self::Pictures => 2.0 * order_height(canvas, touch) + space::M,
            Self::Timings if !stage.session.timings() => return 0.0,
            Self::Timings => tables::timings_height(canvas, stage),
        };
        let head = self.title().map_or(0.0, |_| canvas.theme.line(canvas.theme.heading()) + space::M);
        content + head + 2.0 * INSET
    }

    /// Draws it into a place of that height.
    pub fn show(self, canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
        let palette = canvas.theme.palette;
        canvas.fill(place, RADIUS, palette.surface);
        let mut column = canvas.flow.column(place.shrink(INSET), 0.0);
        if let Some(title) = self.title() {
            let mut words = canvas.say(title).to_string();
            if let (Self::Market, Some(count)) = (self, stage.live.agreed_today) {
                let agreed = canvas.say_with("merchant-agreed", &[("count", Value::Number(count as f64))]);
                words = format!("{words} · {agreed}");
            }
            let style = canvas.theme.heading();
            let line = column.take(canvas.theme.line(style));
            canvas.line(&words, style, palette.ink, line, Lay::Start);
            column.skip(space::M);
        }
        let inner = column.rest();
        match self {
            Self::Languages => speak_one(canvas, stage, inner),
            Self::Market => market(canvas, stage, inner),
            Self::Catalogue => tables::catalogue(canvas, stage, inner),
            Self::Switches => switches(canvas, stage, inner),
            Self::Pictures => pictures(canvas, stage, inner),
            Self::Timings => tables::timings(canvas, stage, inner),
        }
    }
}

fn speak_one(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let all: Vec<Language> = languages().collect();
    let names: Vec<&str> = all.iter().map(|language| language.endonym()).collect();
    let chosen = all.iter().position(|language| *language == stage.session.language());
    if let Some(language) = chips(canvas, "speak", &names, chosen, place).and_then(|index| all.get(index)) {
        canvas.act(speak(*language));
    }
}

/// The market's own name, with what it pays in.
fn market_names(canvas: &Canvas<'_>, stage: &Stage<'_>) -> Vec<Arc<str>> {
    let name = |id: &str| canvas.locale.own(&format!("market-{id}"), &[]).unwrap_or_else(|| id.to_uppercase());
    stage.settings.markets.iter().map(|market| format!("{} · {}", name(&market.id), market.currency).into()).collect()
}

fn market(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let names = market_names(canvas, stage);
    let names: Vec<&str> = names.iter().map(|name| &**name).collect();
    let markets = &stage.settings.markets;
    let chosen = markets.iter().position(|market| market.id == stage.rules().market);
    if let Some(market) = chips(canvas, "market", &names, chosen, place).and_then(|index| markets.get(index)) {
        canvas.act(Action::Merchant(MerchantAction::Market(Arc::clone(&market.id))));
    }
}

/// Something that is on or off.
struct Switch {
    /// Its message.
    words: &'static str,
    icon: Icon,
    on: bool,
    turned: fn(bool) -> Action,
}

fn switches(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let session = stage.session;
    let timings: fn(bool) -> Action = |on| Action::Merchant(MerchantAction::Timings(on));
    let all = [
        Switch {
            words: "access-large-text",
            icon: Icon::TextSize,
            on: session.large_text(),
            turned: Action::LargeText,
        },
        Switch { words: "access-reach", icon: Icon::Reach, on: session.reach(), turned: Action::Reach },
        Switch { words: "merchant-timings", icon: Icon::Clock, on: session.timings(), turned: timings },
    ];
    // The switches' words begin where the card's title does.
    let (place, touch) = (place.expand2(Vec2::new(space::M, 0.0)), order_height(canvas, canvas.theme.touch));
    let mut places = Vec::with_capacity(4);
    for row in 0..2 {
        let min = Pos2::new(place.left(), place.top() + row as f32 * touch);
        let line = Rect::from_min_size(min, Vec2::new(place.width(), touch));
        places.extend(canvas.flow.split(line, 2, space::M));
    }
    for (switch, place) in all.into_iter().zip(places) {
        let words = canvas.say(switch.words);
        if let Some(on) = canvas.toggle(switch.words, place, Some(switch.icon), &words, switch.on) {
            canvas.act((switch.turned)(on));
        }
    }
}

/// High enough for two lines where text is large.
fn order_height(canvas: &Canvas<'_>, touch: f32) -> f32 {
    let words = 2.0 * canvas.theme.line(canvas.theme.label()) + space::S;
    if canvas.theme.large_text { touch.max(words) } else { touch }
}

fn pictures(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let height = (place.height() - space::M) / 2.0;
    let mut places = Vec::with_capacity(4);
    for row in 0..2 {
        let top = place.top() + row as f32 * (height + space::M);
        let line = Rect::from_min_size(Pos2::new(place.left(), top), Vec2::new(place.width(), height));
        places.extend(canvas.flow.split(line, 2, space::M));
    }
    for (Order { words: id, icon, action }, place) in orders().into_iter().zip(places) {
        // Without a face there is no mirror, and nothing to save but this panel.
        let needs_face = matches!(action, Action::Go(screen) if screen.needs_face())
            || action == Action::Merchant(MerchantAction::Sheet);
        let enabled = !needs_face || *stage.session.source() != Source::None;
        let words = canvas.say(id);
        if canvas.button(id, place, &Button::new(&words).icon(icon).enabled(enabled)) {
            canvas.act(action);
        }
    }
}

/// Chips in lines: their widths.
fn chip_widths(canvas: &mut Canvas<'_>, words: &[&str]) -> Vec<f32> {
    words.iter().map(|word| canvas.chip_width(&Chip::new(word, false))).collect()
}

/// Chips in lines; the index of the one that was tapped.
fn chips(canvas: &mut Canvas<'_>, name: &str, words: &[&str], chosen: Option<usize>, place: Rect) -> Option<usize> {
    let widths = chip_widths(canvas, words);
    let (pieces, _) = wrap::laid(canvas.flow, place, &widths, canvas.theme.touch, space::S);
    let mut tapped = None;
    for (index, (word, piece)) in words.iter().zip(pieces).enumerate() {
        if canvas.chip((name, index), piece, &Chip::new(word, chosen == Some(index))).clicked() {
            tapped = Some(index);
        }
    }
    tapped
}

/// Every language that there is, sold in or not, and the one that shows what overflows.
fn languages() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().chain([Language::Pseudo])
}

/// What a language asks for.
fn speak(language: Language) -> Action {
    match language {
        Language::Pseudo => Action::Merchant(MerchantAction::Pseudo),
        language => Action::Speak(language),
    }
}

/// What a button of [`Section::Pictures`] says, shows and does.
struct Order {
    /// Its message.
    words: &'static str,
    icon: Icon,
    action: Action,
}

fn orders() -> [Order; 4] {
    let order = |words, icon, action| Order { words, icon, action };
    [
        order("merchant-models", Icon::Person, Action::Go(Screen::Models)),
        order("merchant-mirror", Icon::Eyes, Action::Go(Screen::Mirror)),
        order("merchant-screenshot", Icon::Camera, Action::Merchant(MerchantAction::Screenshot)),
        order("merchant-sheet", Icon::Looks, Action::Merchant(MerchantAction::Sheet)),
    ]
}
