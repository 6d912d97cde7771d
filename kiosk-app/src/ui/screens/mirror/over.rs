//! What lies on the picture: hints, notices, and the line of before and after.

use carmine::light::ColourDoubt;
use egui::{Align2, Pos2, Rect, Sense, Stroke, Vec2, WidgetInfo};

use super::places::Places;
use crate::l10n::Value;
use crate::session::Action;
use crate::source::showing::{NoCamera, Showing};
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Icon, Pill};
use crate::ui::screens::corner;
use crate::ui::stage::{Framing, Stage};
use crate::ui::theme::space;

/// Side of the handle.
const HANDLE: f32 = 76.0;
/// Where the handle sits, in parts of the picture's height: below any face.
const HANDLE_AT: f32 = 0.78;

/// Shows it.
pub(super) fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, places: &Places) {
    if let Some(split) = stage.session.split() {
        wipe(canvas, places, split);
    }
    words(canvas, stage, places);
}

/// At most one word at a time: what was done before how she stands, that before the light, and that before where the
/// picture is from.
fn words(canvas: &mut Canvas<'_>, stage: &Stage<'_>, places: &Places) {
    let picture = places.picture;
    let mut top = Pos2::new(picture.center().x, picture.top() + space::L);
    let mut room = picture.width() - 2.0 * space::L;
    if places.corner_floats {
        // Below the corner, or beside it where there is room.
        top.y += canvas.theme.touch + space::M;
    }
    if let Some(notice) = stage.session.notice() {
        let text = match &notice.about {
            Some(about) => canvas.say_with(notice.message, &[("about", Value::Text(about))]),
            None => canvas.say(notice.message).to_string(),
        };
        canvas.pill(&Pill::new(&text).icon(Icon::Info), top, Align2::CENTER_TOP, room);
    } else if let Some(framing) = stage.live.framing {
        let text = canvas.say(framing_words(framing));
        canvas.pill(&Pill::new(&text).icon(framing_icon(framing)), top, Align2::CENTER_TOP, room);
    } else if let Some(doubt) = stage.live.doubt {
        let text = canvas.say(doubt_words(doubt));
        canvas.pill(&Pill::new(&text).icon(Icon::Light), top, Align2::CENTER_TOP, room);
    } else if let Some(id) = showing_words(stage.live.showing) {
        let text = canvas.say(id);
        let light = canvas.theme.palette.warn;
        if places.corner_floats {
            let corner = corner::width(canvas, true);
            room -= corner + space::M;
        }
        let start = canvas.flow.start(picture.shrink(space::L));
        let start = Pos2::new(start, picture.top() + space::L + canvas.theme.touch / 2.0);
        let anchor = if canvas.flow.rtl { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
        canvas.pill(&Pill::new(&text).light(light), start, anchor, room);
    }
}

fn framing_words(framing: Framing) -> &'static str {
    match framing {
        Framing::Nobody => "mirror-framing-nobody",
        Framing::Closer => "mirror-framing-closer",
        Framing::Back => "mirror-framing-back",
        Framing::Right => "mirror-framing-right",
        Framing::Left => "mirror-framing-left",
        Framing::Lower => "mirror-framing-lower",
        Framing::Higher => "mirror-framing-higher",
    }
}

/// Why colours cannot be trusted.
pub(in crate::ui::screens) fn doubt_words(doubt: ColourDoubt) -> &'static str {
    match doubt {
        ColourDoubt::ColouredLight => "mirror-light-coloured",
        ColourDoubt::Overexposed => "mirror-light-bright",
    }
}

fn framing_icon(framing: Framing) -> Icon {
    match framing {
        Framing::Lower => Icon::Down,
        Framing::Higher => Icon::Up,
        _ => Icon::Person,
    }
}

fn showing_words(showing: Showing) -> Option<&'static str> {
    match showing {
        Showing::Camera | Showing::File | Showing::Model => None,
        Showing::Demo(NoCamera::NotFound) => Some("mirror-demo-not-found"),
        Showing::Demo(NoCamera::Busy) => Some("mirror-demo-busy"),
        Showing::Demo(NoCamera::Lost) => Some("mirror-demo-lost"),
        Showing::Demo(NoCamera::Frozen) => Some("mirror-demo-frozen"),
        Showing::Demo(NoCamera::Black) => Some("mirror-demo-black"),
        Showing::Demo(NoCamera::Off) => Some("mirror-demo-off"),
    }
}

/// The line between before and after. Dragging is a shortcut: the tools have a button for each step.
fn wipe(canvas: &mut Canvas<'_>, places: &Places, split: f32) {
    let picture = places.picture;
    let palette = canvas.theme.palette;
    let x = picture.left() + picture.width() * split;
    let bottom = if places.tools_float { places.tools.top() } else { places.panel.top() };
    let y = (picture.top() + picture.height() * HANDLE_AT).min(bottom - HANDLE / 2.0 - space::M);
    let painter = canvas.ui.painter().clone();
    painter.vline(x, picture.y_range(), Stroke::new(3.0, palette.surface));
    let centre = Pos2::new(x.min(picture.right() - HANDLE / 2.0).max(picture.left() + HANDLE / 2.0), y);
    let handle = Rect::from_center_size(centre, Vec2::splat(HANDLE));
    let id = canvas.id("wipe-handle");
    let response = canvas.ui.interact(handle.expand(12.0), id, Sense::drag());
    let name = canvas.say("mirror-wipe");
    response.widget_info(|| WidgetInfo::slider(true, f64::from(split), &*name));
    canvas.shadow(handle, HANDLE / 2.0);
    canvas.fill(handle, HANDLE / 2.0, palette.over_picture);
    // Never mirrored: they point to either side.
    for (icon, side) in [(Icon::Back, -1.0), (Icon::Next, 1.0)] {
        let at = centre + Vec2::new(side * canvas.flow.sign() * 16.0, 0.0);
        canvas.icon(icon, at, 30.0, palette.ink);
    }
    if let (true, Some(pointer)) = (response.dragged(), response.interact_pointer_pos()) {
        let to = (pointer.x - picture.left()) / picture.width().max(1.0);
        canvas.act(Action::Split(Some(to.clamp(0.0, 1.0))));
    }
    sides(canvas, places, x, y);
}

/// Which side is which, where there is room for the word.
fn sides(canvas: &mut Canvas<'_>, places: &Places, x: f32, y: f32) {
    let picture = places.picture;
    let words = [canvas.say("mirror-before"), canvas.say("mirror-after")];
    let gap = HANDLE / 2.0 + space::M;
    let room = [x - gap - picture.left() - space::M, picture.right() - x - gap - space::M];
    let at = [Pos2::new(x - gap, y), Pos2::new(x + gap, y)];
    for (index, anchor) in [Align2::RIGHT_CENTER, Align2::LEFT_CENTER].into_iter().enumerate() {
        let style = canvas.theme.label();
        let width = canvas.measure(&words[index], style, f32::INFINITY).x + 2.0 * space::XL;
        if width <= room[index] {
            canvas.pill(&Pill { lines: 1, ..Pill::new(&words[index]) }, at[index], anchor, room[index]);
        }
    }
}
