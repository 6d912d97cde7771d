//! The one screen there is: the picture, and over it the wordmark, the look's name, the strip and the notices.

use std::time::{Duration, Instant};

use carmine::look::{Finish, Look};
use egui::{Align2, Context, FontData, FontDefinitions, FontFamily, Mesh, Pos2, RawInput, Rect, Ui, Vec2};

use super::chips::{Chip, Strip, swatches};
use super::notice::{self, pill};
use super::overlay::Overlay;
use super::text::{SANS, Style, TextShaper, Voice};
use super::{compare, theme};
use crate::app::capture::Showing;
use crate::app::stats::Stats;

const WORDMARK: Style = Style { voice: Voice::Display, size: 42.0 };
const TITLE: Style = Style { voice: Voice::Display, size: 60.0 };
const DETAIL: Style = Style { voice: Voice::Body, size: 25.0 };
/// How long nobody is seen before the mirror says what to do.
const ALONE: Duration = Duration::from_millis(2500);

/// The screen's state.
pub struct MirrorUi {
    context: Context,
    shaper: TextShaper,
    looks: Vec<Look>,
    chips: Vec<Chip>,
    strip: Strip,
    /// Index into the chips: 0 is no look.
    worn: usize,
    comparing: bool,
    showing: Showing,
    alone_since: Option<Instant>,
    overlay: Overlay,
}

impl MirrorUi {
    /// With looks on offer; `asked` is worn first, and joins the offer if it is not among it.
    pub fn new(mut looks: Vec<Look>, asked: Option<Look>) -> Self {
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
        Self {
            context: new_context(),
            shaper: TextShaper::default(),
            worn: worn.min(chips.len() - 1),
            looks,
            chips,
            strip: Strip::default(),
            comparing: false,
            showing: Showing::default(),
            alone_since: None,
            overlay: Overlay::default(),
        }
    }

    /// Egui's context.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// What is to be drawn on the face now.
    pub fn worn(&self) -> &Look {
        &self.looks[if self.comparing { 0 } else { self.worn }]
    }

    /// A new picture came.
    pub fn saw(&mut self, showing: Showing, someone: bool) {
        self.showing = showing;
        self.alone_since = if someone { None } else { self.alone_since.or_else(|| Some(Instant::now())) };
    }

    /// Shows or hides the timings.
    pub fn toggle_overlay(&mut self) {
        self.overlay.shown = !self.overlay.shown;
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
        shade(ui, screen);
        let margin = theme::MARGIN.min(screen.width() * 0.04);
        let inner = screen.shrink(margin);

        let wordmark = self.shaper.shape(ui.ctx(), "Carmine", WORDMARK);
        let at = Pos2::new(inner.right() - wordmark.size.x, inner.top() + 28.0);
        wordmark.shadowed(ui, at, theme::IVORY);

        let row = Rect::from_min_max(Pos2::new(inner.left(), inner.bottom() - theme::TOUCH), inner.max);
        self.bottom_row(ui, row);
        self.title(ui, Pos2::new(row.left() + 6.0, row.top() - 34.0));

        let mut below = inner.top();
        if let Some(words) = notice::words(self.showing) {
            pill(ui, &mut self.shaper, words, inner.left_top(), Align2::LEFT_TOP, true);
            below += 80.0;
        }
        self.overlay.show(ui, Pos2::new(inner.left(), below));
        self.hints(ui, screen);
    }

    fn bottom_row(&mut self, ui: &mut Ui, row: Rect) {
        if let Some(touched) = self.strip.show(ui, &mut self.shaper, &self.chips, self.worn, row) {
            self.worn = touched;
            ui.ctx().request_repaint();
        }
        let wide = compare::width(ui, &mut self.shaper);
        let above = Pos2::new(row.right() - wide, row.top() - theme::TOUCH - 24.0);
        let held = compare::show(ui, &mut self.shaper, Rect::from_min_size(above, Vec2::new(wide, theme::TOUCH)));
        if std::mem::replace(&mut self.comparing, held) != held {
            ui.ctx().request_repaint();
        }
    }

