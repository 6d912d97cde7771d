//! Normals and visibility of the fitted mesh.
//!
//! In: the mesh's vertices and triangles, and its pose. Out: per vertex a unit normal, and how much of it the camera
//! sees.
//!
//! 1. A vertex normal is the mean of its triangles' normals, weighted by area: the cross product of two edges has both.
//! 2. Visibility is a smoothstep of the cosine between normal and view, from 0 edge-on to 1 at 65°.

use glam::{Mat3, Vec3};

use super::MESH_VERTEX_COUNT;

/// Cosine of the angle between normal and view from which on a vertex is seen fully: 65° from facing.
const FULLY_SEEN: f32 = 0.42;

/// Writes unit normals of the mesh's vertices, turned by `rotation`: the mean of the triangles around each,
/// weighted by area. A vertex without area gets the direction out of the face.
pub(super) fn normals(
    mesh: &[Vec3; MESH_VERTEX_COUNT],
    triangles: &[[u16; 3]],
    rotation: Mat3,
    normals: &mut [Vec3; MESH_VERTEX_COUNT],
) {
    normals.fill(Vec3::ZERO);
    for corners in triangles {
        let [a, b, c] = corners.map(|index| mesh[usize::from(index)]);
        let twice_area = (b - a).cross(c - a);
        for &index in corners {
            normals[usize::from(index)] += twice_area;
        }
    }
    for normal in normals {
        *normal = (rotation * normal.normalize_or(Vec3::Z)).normalize_or(Vec3::Z);
    }
}

/// How much the camera (at the origin) sees of a vertex: 0 from edge-on and beyond, 1 from 65° on.
pub(super) fn visibility(position_camera: Vec3, normal_camera: Vec3) -> f32 {
    let to_camera = (-position_camera).normalize_or(Vec3::Z);
    let t = (normal_camera.dot(to_camera) / FULLY_SEEN).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visibility_goes_from_facing_to_edge_on() {
        let at = Vec3::NEG_Z * 50.0;
        let seen = |degrees: f32| visibility(at, Mat3::from_rotation_y(degrees.to_radians()) * Vec3::Z);
        assert_eq!([seen(0.0), seen(60.0), seen(90.1), seen(180.0)], [1.0, 1.0, 0.0, 0.0]);
        assert!((0.2..0.8).contains(&seen(78.0)));
        assert_eq!(visibility(Vec3::ZERO, Vec3::Z), 1.0);
    }
}
