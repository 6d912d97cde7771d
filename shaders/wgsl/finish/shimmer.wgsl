#import shared/reflection

// Pearl: a soft glow in the flakes' colour, with fine flakes.
fn finish_shimmer(tint: vec3f) -> Reflection {
    return Reflection(0.8, 0.22, 0.0, 0.6, 0.0, tint);
}
