#import shared/reflection

// Most of the skin's own reflection stays, with a soft, broad lobe.
fn finish_satin() -> Reflection {
    return Reflection(0.85, 0.025, 0.0, 0.0, 0.0, vec3f(1.0));
}
