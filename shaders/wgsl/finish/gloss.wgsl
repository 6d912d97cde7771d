#import shared/lighting
#import shared/surface

// Wet: reflections stronger than the skin's, a tight highlight broken up by the lips' relief, and a faint sheen.
fn finish_gloss(surface: Surface) -> f32 {
    let relief = surface.detail * surface.detail * surface.detail;
    let highlight = lobe(surface.normal, surface.key_direction, 80.0);
    let sheen = lobe(surface.normal, surface.key_direction, 12.0);
    return 1.8 * surface.specular + surface.key * relief * (0.34 * highlight + 0.05 * sheen);
}
