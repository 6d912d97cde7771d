//! A face's skin once the light on it is fitted: the input of its maps and its tone.

use super::skin_colour::SkinColour;
use crate::face::MESH_VERTEX_COUNT;

/// What one vertex is expected to show, by the light on the whole face.
#[derive(Clone, Copy, Debug)]
pub(super) struct VertexShading {
    /// Luminance of bare skin over the median of what is seen.
    pub expected: f32,
    /// The specular part of it, linear luminance.
    pub specular: f32,
    /// What a white, matte surface shows there, over one that faces the camera.
    pub irradiance: f32,
}

/// Of every vertex of the face's mesh.
pub(super) type FaceShading = [VertexShading; MESH_VERTEX_COUNT];

/// A face with enough visible skin.
#[derive(Clone, Copy, Debug)]
pub(super) struct FaceSkin {
    pub colour: SkinColour,
    /// Diffuse luminance of skin that faces the camera.
    pub facing_luminance: f32,
}

/// How a map over a face is updated by a new frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct MapUpdate {
    /// What a white surface shows whose shading is 1 on that map, linear luminance.
    pub exposure: f32,
    /// The part of what the map held that stays, 0–1.
    pub kept: f32,
}
