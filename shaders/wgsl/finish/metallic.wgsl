#import shared/reflection

// Metal pigment: broad, strong reflections in the product's own colour, grained like foil.
fn finish_metallic(tint: vec3f) -> Reflection {
    return Reflection(1.3, 1.0, 0.4, 0.6, 0.0, tint);
}
