//! Places laid out from where reading begins: the left for English, the right for Arabic.

use egui::{Pos2, Rect, Vec2};

use crate::text::Lean;

/// The reading direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flow {
    /// From the right.
    pub rtl: bool,
}

impl Flow {
    /// A cutter that takes pieces from the reading start (and end) of a row.
    pub fn row(self, place: Rect, gap: f32) -> Row {
        Row { rest: place, gap, flow: self }
    }

    /// A cutter that takes pieces from the top (and bottom) of a column.
    pub fn column(self, place: Rect, gap: f32) -> Column {
        Column { rest: place, gap }
    }

    /// A place cut into `count` equal pieces side by side, in reading order.
    pub fn split(self, place: Rect, count: usize, gap: f32) -> impl Iterator<Item = Rect> {
        let width = ((place.width() - gap * (count.max(1) - 1) as f32) / count.max(1) as f32).max(0.0);
        (0..count).map(move |index| {
            let offset = index as f32 * (width + gap);
            self.mirror(
                Rect::from_min_size(place.min + Vec2::new(offset, 0.0), Vec2::new(width, place.height())),
                place,
            )
        })
    }

    /// A place as it lies when reading begins at the left, mirrored within `within` when it does not.
    pub fn mirror(self, place: Rect, within: Rect) -> Rect {
        if !self.rtl {
            return place;
        }
        let left = within.left() + within.right() - place.right();
        Rect::from_min_size(Pos2::new(left, place.top()), place.size())
    }

    /// The x of a place's reading start.
    pub fn start(self, place: Rect) -> f32 {
        if self.rtl { place.right() } else { place.left() }
    }

    /// The x of a place's reading end.
    pub fn end(self, place: Rect) -> f32 {
        if self.rtl { place.left() } else { place.right() }
    }

    /// +1 where reading goes to the right, −1 where it goes to the left.
    pub fn sign(self) -> f32 {
        if self.rtl { -1.0 } else { 1.0 }
    }

    /// Where lines lean that begin at the reading start.
    pub fn lean_start(self) -> Lean {
        if self.rtl { Lean::Right } else { Lean::Left }
    }

    /// Where lines lean that end at the reading end.
    pub fn lean_end(self) -> Lean {
        if self.rtl { Lean::Left } else { Lean::Right }
    }

    /// A box of this size inside a place: at its reading start, upright in the middle.
    pub fn at_start(self, place: Rect, size: Vec2) -> Rect {
        let min = Pos2::new(place.left(), place.center().y - size.y / 2.0);
        self.mirror(Rect::from_min_size(min, size), place)
    }
}

/// Takes pieces of a row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    rest: Rect,
    gap: f32,
    flow: Flow,
}

impl Row {
    /// The next piece at the reading start.
    pub fn take(&mut self, width: f32) -> Rect {
        self.cut(width, self.flow.rtl)
    }

    /// The next piece at the reading end.
    pub fn take_end(&mut self, width: f32) -> Rect {
        self.cut(width, !self.flow.rtl)
    }

    fn cut(&mut self, width: f32, right: bool) -> Rect {
        let width = width.min(self.rest.width()).max(0.0);
        let mut piece = self.rest;
        if right {
            piece.min.x = piece.max.x - width;
            self.rest.max.x = (piece.min.x - self.gap).max(self.rest.min.x);
        } else {
            piece.max.x = piece.min.x + width;
            self.rest.min.x = (piece.max.x + self.gap).min(self.rest.max.x);
        }
        piece
    }

    /// What is left.
    pub fn rest(&self) -> Rect {
        self.rest
    }
}

/// Takes pieces of a column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    rest: Rect,
    gap: f32,
}

impl Column {
    /// The next piece at the top.
    pub fn take(&mut self, height: f32) -> Rect {
        let height = height.min(self.rest.height()).max(0.0);
        let mut piece = self.rest;
        piece.max.y = piece.min.y + height;
        self.rest.min.y = (piece.max.y + self.gap).min(self.rest.max.y);
        piece
    }

    /// The next piece at the bottom.
    pub fn take_bottom(&mut self, height: f32) -> Rect {
        let height = height.min(self.rest.height()).max(0.0);
        let mut piece = self.rest;
        piece.min.y = piece.max.y - height;
        self.rest.max.y = (piece.min.y - self.gap).max(self.rest.min.y);
        piece
    }

    /// Leaves room.
    pub fn skip(&mut self, height: f32) {
        self.rest.min.y = (self.rest.min.y + height).min(self.rest.max.y);
    }

    /// What is left.
    pub fn rest(&self) -> Rect {
        self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Rect = Rect { min: Pos2::new(100.0, 0.0), max: Pos2::new(400.0, 50.0) };

    #[test]
    fn rows_begin_where_reading_begins() {
        let (mut ltr, mut rtl) = (Flow { rtl: false }.row(PLACE, 10.0), Flow { rtl: true }.row(PLACE, 10.0));
        assert_eq!((ltr.take(50.0).left(), rtl.take(50.0).right()), (100.0, 400.0));
        assert_eq!((ltr.take_end(40.0).right(), rtl.take_end(40.0).left()), (400.0, 100.0));
        assert_eq!((ltr.rest().x_range(), rtl.rest().x_range()), ((160.0..=350.0).into(), (150.0..=340.0).into()));
        assert_eq!(ltr.take(1000.0).width(), 190.0);
        assert_eq!(ltr.take(10.0).width(), 0.0);
    }

    #[test]
    fn equal_pieces_fill_the_place_in_reading_order() {
        let pieces: Vec<Rect> = Flow { rtl: true }.split(PLACE, 3, 15.0).collect();
        assert_eq!((pieces[0].right(), pieces[2].left()), (400.0, 100.0));
        assert!(pieces.iter().all(|piece| piece.width() == 90.0));
        assert_eq!(Flow::default().split(PLACE, 0, 15.0).count(), 0);
    }
}
