// All that a point of skin wears: a film of pigment and what happens at its surface.
#import shared/kubelka_munk
#import shared/layers
#import shared/reflection
#import finish/matte
#import finish/satin
#import finish/cream
#import finish/gloss
#import finish/metallic
#import finish/shimmer
#import finish/glitter
#import finish/sheer

struct Coat {
    film: Film,
    // Part of what lies below that still shows at the surface; `surface` is added to it.
    keep: f32,
    surface: Reflection,
    // How far fine relief is evened out.
    even: f32,
}

// The broad lobe of flakes that lie as densely as they can and are too fine to be seen one by one.
const FINE_GLOW = 0.3;

fn bare() -> Coat {
    return Coat(Film(vec3f(0.0), vec3f(1.0)), 1.0, Reflection(0.0, 0.0, 0.0, 0.0, 0.0, vec3f(0.0)), 0.0);
}

fn finish_reflection(finish: u32, tint: vec3f) -> Reflection {
    switch finish {
        case 0u: { return finish_matte(); }
        case 1u: { return finish_satin(); }
        case 2u: { return finish_cream(); }
        case 3u: { return finish_gloss(); }
        case 4u: { return finish_metallic(tint); }
        case 5u: { return finish_shimmer(tint); }
        case 6u: { return finish_glitter(tint); }
        default: { return finish_sheer(); }
    }
}

// One layer, `thickness` coats of it.
fn coat(layer: Layer, thickness: f32) -> Coat {
    let film = film(layer.k_over_s, thickness * layer.scattering_thickness);
    let cover = min(thickness, 1.0);
    let own = finish_reflection(layer.finish, layer.tint);
    let surface = Reflection(
        own.gain * cover,
        (own.soft + FINE_GLOW * layer.fine * own.flakes) * cover,
        own.sharp * cover,
        (1.0 - layer.fine) * own.flakes * cover,
        own.coarse * cover,
        own.tint * cover,
    );
    return Coat(film, 1.0 - cover, surface, layer.even * cover);
}

fn surface_over(upper: Reflection, keep: f32, lower: Reflection) -> Reflection {
    return Reflection(
        upper.gain + keep * lower.gain,
        upper.soft + keep * lower.soft,
        upper.sharp + keep * lower.sharp,
        upper.flakes + keep * lower.flakes,
        upper.coarse + keep * lower.coarse,
        upper.tint + keep * lower.tint,
    );
}

fn coat_over(upper: Coat, lower: Coat) -> Coat {
    return Coat(
        stack(upper.film, lower.film),
        upper.keep * lower.keep,
        surface_over(upper.surface, upper.keep, lower.surface),
        1.0 - (1.0 - upper.even) * (1.0 - lower.even),
    );
}

// A coat that covers the part `extent` of a pixel. Light passes twice, so it is the squares that share the area.
fn coat_in_part(whole: Coat, extent: f32) -> Coat {
    let twice = whole.film.transmittance * whole.film.transmittance;
    let film = Film(whole.film.reflectance * extent, sqrt(mix(vec3f(1.0), twice, extent)));
    let own = whole.surface;
    let surface = Reflection(
        own.gain * extent,
        own.soft * extent,
        own.sharp * extent,
        own.flakes * extent,
        own.coarse * extent,
        own.tint * extent,
    );
    return Coat(film, mix(1.0, whole.keep, extent), surface, whole.even * extent);
}
