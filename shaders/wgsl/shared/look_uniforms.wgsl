// Plain data of a look's layers, as the engine uploads it. Rust twin: `layout.rs`; a test compares every offset.

const MAX_LAYERS = 24u;

struct LayerUniforms {
    k_over_s: vec3f,
    scattering_thickness: f32,
    // The finish: a row of `engine/src/look/finish.rs`, and the linear colour that its reflections take.
    tint: vec3f,
    gain: f32,
    soft: f32,
    sharp: f32,
    flakes: f32,
    coarse: f32,
    // Coats.
    amount: f32,
    chart: u32,
    // How far a full coat evens out the skin's fine relief, 0–1.
    even: f32,
    // How far its flakes are too fine to be seen one by one, 0–1.
    fine: f32,
}

struct LookUniforms {
    count: u32,
    padding_a: u32,
    padding_b: u32,
    padding_c: u32,
    // The first next to the skin.
    layers: array<LayerUniforms, MAX_LAYERS>,
}
