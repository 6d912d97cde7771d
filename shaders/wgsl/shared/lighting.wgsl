// Taking a camera pixel apart: diffuse detail and surface reflection.

struct Parts {
    // Diffuse level relative to the local mean colour.
    detail: f32,
    // Light mirrored by the surface, in units of the room's white.
    specular: f32,
}

// The dichromatic model: pixel ≈ detail · mean + specular · white, by least squares with a penalty on `specular`,
// so that where the mean is as neutral as the light nothing is called a reflection.
fn parts(pixel: vec3f, mean: vec3f, white: vec3f) -> Parts {
    const RIDGE = 0.05;
    let mm = max(dot(mean, mean), 1e-6);
    let ww = dot(white, white) * (1.0 + RIDGE);
    let mw = dot(mean, white);
    let pm = dot(pixel, mean);
    let pw = dot(pixel, white);
    let specular = (mm * pw - mw * pm) / (mm * ww - mw * mw);
    if specular <= 0.0 {
        return Parts(pm / mm, 0.0);
    }
    return Parts(max((pm - specular * mw) / mm, 0.0), specular);
}

// Blinn's half-vector lobe for a viewer at +z.
fn lobe(normal: vec3f, light_direction: vec3f, exponent: f32) -> f32 {
    let half_vector = normalize(light_direction + vec3f(0.0, 0.0, 1.0));
    return pow(max(dot(normal, half_vector), 0.0), exponent);
}
