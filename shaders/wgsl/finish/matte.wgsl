#import shared/surface

// Powdery: an eighth of the skin's own reflection is left.
fn finish_matte(surface: Surface) -> f32 {
    return 0.12 * surface.specular;
}
