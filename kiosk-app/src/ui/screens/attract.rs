//! What people see from across the shop: a poster with a model that wears looks. Wherever it is touched, it begins.

mod invite;
mod staff;

use egui::{Pos2, Rect, Role, Sense, Vec2, WidgetInfo};

use self::invite::Invite;
use super::parts::{self, Parts};
use super::{paper, wrap};
use crate::l10n::Language;
use crate::palette::faded;
use crate::session::Action;
use crate::text::{Style, Voice};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Icon, Lay, Pill, RADIUS};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// Side of the pointing finger.
const FINGER: f32 = 108.0;
/// Part of it that is air at either side.
const AIR: f32 = 0.2;
/// The invitation's letters are not smaller.
const SMALLEST: f32 = 40.0;

/// Lays the poster out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    let invite = Invite::now(canvas, stage);
    begin(canvas, stage);
    let widths = language_widths(canvas, &stage.rules().languages);
    let languages = parts::languages_high(canvas.theme, canvas.screen(), &widths);
    let parts = Parts::of(canvas.theme, canvas.flow, canvas.screen(), languages);
    let palette = canvas.theme.palette;
    canvas.fill(parts.masthead, 0.0, palette.ground);
    canvas.fill(parts.foot, 0.0, palette.accent);
    masthead(canvas, stage, &parts);
    caption(canvas, stage, parts.picture);
    invitation_words(canvas, &invite, &parts);
    camera_off(canvas, parts.camera);
    begin_in(canvas, stage, &invite, &widths, parts.languages);
    staff::corner(canvas);
    Some(parts.picture)
}

/// A touch anywhere begins. It lies below all else.
fn begin(canvas: &mut Canvas<'_>, stage: &Stage<'_>) {
    let screen = canvas.screen();
    let id = canvas.id("begin");
    let response = canvas.ui.interact(screen, id, Sense::click());
    let name = stage.locale.text("attract-begin");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &*name));
    if response.clicked() {
        canvas.act(Action::Begin);
    }
    canvas.focus_ring(&response, screen.shrink(space::L), RADIUS);
}

/// The brand.
fn masthead(canvas: &mut Canvas<'_>, stage: &Stage<'_>, parts: &Parts) {
    let name = stage.settings.brand.name.as_str();
    if let Some(logo) = stage.pictures.logo.filter(|logo| logo.size.min_elem() > 0.0) {
        let laid = parts.logo(logo.size);
        let uv = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
        canvas.ui.painter().image(logo.texture, laid, uv, egui::Color32::WHITE);
        canvas.tell(name, laid);
        return;
    }
    let place = parts.brand();
    let style = Style { voice: Voice::Display, size: parts.name_size(canvas.theme) };
    let style = paper::fitted(canvas, name, style, place.width());
    let ink = canvas.theme.palette.ink;
    canvas.line(name, style, ink, place, Lay::Middle);
}

/// What the model wears.
fn caption(canvas: &mut Canvas<'_>, stage: &Stage<'_>, picture: Rect) {
    let Some(look) = &stage.live.look_name else { return };
    let (room, inset) = (picture.width() * 0.8, space::XL);
    let at = Pos2::new(canvas.flow.start(picture) + canvas.flow.sign() * inset, picture.bottom() - inset);
    let anchor = if canvas.flow.rtl { egui::Align2::RIGHT_BOTTOM } else { egui::Align2::LEFT_BOTTOM };
    canvas.pill(&Pill::new(look).icon(Icon::Looks), at, anchor, room);
}

