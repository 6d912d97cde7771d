#import shared/reflection

// Coarse flakes that flash one by one.
fn finish_glitter(tint: vec3f) -> Reflection {
    return Reflection(0.8, 0.08, 0.0, 0.75, 1.0, tint);
}
