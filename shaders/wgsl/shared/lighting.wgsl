// Taking a camera pixel apart: diffuse detail and surface reflection. All colours in neutral light, whose white is 1, 1, 1.
#import shared/colour

struct Parts {
    // Diffuse level relative to the local mean colour.
    detail: f32,
    // Light mirrored by the surface, in units of white.
    specular: f32,
}

// Brighter than this is not the zone's relief but skin beyond its edge.
const DETAIL_MAX = 1.25;

// The dichromatic model: colour ≈ detail · mean + specular · white, by least squares with a penalty on `specular`,
// so that where the mean is as neutral as the light nothing is called a reflection, and a soft knee, so that a pale
// patch is taken for pigment. No more is a reflection than stands above the mean: a clipped highlight, whose colour is
// lost, would else leave a grey hole when a powder takes it away. Reflections come from `around`, the pixel's
// neighbourhood: grain is no glint.
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

// Half-way between the light and a viewer at +z.
fn half_vector(light_direction: vec3f) -> vec3f {
    return normalize(light_direction + vec3f(0.0, 0.0, 1.0));
}

// Blinn's lobe.
fn lobe(normal: vec3f, half_vector: vec3f, exponent: f32) -> f32 {
    return pow(max(dot(normal, half_vector), 0.0), exponent);
}
