// Lashes: how much of each pixel they cover.
#import shared/view

@group(0) @binding(0) var<uniform> view: View;

struct Vertex {
    @location(0) position_px: vec2f,
    @location(1) depth: f32,
    @location(2) visibility: f32,
    @location(3) across_px: f32,
    @location(4) half_width_px: f32,
}

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) across_px: f32,
    @location(1) half_width_px: f32,
    @location(2) visibility: f32,
}

@vertex
fn vertex_main(in: Vertex) -> Varying {
    var position = buffer_from_clip(view, clip_from_frame_px(view, in.position_px));
    position.z = in.depth;
    return Varying(position, in.across_px, in.half_width_px, in.visibility);
}

// A stroke's profile under a pixel-wide box.
@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let most = min(1.0, 2.0 * in.half_width_px);
    let coverage = clamp(in.half_width_px + 0.5 - abs(in.across_px), 0.0, most) * in.visibility;
    return vec4f(coverage);
}
