#import shared/reflection

// Metal pigment: broad, strong reflections in the product's own colour.
fn finish_metallic(tint: vec3f) -> Reflection {
    return Reflection(1.1, 0.55, 0.06, 0.0, 0.0, tint);
}
