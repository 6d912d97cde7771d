//! What people see from across the shop: a poster with a model that wears looks. Wherever it is touched, it begins.

mod invite;
mod staff;

use egui::{Pos2, Rect, Role, Sense, Vec2, WidgetInfo};

use self::invite::Invite;
use super::{paper, wrap};
use crate::l10n::Language;
use crate::palette::faded;
use crate::session::Action;
use crate::text::{Style, Voice};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Icon, Lay, Pill, RADIUS};
use crate::ui::stage::{PictureTexture, Stage};
use crate::ui::theme::space;

/// The brand's name, for those who pass: larger than anything that is read at arm's length.
const MASTHEAD: f32 = 148.0;
/// The invitation, for the same.
const INVITATION: f32 = 112.0;
/// Side of the pointing finger.
const FINGER: f32 = 108.0;
/// Part of it that is air at either side.
const AIR: f32 = 0.2;

/// The parts of the poster.
struct Parts {
    masthead: Rect,
    picture: Rect,
    /// In the accent's colour.
    foot: Rect,
}

impl Parts {
    fn of(canvas: &Canvas<'_>, foot: f32) -> Self {
        let screen = canvas.screen();
        if canvas.theme.portrait {
            let masthead = Rect::from_min_size(screen.min, Vec2::new(screen.width(), 216.0));
            let foot = Rect::from_min_max(Pos2::new(screen.left(), screen.bottom() - foot), screen.max);
            let picture = Rect::from_min_max(masthead.left_bottom(), foot.right_top());
            return Self { masthead, picture, foot };
        }
        let panel = (screen.width() * 0.42).min(840.0);
        let mut row = canvas.flow.row(screen, 0.0);
        let panel = row.take_end(panel);
        let foot =
            Rect::from_min_max(Pos2::new(panel.left(), panel.bottom() - foot.max(panel.height() * 0.56)), panel.max);
        let masthead = Rect::from_min_max(panel.min, foot.right_top());
        Self { masthead, picture: row.rest(), foot }
    }
}

/// Lays the poster out.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    let invite = Invite::now(canvas, stage);
    begin(canvas, stage);
    let width = Parts::of(canvas, 0.0).foot.width() - 2.0 * space::XXL;
    let languages = languages_height(canvas, stage, width);
    let invitation = invitation_height(canvas);
    let camera = canvas.theme.line(canvas.theme.body());
    let parts = Parts::of(canvas, space::XXL + invitation + space::L + camera + space::XL + languages + space::L);
    let palette = canvas.theme.palette;
    canvas.fill(parts.masthead, 0.0, palette.ground);
    canvas.fill(parts.foot, 0.0, palette.accent);
    masthead(canvas, stage, parts.masthead);
    caption(canvas, stage, parts.picture);
    let mut column = canvas.flow.column(parts.foot.shrink2(Vec2::new(space::XXL, 0.0)), 0.0);
    let languages_at = {
        column.take_bottom(space::L);
        column.take_bottom(languages)
    };
    column.take_bottom(space::XL);
    let camera_at = column.take_bottom(camera);
    column.take_bottom(space::L);
    let invitation_at = column.rest();
    invitation_words(
        canvas,
        &invite,
        Rect::from_min_max(
            Pos2::new(
                invitation_at.left(),
                (invitation_at.bottom() - invitation - space::XXL).max(invitation_at.top()),
            ),
            invitation_at.max,
        ),
    );
    camera_off(canvas, camera_at);
    begin_in(canvas, stage, &invite, languages_at);
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
fn masthead(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let inner = place.shrink2(Vec2::new(space::XXL, space::L));
    let name = stage.settings.brand.name.as_str();
    if let Some(logo) = stage.pictures.logo.filter(|logo| logo.size.min_elem() > 0.0) {
        let laid = contained(logo, inner, inner.height().min(180.0));
        let uv = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
        canvas.ui.painter().image(logo.texture, laid, uv, egui::Color32::WHITE);
        canvas.tell(name, laid);
        return;
    }
    let style = paper::fitted(canvas, name, Style { voice: Voice::Display, size: MASTHEAD }, inner.width());
    let ink = canvas.theme.palette.ink;
    canvas.line(name, style, ink, inner, Lay::Middle);
}

