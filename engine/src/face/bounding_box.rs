//! Upright bounding boxes and their overlap.

use glam::{Vec2, Vec3};

use super::Landmarks;

/// An upright rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct BoundingBox {
    /// Upper left corner.
    pub min: Vec2,
    /// Lower right corner.
    pub max: Vec2,
}

impl BoundingBox {
    /// The smallest around all landmarks.
    pub(super) fn of_landmarks(landmarks: &Landmarks) -> Self {
        let (min, max) =
            landmarks.iter().fold((Vec3::INFINITY, Vec3::NEG_INFINITY), |(min, max), &p| (min.min(p), max.max(p)));
        Self { min: min.truncate(), max: max.truncate() }
    }

    pub(super) fn centre(&self) -> Vec2 {
        (self.min + self.max) / 2.0
    }

    pub(super) fn longer_side(&self) -> f32 {
        (self.max - self.min).max_element()
    }

    /// Mean of width and height.
    pub(super) fn mean_side(&self) -> f32 {
        (self.max - self.min).element_sum() / 2.0
    }

    /// Intersection over union: 0–1, and 0 for boxes without area.
    pub(super) fn iou(&self, other: &Self) -> f32 {
        let intersection = Self { min: self.min.max(other.min), max: self.max.min(other.max) }.area();
        let union = self.area() + other.area() - intersection;
        if union > 0.0 { intersection / union } else { 0.0 }
    }

    fn area(&self) -> f32 {
        (self.max - self.min).max(Vec2::ZERO).element_product()
    }
}
