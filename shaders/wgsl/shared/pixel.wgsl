// One pixel's way through the passes that draw over the camera picture.
#import shared/colour
#import shared/charts
#import shared/composite
#import shared/flakes
#import shared/scene

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
    let surface = worn.surface;
    let cells = local_cells(face.flake_cells, face.flake_blend, at.uv_per_px);
    let glints = face.flake_strength
        * sparkle(at.uv, cells, face.flake_blend, surface.flakes, surface.coarse, normal, half_way);
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
