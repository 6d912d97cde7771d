#import shared/reflection

// Powdery: a sixth of the skin's own reflection is left.
fn finish_matte() -> Reflection {
    return Reflection(0.18, 0.0, 0.0, 0.0, 0.0, vec3f(1.0));
}
