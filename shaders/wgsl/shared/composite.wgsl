// One pixel: skin, light, layers of product.
#import shared/face
#import shared/kubelka_munk
#import shared/lighting
#import finish/matte
#import finish/satin
#import finish/gloss

// A bare surface reflects at least this and at most that of the light: keeps Kubelka–Munk away from its poles.
const ALBEDO_MIN = 0.01;
const ALBEDO_MAX = 0.95;

fn finish_specular(finish: u32, surface: Surface) -> f32 {
    switch finish {
        case 0u: { return finish_matte(surface); }
        case 1u: { return finish_satin(surface); }
        default: { return finish_gloss(surface); }
    }
}

// `pixel`: linear camera colour; `around`: the same averaged with its neighbours. `mask`: as the mask pass stores it. `zone`: mean colour and shading of the bare zone.
fn composite(pixel: vec3f, around: vec3f, mask: vec4f, zone: vec4f, face: Face) -> vec3f {
    let mean = zone.rgb;
    let light = max(zone.a, 1e-3) * face.white;
    let split = parts(pixel, around, mean, face.white);

    let tilt = mask.gb * 2.0 - 1.0;
    let normal = vec3f(tilt, sqrt(max(1.0 - dot(tilt, tilt), 0.0)));
    let surface = Surface(split.specular, split.detail, normal, face.key_direction, face.key_strength * zone.a);

    var film_stack = Film(vec3f(0.0), vec3f(1.0));
    var specular = split.specular;
    for (var index = 0u; index < face.layer_count; index++) {
        let layer = face.layers[index];
        let thickness = mask.r * layer.amount;
        film_stack = stack(film(layer.k_over_s, thickness * layer.scattering_thickness), film_stack);
        specular = mix(specular, finish_specular(layer.finish, surface), min(thickness, 1.0));
    }

    let albedo = clamp(mean / light, vec3f(ALBEDO_MIN), vec3f(ALBEDO_MAX));
    let diffuse = over(film_stack, albedo) * light * split.detail;
    // Colour that the model cannot explain lies under the layers: it shows as far as they let it through. The grain of
    // skin and camera is in `detail`, which stays, so that an opaque coat does not look pasted.
    let through = film_stack.transmittance * film_stack.transmittance;
    let unexplained = pixel - albedo * light * split.detail - face.white * split.specular;
    return mix(pixel, diffuse + unexplained * through + face.white * specular, mask.a);
}
