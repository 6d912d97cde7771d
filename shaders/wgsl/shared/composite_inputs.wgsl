// What the skin and features passes read, and the G-buffer at a pixel.
//
// In:  everything bound for a frame (group 0) and the films of the look that the drawn faces wear (group 1).
// Out: `GBufferSample`: where on which face the pixel lies.
//
// 1. The pixel's texel is loaded from all three targets of the G-buffer.
// 2. It counts as seen only if it belongs to the face being drawn and lies where make-up is shown.
// 3. Screen-space derivatives of the canonical uv tell how much of it the pixel is wide.
#import shared/scene_uniforms
#import shared/view

@group(0) @binding(0) var<uniform> view: ViewUniforms;
@group(0) @binding(1) var frame_texture: texture_2d<f32>;
@group(0) @binding(2) var linear_sampler: sampler;
@group(0) @binding(3) var<uniform> scene: SceneUniforms;
// The G-buffer: what the mesh, curve and stroke passes drew.
@group(0) @binding(4) var gbuffer_mesh: texture_2d<u32>;
@group(0) @binding(5) var gbuffer_curve: texture_2d<u32>;
@group(0) @binding(6) var gbuffer_stroke: texture_2d<f32>;
// One per face: mean colour of the bare zone in neutral light, shading.
@group(0) @binding(7) var skin_maps: texture_2d_array<f32>;
@group(0) @binding(8) var lips_maps: texture_2d_array<f32>;
// One per face, over canonical uv: how much something covers the face.
@group(0) @binding(9) var occlusion: texture_2d_array<f32>;
// What the bake pass drew of the look that the drawn faces wear.
@group(1) @binding(0) var film_reflectance: texture_2d<f32>;
@group(1) @binding(1) var film_transmittance: texture_2d<f32>;
@group(1) @binding(2) var film_surface: texture_2d<f32>;
@group(1) @binding(3) var film_tint: texture_2d<f32>;

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) uv: vec2f,
    @location(1) gbuffer_uv: vec2f,
    @location(2) @interpolate(flat) face: u32,
}

// A corner of what is drawn of a face.
fn drawn_corner(position_px: vec2f, face: u32) -> Varying {
    let uv = (position_px + 0.5) / view.frame_size_px;
    let clip = clip_from_uv(view, uv);
    let in_gbuffer = gbuffer_from_clip(view, clip);
    return Varying(clip, uv, vec2f(in_gbuffer.x * 0.5 + 0.5, 0.5 - in_gbuffer.y * 0.5), face);
}

fn bytes(word: u32) -> vec2f {
    return vec2f(f32(word >> 8u), f32(word & 255u)) / 255.0;
}

struct GBufferSample {
    mesh: vec4u,
    // Part of the pixel that curves cover, their chart, and part that lashes cover.
    extent: f32,
    curve: vec4u,
    stroke: f32,
    // How much of the face's surface is seen; 0 on another face.
    seen: f32,
    uv: vec2f,
    // How much of `uv` a pixel is wide.
    uv_per_px: vec2f,
}

fn read_gbuffer(in: Varying) -> GBufferSample {
    let texel = vec2u(in.gbuffer_uv * view.gbuffer_size);
    let mesh = textureLoad(gbuffer_mesh, texel, 0);
    let curve = textureLoad(gbuffer_curve, texel, 0);
    let stroke = textureLoad(gbuffer_stroke, texel, 0).r;
    let inside = all(in.uv >= view.worn_uv.xy) && all(in.uv <= view.worn_uv.zw);
    let seen = bytes(mesh.w).x * f32(inside && (mesh.w & 255u) == in.face + 1u);
    let uv = vec2f(mesh.xy) / 65535.0;
    let along_x = dpdx(uv);
    let along_y = dpdy(uv);
    let uv_per_px = sqrt(along_x * along_x + along_y * along_y);
    return GBufferSample(mesh, bytes(curve.w).x, curve, stroke, seen, uv, uv_per_px);
}
