//! Text laid down on a screen: by the reading direction, within a place, known to a screen reader.

use egui::{Color32, Pos2, Rect, Role, Sense, Vec2, WidgetInfo};

use super::Kit;
use crate::text::{Block, Lean, Style};

/// Where a text lies in its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lay {
    /// At the reading start.
    #[default]
    Start,
    /// In the middle.
    Middle,
    /// At the reading end.
    End,
}

/// How much smaller than meant a line is set, at most, so that it is not cut.
const SMALLEST: f32 = 0.64;

impl Kit<'_> {
    fn lean(&self, lay: Lay) -> Lean {
        match lay {
            Lay::Start => self.flow.lean_start(),
            Lay::Middle => Lean::Middle,
            Lay::End => self.flow.lean_end(),
        }
    }

    /// The size of a text on one line, not wider than `room`.
    pub fn measure(&mut self, text: &str, style: Style, room: f32) -> Vec2 {
        self.measure_block(text, style, room, 1)
    }

    /// The size of a text on at most so many lines.
    pub fn measure_block(&mut self, text: &str, style: Style, room: f32, lines: u8) -> Vec2 {
        let block = Block { room, lines, lean: self.lean(Lay::Start), rtl: self.flow.rtl };
        self.text.block(self.ui.ctx(), text, style, &block).size
    }

    /// One line, upright in the middle of its place; for the words of a widget that names itself. Returns where it
    /// lies.
    pub fn ink(&mut self, text: &str, style: Style, color: Color32, place: Rect, lay: Lay) -> Rect {
        self.ink_block(text, style, color, place, lay, 1, 0.5)
    }

    /// Several lines; `upright`: 0 at the top of the place, 0.5 in its middle, 1 at its bottom.
    #[expect(clippy::too_many_arguments, reason = "each says another thing about one text")]
    pub fn ink_block(
        &mut self,
        text: &str,
        style: Style,
        color: Color32,
        place: Rect,
        lay: Lay,
        lines: u8,
        upright: f32,
    ) -> Rect {
        if text.is_empty() || place.width() < 1.0 {
            return Rect::from_min_size(place.min, Vec2::ZERO);
        }
        let lean = self.lean(lay);
        let block = Block { room: place.width(), lines, lean, rtl: self.flow.rtl };
        let mut shaped = self.text.block(self.ui.ctx(), text, style, &block);
        if shaped.is_cut && lines == 1 {
            // A language with longer words gets smaller ones before it loses any.
            let whole = self.text.block(self.ui.ctx(), text, style, &Block { room: f32::MAX, ..block }).size.x;
            let size = style.size * (place.width() / whole).max(SMALLEST) * 0.99;
            shaped = self.text.block(self.ui.ctx(), text, Style { size, ..style }, &block);
        }
        let x = match lean {
            Lean::Left => place.left(),
            Lean::Middle => place.center().x - shaped.size.x / 2.0,
            Lean::Right => place.right() - shaped.size.x,
        };
        let at = Pos2::new(x, place.top() + (place.height() - shaped.size.y) * upright);
        shaped.at(self.ui, at, color);
        Rect::from_min_size(at, shaped.size)
    }

    /// One line that a screen reader reads too, upright in the middle of its place.
    pub fn line(&mut self, text: &str, style: Style, color: Color32, place: Rect, lay: Lay) -> Rect {
        let laid = self.ink(text, style, color, place, lay);
        self.tell(text, laid);
        laid
    }

    /// Running text from the top of its place that a screen reader reads too.
    pub fn paragraph(&mut self, text: &str, style: Style, color: Color32, place: Rect, lay: Lay, lines: u8) -> Rect {
        let laid = self.ink_block(text, style, color, place, lay, lines, 0.0);
        self.tell(text, laid);
        laid
    }

    /// As many lines as fit into the place.
    pub fn fitting(&mut self, text: &str, style: Style, color: Color32, place: Rect, lay: Lay) -> Rect {
        let lines = (place.height() / self.theme.line(style)).floor().clamp(1.0, 255.0) as u8;
        self.paragraph(text, style, color, place, lay, lines)
    }

    /// Makes a text known to a screen reader.
    pub fn tell(&mut self, text: &str, place: Rect) {
        if !text.is_empty() {
            let id = self.id(("text", text, place.min.x as i32, place.min.y as i32));
            let response = self.ui.interact(place, id, Sense::empty());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        }
    }
}
