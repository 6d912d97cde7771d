//! Her photo: explained first, then offered once, then gone.

use egui::{Id, Rect, Vec2};

use crate::l10n::Value;
use crate::session::{Action, PhotoHandOver};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Icon, RADIUS};
use crate::ui::screens::page::{self, Texts};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// What the card says, and what can be done.
struct PhotoCard {
    title: String,
    about: String,
    buttons: Vec<CardButton>,
}

/// A button of the card.
#[derive(Clone, Copy)]
struct CardButton {
    /// Its message.
    words: &'static str,
    icon: Icon,
    look: ButtonStyle,
    does: Do,
}

#[derive(Clone, Copy)]
enum Do {
    /// Explain first, or not after all.
    Explain,
    Offer,
    Withdraw,
}

fn explaining(canvas: &Canvas<'_>) -> Id {
    canvas.ui.scope_id().with("explain-photo")
}

fn card(canvas: &Canvas<'_>, stage: &Stage<'_>) -> Option<PhotoCard> {
    let session = stage.session;
    // What was offered before the shop turned it off can still be taken back.
    let is_allowed = stage.rules().photo;
    if !is_allowed && *session.photo() == PhotoHandOver::None {
        return None;
    }
    let minutes = (stage.settings.photo.lifetime.as_secs_f64() / 60.0).ceil();
    let explained = canvas.say_with("takehome-photo-explained", &[("minutes", Value::Number(minutes))]);
    let button = |words, icon, look, does| CardButton { words, icon, look, does };
    let add = button("takehome-photo-add", Icon::Camera, ButtonStyle::Quiet, Do::Explain);
    let offer = button("takehome-photo-offer", Icon::Camera, ButtonStyle::Primary, Do::Offer);
    let back = button("takehome-photo-withdraw", Icon::Close, ButtonStyle::Quiet, Do::Withdraw);
    let (title, about, mut buttons) = match session.photo() {
        PhotoHandOver::None if canvas.motion.is_open(explaining(canvas)) => {
            let no = button("takehome-photo-no", Icon::Close, ButtonStyle::Quiet, Do::Explain);
            ("takehome-photo-how", explained, vec![no, offer])
        }
        PhotoHandOver::None => ("takehome-photo-title", canvas.say("takehome-photo-about").to_string(), vec![add]),
        PhotoHandOver::Preparing => ("takehome-photo-preparing", explained, vec![back]),
        PhotoHandOver::Offered { .. } => {
            ("takehome-photo-offered", canvas.say("takehome-photo-offered-about").to_string(), vec![back])
        }
        PhotoHandOver::Taken => ("takehome-photo-taken", canvas.say("takehome-photo-taken-about").to_string(), vec![]),
        PhotoHandOver::Broken => {
            ("takehome-photo-broken", canvas.say("takehome-photo-broken-about").to_string(), vec![offer])
        }
        PhotoHandOver::Expired => {
            ("takehome-photo-expired", canvas.say("takehome-photo-expired-about").to_string(), vec![offer])
        }
        PhotoHandOver::Failed => {
            ("takehome-photo-failed", canvas.say("takehome-photo-failed-about").to_string(), vec![offer])
        }
    };
    if !is_allowed {
        buttons.retain(|button| matches!(button.does, Do::Withdraw));
    }
    Some(PhotoCard { title: canvas.say(title).to_string(), about, buttons })
}

/// Whether the buttons stand below the words instead of beside them.
fn stacked(canvas: &mut Canvas<'_>, card: &PhotoCard, room: f32) -> bool {
    card.buttons.len() > 1 || button_width(canvas, card) > room * 0.42
}

fn button_width(canvas: &mut Canvas<'_>, card: &PhotoCard) -> f32 {
    let Some(button) = card.buttons.first() else { return 0.0 };
    let text = canvas.say(button.words);
    canvas.button_width(&Button::new(&text).icon(button.icon))
}

/// How high the card is in a room of this width; 0 where the shop takes no photos.
pub fn height(canvas: &mut Canvas<'_>, stage: &Stage<'_>, room: f32) -> f32 {
    let Some(card) = card(canvas, stage) else { return 0.0 };
    let theme = *canvas.theme;
    let inner = room - 2.0 * space::L;
    let stacked = stacked(canvas, &card, room);
    let beside = if stacked || card.buttons.is_empty() { 0.0 } else { button_width(canvas, &card) + space::L };
    let words = page::height_of(canvas, &card.title, theme.label(), inner - beside)
        + space::XS
        + page::height_of(canvas, &card.about, theme.small(), inner - beside);
    let high = if card.buttons.is_empty() {
        words
    } else if stacked {
        words + space::M + theme.touch
    } else {
        words.max(theme.touch)
    };
    high + 2.0 * space::L
}

/// Lays the card out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let Some(card) = card(canvas, stage) else { return };
    if canvas.motion.is_open(explaining(canvas))
        && canvas.ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
    {
        canvas.motion.close();
    }
    let theme = *canvas.theme;
    let palette = theme.palette;
    canvas.outlined(place, RADIUS, palette.surface, palette.line);
    let inner = place.shrink(space::L);
    let stacked = stacked(canvas, &card, place.width());
    let (words, buttons) = if card.buttons.is_empty() {
        (inner, inner)
    } else if stacked {
        let mut column = canvas.flow.column(inner, space::M);
        let buttons = column.take_bottom(theme.touch);
        (column.rest(), buttons)
    } else {
        let mut row = canvas.flow.row(inner, space::L);
        let width = button_width(canvas, &card);
        let buttons = row.take_end(width);
        (row.rest(), Rect::from_center_size(buttons.center(), Vec2::new(width, theme.touch)))
    };
    let high = page::height_of(canvas, &card.title, theme.label(), words.width())
        + space::XS
        + page::height_of(canvas, &card.about, theme.small(), words.width());
    let spare = (words.height() - high).max(0.0) / 2.0;
    let mut texts = Texts::new(words.with_min_y(words.top() + spare));
    texts.lay(canvas, &card.title, theme.label(), palette.ink, space::XS);
    texts.lay(canvas, &card.about, theme.small(), palette.soft_ink, 0.0);
    let places: Vec<Rect> = canvas.flow.split(buttons, card.buttons.len(), space::M).collect();
    for (CardButton { words, icon, look, does }, place) in card.buttons.iter().copied().zip(places) {
        let text = canvas.say(words);
        if canvas.button(("photo", words), place, &Button::new(&text).icon(icon).look(look)) {
            act(canvas, does);
        }
    }
}

fn act(canvas: &mut Canvas<'_>, what: Do) {
    let (menu, pass) = (explaining(canvas), canvas.ui.ctx().cumulative_pass_nr());
    match what {
        Do::Explain => {
            canvas.motion.toggle(menu, pass);
            canvas.ui.ctx().request_repaint();
        }
        Do::Offer => {
            canvas.motion.close();
            canvas.act(Action::OfferPhoto);
        }
        Do::Withdraw => canvas.act(Action::WithdrawPhoto),
    }
}
