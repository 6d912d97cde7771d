//! How the bust stands before the camera, and the pinhole camera itself: at the origin of camera space, looking along
//! −z.

use glam::{Mat3, Vec3};

/// How the head is turned: degrees, the nose to the picture's right and up being positive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pose {
    /// About the vertical.
    pub yaw_deg: f32,
    /// Nodding.
    pub pitch_deg: f32,
}

/// The picture of a pinhole camera: its size. The field of view is always the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Width of the picture, px.
    pub width: u32,
    /// Height of the picture, px.
    pub height: u32,
}

/// From the camera to the middle of the head.
const DISTANCE_CM: f32 = 60.0;
/// The head's middle above the optical axis.
const RAISED_CM: f32 = 1.2;
/// What the head turns about: near the neck, so that the face stays in the picture.
const PIVOT_CM: Vec3 = Vec3::new(0.0, -1.0, -2.0);

impl Pose {
    pub(crate) fn rotation(self) -> Mat3 {
        Mat3::from_rotation_x(-self.pitch_deg.to_radians()) * Mat3::from_rotation_y(self.yaw_deg.to_radians())
    }

    /// Face space to camera space, cm.
    pub(crate) fn camera_from_face(self, point_face: Vec3) -> Vec3 {
        self.rotation() * (point_face - PIVOT_CM) + Vec3::new(0.0, RAISED_CM, -DISTANCE_CM)
    }
}

impl Viewport {
    /// Vertical field of view.
    pub const VERTICAL_FOV_RAD: f32 = 0.66;

    /// Camera space to `frame_px` and the distance along the axis, cm.
    pub(crate) fn project(self, point_camera: Vec3) -> Vec3 {
        let depth = -point_camera.z;
        let focal_px = self.height as f32 / 2.0 / (Self::VERTICAL_FOV_RAD / 2.0).tan();
        let (x, y) = (point_camera.x / depth * focal_px, -point_camera.y / depth * focal_px);
        Vec3::new(x + self.width as f32 / 2.0 - 0.5, y + self.height as f32 / 2.0 - 0.5, depth)
    }
}
