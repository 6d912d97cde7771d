// A coat's surface reflection: a finish's numbers, scaled by coverage.

struct Reflection {
    // The bare skin's own reflection is scaled by this.
    gain: f32,
    // A broad and a tight lobe round the key light's mirror image.
    soft: f32,
    sharp: f32,
    // How dense flakes lie, 0–1, and how coarse they are, 0–1.
    flakes: f32,
    coarse: f32,
    // Linear colour that all of it takes.
    tint: vec3f,
}
