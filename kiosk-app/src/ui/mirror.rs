//! The one screen there is: the picture, and over it the wordmark, the look's name, the strip and the notices.

use std::time::{Duration, Instant};

use carmine::look::{Layer, Look};
use egui::{Align2, Context, FontData, FontDefinitions, FontFamily, Pos2, RawInput, Rect, Ui, Vec2};

use super::chips::{Chip, Strip, key_layers, swatches};
use super::notice::{self, Pill};
use super::overlay::Overlay;
use super::text::{SANS, Style, TextShaper, Voice};
use super::{compare, shade, theme};
use crate::app::capture::Showing;
use crate::app::stats::Stats;
use crate::preview::Preview;

const WORDMARK: Style = Style { voice: Voice::Display, size: 42.0 };
const TITLE: Style = Style { voice: Voice::Display, size: 60.0 };
const DETAIL: Style = Style { voice: Voice::Body, size: 25.0 };
/// Between the picture's lower texts and what is beside or above them.
const CLEAR: f32 = 24.0;
/// Height of the name and the detail of a look.
const TITLE_HEIGHT: f32 = 132.0;
/// Where the title has less room than this beside the button, the button moves above it. Not measured by the text:
/// the button must not jump when another look is touched.
const TITLE_ROOM: f32 = 660.0;
/// Smaller windows show nothing but the picture.
const LEAST: f32 = 440.0;
/// Products that are all listed below a look's name.
const LISTED: usize = 3;
/// How long nobody is seen before the mirror says what to do.
const ALONE: Duration = Duration::from_millis(2500);

/// The screen's state.
pub struct MirrorUi {
    context: Context,
    shaper: TextShaper,
    looks: Vec<Look>,
    /// Their products, a line each.
    details: Vec<String>,
    chips: Vec<Chip>,
    strip: Strip,
    /// Index into the chips: 0 is no look.
    worn: usize,
    comparing: bool,
    showing: Showing,
    alone_since: Option<Instant>,
    overlay: Overlay,
    preview: Preview,
}

impl MirrorUi {
    /// With looks on offer; `asked` is worn first, and joins the offer if it is not among it.
    pub fn new(mut looks: Vec<Look>, asked: Option<Look>, preview: Preview) -> Self {
        let mut worn = 1;
        if let Some(asked) = asked {
            worn = 1 + looks.iter().position(|look| *look == asked).unwrap_or_else(|| {
                looks.insert(0, asked);
                0
            });
        }
        looks.insert(0, Look::bare());
        let mut chips: Vec<Chip> =
            looks.iter().map(|look| Chip { name: look.name.clone(), swatches: swatches(look) }).collect();
        chips[0].name = "None".into();
        let mut details: Vec<String> = looks.iter().map(describe).collect();
        details[0] = "Touch a look to try it on".into();
        Self {
            context: new_context(),
            shaper: TextShaper::default(),
            worn: worn.min(chips.len() - 1),
            looks,
            details,
            chips,
            strip: Strip::default(),
            comparing: false,
            showing: Showing::default(),
            alone_since: None,
            overlay: Overlay::default(),
            preview,
        }
    }

    /// Egui's context.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// What is to be drawn on the face now.
    pub fn worn(&self) -> &Look {
        &self.looks[self.worn_index()]
    }

    /// Its index among the chips.
    pub fn worn_index(&self) -> usize {
        if self.comparing { 0 } else { self.worn }
    }

    /// A new picture came.
    pub fn saw(&mut self, showing: Showing, someone: bool) {
        let same = std::mem::replace(&mut self.showing, showing) == showing;
        self.alone_since = if someone || !same { None } else { self.alone_since.or_else(|| Some(Instant::now())) };
    }

    /// Shows or hides the timings.
    pub fn toggle_overlay(&mut self) {
        self.overlay.shown = !self.overlay.shown;
    }

    /// The light that products are shown in.
    pub fn preview(&self) -> Preview {
        self.preview
    }

    /// The newest times.
    pub fn set_timings(&mut self, stats: &mut Stats) {
        self.overlay.update(stats);
    }

    /// Makes the interface as large as suits a window of this size.
    pub fn fit_to(&mut self, width_px: u32, height_px: u32, native_scale: f32) {
        let zoom = theme::pixels_per_point(width_px, height_px) / native_scale.max(0.1);
        if (self.context.zoom_factor() - zoom).abs() > 1e-4 {
            self.context.set_zoom_factor(zoom);
        }
    }

    /// A fresh context for a fresh device: the textures of the old one are gone.
    pub fn renew(&mut self) {
        self.shaper.forget();
        self.context = new_context();
    }

    /// Lays out one frame.
    pub fn run(&mut self, input: RawInput) -> egui::FullOutput {
        let context = self.context.clone();
        context.run_ui(input, |ui| self.show(ui))
    }

    fn show(&mut self, ui: &mut Ui) {
        let screen = ui.ctx().content_rect();
        if screen.width().min(screen.height()) < LEAST {
            self.comparing = false;
            return;
        }
        shade::bottom(ui, screen);
        let margin = theme::MARGIN.min(screen.width() * 0.04);
        let inner = screen.shrink(margin);
        self.lower(ui, inner);
        let top = self.upper(ui, inner);
        self.overlay.show(ui, Pos2::new(inner.left(), top.bottom() + 20.0));
        self.hints(ui, screen, top);
    }

