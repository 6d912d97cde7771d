//! The squares of a frame that are searched for faces.
//!
//! In: a frame's size. Out: squares in `frame_px`, each to be scaled to the detector's few pixels.
//!
//! 1. The whole frame. There the detector finds faces from about an eighth of the frame's longer side on.
//! 2. *Tiles* for smaller ones: squares in a grid whose neighbours overlap, so that a face which lies on the border of
//!    one is whole in another. Two sizes of them, or one, each about half as large as the one before: down to a fifth
//!    of the longer side, but not below [`LEAST_TILE_PX`], for the landmark model needs pixels too.
//! 3. Each of them may be turned by quarters, for the detector finds faces that stand upright.

use std::f32::consts::FRAC_PI_2;

use glam::Vec2;

use super::roi::Roi;

/// The smallest tiles are this part of the frame's longer side: faces of 100 px are found in 4K.
const SMALLEST_TILE: f32 = 0.2;
/// No tile is smaller: it would hold faces of less than 50 px.
const LEAST_TILE_PX: f32 = 420.0;
/// Largest ratio of one size to the next.
const STEP: f32 = 2.3;
/// Neighbours overlap by at least this part of a tile: the largest face that the next larger size may miss fits in.
const OVERLAP: f32 = 0.3;
/// A frame that is not larger than the smallest tile by this factor needs none.
const WORTH: f32 = 1.3;

/// How a square is turned: by so many quarters, clockwise on the screen.
pub(super) const TURNS: [f32; 4] = [0.0, FRAC_PI_2, 2.0 * FRAC_PI_2, 3.0 * FRAC_PI_2];

/// The tiles of a frame, largest first, row by row.
#[derive(Clone, Debug)]
pub(super) struct Tiles {
    frame_px: Vec2,
    /// How many sizes there are, and the ratio of one to the next; the first is that much smaller than the frame.
    sizes: u32,
    ratio: f32,
    /// The next tile: its size and its place in that size's grid.
    size: u32,
    at: u32,
}

impl Tiles {
    /// Those of a frame of this size.
    pub(super) fn of(width_px: u32, height_px: u32) -> Self {
        let frame_px = Vec2::new(width_px as f32, height_px as f32);
        let longer = frame_px.max_element();
        let smallest = (longer * SMALLEST_TILE).max(LEAST_TILE_PX);
        let whole = longer / smallest;
        let sizes = if whole < WORTH { 0 } else { (whole.ln() / STEP.ln()).ceil() as u32 };
        let ratio = if sizes == 0 { 1.0 } else { whole.powf(1.0 / sizes as f32) };
        Self { frame_px, sizes, ratio, size: 0, at: 0 }
    }

    /// Columns and rows of tiles with this side.
    fn grid(&self, side_px: f32) -> [u32; 2] {
        let stride = side_px * (1.0 - OVERLAP);
        self.frame_px.to_array().map(|length| 1 + ((length - side_px) / stride).ceil().max(0.0) as u32)
    }
}

impl Iterator for Tiles {
    type Item = Roi;

    fn next(&mut self) -> Option<Roi> {
        while self.size < self.sizes {
            let side = self.frame_px.max_element() / self.ratio.powi(self.size as i32 + 1);
            let [columns, rows] = self.grid(side);
            if self.at < columns * rows {
                let [column, row] = [self.at % columns, self.at / columns];
                self.at += 1;
                // From edge to edge; along a shorter side a single tile lies in the middle.
                let middle = |index: u32, count: u32, length: f32| {
                    if count == 1 {
                        length / 2.0
                    } else {
                        side / 2.0 + (length - side) * index as f32 / (count - 1) as f32
                    }
                };
                let centre_px = Vec2::new(middle(column, columns, self.frame_px.x), middle(row, rows, self.frame_px.y));
                return Some(Roi { centre_px, size_px: side, rotation_rad: 0.0 });
            }
            (self.size, self.at) = (self.size + 1, 0);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a face of this size at this place lies wholly in a tile in which it is large enough to be found.
    fn is_seen(width: u32, height: u32, face_px: f32, at: Vec2) -> bool {
        Tiles::of(width, height).any(|tile| {
            let inside = (at - tile.centre_px).abs().max_element() + face_px / 2.0 <= tile.size_px / 2.0 + 0.5;
            inside && face_px >= 0.12 * tile.size_px
        })
    }

    #[test]
    fn every_face_too_small_for_the_whole_frame_is_whole_and_large_enough_in_a_tile() {
        for (width, height, least) in
            [(1280, 720, 60), (3840, 2160, 100), (1920, 1080, 60), (720, 1280, 60), (4000, 3000, 100)]
        {
            let mut face = least as f32;
            while face < 0.125 * width.max(height) as f32 {
                for x in 0..24 {
                    for y in 0..24 {
                        let room = Vec2::new(width as f32, height as f32) - face;
                        let at = room * Vec2::new(x as f32, y as f32) / 23.0 + face / 2.0;
                        assert!(is_seen(width, height, face, at), "{face} px at {at} of {width}×{height}");
                    }
                }
                face *= 1.1;
            }
        }
    }

    #[test]
    fn the_number_of_tiles_is_bounded_and_small_frames_have_none() {
        let count = |width, height| Tiles::of(width, height).count();
        assert_eq!([count(128, 128), count(500, 300), count(1, 1)], [0; 3]);
        assert!((4..=16).contains(&count(1280, 720)), "{}", count(1280, 720));
        assert!((20..=50).contains(&count(3840, 2160)), "{}", count(3840, 2160));
        assert!(count(16384, 16384) <= 90, "{}", count(16384, 16384));
        assert!(count(16384, 1) <= 20);
    }
}
