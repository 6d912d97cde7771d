// Taking a camera pixel apart, and lobes of light. All colours linear, in neutral light, whose white is 1, 1, 1.
//
// In:  a pixel, the mean of its neighbourhood, the mean colour of the bare zone around it.
// Out: `Parts`: how bright the diffuse surface is relative to the mean, and how much light the surface mirrors.
//
// 1. Dichromatic model (Shafer 1985): colour ≈ detail · mean + specular · white, by least squares.
// 2. A penalty and a soft knee on `specular`, which is at most what stands above the mean.
// 3. `detail` is what explains the rest of the pixel along the mean colour.
//
// Before that, `unclipped` restores the channels of blown-out skin.
//
// The lobe is Blinn's (1977).
#import shared/colour

struct Parts {
    // Diffuse level relative to the local mean colour.
    detail: f32,
    // Light mirrored by the surface, in units of white.
    specular: f32,
}

// Brighter than this is not the zone's relief but skin beyond its edge.
const DETAIL_MAX = 1.25;

// A pixel whose clipped channels are as bright as the bare zone's own colour makes them beside its best channel: they
// would else be taken for a paler surface, grey beneath a product. Only where the zone itself is so bright that it
// clips: elsewhere a clipped pixel is a highlight, and stays. `encoded` and `seen_mean`: pixel and mean as the camera shows
// them, sRGB-encoded and linear.
fn unclipped(pixel: vec3f, encoded: vec3f, mean: vec3f, seen_mean: vec3f) -> vec3f {
    let clipped = smoothstep(vec3f(0.95), vec3f(0.99), encoded) * smoothstep(vec3f(0.8), vec3f(1.0), seen_mean);
    let ratio = pixel / max(mean, vec3f(1e-3));
    let level = min(max(ratio.r, max(ratio.g, ratio.b)), DETAIL_MAX);
    return mix(pixel, max(pixel, mean * level), clipped);
}

// The penalty: if the mean is as neutral as the light, nothing counts as a reflection. The knee: a pale patch counts as
// pigment. The limit: a clipped highlight, whose colour is lost, would otherwise leave a grey hole where a powder
// removes it. Reflections are estimated from `around`, the pixel's neighbourhood, so that grain is not taken for
// glints.
fn parts(pixel: vec3f, around: vec3f, mean: vec3f) -> Parts {
    const RIDGE = 0.05;
    const KNEE = 0.44;
    let mm = max(dot(mean, mean), 1e-6);
    let mw = max(mean.r + mean.g + mean.b, 1e-3);
    let fit = (mm * (around.r + around.g + around.b) - mw * dot(around, mean)) / (mm * 3.0 * (1.0 + RIDGE) - mw * mw);
    let reflected = max(fit, 0.0);
    let above = (dot(around, mean) - mm) / mw;
    let specular = min(reflected * reflected / (reflected + KNEE * luminance(mean) + 1e-4), max(above, 0.0));
    let detail = (dot(pixel, mean) - specular * mw) / mm;
    return Parts(clamp(detail, 0.0, DETAIL_MAX), specular);
}

// Half-way between the light and a viewer at +z, camera space.
fn half_vector(light_direction: vec3f) -> vec3f {
    return normalize(light_direction + vec3f(0.0, 0.0, 1.0));
}

fn lobe(normal: vec3f, half_vector: vec3f, exponent: f32) -> f32 {
    return pow(max(dot(normal, half_vector), 0.0), exponent);
}
