// Bakes a look: all its layers laid over each other, once per change of the look.
//
// In:  the look's layers (optics and finish), one mask tile per layer (thickness, 1 is one coat).
// Out: one film per texel of the atlas, in the four textures of `Texel`.
//
// 1. An instance per chart covers that chart's tile of the atlas.
// 2. Per texel, from the skin outwards: every layer of this chart becomes a coat as thick as its mask says there ...
// 3. ... and is laid over those below it (shared/coat).
// 4. The stack is packed; shared/composite_pixel unpacks it.
#import shared/charts
#import shared/coat

@group(0) @binding(0) var<uniform> look: LookUniforms;
// One tile per layer, from the first texel.
@group(0) @binding(1) var masks: texture_2d_array<f32>;

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) @interpolate(flat) chart: u32,
}

@vertex
fn vertex_main(@builtin(vertex_index) index: u32, @builtin(instance_index) chart: u32) -> Varying {
    let x = f32(index == 1u || index == 2u || index == 4u);
    let y = f32(index == 2u || index == 4u || index == 5u);
    let tile = chart_tile(chart);
    let uv = (tile.xy + vec2f(x, y) * tile.zw) / ATLAS_SIZE;
    return Varying(vec4f(uv.x * 2.0 - 1.0, 1.0 - uv.y * 2.0, 0.0, 1.0), chart);
}

struct Texel {
    // Reflectance, evening.
    @location(0) reflectance: vec4f,
    // Transmittance, what is kept of the surface below.
    @location(1) transmittance: vec4f,
    // Half the gain, soft, sharp, flakes.
    @location(2) surface: vec4f,
    // Square roots of the tint, coarse.
    @location(3) tint: vec4f,
}

@fragment
fn fragment_main(in: Varying) -> Texel {
    let texel = vec2u(in.position.xy - chart_tile(in.chart).xy);
    var worn = bare();
    for (var index = 0u; index < look.count; index++) {
        let layer = look.layers[index];
        if layer.chart == in.chart {
            let thickness = textureLoad(masks, texel, index, 0).r * layer.amount;
            worn = coat_over(coat(layer, thickness), worn);
        }
    }
    return Texel(
        vec4f(worn.film.reflectance, worn.even),
        vec4f(worn.film.transmittance, worn.keep),
        vec4f(worn.surface.gain * 0.5, worn.surface.soft, worn.surface.sharp, worn.surface.flakes),
        vec4f(sqrt(worn.surface.tint), worn.surface.coarse),
    );
}
