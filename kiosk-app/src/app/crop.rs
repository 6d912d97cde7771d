//! Which part of a still picture is shown.
//!
//! In: a picture with its faces, and which of them leads. Out: a part of it, three wide by four high where the picture
//! has room.
//! 1. The landmarks' bounding box is widened by `AROUND` of its size on every side and brought to `SHAPE`.
//! 2. Its middle is raised by `RAISED`, then moved as far as it takes to lie within the picture.
//!
//! Without a face it is the whole picture.

use crate::app::framing::bounds_px;
use crate::app::seen::Seen;

/// A part of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

/// Width over height.
const SHAPE: f32 = 0.75;
/// How much of the face's size is left round it.
const AROUND: f32 = 0.42;
/// The middle lies this part of the face's height above that of its landmarks: a forehead and its hair need more room
/// than a chin.
const RAISED: f32 = 0.12;

impl Crop {
    /// Around a face, three wide by four high where the picture has room; the whole picture without a face.
    pub fn around(seen: &Seen, face: Option<u32>) -> Self {
        let [width, height] = seen.shot.picture.upright();
        let frame = (width as usize, height as usize);
        let Some(face) = seen.face_or_first(face) else {
            return Self { x: 0, y: 0, width: frame.0, height: frame.1 };
        };
        let around = bounds_px(face);
        let (centre, size) = (around.center(), around.size());
        let height =
            (size.y.max(size.x / SHAPE) * (1.0 + 2.0 * AROUND)).min(frame.1 as f32).min(frame.0 as f32 / SHAPE);
        let width = height * SHAPE;
        let left = (centre.x - width / 2.0).clamp(0.0, (frame.0 as f32 - width).max(0.0));
        let top = (centre.y - size.y * RAISED - height / 2.0).clamp(0.0, (frame.1 as f32 - height).max(0.0));
        let (x, y) = (left as usize, top as usize);
        let (width, height) = ((width as usize).clamp(1, frame.0 - x), (height as usize).clamp(1, frame.1 - y));
        Self { x, y, width, height }
    }

    /// Its size in pixels.
    pub fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }

    /// The part of an RGBA picture that is `width` pixels wide.
    pub fn cut(&self, pixels: &[u8], width: usize) -> Vec<u8> {
        let mut cut = Vec::with_capacity(self.width * self.height * 4);
        for row in pixels.chunks_exact(width * 4).skip(self.y).take(self.height) {
            cut.extend_from_slice(&row[self.x * 4..(self.x + self.width) * 4]);
        }
        cut
    }
}
