// Downsamples the film atlas to half its size: a smaller mip level for faces that are shown small.
//
// In:  the four textures of one mip level of the atlas.
// Out: the next level: what a pixel shows that sees four texels of this one.
//
// 1. Each texel is the mean of 2×2. Light passes a film twice, so transmittances are averaged as squares; tints are
//    stored as square roots, so they are squared for the mean too.
// 2. Packed as the bake pass packs it.

@group(0) @binding(0) var film_reflectance: texture_2d<f32>;
@group(0) @binding(1) var film_transmittance: texture_2d<f32>;
@group(0) @binding(2) var film_surface: texture_2d<f32>;
@group(0) @binding(3) var film_tint: texture_2d<f32>;

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

// As the bake pass writes them.
struct Texel {
    @location(0) reflectance: vec4f,
    @location(1) transmittance: vec4f,
    @location(2) surface: vec4f,
    @location(3) tint: vec4f,
}

@fragment
fn fragment_main(@builtin(position) position: vec4f) -> Texel {
    let first = vec2u(position.xy) * 2u;
    var mean = Texel(vec4f(0.0), vec4f(0.0), vec4f(0.0), vec4f(0.0));
    for (var corner = 0u; corner < 4u; corner++) {
        let at = first + vec2u(corner & 1u, corner >> 1u);
        let transmittance = textureLoad(film_transmittance, at, 0);
        let tint = textureLoad(film_tint, at, 0);
        mean.reflectance += 0.25 * textureLoad(film_reflectance, at, 0);
        mean.transmittance += 0.25 * vec4f(transmittance.rgb * transmittance.rgb, transmittance.a);
        mean.surface += 0.25 * textureLoad(film_surface, at, 0);
        mean.tint += 0.25 * vec4f(tint.rgb * tint.rgb, tint.a);
    }
    return Texel(
        mean.reflectance,
        vec4f(sqrt(mean.transmittance.rgb), mean.transmittance.a),
        mean.surface,
        vec4f(sqrt(mean.tint.rgb), mean.tint.a),
    );
}
