// Plain data of one face, as the engine uploads it. Rust twin: `layout.rs`; a test compares every offset.

const MAX_LAYERS = 8u;
const MAX_FACES = 8u;
// Side of the square map of a zone's mean colour and shading, in texels.
const ZONE_MAP_SIDE = 32u;

struct Layer {
    k_over_s: vec3f,
    scattering_thickness: f32,
    finish: u32,
    amount: f32,
    padding: vec2f,
}

struct Face {
    // The zone's map covers this rectangle: min x, min y, width, height in frame_px.
    map_rect_px: vec4f,
    // What is drawn: min x, min y, width, height in frame_px.
    draw_rect_px: vec4f,
    // Linear RGB of a white surface, luminance 1.
    white: vec3f,
    layer_count: u32,
    key_direction: vec3f,
    key_strength: f32,
    layers: array<Layer, MAX_LAYERS>,
}

struct Faces {
    faces: array<Face, MAX_FACES>,
}
