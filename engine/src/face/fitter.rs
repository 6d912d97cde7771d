//! Station 3 (fit): metric pose and mesh from landmarks.
//!
//! In: a face's landmarks, the frame's size, the camera's field of view. Out: `camera_from_face` in centimetres, the
//! mesh, its normals and its visibility.
//!
//! 1. Landmarks are projected onto the near plane of a camera that looks along −z, y up.
//! 2. A weighted Procrustes fit of the canonical face to them, under weak perspective, gives a first scale.
//! 3. With that scale they are unprojected to metric points; a second fit corrects it.
//! 4. With the product of both they are unprojected again, and a third fit gives the pose.
//! 5. The mesh in face space is the pose's inverse times the metric points.
//!
//! The metric scale comes from the canonical face's size. The method, its weights and the default camera are those of
//! MediaPipe's face geometry module (`libs/geometry_pipeline`).

use carmine_models::CanonicalFace;
use glam::{DVec3, Mat4, Vec3};

use super::procrustes::{self, Similarity, WeightedPair};
use super::{Camera, FaceError, FaceId, Faces, Landmarks, MESH_VERTEX_COUNT, TrackedFace, mesh};
use crate::zeroize;

/// A face with its metric pose and surface. `clone_from` reuses the memory that is there.
#[derive(Debug)]
pub struct FittedFace {
    /// Its identity.
    pub id: FaceId,
    /// Probability (0–1) that this is a face.
    pub presence: f32,
    /// 478 points in `frame_px`.
    pub landmarks_px: Landmarks,
    /// Pose: face space to camera space, centimetres; the scale is close to 1.
    pub camera_from_face: Mat4,
    /// 468 vertices in face space, centimetres.
    pub mesh_face_cm: Box<[Vec3; MESH_VERTEX_COUNT]>,
    /// Unit normals of those vertices in camera space.
    pub normals_camera: Box<[Vec3; MESH_VERTEX_COUNT]>,
    /// How much of each vertex the camera sees, by its normal: 1 facing, 0 edge-on or turned away.
    pub visibility: Box<[f32; MESH_VERTEX_COUNT]>,
}

impl Clone for FittedFace {
    fn clone(&self) -> Self {
        let mut copy = Self::blank();
        copy.clone_from(self);
        copy
    }

    fn clone_from(&mut self, source: &Self) {
        let Self { id, presence, landmarks_px, camera_from_face, mesh_face_cm, normals_camera, visibility } = self;
        (*id, *presence, *camera_from_face) = (source.id, source.presence, source.camera_from_face);
        landmarks_px.copy_from_slice(&source.landmarks_px[..]);
        mesh_face_cm.copy_from_slice(&source.mesh_face_cm[..]);
        normals_camera.copy_from_slice(&source.normals_camera[..]);
        visibility.copy_from_slice(&source.visibility[..]);
    }
}

impl FittedFace {
    pub(crate) fn blank() -> Self {
        Self {
            id: FaceId(0),
            presence: 0.0,
            landmarks_px: Landmarks::default(),
            camera_from_face: Mat4::IDENTITY,
            mesh_face_cm: Box::new([Vec3::ZERO; MESH_VERTEX_COUNT]),
            normals_camera: Box::new([Vec3::Z; MESH_VERTEX_COUNT]),
            visibility: Box::new([0.0; MESH_VERTEX_COUNT]),
        }
    }

    pub(crate) fn zeroize(&mut self) {
        let Self { id, presence, landmarks_px, camera_from_face, mesh_face_cm, normals_camera, visibility } = self;
        landmarks_px.zeroize();
        zeroize::overwrite(&mut mesh_face_cm[..], Vec3::ZERO);
        zeroize::overwrite(&mut normals_camera[..], Vec3::ZERO);
        zeroize::overwrite(&mut visibility[..], 0.0);
        (*id, *presence, *camera_from_face) = (FaceId(0), 0.0, Mat4::ZERO);
    }
}

/// A vertex that the pose is fitted by.
#[derive(Debug)]
struct BasisVertex {
    index: usize,
    canonical_cm: DVec3,
    weight: f64,
}

/// Station 3: metric pose and mesh from landmarks.
#[derive(Debug)]
pub struct FaceFitter {
    basis: Vec<BasisVertex>,
    triangles: Vec<[u16; 3]>,
    fitted: Vec<FittedFace>,
    spare: Vec<FittedFace>,
}

impl FaceFitter {
    /// With the embedded canonical face.
    pub fn new() -> Result<Self, FaceError> {
        let canonical = CanonicalFace::embedded()?;
        let basis = canonical.procrustes_weights.iter().map(|vertex| {
            let index = usize::from(vertex.landmark);
            let canonical_cm = Vec3::from(canonical.vertices_cm[index]).as_dvec3();
            BasisVertex { index, canonical_cm, weight: f64::from(vertex.weight) }
        });
        Ok(Self { basis: basis.collect(), triangles: canonical.triangles, fitted: Vec::new(), spare: Vec::new() })
    }