/// A picture whole within a place, at most so high.
fn contained(picture: PictureTexture, place: Rect, most: f32) -> Rect {
    let scale = (place.width() / picture.size.x).min(most.min(place.height()) / picture.size.y);
    Rect::from_center_size(place.center(), picture.size * scale)
}

/// What the model wears.
fn caption(canvas: &mut Canvas<'_>, stage: &Stage<'_>, picture: Rect) {
    let Some(look) = &stage.live.look_name else { return };
    let (room, inset) = (picture.width() * 0.8, space::XL);
    let at = Pos2::new(canvas.flow.start(picture) + canvas.flow.sign() * inset, picture.bottom() - inset);
    let anchor = if canvas.flow.rtl { egui::Align2::RIGHT_BOTTOM } else { egui::Align2::LEFT_BOTTOM };
    canvas.pill(&Pill::new(look).icon(Icon::Looks), at, anchor, room);
}

fn invitation_height(canvas: &Canvas<'_>) -> f32 {
    let style = Style { voice: Voice::Display, size: INVITATION };
    if canvas.theme.portrait { canvas.theme.line(style) } else { 2.0 * canvas.theme.line(style) }
}

/// The invitation, in the language whose turn it is and from where that is read.
fn invitation_words(canvas: &mut Canvas<'_>, invite: &Invite, place: Rect) {
    let before = std::mem::replace(&mut canvas.kit.flow, crate::ui::kit::Flow { rtl: invite.language.is_rtl() });
    let color = faded(canvas.theme.palette.on_accent, invite.opacity);
    let mut row = canvas.flow.row(place, space::L);
    let lines: u8 = if canvas.theme.portrait { 1 } else { 2 };
    // The finger itself, not the air around it, begins where all else does.
    let finger = row.take(FINGER - FINGER * AIR);
    let finger = finger.translate(Vec2::new(-canvas.flow.sign() * FINGER * AIR * 0.5, 0.0));
    canvas.icon(Icon::Touch, finger.center(), FINGER, color);
    let style = Style { voice: Voice::Display, size: INVITATION };
    let room = row.rest();
    let style = if lines == 1 {
        paper::fitted(canvas, &invite.words, style, room.width())
    } else {
        paper::fitted_word(canvas, &invite.words, style, room.width())
    };
    let broken = broken(canvas, &invite.words, style, room.width());
    let height = canvas.theme.line(style);
    let mut top = room.center().y - height * broken.len() as f32 / 2.0;
    for line in broken {
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
    let style = canvas.theme.label();
    let least = canvas.theme.touch;
    languages.iter().map(|one| (canvas.measure(one.endonym(), style, 400.0).x + 2.0 * space::M).max(least)).collect()
}

fn languages_height(canvas: &mut Canvas<'_>, stage: &Stage<'_>, width: f32) -> f32 {
    let languages = &stage.rules().languages;
    if languages.len() < 2 {
        return 0.0;
    }
    let widths = language_widths(canvas, languages);
    wrap::height(width + 2.0 * space::M, &widths, canvas.theme.touch, space::S)
}

/// The languages by their own names: who touches hers begins in it.
fn begin_in(canvas: &mut Canvas<'_>, stage: &Stage<'_>, invite: &Invite, place: Rect) {
    let languages = &stage.rules().languages;
    if languages.len() < 2 {
        return;
    }
    let widths = language_widths(canvas, languages);
    // The first name stands under the invitation's first letter.
    let place = place.expand2(Vec2::new(space::M, 0.0));
    let (pieces, _) = wrap::laid(canvas.flow, place, &widths, canvas.theme.touch, space::S);
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