/// The invitation, in the language whose turn it is and from where that is read.
fn invitation_words(canvas: &mut Canvas<'_>, invite: &Invite, parts: &Parts) {
    let before = std::mem::replace(&mut canvas.kit.flow, crate::ui::kit::Flow { rtl: invite.language.is_rtl() });
    let color = faded(canvas.theme.palette.on_accent, invite.opacity);
    let mut row = canvas.flow.row(parts.invitation, space::L);
    let lines: u8 = if canvas.theme.portrait { 1 } else { 2 };
    // The finger itself, not the air around it, begins where all else does.
    let finger = row.take(FINGER - FINGER * AIR);
    let finger = finger.translate(Vec2::new(-canvas.flow.sign() * FINGER * AIR * 0.5, 0.0));
    canvas.icon(Icon::Touch, finger.center(), FINGER, color);
    let style = Style { voice: Voice::Display, size: parts::INVITATION };
    let room = row.rest();
    let mut style = if lines == 1 {
        paper::fitted(canvas, &invite.words, style, room.width())
    } else {
        paper::fitted_word(canvas, &invite.words, style, room.width())
    };
    let mut lines = broken(canvas, &invite.words, style, room.width());
    // A small screen has less room than its letters ask for.
    while lines.len() as f32 * canvas.theme.line(style) > parts.invitation_high() && style.size > SMALLEST {
        style.size = (style.size * 0.94).floor();
        lines = broken(canvas, &invite.words, style, room.width());
    }
    let height = canvas.theme.line(style);
    let mut top = room.center().y - height * lines.len() as f32 / 2.0;
    for line in lines {
        let place = Rect::from_min_size(Pos2::new(room.left(), top), Vec2::new(room.width(), height));
        canvas.ink(&line, style, color, place, Lay::Start);
        top += height;
    }
    canvas.kit.flow = before;
}

/// The words in lines, none wider than `room` but for a single word.
fn broken(canvas: &mut Canvas<'_>, words: &str, style: Style, room: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match longer.filter(|longer| canvas.measure(longer, style, f32::INFINITY).x <= room) {
            Some(longer) => {
                lines.pop();
                lines.push(longer);
            }
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Said to whoever wonders.
fn camera_off(canvas: &mut Canvas<'_>, place: Rect) {
    const SIDE: f32 = 34.0;
    let words = canvas.say("attract-camera-off");
    let (style, color) = (canvas.theme.body(), canvas.theme.palette.on_accent);
    let mut row = canvas.flow.row(place, space::M);
    let at = row.take(SIDE).center();
    canvas.icon(Icon::CameraOff, at, SIDE, color);
    canvas.line(&words, style, color, row.rest(), Lay::Start);
}

fn language_widths(canvas: &mut Canvas<'_>, languages: &[Language]) -> Vec<f32> {
    let theme = canvas.theme;
    parts::language_widths(theme, languages, |name| canvas.measure(name, theme.label(), 400.0).x)
}

/// The languages by their own names: who touches hers begins in it.
fn begin_in(canvas: &mut Canvas<'_>, stage: &Stage<'_>, invite: &Invite, widths: &[f32], place: Rect) {
    let languages = &stage.rules().languages;
    if languages.len() < 2 {
        return;
    }
    // The first name stands under the invitation's first letter.
    let place = place.expand2(Vec2::new(space::M, 0.0));
    let (pieces, _) = wrap::laid(canvas.flow, place, widths, canvas.theme.touch, space::S);
    let (style, palette) = (canvas.theme.label(), canvas.theme.palette);
    for (language, piece) in languages.iter().zip(pieces) {
        let id = canvas.id(("begin in", language.code()));
        let response = canvas.ui.interact(piece, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, language.endonym()));
        let down = response.is_pointer_button_down_on();
        canvas.fill(piece, RADIUS, if down { palette.accent_deep } else { egui::Color32::TRANSPARENT });
        let words = piece.shrink2(Vec2::new(space::M, 0.0));
        let laid = canvas.ink(language.endonym(), style, palette.on_accent, words, Lay::Start);
        if *language == invite.language {
            let line =
                Rect::from_min_size(laid.left_bottom() + Vec2::new(0.0, space::XS), Vec2::new(laid.width(), 3.0));
            canvas.fill(line, 1.5, faded(palette.on_accent, invite.opacity));
        }
        canvas.focus_ring(&response, piece, RADIUS);
        if response.clicked() {
            canvas.act(Action::Speak(*language));
            canvas.act(Action::Begin);
        }
    }
}
