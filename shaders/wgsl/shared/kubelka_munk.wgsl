// Films of pigment, per linear RGB channel (Kubelka & Munk 1931).
//
// In:  absorption over scattering (K/S) and thickness of a layer; films; a backing.
// Out: reflectance and transmittance of one layer or several, and what is seen of them over a backing.
//
// 1. `film`: a layer's reflectance and transmittance in the hyperbolic form of the two-flux equations.
// 2. `stack`: two films with all the light that bounces between them (Kubelka 1954).
// 3. `over`: a film over an opaque backing.

// What one or more layers do to light: reflectance and transmittance.
struct Film {
    reflectance: vec3f,
    transmittance: vec3f,
}

// A layer with absorption over scattering K/S > 0; `thickness` >= 0 is S·X for a colour that nothing absorbs.
//
// Grains extinguish all wavelengths alike, and absorb what they do not scatter. With K = 2(1 − ω)σ and S = ¾ωσ
// (Mudgett & Richards 1971; ω: single-scattering albedo) S is lower where more is absorbed, so that a thin coat of red
// is a red haze, not a white one.
fn film(k_over_s: vec3f, thickness: f32) -> Film {
    let a = 1.0 + k_over_s;
    let b = sqrt(a * a - 1.0);
    let scattering_thickness = thickness / (1.0 + 0.375 * k_over_s);
    // sinh and cosh divided by e^(bSX), so that thick layers do not overflow.
    let e = exp(-b * scattering_thickness);
    let rise = 1.0 - e * e;
    let divisor = a * rise + b * (1.0 + e * e);
    return Film(rise / divisor, 2.0 * b * e / divisor);
}

// `upper` lying on `lower`.
fn stack(upper: Film, lower: Film) -> Film {
    let bounce = 1.0 - upper.reflectance * lower.reflectance;
    let reflectance = upper.reflectance + upper.transmittance * upper.transmittance * lower.reflectance / bounce;
    return Film(reflectance, upper.transmittance * lower.transmittance / bounce);
}

// What is seen of `upper` over an opaque backing.
fn over(upper: Film, backing: vec3f) -> vec3f {
    return upper.reflectance
        + upper.transmittance * upper.transmittance * backing / (1.0 - upper.reflectance * backing);
}