    /// What is worn, by name and by product.
    fn title(&mut self, ui: &Ui, at: Pos2) {
        let look = &self.looks[self.worn];
        let (name, detail) = if self.worn == 0 {
            ("Just you".to_owned(), "Touch a look to try it on".to_owned())
        } else {
            (look.name.clone(), describe(look))
        };
        let detail = self.shaper.shape(ui.ctx(), &detail, DETAIL);
        detail.shadowed(ui, at, theme::faded(theme::IVORY, 0.88));
        let name = self.shaper.shape(ui.ctx(), &name, TITLE);
        name.shadowed(ui, at - Vec2::new(0.0, 58.0), theme::IVORY);
    }

    fn hints(&mut self, ui: &Ui, screen: Rect) {
        let at = Pos2::new(screen.center().x, screen.top() + theme::MARGIN);
        if self.comparing && self.worn > 0 {
            pill(ui, &mut self.shaper, "Without make-up", at, Align2::CENTER_TOP, false);
        } else if self.alone_since.is_some_and(|since| since.elapsed() > ALONE) {
            let at = screen.center() - Vec2::new(0.0, screen.height() * 0.12);
            pill(ui, &mut self.shaper, "Look into the mirror to begin", at, Align2::CENTER_CENTER, false);
        }
    }
}

/// The products of a look in one line.
fn describe(look: &Look) -> String {
    let product = |layer: &carmine::look::Layer| {
        let finish = match layer.product.finish {
            Finish::Matte => "matte",
            Finish::Satin => "satin",
            Finish::Gloss => "gloss",
        };
        format!("{}, {finish}", layer.product.name)
    };
    look.layers.iter().map(product).collect::<Vec<_>>().join("  ·  ")
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

/// Darkens the picture where text lies on it, so that light text stays legible on any picture. No larger than it must be:
/// where there is no GPU, every covered pixel costs.
fn shade(ui: &Ui, screen: Rect) {
    const STEPS: u32 = 10;
    let top = screen.bottom() - 330.0_f32.min(screen.height() * 0.5);
    let mut mesh = Mesh::default();
    for step in 0..=STEPS {
        let part = step as f32 / STEPS as f32;
        let y = top + (screen.bottom() - top) * part;
        // Eased, so that the shade has no visible edge.
        let color = theme::glass(0.74 * part * (2.0 - part) * part.sqrt());
        mesh.colored_vertex(Pos2::new(screen.left(), y), color);
        mesh.colored_vertex(Pos2::new(screen.right(), y), color);
        if step > 0 {
            let at = 2 * step;
            mesh.add_triangle(at - 2, at - 1, at);
            mesh.add_triangle(at - 1, at, at + 1);
        }
    }
    ui.painter().add(mesh);
    ui.painter().add(corner(screen.right_top(), Vec2::new(620.0, 230.0).min(screen.size())));
}

/// A quarter of an ellipse behind the wordmark, fading outwards.
fn corner(at: Pos2, reach: Vec2) -> Mesh {
    const RINGS: u32 = 8;
    const SPOKES: u32 = 12;
    let mut mesh = Mesh::default();
    for ring in 0..=RINGS {
        let part = ring as f32 / RINGS as f32;
        let color = theme::glass(0.46 * (1.0 - part).powi(2));
        for spoke in 0..=SPOKES {
            let angle = std::f32::consts::FRAC_PI_2 * (1.0 + spoke as f32 / SPOKES as f32);
            mesh.colored_vertex(at + Vec2::angled(angle) * reach * part, color);
            if ring > 0 && spoke > 0 {
                let outer = ring * (SPOKES + 1) + spoke;
                let inner = outer - (SPOKES + 1);
                mesh.add_triangle(inner - 1, inner, outer);
                mesh.add_triangle(inner - 1, outer, outer - 1);
            }
        }
    }
    mesh
}
