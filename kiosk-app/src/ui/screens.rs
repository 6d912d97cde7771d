//! The screens and their selection. A screen is a function of the [`Stage`]; it keeps no state but animations and
//! scroll positions.

pub mod access;
pub mod attract;
pub mod away;
pub mod brand;
pub mod card;
pub mod changed;
pub mod compare;
pub mod consent;
pub mod corner;
mod goods;
pub mod idle;
pub mod language;
mod list_row;
pub mod merchant;
pub mod mirror;
pub mod models;
mod page;
pub mod paper;
pub mod parts;
pub mod pin;
pub mod retention;
pub mod shade;
pub mod takehome;
pub mod wrap;

use egui::{Color32, Rect, Shape, Ui, UiBuilder};

use super::canvas::Canvas;
use super::kit::{self, Flow, Kit, Motion, Swatches};
use super::stage::Stage;
use super::tap_guard::{Scene, TapGuard};
use super::theme::{Measures, Theme, space};
use crate::session::{Action, Overlay, Screen};
use crate::text::{KeptText, TextShaper};

/// All screens, with their state from frame to frame. Reset with the session, since it holds what the shopper scrolled
/// to.
#[derive(Default)]
pub struct Screens {
    text: TextShaper,
    swatches: Swatches,
    motion: Motion,
    last: Option<Screen>,
    taps: TapGuard,
}

/// What one frame asks for.
#[derive(Debug, Default)]
pub struct Shown {
    /// To be done, in order.
    pub actions: Vec<Action>,
    /// Where the live picture belongs, in points; there the screen is transparent.
    pub picture: Option<Rect>,
}

impl Screens {
    /// Forgets everything, as a session ends.
    pub fn clear(&mut self) {
        *self = Self { taps: TapGuard::taking_over(), ..Self::default() };
    }

    /// Forgets every texture: their device is gone.
    pub fn clear_textures(&mut self) {
        self.text.clear();
        self.swatches.clear();
    }

    /// Forgets the pictures of products: the catalogue is another.
    pub fn clear_swatches(&mut self) {
        self.swatches.clear();
    }

    /// The texts of what was shown last, and of what was shown a little earlier.
    pub fn texts(&self) -> impl Iterator<Item = KeptText<'_>> {
        self.text.kept()
    }

    /// Lays out the session's screen and what lies over it.
    pub fn show(&mut self, ui: &mut Ui, stage: &Stage<'_>) -> Shown {
        let mut shown = Shown::default();
        let session = stage.session;
        if self.last.replace(session.screen()) != Some(session.screen()) {
            self.motion.close();
        }
        let [r, g, b] = stage.settings.brand.accent.rgb;
        let theme = Theme::new(Measures {
            screen: ui.ctx().content_rect().size(),
            pixels_per_point: ui.ctx().pixels_per_point(),
            mm_per_px: stage.settings.screen.mm_per_px,
            large_text: session.large_text(),
            reach: session.reach(),
            accent: Color32::from_rgb(r, g, b),
        });
        let menu = self.motion.open_menu();
        self.taps.begin(ui.ctx(), Scene::of(session, menu));
        let context = ui.ctx().clone();
        let flow = Flow { rtl: stage.locale.is_rtl() };
        let kit = Kit {
            ui,
            text: &mut self.text,
            theme: &theme,
            flow,
            swatches: &mut self.swatches,
            motion: &mut self.motion,
        };
        let mut canvas = Canvas { kit, locale: stage.locale, actions: &mut shown.actions };
        // What lies under a sheet can be neither tapped nor walked to.
        let covered = *session.overlay() != Overlay::None || session.warning().is_some();
        let screen = canvas.screen();
        let mut below = canvas.ui.new_child(UiBuilder::new().max_rect(screen));
        if covered {
            below.disable();
        }
        shown.picture = canvas.with_ui(&mut below, |canvas| {
            // Painted before what floats over the picture.
            let ground = canvas.ui.painter().add(Shape::Noop);
            let picture = show(canvas, stage)?;
            let lacks = stage.live.no_picture && session.screen() != Screen::Attract;
            if lacks {
                away::show(canvas, picture, ground);
            }
            (!lacks).then_some(picture)
        });
        notice(&mut canvas, stage);
        match session.overlay() {
            Overlay::Card(id) => card::show(&mut canvas, stage, id),
            Overlay::Pin(typed) => pin::show(&mut canvas, typed),
            Overlay::Retention => retention::show(&mut canvas, stage),
            _ if !covered && !canvas.motion.any_open() => back_by_key(&mut canvas),
            _ => {}
        }
        if let Some(left) = session.warning() {
            idle::show(&mut canvas, stage, left);
        }
        if !self.taps.counts(&context, theme.touch / 2.0) {
            shown.actions.clear();
            self.motion.set_open_menu(menu);
        }
        shown
    }
}

/// A short word on screens that have no place of their own for it.
fn notice(canvas: &mut Canvas<'_>, stage: &Stage<'_>) {
    let own_place = matches!(stage.session.screen(), Screen::Mirror | Screen::Merchant);
    let Some(notice) = stage.session.notice().filter(|_| !own_place) else { return };
    let about = notice.about.as_deref().unwrap_or_default();
    let words = canvas.say_with(notice.message, &[("about", crate::l10n::Value::Text(about))]);
    let screen = canvas.screen();
    // Above the lower buttons, where every screen leaves air.
    let at = screen.center_bottom() - egui::Vec2::new(0.0, 2.0 * canvas.theme.touch + space::XXL);
    canvas.pill(&kit::Pill::new(&words).icon(kit::Icon::Info), at, egui::Align2::CENTER_BOTTOM, screen.width() * 0.9);
}

/// The screen itself; returns where its live picture belongs.
fn show(canvas: &mut Canvas<'_>, stage: &Stage<'_>) -> Option<Rect> {
    match stage.session.screen() {
        Screen::Attract => attract::show(canvas, stage),
        Screen::Consent => consent::show(canvas, stage),
        Screen::Models => models::show(canvas, stage),
        Screen::Mirror => mirror::show(canvas, stage),
        Screen::Merchant => merchant::show(canvas, stage),
        Screen::Compare => compare::show(canvas, stage),
        Screen::Shade => shade::show(canvas, stage),
        Screen::Changed => changed::show(canvas, stage),
        Screen::TakeHome => takehome::show(canvas, stage),
    }
}

/// Escape leads a step back.
fn back_by_key(canvas: &mut Canvas<'_>) {
    if canvas.ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        canvas.act(Action::Back);
    }
}
