#import shared/surface

// Powdery: an eighth of the skin's own reflection is left, and of strong highlights less, for powder scatters them.
fn finish_matte(surface: Surface) -> f32 {
    return 0.12 * surface.specular / (1.0 + 4.0 * surface.specular);
}
