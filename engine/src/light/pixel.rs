//! Nearest-neighbour sampling of a frame. Places outside of it take its nearest pixel.

use glam::{Vec2, Vec3};

use crate::frame::Frame;
use crate::srgb;

/// Linear colour of the pixel at a place.
pub(super) fn linear_at(frame: &Frame<'_>, position_px: Vec2) -> Vec3 {
    srgb::linear(rgb_at(frame, position_px))
}

/// The same, as 8-bit sRGB.
pub(super) fn rgb_at(frame: &Frame<'_>, position_px: Vec2) -> [u8; 3] {
    let x = position_px.x.round().clamp(0.0, (frame.width() - 1) as f32) as u32;
    let y = position_px.y.round().clamp(0.0, (frame.height() - 1) as f32) as u32;
    frame.rgb_at(x, y)
}

/// Whether a place lies between the centres of the frame's outermost pixels.
pub(super) fn is_inside(frame: &Frame<'_>, position_px: Vec2) -> bool {
    Vec2::ZERO.cmple(position_px).all()
        && position_px.x <= (frame.width() - 1) as f32
        && position_px.y <= (frame.height() - 1) as f32
}

/// Offsets of a 3×3 neighbourhood, row by row.
pub(super) const NEIGHBOURHOOD: [Vec2; 9] = [
    Vec2::new(-1.0, -1.0),
    Vec2::new(0.0, -1.0),
    Vec2::new(1.0, -1.0),
    Vec2::new(-1.0, 0.0),
    Vec2::ZERO,
    Vec2::new(1.0, 0.0),
    Vec2::new(-1.0, 1.0),
    Vec2::new(0.0, 1.0),
    Vec2::new(1.0, 1.0),
];
