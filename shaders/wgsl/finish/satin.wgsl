#import shared/lighting
#import shared/surface

// Creamy: the skin's own reflection and a soft, broad lobe.
fn finish_satin(surface: Surface) -> f32 {
    let glow = lobe(surface.normal, surface.key_direction, 16.0);
    return surface.specular + 0.05 * surface.key * surface.detail * glow;
}
