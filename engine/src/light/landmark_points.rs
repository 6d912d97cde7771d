//! Landmarks as points of the picture.

use glam::Vec2;

use crate::face::{FittedFace, rings};

/// One landmark, in `frame_px`.
pub(super) fn point_px(face: &FittedFace, landmark: u16) -> Vec2 {
    face.landmarks_px[usize::from(landmark)].truncate()
}

/// A ring or row of landmarks, in `frame_px`.
pub(super) fn points_px<const N: usize>(face: &FittedFace, landmarks: &[u16; N]) -> [Vec2; N] {
    landmarks.map(|landmark| point_px(face, landmark))
}

/// Every landmark, in `frame_px`.
pub(super) fn all_points_px(face: &FittedFace) -> impl Iterator<Item = Vec2> {
    face.landmarks_px.iter().map(|point| point.truncate())
}

/// An eye's opening and its iris, in `frame_px`.
#[derive(Clone, Copy, Debug)]
pub(super) struct EyeContour {
    /// The lids' rims, all around.
    pub opening: [Vec2; 16],
    pub iris_centre: Vec2,
    pub iris_radius: f32,
}

impl EyeContour {
    /// Of the person's right and left eye.
    pub fn both(face: &FittedFace) -> [Self; 2] {
        [(&rings::RIGHT_EYE, rings::RIGHT_IRIS), (&rings::LEFT_EYE, rings::LEFT_IRIS)].map(|(lids, iris)| {
            let [iris_centre, rim @ ..] = points_px(face, &iris);
            let iris_radius = rim.iter().map(|point| point.distance(iris_centre)).sum::<f32>() / 4.0;
            Self { opening: points_px(face, lids), iris_centre, iris_radius }
        })
    }

    /// From the outer corner to the inner one.
    pub fn across(&self) -> Vec2 {
        self.opening[8] - self.opening[0]
    }

    /// From the middle of the upper lid to that of the lower one.
    pub fn down(&self) -> Vec2 {
        self.opening[4] - self.opening[12]
    }
}
