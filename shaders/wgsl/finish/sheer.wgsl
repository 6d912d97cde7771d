#import shared/reflection

// A stain: the skin's own reflection goes through untouched.
fn finish_sheer() -> Reflection {
    return Reflection(1.0, 0.0, 0.0, 0.0, 0.0, vec3f(1.0));
}
