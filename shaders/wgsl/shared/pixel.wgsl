// What the passes that draw over the camera picture share: their bindings, and one pixel's way through them.
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

// A corner of what is drawn of a face.
fn drawn_corner(position_px: vec2f, face: u32) -> Varying {
    let uv = (position_px + 0.5) / view.frame_size_px;
    let clip = clip_from_uv(view, uv);
    let in_buffer = buffer_from_clip(view, clip);
    return Varying(clip, uv, vec2f(in_buffer.x * 0.5 + 0.5, 0.5 - in_buffer.y * 0.5), face);
}

fn bytes(word: u32) -> vec2f {
    return vec2f(f32(word >> 8u), f32(word & 255u)) / 255.0;
}

// As the bake pass packs it.
fn unpack_coat(reflectance: vec4f, transmittance: vec4f, surface: vec4f, tint: vec4f) -> Coat {
    return Coat(
        Film(reflectance.rgb, transmittance.rgb),
        transmittance.a,
        Reflection(surface.r * 2.0, surface.g, surface.b, surface.a, tint.a, tint.rgb * tint.rgb),
        reflectance.a,
    );
}

fn coat_at(uv: vec2f, level: f32) -> Coat {
    let reflectance = textureSampleLevel(film_reflectance, linear_sampler, uv, level);
    let transmittance = textureSampleLevel(film_transmittance, linear_sampler, uv, level);
    let surface = textureSampleLevel(film_surface, linear_sampler, uv, level);
    let tint = textureSampleLevel(film_tint, linear_sampler, uv, level);
    return unpack_coat(reflectance, transmittance, surface, tint);
}

// A single texel, where nothing changes around it.
fn coat_of(texel: vec2u) -> Coat {
    let reflectance = textureLoad(film_reflectance, texel, 0);
    let transmittance = textureLoad(film_transmittance, texel, 0);
    return unpack_coat(reflectance, transmittance, textureLoad(film_surface, texel, 0), textureLoad(film_tint, texel, 0));
}

fn frame_at(uv: vec2f) -> vec3f {
    return textureSampleLevel(frame_texture, linear_sampler, uv, 0.0).rgb;
}

// Where on the face a pixel lies.
struct Place {
    mesh: vec4u,
    // Part of the pixel that curves cover, their chart, and part that lashes cover.
    extent: f32,
    curve: vec4u,
    stroke: f32,
    // How much of the face's surface is seen; none of another face.
    seen: f32,
    uv: vec2f,
    // How much of `uv` a pixel is wide.
    uv_per_px: vec2f,
}

fn place(in: Varying) -> Place {
    let texel = vec2u(in.buffer_uv * view.buffer_size);
    let mesh = textureLoad(mesh_buffer, texel, 0);
    let curve = textureLoad(curve_buffer, texel, 0);
    let stroke = textureLoad(stroke_buffer, texel, 0).r;
    let inside = all(in.uv >= vec2f(0.0)) && all(in.uv <= vec2f(1.0));
    let seen = bytes(mesh.w).x * f32(inside && (mesh.w & 255u) == in.face + 1u);
    let uv = vec2f(mesh.xy) / 65535.0;
    let along_x = dpdx(uv);
    let along_y = dpdy(uv);
    let uv_per_px = sqrt(along_x * along_x + along_y * along_y);
    return Place(mesh, bytes(curve.w).x, curve, stroke, seen, uv, uv_per_px);
}

fn skin_at(in: Varying) -> vec4f {
    let rect_px = faces.faces[in.face].skin_rect_px;
    let at = (in.uv * view.frame_size_px - 0.5 - rect_px.xy) / rect_px.zw;
    return textureSampleLevel(skin_maps, linear_sampler, at, in.face, 0.0);
}

// The pixel wearing `worn`; `zone`: mean colour and shading of what is bare, `tilt`: x and y of the normal, `hair`: how
// far the pixel's darkness is its own colour, as that of hair is, and not shade.
fn wear(in: Varying, at: Place, worn: Coat, zone: vec4f, tilt: vec2f, hair: f32) -> vec4f {
    let shows = 1.0 - textureSampleLevel(occlusion, linear_sampler, at.uv, in.face, 0.0).r;
    let nothing = worn.keep >= 0.999 && all(worn.film.transmittance >= vec3f(0.999));
    // A bare pixel stays exactly what the frame pass drew.
    if nothing || shows <= 0.0 {
        discard;
    }
    let face = faces.faces[in.face];
    let normal = vec3f(tilt, sqrt(max(1.0 - dot(tilt, tilt), 0.0)));
    let half_way = half_vector(face.key_direction);
    var glints = 0.0;
    // A loop, for software adapters run both sides of a branch.
    for (var kind = 0u; kind < faces.flakes; kind++) {
        let surface = worn.surface;
        let cells = local_cells(face.flake_cells, face.flake_blend, at.uv_per_px);
        glints = sparkle(at.uv, cells, face.flake_blend, surface.flakes, surface.coarse, normal, half_way);
    }
    // Half a pixel aside on either side: together they cancel a checkerboard, the finest grain there is.
    let step = 0.5 / view.frame_size_px;
    let around = faces.neutral_from_room
        * linear_from_srgb_roughly(0.5 * (frame_at(in.uv + step) + frame_at(in.uv - step)));
    let pixel = faces.neutral_from_room * linear_from_srgb(frame_at(in.uv));
    let mean = mix(zone.rgb, min(pixel, zone.rgb), hair);
    let skin = Skin(mean, zone.a, normal, half_way, face.key_strength * zone.a, glints);
    let linear = faces.room_from_neutral * mix(pixel, composite(pixel, around, skin, worn), shows);
    if view.target_encodes_srgb == 1u {
        return vec4f(clamp(linear, vec3f(0.0), vec3f(1.0)), 1.0);
    }
    return vec4f(srgb_from_linear(linear), 1.0);
}
