// Reflectance model of worn skin. All colours linear, in neutral light, whose white is 1, 1, 1.
//
// In:  the camera's pixel and its neighbourhood, the bare skin's mean colour and shading there, normal and half vector,
//      brightness of the key light, the coats worn.
// Out: the pixel as the camera would see it worn.
//
// 1. The pixel is taken apart into diffuse detail and surface reflection (shared/lighting: dichromatic model, Shafer
//    1985).
// 2. The bare albedo is mean / shading; the films are laid over it (shared/kubelka_munk).
// 3. It is lit again by shading and detail; coats that even the skin take detail away.
// 4. Added: the bare reflection as far as coats leave or strengthen it, Blinn's lobes of the key light, flakes.
// 5. Added: what the model could not explain of the camera's colour, as far as the films let it through.
#import shared/coat
#import shared/lighting

// Least and most of the light that a bare surface reflects: keeps Kubelka–Munk away from its poles.
const ALBEDO_MIN = 0.01;
const ALBEDO_MAX = 0.95;
// A broad lobe also gathers this part of the key light from all over the room.
const ROOM = 0.1;
const SOFT_EXPONENT = 7.0;
const SHARP_EXPONENT = 80.0;
// At a reflection of this part of white, half of the unexplained colour is attributed to the highlight.
const GLEAM = 0.06;

struct Skin {
    // Mean colour of the bare zone around the pixel, and what a white surface would show there.
    mean: vec3f,
    shading: f32,
    normal: vec3f,
    half_vector: vec3f,
    // Brightness of the key light's mirror image, in units of white.
    key: f32,
    // Of the flakes at this pixel, about 0–1.
    sparkle: f32,
}

// `around`: the pixel averaged with its neighbours.
fn composite(pixel: vec3f, around: vec3f, skin: Skin, worn: Coat) -> vec3f {
    let light = max(skin.shading, 1e-3);
    let split = parts(pixel, around, skin.mean);
    let albedo = clamp(skin.mean / light, vec3f(ALBEDO_MIN), vec3f(ALBEDO_MAX));

    let detail = mix(split.detail, 1.0, worn.even);
    let diffuse = over(worn.film, albedo) * light * detail;
    let relief = detail * detail * detail;
    let lobes = worn.surface.soft * detail * (ROOM + lobe(skin.normal, skin.half_vector, SOFT_EXPONENT))
        + worn.surface.sharp * relief * lobe(skin.normal, skin.half_vector, SHARP_EXPONENT);
    let mirrored = (worn.keep + worn.surface.gain) * split.specular + skin.key * (lobes + skin.sparkle);
    let tint = vec3f(worn.keep) + worn.surface.tint;

    // Colour that the model cannot explain lies under the layers: it is seen as far as they transmit it. The grain of
    // skin and camera is in `detail`, which is kept, so that an opaque coat does not look pasted.
    let through = worn.film.transmittance * worn.film.transmittance;
    let unexplained = pixel - albedo * light * split.detail - vec3f(split.specular);
    // A highlight's own error of colour, by clipping or the room's light, is scaled with the highlight.
    let gleam = split.specular / (split.specular + GLEAM * light);
    let remains = 1.0 - gleam * max(1.0 - worn.keep - worn.surface.gain, 0.0);
    return diffuse + unexplained * through * remains + tint * mirrored;
}
