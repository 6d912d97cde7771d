//! A row of things that may be wider than its place: swiped, stepped through with arrows, or walked with the keyboard.
//!
//! In: a place, the things' widths, how each is drawn. Out: what was drawn; the scroll is kept in
//! [`Motion`](super::Motion).
//! 1. The things lie in columns, each as wide as its widest; what is wider than the place can be scrolled.
//! 2. A drag moves the scroll at once; let go, it glides on and loses speed exponentially.
//! 3. What is to be revealed, or has the keyboard's focus, is brought into sight with a part of its neighbour.
//! 4. Where more lies beyond an end, the things fade out there and an arrow leads a page on.

use egui::{AsIdSalt, Color32, Id, Mesh, Rect, Response, Role, Sense, Vec2, WidgetInfo};

use super::{Icon, Kit};
use crate::ui::theme::space;

/// A rail.
#[derive(Clone, Copy, Debug)]
pub struct Rail<'a> {
    /// Between two things.
    pub gap: f32,
    /// Rows of the same number of things, read one after the other.
    pub rows: usize,
    /// What is brought into sight when it changes.
    pub reveal: Option<usize>,
    /// Names of the arrows: back and on.
    pub arrows: [&'a str; 2],
}

/// How much of a neighbour is seen beside what is revealed.
const PEEK: f32 = 84.0;
/// An arrow's disc, in parts of what is touched.
const ARROW: f32 = 0.78;
/// A swipe loses this part of its speed in a second.
const FRICTION: f32 = 0.985;
/// Points per second below which a swipe is over.
const STILL: f32 = 24.0;

