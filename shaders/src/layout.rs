//! Rust twins of the structs in `wgsl/shared/face.wgsl`, `wgsl/shared/layers.wgsl`, `wgsl/shared/view.wgsl` and of the meshes' vertices.
//! `tests/layout.rs` compares every offset with what naga computes.

use bytemuck::{Pod, Zeroable};
use glam::{Vec2, Vec3, Vec4};

/// Layers of product that one look can have.
pub const MAX_LAYERS: usize = 24;
/// Points of a face's outline.
pub const OUTLINE_POINTS: usize = 24;
/// Faces drawn at once.
pub const MAX_FACES: usize = 8;

/// One layer's optics.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct Layer {
    /// Kubelka–Munk absorption over scattering, per linear RGB channel, > 0.
    pub k_over_s: Vec3,
    /// Thickness of one coat as `film` takes it, ≥ 0: S·X for a colour that nothing absorbs.
    pub scattering_thickness: f32,
    /// Linear colour of reflections that the product tints and of its flakes, 0–1.
    pub tint: Vec3,
    /// 0 matte, 1 satin, 2 cream, 3 gloss, 4 metallic, 5 shimmer, 6 glitter, 7 sheer.
    pub finish: u32,
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
pub struct Layers {
    /// How many of `layers` are worn.
    pub count: u32,
    /// Zero.
    pub padding: [u32; 3],
    /// First next to the skin.
    pub layers: [Layer; MAX_LAYERS],
}

/// One face's light.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct Face {
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
    /// Size of the film atlas for what lies along curves: 0 its own, 1 half of it, and so on.
    pub curve_level: f32,
    /// How bright flakes flash, 0–1: from afar, each is only part of what a pixel sees.
    pub flake_strength: f32,
}

/// Every face of a frame.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct Faces {
    /// Columns of the matrix from linear RGB as the room shows it to the same under D65.
    pub neutral_from_room: [Vec4; 3],
    /// Its inverse.
    pub room_from_neutral: [Vec4; 3],
    /// In the order of the scene.
    pub faces: [Face; MAX_FACES],
}

/// Where the frame lands in the target.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct View {
    /// Target clip position = frame uv · scale + offset.
    pub clip_from_uv_scale: Vec2,
    /// See `clip_from_uv_scale`.
    pub clip_from_uv_offset: Vec2,
    /// Buffer clip position = target clip position · scale + offset.
    pub buffer_from_clip_scale: Vec2,
    /// See `buffer_from_clip_scale`.
    pub buffer_from_clip_offset: Vec2,
    /// Of the charts' buffers, in texels.
    pub buffer_size: Vec2,
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
    /// Signed distance from the stroke's middle line in pixels; the strip is at least half a pixel wider than the stroke
    /// on either side.
    pub across_px: f32,
    /// Half the stroke's width in pixels, > 0; may be less than half a pixel.
    pub half_width_px: f32,
}
