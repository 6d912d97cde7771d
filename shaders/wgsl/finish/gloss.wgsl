#import shared/reflection

// Wet: reflections stronger than the skin's, a tight highlight and a faint sheen.
fn finish_gloss() -> Reflection {
    return Reflection(1.7, 0.01, 0.36, 0.0, 0.0, vec3f(1.0));
}