impl Kit<'_> {
    /// Shows things of these widths in `place`. Those out of sight are still drawn (clipped), so that a keyboard or a
    /// screen reader reaches them. `thing` draws one and says whether it has the focus.
    pub fn rail(
        &mut self,
        salt: impl AsIdSalt,
        place: Rect,
        rail: &Rail<'_>,
        widths: &[f32],
        mut thing: impl FnMut(&mut Kit<'_>, usize, Rect) -> Response,
    ) {
        let id = self.id(salt);
        let rows = rail.rows.max(1);
        let count = widths.len().div_ceil(rows).max(1);
        let widest = |column: usize| widths.iter().skip(column).step_by(count).copied().fold(0.0, f32::max);
        let columns: Vec<f32> = (0..count).map(widest).collect();
        let total = columns.iter().sum::<f32>() + rail.gap * (count - 1) as f32;
        let most = (total - place.width()).max(0.0);
        self.swipe(id, place, most);
        self.reveal(id, place, rail, &columns);
        let scroll = self.motion.scroll(id);
        scroll.target = scroll.target.clamp(0.0, most);
        let context = self.ui.ctx().clone();
        let scrolled = self.motion.scrolled(&context, id).min(most);
        let flow = self.flow;
        let height = (place.height() - rail.gap * (rows - 1) as f32) / rows as f32;
        let mut focused = None;
        self.clipped(place.expand2(Vec2::new(0.0, space::M)), |kit| {
            // Row by row, as they are read and as the keyboard walks them.
            let mut x = 0.0;
            for (index, own) in widths.iter().enumerate() {
                let (row, column) = (index / count, index % count);
                if column == 0 {
                    x = 0.0;
                }
                let min = place.min + Vec2::new(x - scrolled, row as f32 * (height + rail.gap));
                let rect = flow.mirror(Rect::from_min_size(min, Vec2::new(*own, height)), place);
                let response = thing(kit, index, rect);
                if response.gained_focus() {
                    focused = Some((x, x + own));
                }
                x += columns[column] + rail.gap;
            }
        });
        if let Some((from, to)) = focused {
            let width = place.width();
            let scroll = self.motion.scroll(id);
            scroll.target = scroll.target.min(from - PEEK).max(to + PEEK - width).clamp(0.0, most);
            scroll.speed = 0.0;
            self.ui.ctx().request_repaint();
        }
        if most > 0.5 {
            self.arrows(id, place, rail, most);
        }
    }

    /// At each end with more behind it: the things fade into the ground, and a button leads on.
    fn arrows(&mut self, id: Id, place: Rect, rail: &Rail<'_>, most: f32) {
        let at = self.motion.scroll(id).target;
        let side = self.theme.touch.min(place.height());
        let page = (place.width() - 2.0 * side).max(side);
        let mut step = 0.0;
        for (icon, name, by, can, start) in [
            (Icon::Back, rail.arrows[0], -page, at > 1.0, true),
            (Icon::Next, rail.arrows[1], page, at < most - 1.0, false),
        ] {
            if !can {
                continue;
            }
            let mut row = self.flow.row(place.expand2(Vec2::new(1.0, space::S)), 0.0);
            let end = if start { row.take(side * 1.3) } else { row.take_end(side * 1.3) };
            self.fade(end, (self.flow.start(end) < end.center().x) == start);
            let mut row = self.flow.row(place, 0.0);
            let rect = if start { row.take(side * ARROW) } else { row.take_end(side * ARROW) };
            let disc = Rect::from_center_size(rect.center(), Vec2::splat(side * ARROW));
            // What is touched is the whole end, not the disc alone.
            let response =
                self.tap((id, name, start), Rect::from_center_size(rect.center(), Vec2::new(rect.width(), side)));
            let palette = self.theme.palette;
            self.shadow(disc, disc.height() / 2.0);
            self.fill(
                disc,
                disc.height() / 2.0,
                if response.is_pointer_button_down_on() { palette.sunk } else { palette.surface },
            );
            self.icon(icon, disc.center(), disc.height() * 0.56, palette.ink);
            self.focus_ring(&response, disc, disc.height() / 2.0);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
            if response.clicked() {
                step = by;
            }
        }
        if step != 0.0 {
            let scroll = self.motion.scroll(id);
            (scroll.target, scroll.speed) = ((at + step).clamp(0.0, most), 0.0);
            self.ui.ctx().request_repaint();
        }
    }

    /// The panel's ground, growing thin towards the rail's middle.
    fn fade(&self, place: Rect, from_left: bool) {
        let (full, none) = (self.theme.palette.ground, Color32::TRANSPARENT);
        let (left, right) = if from_left { (full, none) } else { (none, full) };
        let mut mesh = Mesh::default();
        for (corner, color) in [
            (place.left_top(), left),
            (place.right_top(), right),
            (place.right_bottom(), right),
            (place.left_bottom(), left),
        ] {
            mesh.colored_vertex(corner, color);
        }
        mesh.add_triangle(0, 1, 2);
        mesh.add_triangle(0, 2, 3);
        self.ui.painter().add(mesh);
    }

    /// Follows a finger, and glides on after a swipe.
    fn swipe(&mut self, id: Id, place: Rect, most: f32) {
        let response = self.ui.interact(place, id.with("swipe"), Sense::drag());
        let sign = self.flow.sign();
        let (seconds, wheel, speed) = self.ui.input(|input| {
            let over = input.pointer.hover_pos().is_some_and(|at| place.contains(at));
            let wheel = if over { input.smooth_scroll_delta() } else { Vec2::ZERO };
            (input.stable_dt.min(0.05), wheel.x * sign + wheel.y, input.pointer.velocity().x)
        });
        let dragged = response.drag_delta().x * sign;
        let scroll = self.motion.scroll(id);
        scroll.held = response.dragged() || wheel != 0.0;
        if response.dragged() {
            scroll.target = (scroll.target - dragged).clamp(0.0, most);
            scroll.speed = 0.0;
        } else if response.drag_stopped() {
            scroll.speed = -speed * sign;
        }
        scroll.target = (scroll.target - wheel).clamp(0.0, most);
        if scroll.speed.abs() > STILL {
            scroll.target += scroll.speed * seconds;
            scroll.speed *= (1.0 - FRICTION).powf(seconds);
            if scroll.target < 0.0 || scroll.target > most {
                scroll.speed = 0.0;
            }
            self.ui.ctx().request_repaint();
        } else {
            scroll.speed = 0.0;
        }
    }

    fn reveal(&mut self, id: Id, place: Rect, rail: &Rail<'_>, columns: &[f32]) {
        let Some(index) = rail.reveal else { return };
        let column = index % columns.len().max(1);
        let from = columns.iter().take(column).map(|width| width + rail.gap).sum::<f32>();
        let to = from + columns.get(column).copied().unwrap_or(0.0);
        let key = Some((index as u64, place.width() as i32));
        let scroll = self.motion.scroll(id);
        if scroll.revealed != key {
            scroll.revealed = key;
            scroll.target = scroll.target.min(from - PEEK).max(to + PEEK - place.width());
        }
    }
}
