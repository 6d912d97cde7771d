//! What every screen offers: the languages, larger text and everything within reach, and the end of the session.

use egui::{Id, Rect, Vec2};

use crate::session::Action;
use crate::ui::canvas::Canvas;
use crate::ui::kit::{Button, ButtonStyle, Icon, IconButton, Lay};
use crate::ui::stage::Stage;
use crate::ui::theme::space;

/// The corner's menus.
fn menus(canvas: &Canvas<'_>) -> [Id; 2] {
    ["corner-language", "corner-access"].map(|name| canvas.id(name))
}

/// How wide the corner is.
pub fn width(canvas: &mut Canvas<'_>, can_end: bool) -> f32 {
    let touch = canvas.theme.touch;
    let end = if can_end { end_width(canvas) + space::M } else { 0.0 };
    2.0 * touch + space::M + end
}

fn end_width(canvas: &mut Canvas<'_>) -> f32 {
    let words = canvas.say("corner-end");
    canvas.button_width(&Button::new(&words))
}

/// The buttons at the reading end of `place`, and the menu that is open. To be called last: the menu lies over the
/// rest. `look`: floating over a picture, else quiet.
pub fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>, place: Rect, look: ButtonStyle, can_end: bool) {
    let touch = canvas.theme.touch;
    let mut row = canvas.flow.row(place, space::M);
    if can_end {
        let [words, name] = ["corner-end", "corner-end-name"].map(|id| canvas.say(id));
        let wide = end_width(canvas);
        let at = row.take_end(wide);
        if canvas.button("corner-end", at, &Button::new(&words).name(&name).look(look)) {
            canvas.act(Action::End);
        }
    }
    let [language, access] = menus(canvas);
    let [access_at, language_at] = [row.take_end(touch), row.take_end(touch)];
    let pass = canvas.ui.ctx().cumulative_pass_nr();
    for (menu, at, icon, name) in [
        (access, access_at, Icon::Access, canvas.say("corner-access")),
        (language, language_at, Icon::Language, canvas.say("word-language")),
    ] {
        let open = canvas.motion.is_open(menu);
        let button = IconButton::new(icon, &name).look(look).pressed(open);
        if canvas.icon_button(menu.with("button"), at, &button) {
            canvas.motion.toggle(menu, pass);
            canvas.ui.ctx().request_repaint();
        }
    }
    languages(canvas, stage, language, language_at);
    switches(canvas, stage, access, access_at);
}

fn languages(canvas: &mut Canvas<'_>, stage: &Stage<'_>, menu: Id, button: Rect) {
    let languages = &stage.rules().languages;
    let touch = canvas.theme.touch;
    let size = Vec2::new(360.0, languages.len() as f32 * (touch + space::XS) + 2.0 * space::M);
    let mut spoken = None;
    canvas.menu(menu, button, size, |kit, place| {
        let mut column = kit.flow.column(place, space::XS);
        for language in languages {
            let chosen = *language == stage.session.language();
            if kit.row_button((menu, language.code()), column.take(touch), language.endonym(), chosen) {
                spoken = Some(*language);
            }
        }
    });
    if let Some(language) = spoken {
        canvas.act(Action::Speak(language));
        canvas.motion.close();
    }
}

fn switches(canvas: &mut Canvas<'_>, stage: &Stage<'_>, menu: Id, button: Rect) {
    let touch = canvas.theme.touch;
    let line = touch.max(2.0 * canvas.theme.line(canvas.theme.label()) + space::S);
    let title = canvas.theme.line(canvas.theme.small());
    let size = Vec2::new(560.0, 2.0 * line + title + 4.0 * space::M);
    let [head, larger, reach] = ["corner-access", "corner-large-text", "corner-reach"].map(|id| canvas.say(id));
    let (mut text, mut low) = (None, None);
    canvas.menu(menu, button, size, |kit, place| {
        let mut column = kit.flow.column(place, space::S);
        let at = column.take(title).shrink2(Vec2::new(space::M, 0.0));
        kit.line(&head, kit.theme.small(), kit.theme.palette.soft_ink, at, Lay::Start);
        text = kit.toggle("large", column.take(line), Some(Icon::TextSize), &larger, stage.session.large_text());
        low = kit.toggle("reach", column.take(line), Some(Icon::Reach), &reach, stage.session.reach());
    });
    if let Some(on) = text {
        canvas.act(Action::LargeText(on));
    }
    if let Some(on) = low {
        canvas.act(Action::Reach(on));
        // Its button moves away with everything else.
        canvas.motion.close();
    }
}
