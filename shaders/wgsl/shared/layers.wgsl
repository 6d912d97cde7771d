// Plain data of a look's layers, as the engine uploads it. Rust twin: `layout.rs`; a test compares every offset.

const MAX_LAYERS = 24u;

struct Layer {
    k_over_s: vec3f,
    scattering_thickness: f32,
    // Linear colour of reflections that the product tints and of its flakes.
    tint: vec3f,
    finish: u32,
    // Coats.
    amount: f32,
    chart: u32,
    // How far a full coat evens out the skin's fine relief, 0–1.
    even: f32,
    // How far its flakes are too fine to be seen one by one, 0–1.
    fine: f32,
}

struct Layers {
    count: u32,
    padding_a: u32,
    padding_b: u32,
    padding_c: u32,
    layers: array<Layer, MAX_LAYERS>,
}
