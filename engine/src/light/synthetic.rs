//! Flat synthetic faces for this station's tests.

use carmine_models::CanonicalFace;
use carmine_shaders::cpu::srgb_from_linear;
use glam::{EulerRot, Mat3, Vec2, Vec3};

use super::{Light, LightEstimator};
use crate::face::{Camera, FaceFitter, FaceId, Faces, FittedFace, Landmarks, TrackedFace, rings};
use crate::frame::{Frame, PixelFormat};
use crate::polygon;

pub const WIDTH: usize = 640;
pub const HEIGHT: usize = 480;

/// The canonical face, 30 cm away, turned by `yaw_deg` to its left, as the fitter sees it, with round irises.
pub fn face(yaw_deg: f32) -> FittedFace {
    let canonical = CanonicalFace::embedded().unwrap();
    let rotation = Mat3::from_euler(EulerRot::YXZ, yaw_deg.to_radians(), 0.0, 0.0);
    let (width, height) = (WIDTH as f32, HEIGHT as f32);
    let focal = height / 2.0 / (Camera::default().vertical_fov_rad / 2.0).tan();
    let mut landmarks_px = Landmarks::default();
    for (point, vertex) in landmarks_px.iter_mut().zip(&canonical.vertices_cm) {
        let camera = rotation * Vec3::from(*vertex) + Vec3::new(0.0, 0.0, -30.0);
        let scale = focal / -camera.z;
        *point = Vec3::new(
            camera.x * scale + width / 2.0,
            height / 2.0 - camera.y * scale,
            (-camera.z - 30.0) * focal / 30.0,
        );
    }
    for (eye, iris) in [(rings::RIGHT_EYE, rings::RIGHT_IRIS), (rings::LEFT_EYE, rings::LEFT_IRIS)] {
        let middle = eye.iter().map(|&i| landmarks_px[usize::from(i)]).sum::<Vec3>() / 16.0;
        let radius = 0.21 * landmarks_px[usize::from(eye[0])].distance(landmarks_px[usize::from(eye[8])]);
        let rim = [Vec3::ZERO, Vec3::X, Vec3::NEG_Y, Vec3::NEG_X, Vec3::Y];
        for (&index, offset) in iris.iter().zip(rim) {
            landmarks_px[usize::from(index)] = middle + offset * radius;
        }
    }
    let tracked = TrackedFace { id: FaceId(1), presence: 1.0, landmarks_px };
    let faces = Faces { faces: vec![tracked], ..Default::default() };
    FaceFitter::new().unwrap().fit(&faces, WIDTH as u32, HEIGHT as u32, &Camera::default())[0].clone()
}

/// A picture of linear colours.
pub struct Picture(pub Vec<Vec3>);

impl Picture {
    pub fn flat(colour: Vec3) -> Self {
        Self(vec![colour; WIDTH * HEIGHT])
    }

    /// The mesh of `face` over what is there, each point of it lit by `shade` of its normal.
    pub fn shaded(mut self, face: &FittedFace, skin: Vec3, shade: impl Fn(Vec3) -> f32) -> Self {
        let canonical = CanonicalFace::embedded().unwrap();
        let mut depth = vec![f32::MAX; WIDTH * HEIGHT];
        for corners in canonical.triangles {
            let points = corners.map(|i| face.landmarks_px[usize::from(i)]);
            let normals = corners.map(|i| face.normals_camera[usize::from(i)]);
            let [a, b, c] = points.map(Vec3::truncate);
            let area = (b - a).perp_dot(c - a);
            if area >= 0.0 {
                continue;
            }
            for y in a.y.min(b.y).min(c.y).ceil().max(0.0) as usize..=(a.y.max(b.y).max(c.y) as usize).min(HEIGHT - 1) {
                for x in
                    a.x.min(b.x).min(c.x).ceil().max(0.0) as usize..=(a.x.max(b.x).max(c.x) as usize).min(WIDTH - 1)
                {
                    let at = Vec2::new(x as f32, y as f32) - a;
                    let (u, v) = (at.perp_dot(c - a) / area, (b - a).perp_dot(at) / area);
                    let z = points[0].z * (1.0 - u - v) + points[1].z * u + points[2].z * v;
                    if u >= -1e-3 && v >= -1e-3 && u + v <= 1.001 && z < depth[y * WIDTH + x] {
                        depth[y * WIDTH + x] = z;
                        let normal = normals[0] * (1.0 - u - v) + normals[1] * u + normals[2] * v;
                        self.0[y * WIDTH + x] = skin * shade(normal.normalize_or_zero());
                    }
                }
            }
        }
        self
    }

    /// Another colour inside a polygon of landmarks.
    pub fn painted(mut self, face: &FittedFace, ring: &[u16], colour: Vec3) -> Self {
        let outline: Vec<Vec2> = ring.iter().map(|&i| face.landmarks_px[usize::from(i)].truncate()).collect();
        self.each(|at, pixel| {
            if polygon::contains(&outline, at) {
                *pixel = colour;
            }
        });
        self
    }

    pub fn each(&mut self, mut change: impl FnMut(Vec2, &mut Vec3)) {
        for (index, pixel) in self.0.iter_mut().enumerate() {
            change(Vec2::new((index % WIDTH) as f32, (index / WIDTH) as f32), pixel);
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let byte = |colour: &Vec3| (srgb_from_linear(*colour) * 255.0 + 0.5).to_array().map(|value| value as u8);
        self.0.iter().flat_map(byte).collect()
    }

    /// What an estimator makes of it.
    pub fn light(&self, mut estimator: LightEstimator, face: &FittedFace) -> Light {
        let bytes = self.bytes();
        let frame = Frame::new(&bytes, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
        estimator.estimate(&frame, std::slice::from_ref(face)).clone()
    }
}
