//! Choices laid in lines: all on one, or in even columns.
//!
//! In: the pieces' widths and a place. Out: where each lies. Where they do not fit on one line, as many equal columns
//! are made as the widest piece allows, and the lines filled evenly.

use egui::{Pos2, Rect, Vec2};

use crate::ui::kit::Flow;

/// Pieces of these widths from the reading start of `place`, and the height of all lines. Where they do not fit on one
/// line, all are equally wide and the lines equally full.
pub fn laid(flow: Flow, place: Rect, widths: &[f32], height: f32, gap: f32) -> (Vec<Rect>, f32) {
    if fits(place.width(), widths, gap) {
        let mut row = flow.row(place, gap);
        let pieces = widths.iter().map(|width| with_height(row.take(*width), height)).collect();
        return (pieces, if widths.is_empty() { 0.0 } else { height });
    }
    let widest = widths.iter().copied().fold(1.0, f32::max);
    let most = (((place.width() + gap) / (widest + gap)) as usize).max(1);
    let lines = widths.len().div_ceil(most);
    let columns = widths.len().div_ceil(lines);
    let pieces = (0..lines).flat_map(|line| {
        let top = Vec2::new(0.0, line as f32 * (height + gap));
        flow.split(with_height(place, height).translate(top), columns, gap)
    });
    (pieces.take(widths.len()).collect(), lines as f32 * (height + gap) - gap)
}

/// Whether pieces of these widths fit on one line.
pub fn fits(width: f32, widths: &[f32], gap: f32) -> bool {
    widths.iter().sum::<f32>() + gap * widths.len().saturating_sub(1) as f32 <= width + 0.5
}

/// The height of [`laid`] pieces in a place of this width.
pub fn height(width: f32, widths: &[f32], height: f32, gap: f32) -> f32 {
    let place = Rect::from_min_size(Pos2::ZERO, Vec2::new(width, 0.0));
    laid(Flow::default(), place, widths, height, gap).1
}

fn with_height(place: Rect, height: f32) -> Rect {
    Rect::from_min_size(place.min, Vec2::new(place.width(), height))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Rect = Rect { min: Pos2::new(10.0, 20.0), max: Pos2::new(110.0, 500.0) };

    #[test]
    fn what_fits_on_a_line_keeps_its_width() {
        let (pieces, all) = laid(Flow { rtl: true }, PLACE, &[40.0, 50.0], 20.0, 10.0);
        assert_eq!((pieces[0].right(), pieces[1].left(), all), (110.0, 10.0, 20.0));
        assert_eq!(laid(Flow::default(), PLACE, &[], 20.0, 10.0).1, 0.0);
    }

    #[test]
    fn what_does_not_lies_in_even_columns() {
        let widths = [20.0, 25.0, 20.0, 22.0, 20.0];
        let (pieces, all) = laid(Flow::default(), PLACE, &widths, 20.0, 5.0);
        assert!(pieces.iter().all(|piece| piece.width() == 30.0), "{pieces:?}");
        assert_eq!((pieces[3].min, all), (Pos2::new(10.0, 45.0), 45.0));
        assert_eq!(height(100.0, &widths, 20.0, 5.0), 45.0);
        // Wider than the place: each on a line of its own.
        assert_eq!(laid(Flow::default(), PLACE, &[300.0, 20.0], 20.0, 5.0).0[1].size(), Vec2::new(100.0, 20.0));
    }
}
