// The products of one face over the camera picture, in the light of the room.
#import shared/colour
#import shared/composite
#import shared/view

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var frame_texture: texture_2d<f32>;
@group(0) @binding(2) var linear_sampler: sampler;
@group(0) @binding(3) var<uniform> faces: Faces;
@group(0) @binding(4) var mask_texture: texture_2d<f32>;
// One square map per face, below each other: linear mean colour of the bare zone, shading.
@group(0) @binding(5) var zone_maps: texture_2d<f32>;

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) uv: vec2f,
    @location(1) @interpolate(flat) face: u32,
}

@vertex
fn vertex_main(@builtin(vertex_index) index: u32, @builtin(instance_index) face: u32) -> Varying {
    let rect_px = faces.faces[face].draw_rect_px;
    let uv = (rect_px.xy + corner(index) * rect_px.zw + 0.5) / view.frame_size_px;
    return Varying(clip_from_uv(view, uv), uv, face);
}

fn zone_at(face: u32, position_px: vec2f) -> vec4f {
    let rect_px = faces.faces[face].map_rect_px;
    let side = f32(ZONE_MAP_SIDE);
    let texel = clamp((position_px - rect_px.xy) / rect_px.zw * side - 0.5, vec2f(0.0), vec2f(side - 1.0));
    let low = vec2u(texel);
    let high = min(low + 1u, vec2u(ZONE_MAP_SIDE - 1u));
    let part = texel - vec2f(low);
    let row = face * ZONE_MAP_SIDE;
    let top = mix(
        textureLoad(zone_maps, vec2u(low.x, row + low.y), 0),
        textureLoad(zone_maps, vec2u(high.x, row + low.y), 0),
        part.x,
    );
    let bottom = mix(
        textureLoad(zone_maps, vec2u(low.x, row + high.y), 0),
        textureLoad(zone_maps, vec2u(high.x, row + high.y), 0),
        part.x,
    );
    return mix(top, bottom, part.y);
}

fn frame_at(uv: vec2f) -> vec3f {
    return linear_from_srgb(textureSampleLevel(frame_texture, linear_sampler, uv, 0.0).rgb);
}

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let mask = textureSampleLevel(mask_texture, linear_sampler, in.uv, 0.0);
    // A bare pixel stays exactly what the frame pass drew.
    if mask.a <= 0.0 {
        discard;
    }
    let pixel = frame_at(in.uv);
    let step = 1.0 / view.frame_size_px;
    let beside = frame_at(in.uv + vec2f(step.x, 0.0)) + frame_at(in.uv - vec2f(step.x, 0.0))
        + frame_at(in.uv + vec2f(0.0, step.y)) + frame_at(in.uv - vec2f(0.0, step.y));
    // Weights that cancel a checkerboard, the finest grain there is.
    let around = 0.5 * pixel + 0.125 * beside;
    let zone = zone_at(in.face, in.uv * view.frame_size_px - 0.5);
    let linear = composite(pixel, around, mask, zone, faces.faces[in.face]);
    if view.target_encodes_srgb == 1u {
        return vec4f(clamp(linear, vec3f(0.0), vec3f(1.0)), 1.0);
    }
    return vec4f(srgb_from_linear(linear), 1.0);
}
