//! Which part of the camera's picture is shown, and hints to the shopper for a better position.
//!
//! In: the frame's size, the leading face's box, the shape of the region on the screen, the time. Out: a crop of the
//! frame in that shape, and a hint.
//! 1. The target crop has the face at `LEVEL` and at `FACE` of its height, within the zoom limits and the frame.
//! 2. A model's picture jumps to it; a mirror approaches it exponentially with the time constant `FOLLOW`.
//! 3. Without a face the crop stays where it was.
//! 4. A hint names what is wrong with the face's size, else with its place, once that has lasted for `HINT_AFTER`.

use std::time::Duration;

use carmine::face::FittedFace;
use carmine::render::CropPx;
use egui::{Rect, pos2};

use crate::ui::stage::Framing;

/// Part of the shown height that a face should fill.
const FACE: f32 = 0.44;
/// Where its middle should be, from the top.
const LEVEL: f32 = 0.47;
/// Greatest magnification of a model's picture, and of a mirror's: one expects to see the surroundings in a mirror.
const MODEL_ZOOM: f32 = 2.4;
const MIRROR_ZOOM: f32 = 1.5;
/// Time constant of a mirror that follows a seated or small person: so slow that the crop does not seem to move.
const FOLLOW: f32 = 1.2;
/// A face of less than this part of the frame's height is too far away, one of more than that too near.
const FAR: f32 = 0.13;
const NEAR: f32 = 0.86;
/// Its middle is too far out where it lies within this part of the frame's width or height from an edge.
const SIDE_EDGE: f32 = 0.14;
const LEVEL_EDGE: f32 = 0.12;
/// A hint is shown only when it has been true for this long.
const HINT_AFTER: Duration = Duration::from_millis(1200);

/// A face's middle and height in the frame, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaceBox {
    /// Middle of its landmarks.
    pub centre: [f32; 2],
    /// From forehead to chin.
    pub height: f32,
}

impl FaceBox {
    /// Part of the shown height that a face should fill.
    pub const PART: f32 = FACE;

    /// Around a face's landmarks.
    pub fn of(face: &FittedFace) -> Self {
        let around = bounds_px(face);
        Self { centre: around.center().into(), height: around.height() }
    }
}

/// Around a face's landmarks, in the picture's pixels.
pub fn bounds_px(face: &FittedFace) -> Rect {
    let mut around = Rect::NOTHING;
    for point in face.landmarks_px.iter() {
        around.extend_with(pos2(point.x, point.y));
    }
    around
}

/// Follows the leading face.
#[derive(Debug, Default)]
pub struct Framer {
    /// Middle of what is shown, and its height, in parts of the frame.
    shown: Option<[f32; 3]>,
    last: Duration,
    hint: Option<(Framing, Duration)>,
}

impl Framer {
    /// Forgets the crop.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// What is to be shown next is shown at once, not approached.
    pub fn jump(&mut self) {
        self.shown = None;
    }

    /// The part of the frame to show in a region of this shape (width over height).
    pub fn crop(&mut self, frame: [f32; 2], shape: f32, face: Option<FaceBox>, mirror: bool, now: Duration) -> CropPx {
        // A little less than the frame: rounding must not leave a column of the region empty.
        let most = frame[1].min(frame[0] / shape) * 0.9995;
        let zoom = if mirror { MIRROR_ZOOM } else { MODEL_ZOOM };
        let wanted = match face {
            Some(face) => {
                let height = (face.height / FACE).clamp(most / zoom, most);
                [face.centre[0] / frame[0], (face.centre[1] + (0.5 - LEVEL) * height) / frame[1], height / frame[1]]
            }
            None => self.shown.unwrap_or([0.5, 0.5, most / frame[1]]),
        };
        let passed = now.saturating_sub(self.last).as_secs_f32();
        self.last = now;
        let step = if mirror { 1.0 - (-passed / FOLLOW).exp() } else { 1.0 };
        let shown = match self.shown {
            Some(shown) => [0, 1, 2].map(|axis| shown[axis] + (wanted[axis] - shown[axis]) * step),
            None => wanted,
        };
        self.shown = Some(shown);
        let height = (shown[2] * frame[1]).min(most);
        let width = height * shape;
        let left = (shown[0] * frame[0] - width / 2.0).clamp(0.0, (frame[0] - width).max(0.0));
        let top = (shown[1] * frame[1] - height / 2.0).clamp(0.0, (frame[1] - height).max(0.0));
        // Whole numbers are the pixels' centres there: the frame begins half a pixel before the first.
        let (left, top) = (left - 0.5, top - 0.5);
        CropPx { min: [left, top].into(), max: [left + width, top + height].into() }
    }