    /// The strip, the button and the title.
    fn lower(&mut self, ui: &mut Ui, inner: Rect) {
        let row = Rect::from_min_max(Pos2::new(inner.left(), inner.bottom() - theme::TOUCH), inner.max);
        if let Some(touched) = self.strip.show(ui, &mut self.shaper, &self.chips, self.worn, row) {
            self.worn = touched;
            ui.ctx().request_repaint();
        }
        let button = Vec2::new(compare::width(ui, &mut self.shaper), theme::TOUCH);
        let beside = row.width() - button.x - 2.0 * CLEAR;
        let (room, lift) = if beside < TITLE_ROOM { (row.width(), TITLE_HEIGHT) } else { (beside, 0.0) };
        let at = Pos2::new(row.right() - button.x, row.top() - lift - CLEAR - button.y);
        let held = compare::show(ui, &mut self.shaper, Rect::from_min_size(at, button));
        if std::mem::replace(&mut self.comparing, held) != held {
            ui.ctx().request_repaint();
        }
        self.title(ui, Pos2::new(row.left() + 6.0, row.top() - 34.0), room - 6.0);
    }

    /// What is worn, by name and by product.
    fn title(&mut self, ui: &Ui, at: Pos2, room: f32) {
        let name = if self.worn == 0 { "Just you" } else { &self.looks[self.worn].name };
        let detail = self.shaper.shape(ui.ctx(), &self.details[self.worn], DETAIL, room);
        detail.shadowed(ui, at, theme::faded(theme::IVORY, 0.88));
        let name = self.shaper.shape(ui.ctx(), name, TITLE, room);
        name.shadowed(ui, at - Vec2::new(0.0, 58.0), theme::IVORY);
    }

    /// The wordmark and, more important, why there is no mirror and which light is shown. Returns what the latter cover.
    fn upper(&mut self, ui: &Ui, inner: Rect) -> Rect {
        let wordmark = self.shaper.shape(ui.ctx(), "Carmine", WORDMARK, inner.width());
        let at = Pos2::new(inner.right() - wordmark.size.x, inner.top() + 28.0);
        let mut covered = notice::words(self.showing).map(|words| {
            let pill = Pill::fitting(ui, &mut self.shaper, words, true, inner.width());
            pill.show(ui, inner.left_top(), Align2::LEFT_TOP)
        });
        if let Some(label) = self.preview.label() {
            let pill = Pill::new(ui, &mut self.shaper, label, false, inner.width());
            let at = covered.map_or(inner.left_top(), |above| above.left_bottom() + Vec2::new(0.0, theme::GAP));
            let place = pill.show(ui, at, Align2::LEFT_TOP);
            covered = Some(covered.map_or(place, |above| above.union(place)));
        }
        if covered.is_none_or(|covered| covered.right() + CLEAR < at.x) {
            shade::corner(ui, ui.ctx().content_rect());
            wordmark.shadowed(ui, at, theme::IVORY);
        }
        covered.unwrap_or(Rect::from_min_size(inner.left_top(), Vec2::ZERO))
    }

    fn hints(&mut self, ui: &Ui, screen: Rect, top: Rect) {
        let room = screen.width() - 2.0 * CLEAR;
        if self.comparing && self.worn > 0 {
            let pill = Pill::new(ui, &mut self.shaper, "Without make-up", false, room);
            // Beside the notice and the wordmark if there is room between them, else below.
            let (left, right) = (screen.center().x - pill.size.x / 2.0, screen.right() - 260.0);
            let free = top.right() + CLEAR < left && left + pill.size.x < right;
            let y = if free { screen.top() + theme::MARGIN } else { top.bottom().max(screen.top() + 76.0) + CLEAR };
            pill.show(ui, Pos2::new(screen.center().x, y), Align2::CENTER_TOP);
            return;
        }
        let (Some(since), Some(words)) = (self.alone_since, notice::alone(self.showing)) else { return };
        match ALONE.checked_sub(since.elapsed()) {
            // A photo brings no new picture that would draw the hint.
            Some(left) => ui.ctx().request_repaint_after(left + Duration::from_millis(1)),
            None => {
                let at = screen.center() - Vec2::new(0.0, screen.height() * 0.12);
                Pill::new(ui, &mut self.shaper, words, false, room).show(ui, at, Align2::CENTER_CENTER);
            }
        }
    }
}

/// The products of a look in one line: of many only those that it is known by.
fn describe(look: &Look) -> String {
    let product = |layer: &Layer| format!("{}, {}", layer.product.name, layer.product.finish.name());
    let shown: Vec<&Layer> = if look.layers.len() > LISTED { key_layers(look) } else { look.layers.iter().collect() };
    let mut parts: Vec<String> = shown.iter().map(|layer| product(layer)).collect();
    if shown.len() < look.layers.len() {
        parts.push(format!("and {} more", look.layers.len() - shown.len()));
    }
    parts.join("  ·  ")
}

fn new_context() -> Context {
    let context = Context::default();
    let mut fonts = FontDefinitions::empty();
    fonts.font_data.insert("sans".into(), std::sync::Arc::new(FontData::from_static(SANS)));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts.families.insert(family, vec!["sans".into()]);
    }
    context.set_fonts(fonts);
    context.set_theme(egui::Theme::Dark);
    context
}
