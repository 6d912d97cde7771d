// Where the frame lands in the target, and how positions get from frame to target to G-buffer. Rust twin of the struct:
// `layout.rs`; a test compares every offset.

struct ViewUniforms {
    // Target clip position = frame uv · scale + offset.
    clip_from_uv_scale: vec2f,
    clip_from_uv_offset: vec2f,
    // The G-buffer covers the draw bounds, a part of the target: its clip position = target clip position · scale +
    // offset.
    gbuffer_from_clip_scale: vec2f,
    gbuffer_from_clip_offset: vec2f,
    gbuffer_size: vec2f,
    frame_size_px: vec2f,
    // Smallest and largest frame uv that are shown.
    shown_uv: vec4f,
    // The same where make-up is drawn.
    worn_uv: vec4f,
    // 1 where the target encodes sRGB itself, else 0.
    target_encodes_srgb: u32,
    padding: u32,
}

fn clip_from_uv(view: ViewUniforms, uv: vec2f) -> vec4f {
    return vec4f(uv * view.clip_from_uv_scale + view.clip_from_uv_offset, 0.0, 1.0);
}

// Whole numbers in frame_px are pixel centres.
fn clip_from_frame_px(view: ViewUniforms, position_px: vec2f) -> vec4f {
    return clip_from_uv(view, (position_px + 0.5) / view.frame_size_px);
}

fn gbuffer_from_clip(view: ViewUniforms, clip: vec4f) -> vec4f {
    return vec4f(clip.xy * view.gbuffer_from_clip_scale + view.gbuffer_from_clip_offset, clip.z, 1.0);
}

// Corner `index` (0–5) of two triangles over the unit square.
fn corner(index: u32) -> vec2f {
    let x = f32(index == 1u || index == 2u || index == 4u);
    let y = f32(index == 2u || index == 4u || index == 5u);
    return vec2f(x, y);
}
