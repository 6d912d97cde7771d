//! What crosses to the GPU as plain bytes: twins of the structs in `wgsl/shared/scene_uniforms.wgsl`,
//! `look_uniforms.wgsl` and `view.wgsl`, and the vertices of the meshes. `tests/validation.rs` compares every offset
//! with what naga computes; the engine does the same for the vertices' attributes.

use bytemuck::{Pod, Zeroable};
use glam::{Vec2, Vec3, Vec4};

/// Layers of product that one look can have.
pub const MAX_LAYERS: usize = 24;
/// Points of a face's outline.
pub const OUTLINE_POINTS: usize = 24;
/// Faces drawn at once.
pub const MAX_FACES: usize = 8;

/// One layer's optics and finish.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct LayerUniforms {
    /// Kubelka–Munk absorption over scattering, per linear RGB channel, > 0.
    pub k_over_s: Vec3,
    /// Thickness of one coat as `film` takes it, ≥ 0: S·X for a colour that nothing absorbs.
    pub scattering_thickness: f32,
    /// Linear colour that the surface's reflections take, and its flakes, 0–1.
    pub tint: Vec3,
    /// The bare skin's own reflection is scaled by this, ≥ 0.
    pub gain: f32,
    /// Strength of a broad lobe round the key light's mirror image, ≥ 0.
    pub soft: f32,
    /// Strength of a tight one, ≥ 0.
    pub sharp: f32,
    /// How dense flakes lie, 0–1.
    pub flakes: f32,
    /// How coarse they are, 0–1.
    pub coarse: f32,
    /// Coats.
    pub amount: f32,
    /// [`Chart::shader_id`](crate::Chart::shader_id).
    pub chart: u32,
    /// How far a full coat evens out the skin's fine relief, 0–1.
    pub even: f32,
    /// How far its flakes are too fine to be seen one by one, 0–1.
    pub fine: f32,
}

/// A look's layers, the first next to the skin.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct LookUniforms {
    /// How many of `layers` are worn.
    pub count: u32,
    /// Zero.
    pub padding: [u32; 3],
    /// First next to the skin.
    pub layers: [LayerUniforms; MAX_LAYERS],
}

/// One face's places and light.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct FaceUniforms {
    /// A convex outline of the face's mesh in `frame_px`, two points each.
    pub outline_px: [Vec4; OUTLINE_POINTS / 2],
    /// The mouth, the right eye with its brow, the left ones: min x, min y, width, height in `frame_px`.
    pub feature_rects_px: [Vec4; 3],
    /// What the map of bare skin covers: min x, min y, width, height in `frame_px`.
    pub skin_rect_px: Vec4,
    /// The same for the bare lips.
    pub lips_rect_px: Vec4,
    /// Linear mean colour of the bare irises, right and left, in neutral light.
    pub irises: [Vec4; 2],
    /// Unit vector towards the key light, camera space.
    pub key_direction: Vec3,
    /// Key light over all light, 0–1.
    pub key_strength: f32,
    /// Cells of the finest flakes per unit of canonical uv: a power of two.
    pub flake_cells: f32,
    /// How far the next coarser flakes are mixed in, 0–1.
    pub flake_blend: f32,
    /// Mip level of the film atlas for what lies along curves.
    pub curve_level: f32,
    /// How bright flakes flash, 0–1: from afar, each is only part of what a pixel sees.
    pub flake_strength: f32,
}

/// Every face of a scene, and the light of its room.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct SceneUniforms {
    /// Columns of the matrix from linear RGB as the room shows it to the same under D65.
    pub neutral_from_room: [Vec4; 3],
    /// Its inverse.
    pub room_from_neutral: [Vec4; 3],
    /// In the order of the scene.
    pub faces: [FaceUniforms; MAX_FACES],
}

/// Where the frame lands in the target.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct ViewUniforms {
    /// Target clip position = frame uv · scale + offset.
    pub clip_from_uv_scale: Vec2,
    /// See `clip_from_uv_scale`.
    pub clip_from_uv_offset: Vec2,
    /// Clip position in the G-buffer = target clip position · scale + offset.
    pub gbuffer_from_clip_scale: Vec2,
    /// See `gbuffer_from_clip_scale`.
    pub gbuffer_from_clip_offset: Vec2,
    /// Of the G-buffer, in texels.
    pub gbuffer_size: Vec2,
    /// Upright frame size.
    pub frame_size_px: Vec2,
    /// Smallest and largest frame uv that are shown.
    pub shown_uv: Vec4,
    /// Smallest and largest frame uv where make-up is drawn.
    pub worn_uv: Vec4,
    /// 1 where the target encodes sRGB itself, else 0.
    pub target_encodes_srgb: u32,
    /// Zero.
    pub padding: [u32; 3],
}

/// A corner of a chart's mesh on one face.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct ChartVertex {
    /// In `frame_px`.
    pub position_px: Vec2,
    /// As the builders write it: in the x's scale of `frame_px`, as the landmarks' z, smaller is nearer. As the shaders
    /// read it: 0 nearest to 1 farthest.
    pub depth_px: f32,
    /// How much the camera sees of it, 0–1.
    pub visibility: f32,
    /// In the units of the chart.
    pub chart_position: Vec2,
    /// From the two edges where the chart ends, in widths of the edge's soft rim: 0 at the edge, 1 and more inside.
    pub edge_distance: Vec2,
    /// Need not be of unit length.
    pub normal_camera: Vec3,
    /// [`Chart::shader_id`](crate::Chart::shader_id); the shaders read the face's number times 256 added to it.
    pub chart: u32,
}

/// A corner of a lash's strip.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct StrokeVertex {
    /// In `frame_px`.
    pub position_px: Vec2,
    /// As in [`ChartVertex`].
    pub depth_px: f32,
    /// How much the camera sees of it, 0–1.
    pub visibility: f32,
    /// Signed distance from the stroke's middle line in pixels; the strip is at least half a pixel wider than the
    /// stroke on either side.
    pub across_px: f32,
    /// Half the stroke's width in pixels, > 0; may be less than half a pixel.
    pub half_width_px: f32,
}
