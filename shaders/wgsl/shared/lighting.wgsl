// Taking a camera pixel apart: diffuse detail and surface reflection.
#import shared/colour

struct Parts {
    // Diffuse level relative to the local mean colour.
    detail: f32,
    // Light mirrored by the surface, in units of the room's white.
    specular: f32,
}

// Brighter than this is not the zone's relief but skin beyond its edge.
const DETAIL_MAX = 1.25;

// The dichromatic model: colour ≈ detail · mean + specular · white, by least squares with a penalty on `specular`,
// so that where the mean is as neutral as the light nothing is called a reflection, and a threshold, so that a pale
// patch is taken for pigment. Reflections come from `around`, the pixel's neighbourhood: grain is no glint.
fn parts(pixel: vec3f, around: vec3f, mean: vec3f, white: vec3f) -> Parts {
    const RIDGE = 0.05;
    const THRESHOLD = 0.22;
    let mm = max(dot(mean, mean), 1e-6);
    let ww = dot(white, white) * (1.0 + RIDGE);
    let mw = dot(mean, white);
    let reflected = (mm * dot(around, white) - mw * dot(around, mean)) / (mm * ww - mw * mw);
    let specular = max(reflected - THRESHOLD * luminance(mean), 0.0);
    let detail = (dot(pixel, mean) - specular * mw) / mm;
    return Parts(clamp(detail, 0.0, DETAIL_MAX), specular);
}

// Blinn's half-vector lobe for a viewer at +z.
fn lobe(normal: vec3f, light_direction: vec3f, exponent: f32) -> f32 {
    let half_vector = normalize(light_direction + vec3f(0.0, 0.0, 1.0));
    return pow(max(dot(normal, half_vector), 0.0), exponent);
}
