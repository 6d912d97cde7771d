// sRGB transfer functions (IEC 61966-2-1) and luminance (Rec. 709 primaries).

fn linear_from_srgb(encoded: vec3f) -> vec3f {
    let low = encoded / 12.92;
    let high = pow((max(encoded, vec3f(0.0)) + 0.055) / 1.055, vec3f(2.4));
    return select(high, low, encoded <= vec3f(0.04045));
}

// The same within 0.002, without powers: for what is only averaged or compared.
fn linear_from_srgb_roughly(encoded: vec3f) -> vec3f {
    return encoded * (encoded * (encoded * 0.305306011 + 0.682171111) + 0.012522878);
}

fn srgb_from_linear(linear: vec3f) -> vec3f {
    let value = clamp(linear, vec3f(0.0), vec3f(1.0));
    let low = value * 12.92;
    let high = 1.055 * pow(value, vec3f(1.0 / 2.4)) - 0.055;
    return select(high, low, value <= vec3f(0.0031308));
}

fn luminance(linear: vec3f) -> f32 {
    return dot(linear, vec3f(0.2126, 0.7152, 0.0722));
}
