// A coat: all that a point of skin wears, as a film of pigment and what happens at its surface.
//
// In:  a layer's numbers and its thickness at this point, in coats.
// Out: a `Coat`, alone, over another, or over a part of a pixel.
//
// 1. The film is Kubelka and Munk's (shared/kubelka_munk) of the layer's K/S and thickness.
// 2. The surface is the finish's, as far as one coat covers; flakes too fine to be seen add to the broad lobe instead.
// 3. Over another: films stack; of the lower surface remains what the upper coat does not cover.
#import shared/kubelka_munk
#import shared/look_uniforms
#import shared/reflection

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

// One layer, `thickness` coats of it.
fn coat(layer: LayerUniforms, thickness: f32) -> Coat {
    let film = film(layer.k_over_s, thickness * layer.scattering_thickness);
    let cover = min(thickness, 1.0);
    let surface = Reflection(
        layer.gain * cover,
        (layer.soft + FINE_GLOW * layer.fine * layer.flakes) * cover,
        layer.sharp * cover,
        (1.0 - layer.fine) * layer.flakes * cover,
        layer.coarse * cover,
        layer.tint * cover,
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
