//! A row of things that may be wider than its place: swiped, stepped through with arrows, or walked with the keyboard.

use egui::{AsIdSalt, Id, Rect, Response, Sense, Vec2};

use super::{Icon, IconButton, Kit, button::Look};
use crate::ui::theme::space;

/// A rail.
#[derive(Clone, Copy, Debug)]
pub struct Rail<'a> {
    /// Between two things.
    pub gap: f32,
    /// Rows; things fill a column first.
    pub rows: usize,
    /// What is brought into sight when it changes.
    pub reveal: Option<usize>,
    /// Names of the arrows: back and on.
    pub arrows: [&'a str; 2],
}

/// How much of a neighbour is seen beside what is revealed.
const PEEK: f32 = 48.0;
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
        let columns: Vec<f32> = widths.chunks(rows).map(|column| column.iter().copied().fold(0.0, f32::max)).collect();
        let total = columns.iter().sum::<f32>() + rail.gap * columns.len().saturating_sub(1) as f32;
        let place = if total > place.width() + 0.5 { self.arrows(id, place, rail, total) } else { place };
        let most = (total - place.width()).max(0.0);
        self.swipe(id, place, most);
        self.reveal(id, place, rail, &columns, rows);
        let scroll = self.motion.scroll(id);
        scroll.target = scroll.target.clamp(0.0, most);
        let context = self.ui.ctx().clone();
        let scrolled = self.motion.scrolled(&context, id).min(most);
        let flow = self.flow;
        let height = (place.height() - rail.gap * (rows - 1) as f32) / rows as f32;
        let (mut focused, mut x) = (None, 0.0);
        self.clipped(place.expand2(Vec2::new(0.0, space::M)), |kit| {
            for (column, width) in columns.iter().enumerate() {
                for row in 0..rows {
                    let index = column * rows + row;
                    let Some(own) = widths.get(index) else { break };
                    let min = place.min + Vec2::new(x - scrolled, row as f32 * (height + rail.gap));
                    let rect = flow.mirror(Rect::from_min_size(min, Vec2::new(*own, height)), place);
                    let response = thing(kit, index, rect);
                    if response.gained_focus() {
                        focused = Some((x, x + width));
                    }
                }
                x += width + rail.gap;
            }
        });
        if let Some((from, to)) = focused {
            let width = place.width();
            let scroll = self.motion.scroll(id);
            scroll.target = scroll.target.min(from - PEEK).max(to + PEEK - width).clamp(0.0, most);
            scroll.speed = 0.0;
            self.ui.ctx().request_repaint();
        }
    }

    /// A step to either side, and what is left between them.
    fn arrows(&mut self, id: Id, place: Rect, rail: &Rail<'_>, total: f32) -> Rect {
        let side = self.theme.touch.min(place.height()).max(64.0);
        let width = side * 0.62;
        let mut row = self.flow.row(place, space::S);
        let [back, on] = [row.take(width), row.take_end(width)];
        let inner = row.rest();
        let most = (total - inner.width()).max(0.0);
        let at = self.motion.scroll(id).target;
        let page = inner.width() * 0.8;
        let mut step = 0.0;
        for (rect, icon, name, by, can) in [
            (back, Icon::Back, rail.arrows[0], -page, at > 1.0),
            (on, Icon::Next, rail.arrows[1], page, at < most - 1.0),
        ] {
            let rect = Rect::from_center_size(rect.center(), Vec2::new(width, side.min(place.height())));
            let button = IconButton::new(icon, name).look(Look::Bare).enabled(can);
            if self.icon_button((id, name, by > 0.0), rect, &button) {
                step = by;
            }
        }
        if step != 0.0 {
            let scroll = self.motion.scroll(id);
            (scroll.target, scroll.speed) = ((at + step).clamp(0.0, most), 0.0);
            self.ui.ctx().request_repaint();
        }
        inner
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

    fn reveal(&mut self, id: Id, place: Rect, rail: &Rail<'_>, columns: &[f32], rows: usize) {
        let Some(index) = rail.reveal else { return };
        let column = index / rows;
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
