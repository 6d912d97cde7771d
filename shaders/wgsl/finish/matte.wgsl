#import shared/reflection

// Powdery: an eighth of the skin's own reflection is left.
fn finish_matte() -> Reflection {
    return Reflection(0.12, 0.0, 0.0, 0.0, 0.0, vec3f(1.0));
}
