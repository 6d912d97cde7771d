// Draws the camera picture, untouched.
//
// In:  the frame (sRGB-encoded RGBA8), the view.
// Out: the target's colour. Into a target that does not encode sRGB the frame's bytes go as they are.
//
// 1. A quad covers the part of the target where the frame is shown.
// 2. Into a target that encodes sRGB itself, the pixel is decoded first, so that the same bytes arrive.
#import shared/colour
#import shared/view

@group(0) @binding(0) var<uniform> view: ViewUniforms;
@group(0) @binding(1) var frame_texture: texture_2d<f32>;
@group(0) @binding(2) var linear_sampler: sampler;

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) uv: vec2f,
}

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> Varying {
    let uv = mix(view.shown_uv.xy, view.shown_uv.zw, corner(index));
    return Varying(clip_from_uv(view, uv), uv);
}

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let encoded = textureSampleLevel(frame_texture, linear_sampler, in.uv, 0.0).rgb;
    if view.target_encodes_srgb == 1u {
        return vec4f(linear_from_srgb(encoded), 1.0);
    }
    return vec4f(encoded, 1.0);
}
