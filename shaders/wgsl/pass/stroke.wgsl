// G-buffer, third target: lashes.
//
// In:  strips around the strokes of the lashes, with each corner's distance from the stroke's middle line.
// Out: the part of each pixel that lashes cover, 0–1; blended so that crossing lashes do not add up to more than 1.
//
// 1. Corners go to the G-buffer's clip space, at the depth that the engine gave them.
// 2. A stroke's cover is its profile under a box one pixel wide; thinner than a pixel, it covers at most its own width.
#import shared/view

@group(0) @binding(0) var<uniform> view: ViewUniforms;

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
    var position = gbuffer_from_clip(view, clip_from_frame_px(view, in.position_px));
    position.z = in.depth;
    return Varying(position, in.across_px, in.half_width_px, in.visibility);
}

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let most = min(1.0, 2.0 * in.half_width_px);
    let coverage = clamp(in.half_width_px + 0.5 - abs(in.across_px), 0.0, most) * in.visibility;
    return vec4f(coverage);
}
