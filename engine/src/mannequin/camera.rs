use glam::{Mat3, Vec3};

/// How the bust is turned: degrees, the nose to the picture's right and up being positive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pose {
    /// About the vertical.
    pub yaw_deg: f32,
    /// Nodding.
    pub pitch_deg: f32,
}

/// A pinhole camera at the origin that looks along −z.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Width of the picture, px.
    pub width: u32,
    /// Height of the picture, px.
    pub height: u32,
}

/// From the camera to the middle of the head.
const DISTANCE_CM: f32 = 60.0;
/// The head's middle above the optical axis.
const RAISED_CM: f32 = 1.2;

impl Pose {
    pub(super) fn rotation(self) -> Mat3 {
        Mat3::from_rotation_x(-self.pitch_deg.to_radians()) * Mat3::from_rotation_y(self.yaw_deg.to_radians())
    }

    /// Face space to camera space, cm.
    pub(super) fn place(self, point_face: Vec3) -> Vec3 {
        // It turns about the neck, so that the face stays in the picture.
        const PIVOT: Vec3 = Vec3::new(0.0, -1.0, -2.0);
        self.rotation() * (point_face - PIVOT) + Vec3::new(0.0, RAISED_CM, -DISTANCE_CM)
    }
}

impl View {
    /// Vertical field of view.
    pub const VERTICAL_FOV_RAD: f32 = 0.66;

    /// Camera space to `frame_px` and the distance along the axis, cm.
    pub(super) fn project(self, point_camera: Vec3) -> Vec3 {
        let depth = -point_camera.z;
        let focal_px = self.height as f32 / 2.0 / (Self::VERTICAL_FOV_RAD / 2.0).tan();
        let (x, y) = (point_camera.x / depth * focal_px, -point_camera.y / depth * focal_px);
        Vec3::new(x + self.width as f32 / 2.0 - 0.5, y + self.height as f32 / 2.0 - 0.5, depth)
    }
}
