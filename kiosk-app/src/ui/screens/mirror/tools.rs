//! The tools: undo, take all off, before and after, and whose face is made up.

use egui::Rect;

use super::places::Places;
use crate::l10n::Value;
use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Chip, Icon, IconButton};
use crate::ui::screens::corner;
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// One step of the wipe, in parts of the picture's width.
const STEP: f32 = 0.1;
/// Where there is this much room, undo and clear have words.
const WIDE: f32 = 960.0;

/// Shows them.
pub(super) fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, places: &Places) {
    let look = if places.tools_float { ButtonStyle::Floating } else { ButtonStyle::Quiet };
    let touch = canvas.theme.touch;
    let wardrobe = stage.session.people().leader();
    let mut row = canvas.flow.row(places.tools, space::M);
    let spoken = places.tools.width() > WIDE && places.tools_float && stage.session.people().present().len() < 2;
    for (name, word, icon, can, action) in [
        ("word-undo", "word-undo", Icon::Undo, wardrobe.has_past(), Action::Undo),
        ("mirror-clear", "word-clear", Icon::Clear, !wardrobe.is_bare(), Action::Clear),
    ] {
        let [name, word] = [name, word].map(|id| canvas.say(id));
        let button = Button::new(&word).name(&name).icon(icon).look(look).enabled(can);
        let tapped = if spoken {
            let wide = canvas.button_width(&button);
            let at = row.take(wide);
            canvas.button(&*name, at, &button)
        } else {
            let at = row.take(touch);
            canvas.icon_button(&*name, at, &IconButton::new(icon, &name).look(look).enabled(can))
        };
        if tapped {
            canvas.act(action);
        }
    }
    if places.tools == places.corner {
        let corner = corner::width(canvas, true);
        row.take_end(corner);
    }
    split(canvas, stage, &mut row, look);
    people(canvas, stage, row.rest());
}

/// The button that divides the picture, and the steps of the division. The picture's own left and right: not mirrored.
fn split(canvas: &mut Canvas<'_>, stage: &Stage<'_>, row: &mut crate::ui::kit::Row, look: ButtonStyle) {
    let touch = canvas.theme.touch;
    let split = stage.session.split();
    let words = canvas.say("mirror-before-after");
    let can = !stage.session.people().leader().is_bare() || split.is_some();
    let button = Button::new(&words).icon(Icon::BeforeAfter).look(look).pressed(split.is_some()).enabled(can);
    // Room for the steps is kept free, so that the button does not change when it is pressed.
    let others = stage.session.people().present().len();
    let people = if others > 1 { others as f32 * (touch + space::S) } else { 0.0 };
    let wide = canvas.button_width(&button);
    let tight = row.rest().width() < wide + 2.0 * (touch + space::M) + people;
    let width = if tight { touch } else { wide };
    let mut places = [None, None];
    if split.is_some() {
        let step = row.take_end(touch);
        places[usize::from(!canvas.flow.rtl)] = Some(step);
    }
    let at = row.take_end(width);
    let tapped = if tight {
        let button = IconButton::new(Icon::BeforeAfter, &words).look(look).pressed(split.is_some()).enabled(can);
        canvas.icon_button("split", at, &button)
    } else {
        canvas.button("split", at, &button)
    };
    if tapped {
        canvas.act(Action::Split(if split.is_some() { None } else { Some(0.5) }));
    }
    let Some(split) = split else { return };
    places[usize::from(canvas.flow.rtl)] = Some(row.take_end(touch));
    let names = ["mirror-wipe-left", "mirror-wipe-right"].map(|id| canvas.say(id));
    for (index, (place, by)) in places.into_iter().zip([-STEP, STEP]).enumerate() {
        let Some(place) = place else { continue };
        // Chevrons turn with the reading direction; these point where the line moves.
        let icon = if (index == 0) != canvas.flow.rtl { Icon::Back } else { Icon::Next };
        let can = if by < 0.0 { split > 0.01 } else { split < 0.99 };
        let button = IconButton::new(icon, &names[index]).look(look).enabled(can);
        if canvas.icon_button(("wipe", index), place, &button) {
            canvas.act(Action::Split(Some((split + by).clamp(0.0, 1.0))));
        }
    }
}

/// Chips for those before the mirror, from left to right as they stand there.
fn people(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect) {
    let people = stage.session.people();
    if people.present().len() < 2 {
        return;
    }
    let mut faces: Vec<_> = people.present().to_vec();
    // By where they are seen on the screen, which may be mirrored.
    let seen = |id: u32| stage.live.faces.iter().find(|face| face.id == id).map(|face| face.rect.center().x);
    let sign = canvas.flow.sign();
    faces.sort_by(|a, b| {
        let at = |face: &crate::session::FaceSeen| seen(face.id).unwrap_or(face.centre[0]) * sign;
        at(a).total_cmp(&at(b))
    });
    let leads = people.leading_face();
    let names: Vec<String> =
        (1..=faces.len()).map(|n| canvas.say_with("mirror-person", &[("number", Value::Number(n as f64))])).collect();
    let wants = |canvas: &mut Canvas<'_>, short: bool| -> Vec<f32> {
        let touch = canvas.theme.touch;
        let width =
            |name: &String| if short { touch } else { canvas.chip_width(&Chip::new(name, false).icon(Icon::Person)) };
        names.iter().map(width).collect()
    };
    let mut widths = wants(canvas, false);
    let total = |widths: &[f32]| widths.iter().sum::<f32>() + space::S * widths.len() as f32;
    let short = total(&widths) > place.width();
    if short {
        widths = wants(canvas, true);
    }
    let whole = Rect::from_center_size(place.center(), egui::vec2(total(&widths), place.height()));
    let mut row = canvas.flow.row(whole, space::S);
    for ((face, name), width) in faces.iter().zip(&names).zip(widths) {
        let at = row.take(width);
        let chosen = leads == Some(face.id);
        let tapped = if short {
            let button = IconButton::new(Icon::Person, name).look(ButtonStyle::Floating).pressed(chosen);
            canvas.icon_button(("person", face.id), at, &button)
        } else {
            canvas.chip(("person", face.id), at, &Chip::new(name, chosen).icon(Icon::Person).floating()).clicked()
        };
        if tapped {
            canvas.act(Action::Dress(Some(face.id)));
        }
    }
}
