//! Where everything lies: below the picture on a portrait screen, beside it on a landscape one.

use egui::{Pos2, Rect};

use crate::ui::canvas::Canvas;
use crate::ui::kit::PANEL_RADIUS;
use crate::ui::theme::{REACH, Theme, space};

/// The places of the mirror.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// The live picture.
    pub picture: Rect,
    /// Everything else.
    pub panel: Rect,
    /// Parts of the face.
    pub parts: Rect,
    /// Products, looks or favourites with their controls.
    pub shelf: Rect,
    /// The ways on.
    pub ways: Rect,
    /// Undo, clear, before and after.
    pub tools: Rect,
    /// Whether these lie over the picture.
    pub tools_float: bool,
    /// Language, help, the end.
    pub corner: Rect,
    /// Whether these lie over the picture.
    pub corner_floats: bool,
}

/// Width of the panel beside the picture; larger text needs more.
const PANEL: f32 = 680.0;
const PANEL_LARGE: f32 = 760.0;
/// Height of what lies between the parts and the ways on.
const SHELF: f32 = 500.0;

impl Places {
    /// For this screen and shopper.
    pub fn new(canvas: &Canvas<'_>) -> Self {
        if canvas.theme.portrait { Self::portrait(canvas) } else { Self::landscape(canvas) }
    }

    fn portrait(canvas: &Canvas<'_>) -> Self {
        let (screen, theme) = (canvas.screen(), canvas.theme);
        let (touch, reach) = (theme.touch, theme.reach);
        let (parts, ways) = (places_height(theme), places_height(theme));
        let utility = if reach { touch + space::M } else { 0.0 };
        let shelf = if theme.large_text { SHELF + 64.0 } else { SHELF };
        let most = screen.height() * if reach { 1.0 - REACH } else { 0.5 };
        let height = (parts + ways + shelf + utility + 2.0 * space::M + 2.0 * space::L).min(most);
        let panel = Rect::from_min_max(Pos2::new(screen.left(), screen.bottom() - height), screen.max);
        let picture = Rect::from_min_max(screen.min, Pos2::new(screen.right(), panel.top() + PANEL_RADIUS));
        let inner = panel.shrink2(egui::vec2(space::XL, space::L));
        let mut column = canvas.flow.column(inner, space::M);
        let over = Rect::from_min_max(picture.min, Pos2::new(picture.right(), panel.top())).shrink(space::L);
        let (tools, corner) = if reach {
            let row = column.take(touch);
            (row, row)
        } else {
            let mut over = canvas.flow.column(over, 0.0);
            (over.take_bottom(touch), over.take(touch))
        };
        let (parts, ways) = (column.take(parts), column.take_bottom(ways));
        Self {
            picture,
            panel,
            parts,
            shelf: column.rest(),
            ways,
            tools,
            tools_float: !reach,
            corner,
            corner_floats: !reach,
        }
    }

    fn landscape(canvas: &Canvas<'_>) -> Self {
        let (screen, theme) = (canvas.screen(), canvas.theme);
        let touch = theme.touch;
        let wide = (if theme.large_text { PANEL_LARGE } else { PANEL }).min(screen.width() * 0.5);
        let mut row = canvas.flow.row(screen, 0.0);
        let panel = row.take_end(wide);
        let picture = row.rest();
        let mut column = canvas.flow.column(panel.shrink(space::L), space::M);
        // Within reach the corner comes down, too: it takes the place over the ways on.
        let corner = if theme.reach { None } else { Some(column.take(touch)) };
        let ways = column.take_bottom(places_height(theme));
        let corner = corner.unwrap_or_else(|| column.take_bottom(touch));
        let parts = column.take(places_height(theme));
        let mut over = canvas.flow.column(picture.shrink(space::L), 0.0);
        Self {
            picture,
            panel,
            parts,
            shelf: column.rest(),
            ways,
            tools: over.take_bottom(touch),
            tools_float: true,
            corner,
            corner_floats: false,
        }
    }
}

/// Height of an icon over its word.
fn places_height(theme: &Theme) -> f32 {
    (theme.touch + theme.line(theme.small_label())).max(96.0)
}
