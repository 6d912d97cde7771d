//! A model's face in a square.
//!
//! In: a model and the side of the square. Out: opaque RGBA8 around the face, with hair, chin and a little air.
//!
//! 1. A mannequin is drawn as small as it is shown.
//! 2. Of a built-in photo and of the clip the square is known.
//! 3. A merchant's photo is searched with the face tracker; where no face is found, the middle is cut out, from the
//!    top.

use carmine::face::{FaceTracker, Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine_mannequin::{Attitude, ShopMannequin, Viewport};
use image::RgbaImage;
use image::imageops::{self, FilterType};

use super::{Tryable, TryableSource};
use crate::source::{Picture, SourceError};

/// Side of the square around a found face, in parts of its landmarks' larger extent: hair and chin fit in.
const SQUARE_SIDE: f32 = 1.7;
/// How much of the square lies above the middle of the landmarks, which reach only to the forehead.
const SQUARE_ABOVE: f32 = 0.54;
/// How much of what is cut off a photo without a found face lies above the square.
const PORTRAIT_ABOVE: f32 = 0.25;
/// Height of a mannequin's picture, in parts of its width (7/5): knot and chin fit into the square.
const MANNEQUIN_HEIGHT: [u32; 2] = [7, 5];
/// Top of the square in a mannequin's picture, in parts of the picture's height.
const MANNEQUIN_TOP: f32 = 0.085;
/// The face in the clip: x and side in parts of its width, y of its height.
const CLIP_FACE: Square = Square { x: 0.315, y: 0.20, side: 0.44 };

/// Finds the face in photos whose face is not known beforehand.
pub struct Finder {
    tracker: FaceTracker,
}

/// A square of a picture, in pixels where nothing else is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Square {
    pub x: f32,
    pub y: f32,
    pub side: f32,
}

impl Finder {
    /// Loads the face models, which takes most of a second.
    pub fn new() -> Result<Self, carmine::face::FaceError> {
        Ok(Self {
            tracker: FaceTracker::new(TrackerConfig {
                max_faces: 1,
                sequence: Sequence::Stills,
                ..TrackerConfig::default()
            })?,
        })
    }

    /// The largest face and what belongs to it: hair, chin, a little air.
    pub(super) fn face(&mut self, picture: &Picture) -> Option<Square> {
        let frame = picture.frame().ok()?;
        let face = self.tracker.track(&frame).ok()?.faces.first()?;
        let points = face.landmarks_px.iter().map(|point| point.truncate());
        let (low, high) = points.fold(None, |bounds, point| match bounds {
            None => Some((point, point)),
            Some((low, high)) => Some((point.min(low), point.max(high))),
        })?;
        let (middle, size) = ((low + high) / 2.0, (high - low).max_element());
        let side = size * SQUARE_SIDE;
        Some(Square { x: middle.x - side / 2.0, y: middle.y - side * SQUARE_ABOVE, side })
    }
}

impl Tryable {
    /// Its face in a square of `side_px`, opaque. Built-in models know where their face is; a merchant's photo is
    /// searched where there is a `finder`, and else cut as portraits are: the middle, from the top.
    pub fn thumbnail(&self, side_px: u32, finder: Option<&mut Finder>) -> Result<RgbaImage, SourceError> {
        let side_px = side_px.clamp(1, 2048);
        if let TryableSource::Mannequin { tone, light } = self.source {
            return mannequin(tone, light, side_px);
        }
        let mut picture = Picture::default();
        self.open()?.next_frame(&mut picture)?;
        let (width, height) = (picture.width as f32, picture.height as f32);
        let square = match &self.source {
            TryableSource::Photo(photo) => {
                let [x, y, side] = photo.face.map(|part| part as f32 / 1000.0 * width);
                Square { x, y, side }
            }
            TryableSource::Clip => {
                let Square { x, y, side } = CLIP_FACE;
                Square { x: x * width, y: y * height, side: side * width }
            }
            _ => {
                let side = width.min(height);
                let portrait = Square { x: (width - side) / 2.0, y: (height - side) * PORTRAIT_ABOVE, side };
                finder.and_then(|finder| finder.face(&picture)).unwrap_or(portrait)
            }
        };
        Ok(cut(&picture, square, side_px))
    }
}

/// Drawn as small as it is shown.
fn mannequin(tone: u8, light: carmine_mannequin::StudioLight, side_px: u32) -> Result<RgbaImage, SourceError> {
    let height = side_px * MANNEQUIN_HEIGHT[0] / MANNEQUIN_HEIGHT[1];
    let view = Viewport { width: side_px, height };
    let broken = |error| SourceError::damaged("the built-in mannequin".as_ref(), format!("{error}"));
    let mut drawn = ShopMannequin::new(tone, light, view).map_err(broken)?;
    let mut picture = Picture::default();
    drawn.draw(Attitude::default(), picture.shape(PixelFormat::Rgba8, view.width, view.height));
    let square = Square { x: 0.0, y: height as f32 * MANNEQUIN_TOP, side: side_px as f32 };
    Ok(cut(&picture, square, side_px))
}

/// The square, pushed into the picture, as RGBA.
fn cut(picture: &Picture, square: Square, side_px: u32) -> RgbaImage {
    let (width, height) = (picture.width, picture.height);
    let side = (square.side.round() as u32).clamp(1, width.min(height).max(1));
    let at = |low: f32, room: u32| (low.round().max(0.0) as u32).min(room - side);
    let (x, y) = (at(square.x, width), at(square.y, height));
    let mut rgba = Vec::new();
    if let Ok(frame) = picture.frame() {
        frame.write_rgba(&mut rgba);
    }
    let image = RgbaImage::from_raw(width, height, rgba).unwrap_or_else(|| RgbaImage::new(width, height));
    let part = imageops::crop_imm(&image, x, y, side, side).to_image();
    if side == side_px { part } else { imageops::resize(&part, side_px, side_px, FilterType::CatmullRom) }
}