    /// The hint to show, if one has applied for long enough. `frame` in pixels; a mirrored picture swaps left and
    /// right.
    pub fn hint(&mut self, frame: [f32; 2], face: Option<FaceBox>, now: Duration) -> Option<Framing> {
        let found = match face {
            None => Some(Framing::Nobody),
            Some(face) => {
                let [x, y] = [face.centre[0] / frame[0], face.centre[1] / frame[1]];
                let size = face.height / frame[1];
                match () {
                    () if size < FAR => Some(Framing::Closer),
                    () if size > NEAR => Some(Framing::Back),
                    // The picture is mirrored: the frame's left is at her screen's right.
                    () if x < SIDE_EDGE => Some(Framing::Left),
                    () if x > 1.0 - SIDE_EDGE => Some(Framing::Right),
                    () if y < LEVEL_EDGE => Some(Framing::Lower),
                    () if y > 1.0 - LEVEL_EDGE => Some(Framing::Higher),
                    () => None,
                }
            }
        };
        let Some(found) = found else {
            self.hint = None;
            return None;
        };
        let since = match self.hint {
            Some((same, since)) if same == found => since,
            _ => now,
        };
        self.hint = Some((found, since));
        (now.saturating_sub(since) >= HINT_AFTER).then_some(found)
    }

    /// When a hint that is true now will be shown.
    pub fn next_hint(&self) -> Option<Duration> {
        self.hint.map(|(_, since)| since + HINT_AFTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: [f32; 2] = [1280.0, 720.0];

    fn close(crop: CropPx, shape: f32) {
        let size = crop.max - crop.min;
        assert!((size.x / size.y - shape).abs() < 1e-3, "{crop:?}");
        assert!(crop.min.min_element() >= -0.501 && crop.max.x <= 1279.51 && crop.max.y <= 719.51, "{crop:?}");
    }

    #[test]
    fn a_model_fills_the_region_and_stays_inside_the_picture() {
        for (shape, centre) in [(0.8, [200.0, 300.0]), (1.6, [1270.0, 10.0]), (0.4, [640.0, 700.0])] {
            let face = FaceBox { centre, height: 180.0 };
            close(Framer::default().crop(FRAME, shape, Some(face), false, Duration::ZERO), shape);
        }
    }

    #[test]
    fn a_mirror_follows_slowly_and_keeps_still_without_a_face() {
        let mut framer = Framer::default();
        let left = FaceBox { centre: [500.0, 360.0], height: 250.0 };
        let right = FaceBox { centre: [800.0, 360.0], height: 250.0 };
        let at = |crop: CropPx| crop.min.x;
        let first = at(framer.crop(FRAME, 0.8, Some(left), true, Duration::ZERO));
        let next = at(framer.crop(FRAME, 0.8, Some(right), true, Duration::from_millis(33)));
        assert!(next > first && next - first < 20.0, "{first} {next}");
        let gone = at(framer.crop(FRAME, 0.8, None, true, Duration::from_millis(66)));
        assert!((gone - next).abs() < 1e-3);
    }

    #[test]
    fn in_another_window_a_mirror_is_at_its_place_at_once() {
        let face = Some(FaceBox { centre: [640.0, 360.0], height: 250.0 });
        let wanted = Framer::default().crop(FRAME, 0.6, face, true, Duration::ZERO);
        let mut framer = Framer::default();
        // A slit of a window shows a slit of the picture.
        let slit = framer.crop(FRAME, 40.0, face, true, Duration::ZERO);
        assert!((slit.max - slit.min).y < 33.0, "{slit:?}");
        framer.jump();
        let crop = framer.crop(FRAME, 0.6, face, true, Duration::from_millis(500));
        assert_eq!(crop, wanted);
    }

    #[test]
    fn hints_wait_and_say_the_way_in_the_mirror() {
        let mut framer = Framer::default();
        let far = Some(FaceBox { centre: [640.0, 360.0], height: 60.0 });
        assert_eq!(framer.hint(FRAME, far, Duration::ZERO), None);
        assert_eq!(framer.hint(FRAME, far, Duration::from_secs(2)), Some(Framing::Closer));
        let side = Some(FaceBox { centre: [60.0, 360.0], height: 260.0 });
        assert_eq!(framer.hint(FRAME, side, Duration::from_secs(3)), None);
        assert_eq!(framer.hint(FRAME, side, Duration::from_secs(5)), Some(Framing::Left));
        assert_eq!(framer.hint(FRAME, None, Duration::from_secs(6)), None);
    }
}
