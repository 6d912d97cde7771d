// What one face wears over the camera picture, in the light of the room.
#import shared/colour
#import shared/charts
#import shared/composite
#import shared/face
#import shared/flakes
#import shared/view

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var frame_texture: texture_2d<f32>;
@group(0) @binding(2) var linear_sampler: sampler;
@group(0) @binding(3) var<uniform> faces: Faces;
// What the mesh, curve and stroke passes drew.
@group(0) @binding(4) var mesh_buffer: texture_2d<u32>;
@group(0) @binding(5) var curve_buffer: texture_2d<u32>;
@group(0) @binding(6) var stroke_buffer: texture_2d<f32>;
// What the bake pass drew.
@group(0) @binding(7) var film_reflectance: texture_2d<f32>;
@group(0) @binding(8) var film_transmittance: texture_2d<f32>;
@group(0) @binding(9) var film_surface: texture_2d<f32>;
@group(0) @binding(10) var film_tint: texture_2d<f32>;
// One per face: mean colour of the bare zone in neutral light, shading.
@group(0) @binding(11) var skin_maps: texture_2d_array<f32>;
@group(0) @binding(12) var lips_maps: texture_2d_array<f32>;
// One per face, over canonical uv: how much something covers the face.
@group(0) @binding(13) var occlusion: texture_2d_array<f32>;

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) uv: vec2f,
    @location(1) buffer_uv: vec2f,
    @location(2) @interpolate(flat) face: u32,
}

@vertex
fn vertex_main(@builtin(vertex_index) index: u32, @builtin(instance_index) face: u32) -> Varying {
    let rect_px = faces.faces[face].draw_rect_px;
    let uv = (rect_px.xy + corner(index) * rect_px.zw + 0.5) / view.frame_size_px;
    let clip = clip_from_uv(view, uv);
    let in_buffer = buffer_from_clip(view, clip);
    return Varying(clip, uv, vec2f(in_buffer.x * 0.5 + 0.5, 0.5 - in_buffer.y * 0.5), face);
}

fn bytes(word: u32) -> vec2f {
    return vec2f(f32(word >> 8u), f32(word & 255u)) / 255.0;
}

fn coat_at(uv: vec2f) -> Coat {
    let reflectance = textureSampleLevel(film_reflectance, linear_sampler, uv, 0.0);
    let transmittance = textureSampleLevel(film_transmittance, linear_sampler, uv, 0.0);
    let surface = textureSampleLevel(film_surface, linear_sampler, uv, 0.0);
    let tint = textureSampleLevel(film_tint, linear_sampler, uv, 0.0);
    return Coat(
        Film(reflectance.rgb, transmittance.rgb),
        transmittance.a,
        Reflection(surface.r * 2.0, surface.g, surface.b, surface.a, tint.a, tint.rgb * tint.rgb),
        reflectance.a,
    );
}

fn frame_at(uv: vec2f) -> vec3f {
    return textureSampleLevel(frame_texture, linear_sampler, uv, 0.0).rgb;
}

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let face = faces.faces[in.face];
    let texel = vec2u(in.buffer_uv * view.buffer_size);
    let mesh = textureLoad(mesh_buffer, texel, 0);
    let curve = textureLoad(curve_buffer, texel, 0);
    let stroke = textureLoad(stroke_buffer, texel, 0).r;
    let seen = bytes(mesh.w).x * f32((mesh.w & 255u) == in.face + 1u);
    let extent = bytes(curve.w).x;
    let chart = curve.w & 255u;
    let face_uv = vec2f(mesh.xy) / 65535.0;

    let below = coat_in_part(coat_at(atlas_uv(CHART_FACE, face_uv)), seen);
    let curved = coat_over(coat_in_part(coat_at(vec2f(curve.xy) / 65535.0), extent), below);
    let worn = coat_over(coat_in_part(coat_at(atlas_uv(CHART_LASHES, vec2f(0.5))), stroke), curved);

    let covered = textureSampleLevel(occlusion, linear_sampler, face_uv, in.face, 0.0).r;
    let shows = 1.0 - covered;
    let nothing = worn.keep >= 0.999 && all(worn.film.transmittance >= vec3f(0.999));
    // A bare pixel stays exactly what the frame pass drew.
    if nothing || shows <= 0.0 || seen <= 0.0 {
        discard;
    }

    let position_px = in.uv * view.frame_size_px - 0.5;
    let skin_uv = (position_px - face.skin_rect_px.xy) / face.skin_rect_px.zw;
    let lips_uv = (position_px - face.lips_rect_px.xy) / face.lips_rect_px.zw;
    var zone = textureSampleLevel(skin_maps, linear_sampler, skin_uv, in.face, 0.0);
    let lips = textureSampleLevel(lips_maps, linear_sampler, lips_uv, in.face, 0.0);
    zone = mix(zone, lips, extent * f32(chart == CHART_LIPS));
    let iris = face.irises[u32(face_uv.x > 0.5)];
    zone = mix(zone, vec4f(iris.rgb, zone.a), extent * f32(chart == CHART_IRIS));

    let tilt = mix(bytes(mesh.z), bytes(curve.z), extent) * 2.0 - 1.0;
    let normal = vec3f(tilt, sqrt(max(1.0 - dot(tilt, tilt), 0.0)));
    let half_way = half_vector(face.key_direction);
    var glints = 0.0;
    // A loop, for software adapters run both sides of a branch.
    for (var kind = 0u; kind < faces.flakes; kind++) {
        let surface = worn.surface;
        glints = sparkle(face_uv, face.flake_cells, face.flake_blend, surface.flakes, surface.coarse, normal, half_way);
    }
    let skin = Skin(zone.rgb, zone.a, normal, half_way, face.key_strength * zone.a, glints);

    // Half a pixel aside on either side: together they cancel a checkerboard, the finest grain there is.
    let step = 0.5 / view.frame_size_px;
    let encoded = frame_at(in.uv);
    let around = faces.neutral_from_room * linear_from_srgb(0.5 * (frame_at(in.uv + step) + frame_at(in.uv - step)));
    let pixel = faces.neutral_from_room * linear_from_srgb(encoded);
    let linear = faces.room_from_neutral * mix(pixel, composite(pixel, around, skin, worn), shows);
    if view.target_encodes_srgb == 1u {
        return vec4f(clamp(linear, vec3f(0.0), vec3f(1.0)), 1.0);
    }
    return vec4f(srgb_from_linear(linear), 1.0);
}
