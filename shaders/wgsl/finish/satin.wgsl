#import shared/reflection

// The skin's own reflection stays, with a soft, broad lobe.
fn finish_satin() -> Reflection {
    return Reflection(1.0, 0.05, 0.0, 0.0, 0.0, vec3f(1.0));
}
