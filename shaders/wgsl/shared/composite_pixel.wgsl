// Composites one pixel of a face: the camera's colour wearing a stack of coats.
//
// In:  the G-buffer's sample, the coats on it, mean colour and shading of the bare skin there, the camera picture.
// Out: the target's colour; discarded where nothing is worn or something hides the face, so that the frame pass's
//      stays.
//
// 1. Bare or hidden pixels are discarded.
// 2. The pixel and its neighbourhood are decoded and taken from the room's light into neutral light; clipped channels
//    of blown-out skin are restored (shared/lighting).
// 3. Flakes at this place of the face may glint (shared/flakes).
// 4. Skin and coats are put together in light (shared/composite), as far as nothing hides them.
// 5. Back into the room's light, encoded as the target wants it.
#import shared/colour
#import shared/charts
#import shared/composite
#import shared/flakes
#import shared/composite_inputs

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
    let rect_px = scene.faces[in.face].skin_rect_px;
    let at = (in.uv * view.frame_size_px - 0.5 - rect_px.xy) / rect_px.zw;
    return textureSampleLevel(skin_maps, linear_sampler, at, in.face, 0.0);
}

// `zone`: mean colour and shading of what is bare; `tilt`: x and y of the normal; `hair`: how far the pixel's darkness
// is its own colour, as that of hair is, and not shade.
fn composite_pixel(
    in: Varying, texel: GBufferSample, worn: Coat, zone: vec4f, tilt: vec2f, hair: f32,
) -> vec4f {
    let shows = 1.0 - textureSampleLevel(occlusion, linear_sampler, texel.uv, in.face, 0.0).r;
    let nothing = worn.keep >= 0.999 && all(worn.film.transmittance >= vec3f(0.999));
    // A bare pixel stays exactly what the frame pass drew.
    if nothing || shows <= 0.0 {
        discard;
    }
    let face = scene.faces[in.face];
    let normal = vec3f(tilt, sqrt(max(1.0 - dot(tilt, tilt), 0.0)));
    let half_way = half_vector(face.key_direction);
    let surface = worn.surface;
    let cells = local_cells(face.flake_cells, face.flake_blend, texel.uv_per_px);
    let glints = face.flake_strength
        * sparkle(texel.uv, cells, face.flake_blend, surface.flakes, surface.coarse, normal, half_way);
    // Half a pixel aside on either side: together they cancel a checkerboard, the finest grain there is.
    let step = 0.5 / view.frame_size_px;
    let encoded_around = 0.5 * (frame_at(in.uv + step) + frame_at(in.uv - step));
    let encoded = frame_at(in.uv);
    let pixel = scene.neutral_from_room * linear_from_srgb(encoded);
    let mean = mix(zone.rgb, min(pixel, zone.rgb), hair);
    let seen_mean = scene.room_from_neutral * mean;
    let around = scene.neutral_from_room * linear_from_srgb_roughly(encoded_around);
    let whole = unclipped(pixel, encoded, mean, seen_mean);
    let whole_around = unclipped(around, encoded_around, mean, seen_mean);
    let skin = Skin(mean, zone.a, normal, half_way, face.key_strength * zone.a, glints);
    let linear = scene.room_from_neutral * mix(pixel, composite(whole, whole_around, skin, worn), shows);
    if view.target_encodes_srgb == 1u {
        return vec4f(clamp(linear, vec3f(0.0), vec3f(1.0)), 1.0);
    }
    return vec4f(srgb_from_linear(linear), 1.0);
}
