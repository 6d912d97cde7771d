#import shared/reflection

// Dewy: a stronger soft lobe and a hint of wetness.
fn finish_cream() -> Reflection {
    return Reflection(0.9, 0.05, 0.02, 0.0, 0.0, vec3f(1.0));
}
