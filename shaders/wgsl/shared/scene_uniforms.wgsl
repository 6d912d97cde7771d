// Plain data of a scene's faces and their light, as the engine uploads it. Rust twin: `layout.rs`; a test compares
// every offset.

const MAX_FACES = 8u;

struct FaceUniforms {
    // A convex outline of the face's mesh in frame_px, two points each.
    outline_px: array<vec4f, 12>,
    // The mouth, the right eye and brow, the left ones; the map of bare skin and the map of bare lips: min x, min y,
    // width, height in frame_px.
    feature_rects_px: array<vec4f, 3>,
    skin_rect_px: vec4f,
    lips_rect_px: vec4f,
    // Mean colour of the bare irises, right and left, in neutral light.
    irises: array<vec4f, 2>,
    // Unit vector towards the key light, camera space.
    key_direction: vec3f,
    // Key light over all light, 0–1.
    key_strength: f32,
    // Cells of the finest flakes per unit of canonical uv, a power of two, and how far the next coarser ones are mixed
    // in.
    flake_cells: f32,
    flake_blend: f32,
    // Mip level of the film atlas for what lies along curves.
    curve_level: f32,
    // How bright flakes flash, 0–1: from afar, each is only part of what a pixel sees.
    flake_strength: f32,
}

struct SceneUniforms {
    // Linear RGB as the room shows it to the same under D65, and back (Bradford).
    neutral_from_room: mat3x3f,
    room_from_neutral: mat3x3f,
    faces: array<FaceUniforms, MAX_FACES>,
}
