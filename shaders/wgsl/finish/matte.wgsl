#import shared/surface

// Powdery: a fifth of the skin's own reflection is left.
fn finish_matte(surface: Surface) -> f32 {
    return 0.2 * surface.specular;
}