    /// Overwrites every face that was fitted, in place.
    pub fn zeroize(&mut self) {
        self.spare.append(&mut self.fitted);
        self.spare.iter_mut().for_each(FittedFace::zeroize);
    }

    /// Fits every face of a frame of `width_px`×`height_px`. A face that cannot be fitted (degenerate points) is left
    /// out.
    ///
    /// Borrowed until the next call.
    pub fn fit(&mut self, faces: &Faces, width_px: u32, height_px: u32, camera: &Camera) -> &[FittedFace] {
        self.spare.append(&mut self.fitted);
        for face in &faces.faces {
            let mut fitted = self.spare.pop().unwrap_or_else(FittedFace::blank);
            let found = self.fit_one(face, width_px, height_px, camera, &mut fitted);
            if found.is_some() { &mut self.fitted } else { &mut self.spare }.push(fitted);
        }
        &self.fitted
    }

    /// What the last [`fit`](Self::fit) gave.
    pub fn fitted(&self) -> &[FittedFace] {
        &self.fitted
    }

    fn fit_one(&self, face: &TrackedFace, width: u32, height: u32, camera: &Camera, to: &mut FittedFace) -> Option<()> {
        let near_per_px = 2.0 * (f64::from(camera.vertical_fov_rad) / 2.0).tan() / f64::from(height);
        if !near_per_px.is_finite() || near_per_px <= 0.0 {
            return None;
        }
        let mut points = [DVec3::ZERO; MESH_VERTEX_COUNT];
        let centre_px = DVec3::new(f64::from(width), f64::from(height), 0.0) / 2.0;
        for (to, from) in points.iter_mut().zip(face.landmarks_px.iter()) {
            *to = (from.as_dvec3() - centre_px) * DVec3::new(1.0, -1.0, 1.0) * near_per_px;
        }
        let (pose, unprojection) = self.solve_pose(&points)?;
        for (vertex, near) in to.mesh_face_cm.iter_mut().zip(points) {
            *vertex = pose.inverse_transform(unprojection.metric(near)).as_vec3();
        }
        let rotation = pose.rotation.as_mat3();
        to.camera_from_face = Mat4::from_mat3_translation(rotation * pose.scale as f32, pose.translation.as_vec3());
        mesh::normals(&to.mesh_face_cm, &self.triangles, rotation, &mut to.normals_camera);
        let surface = to.mesh_face_cm.iter().zip(to.normals_camera.iter());
        for (seen, (&vertex, &normal)) in to.visibility.iter_mut().zip(surface) {
            *seen = mesh::visibility(to.camera_from_face.transform_point3(vertex), normal);
        }
        (to.id, to.presence) = (face.id, face.presence);
        to.landmarks_px.copy_from_slice(&face.landmarks_px[..]);
        (to.camera_from_face.is_finite() && to.mesh_face_cm.iter().all(|vertex| vertex.is_finite())).then_some(())
    }

    /// The pose of a face whose points lie on the near plane (1 cm away, y up; z relative and in x's scale, smaller is
    /// nearer), and how they are unprojected.
    fn solve_pose(&self, near: &[DVec3; MESH_VERTEX_COUNT]) -> Option<(Similarity, Unprojection)> {
        let mean_depth = near.iter().map(|point| point.z).sum::<f64>() / MESH_VERTEX_COUNT as f64;
        let fit = |metric: &dyn Fn(DVec3) -> DVec3| {
            procrustes::fit(self.basis.iter().map(|vertex| WeightedPair {
                source: vertex.canonical_cm,
                target: metric(near[vertex.index]),
                weight: vertex.weight,
            }))
        };
        // Unprojecting needs a scale, so the first estimate assumes a weak perspective.
        let first = fit(&|point| point * DVec3::new(1.0, 1.0, -1.0))?.scale;
        let guess = Unprojection { mean_depth, scale: first };
        let unprojection = Unprojection { mean_depth, scale: first * fit(&|point| guess.metric(point))?.scale };
        Some((fit(&|point| unprojection.metric(point))?, unprojection))
    }
}

/// Brings near-plane points of one face into camera space.
struct Unprojection {
    /// Mean of the face's relative depths.
    mean_depth: f64,
    /// Near-plane units per centimetre.
    scale: f64,
}

impl Unprojection {
    fn metric(&self, near: DVec3) -> DVec3 {
        let distance = (near.z - self.mean_depth + 1.0) / self.scale;
        DVec3::new(near.x * distance, near.y * distance, -distance)
    }
}

#[cfg(test)]
impl FaceFitter {
    /// Asserts that nothing of any face is left.
    pub(super) fn check_blank(&self) {
        assert!(self.fitted.is_empty() && !self.spare.is_empty());
        for face in &self.spare {
            let points = [&face.mesh_face_cm[..], &face.normals_camera[..], &face.landmarks_px[..]].concat();
            assert!(points.iter().all(|point| *point == Vec3::ZERO) && face.visibility.iter().all(|&seen| seen == 0.0));
            assert_eq!(face.camera_from_face, Mat4::ZERO);
        }
    }
}
