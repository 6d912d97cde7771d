//! Where a face is in its picture, for showing it large or dividing it.
//!
//! In: fitted faces in `frame_px` and the picture's size. Out: a rectangle of whole pixels around the face, or the x of
//! its middle.

use carmine::face::FittedFace;

/// Width over height of a picture of a face.
pub const SHAPE: f32 = 4.0 / 5.0;
/// The cut's least height, of the mesh's, which ends at the hairline and the chin.
const ROOM: f32 = 1.44;
/// The cut's least width, of the mesh's.
const SIDE_ROOM: f32 = 1.2;
/// The hair needs more room than the neck: how far up the cut goes, of its height.
const LIFT: f32 = 0.06;
/// Points on the line that divides the face: the forehead's top, between the eyes, under the nose, the chin.
const MIDLINE: [usize; 4] = [10, 168, 2, 152];

/// A rectangle of whole pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width, at least 1.
    pub width: u32,
    /// Height, at least 1.
    pub height: u32,
}

/// The part of a picture of `width` × `height` px that shows the face with hair and neck, in [`SHAPE`] and never beyond
/// the picture.
pub fn around(face: &FittedFace, width: u32, height: u32) -> Cut {
    let [left, top, right, bottom] = bounds(face);
    let (frame_width, frame_height) = (width as f32, height as f32);
    let wanted = ((bottom - top) * ROOM).max((right - left) * SIDE_ROOM / SHAPE);
    let tall = wanted.min(frame_height).min(frame_width / SHAPE).max(1.0);
    let wide = tall * SHAPE;
    let x = (0.5 * (left + right) - 0.5 * wide).clamp(0.0, (frame_width - wide).max(0.0));
    let y = (0.5 * (top + bottom) - (0.5 + LIFT) * tall).clamp(0.0, (frame_height - tall).max(0.0));
    let (x, y) = (x.round() as u32, y.round() as u32);
    Cut { x, y, width: (wide.round() as u32).clamp(1, width - x), height: (tall.round() as u32).clamp(1, height - y) }
}

/// Where the largest face is divided, in pixels from the picture's left; its middle if there is no face. Never so near
/// an edge that one of the sides could not be seen.
pub fn midline(faces: &[FittedFace], width: u32) -> u32 {
    let size = |face: &FittedFace| {
        let [left, top, right, bottom] = bounds(face);
        (right - left) * (bottom - top)
    };
    let largest = faces.iter().max_by(|a, b| size(a).total_cmp(&size(b)));
    let width = width as f32;
    let middle = largest.map_or(0.5 * width, |face| {
        MIDLINE.iter().map(|&index| face.landmarks_px[index].x).sum::<f32>() / MIDLINE.len() as f32
    });
    middle.clamp(0.12 * width, 0.88 * width).round() as u32
}

/// Left, top, right and bottom of the mesh in pixels.
fn bounds(face: &FittedFace) -> [f32; 4] {
    let start = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    face.landmarks_px.iter().fold(start, |[left, top, right, bottom], point| {
        [left.min(point.x), top.min(point.y), right.max(point.x), bottom.max(point.y)]
    })
}
