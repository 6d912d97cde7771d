//! Things laid in lines, as words are.

use egui::{Pos2, Rect, Vec2};

use crate::ui::kit::Flow;

/// Pieces of these widths from the reading start of `place`, in as many lines as they need, and the height of all lines.
/// A piece is never wider than the place; those that do not fit below each other lie under it.
pub fn wrapped(flow: Flow, place: Rect, widths: &[f32], height: f32, gap: f32) -> (Vec<Rect>, f32) {
    let (mut pieces, mut at) = (Vec::with_capacity(widths.len()), Vec2::ZERO);
    for &width in widths {
        let width = width.min(place.width());
        if at.x > 0.0 && at.x + width > place.width() + 0.5 {
            at = Vec2::new(0.0, at.y + height + gap);
        }
        let piece = Rect::from_min_size(place.min + at, Vec2::new(width, height));
        pieces.push(flow.mirror(piece, place));
        at.x += width + gap;
    }
    (pieces, if widths.is_empty() { 0.0 } else { at.y + height })
}

/// The height of [`wrapped`] pieces in a place of this width.
pub fn height(width: f32, widths: &[f32], height: f32, gap: f32) -> f32 {
    let place = Rect::from_min_size(Pos2::ZERO, Vec2::new(width, 0.0));
    wrapped(Flow::default(), place, widths, height, gap).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_where_the_next_piece_does_not_fit() {
        let place = Rect::from_min_size(Pos2::new(10.0, 20.0), Vec2::new(100.0, 500.0));
        let (pieces, all) = wrapped(Flow::default(), place, &[40.0, 50.0, 30.0, 400.0], 20.0, 10.0);
        assert_eq!(
            pieces.iter().map(|piece| piece.min).collect::<Vec<_>>(),
            [Pos2::new(10.0, 20.0), Pos2::new(60.0, 20.0), Pos2::new(10.0, 50.0), Pos2::new(10.0, 80.0)]
        );
        assert_eq!((pieces[3].width(), all), (100.0, 80.0));
        assert_eq!(all, height(100.0, &[40.0, 50.0, 30.0, 400.0], 20.0, 10.0));
        let (mirrored, _) = wrapped(Flow { rtl: true }, place, &[40.0, 50.0], 20.0, 10.0);
        assert_eq!((mirrored[0].right(), mirrored[1].left()), (110.0, 10.0));
        assert_eq!(wrapped(Flow::default(), place, &[], 20.0, 10.0).1, 0.0);
    }
}
