//! Rust twins of the structs in `wgsl/shared/face.wgsl`, `wgsl/shared/view.wgsl` and of the mask pass's vertex.
//! `tests/layout.rs` compares every offset with what naga computes.

use bytemuck::{Pod, Zeroable};
use glam::{Vec2, Vec3, Vec4};

/// Layers of product that one face can wear in one zone.
pub const MAX_LAYERS: usize = 8;
/// Faces drawn at once.
pub const MAX_FACES: usize = 8;
/// Side of the square map of a zone's mean colour and shading, in texels.
pub const ZONE_MAP_SIDE: usize = 32;

/// One layer's optics.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct Layer {
    /// Kubelka–Munk absorption over scattering, per linear RGB channel, > 0.
    pub k_over_s: Vec3,
    /// Scattering times thickness of one coat, ≥ 0.
    pub scattering_thickness: f32,
    /// 0 matte, 1 satin, 2 gloss.
    pub finish: u32,
    /// Coats.
    pub amount: f32,
    /// Zero.
    pub padding: Vec2,
}

/// One face's layers and light.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct Face {
    /// The zone's map covers min x, min y, width, height in `frame_px`.
    pub map_rect_px: Vec4,
    /// What is drawn: min x, min y, width, height in `frame_px`.
    pub draw_rect_px: Vec4,
    /// Linear RGB of a white surface, luminance 1.
    pub white: Vec3,
    /// How many of `layers` are worn.
    pub layer_count: u32,
    /// Unit vector towards the key light, camera space.
    pub key_direction: Vec3,
    /// Key light over all light, 0–1.
    pub key_strength: f32,
    /// First next to the skin.
    pub layers: [Layer; MAX_LAYERS],
}

/// Every face of a frame.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct Faces {
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
    /// Upright frame size.
    pub frame_size_px: Vec2,
    /// 1 where the target encodes sRGB itself, else 0.
    pub target_encodes_srgb: u32,
    /// Zero.
    pub padding: u32,
}

/// A corner of a zone's mesh.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct MaskVertex {
    /// In `frame_px`.
    pub position_px: Vec2,
    /// From the outer and the inner edge, in feather widths.
    pub edge_distance: Vec2,
    /// Need not be of unit length.
    pub normal_camera: Vec3,
    /// 0–1.
    pub visibility: f32,
}

/// A corner of a chart's mesh on one face.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
pub struct ChartVertex {
    /// In `frame_px`.
    pub position_px: Vec2,
    /// In the x's scale of `frame_px`, as the landmarks' z: smaller is nearer.
    pub depth_px: f32,
    /// How much the camera sees of it, 0–1.
    pub visibility: f32,
    /// In the units of the chart.
    pub chart_position: Vec2,
    /// From the two edges where the chart ends, in widths of the edge's soft rim: 0 at the edge, 1 and more inside.
    pub edge_distance: Vec2,
    /// Need not be of unit length.
    pub normal_camera: Vec3,
    /// [`Chart::shader_id`](crate::Chart::shader_id).
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
