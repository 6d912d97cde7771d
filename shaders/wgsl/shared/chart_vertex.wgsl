// Vertex stage of the G-buffer's meshes, and how their fragments are packed.
//
// In:  a mesh's corners in frame pixels, with their place in a chart.
// Out: clip position in the G-buffer, place in the chart's tile, and what the mesh and curve passes pack into 16-bit
//      words.
#import shared/charts
#import shared/view

@group(0) @binding(0) var<uniform> view: ViewUniforms;

struct Vertex {
    @location(0) position_px: vec2f,
    // 0 nearest, 1 farthest.
    @location(1) depth: f32,
    @location(2) visibility: f32,
    @location(3) chart_position: vec2f,
    // From the two edges where the chart ends, in widths of their soft rim.
    @location(4) edge_distance: vec2f,
    @location(5) normal_camera: vec3f,
    // Chart, and the face's number times 256.
    @location(6) chart_and_face: u32,
}

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) uv: vec2f,
    @location(1) edge_distance: vec2f,
    @location(2) normal_camera: vec3f,
    @location(3) visibility: f32,
    @location(4) @interpolate(flat) chart: u32,
    @location(5) @interpolate(flat) face: u32,
}

@vertex
fn vertex_main(in: Vertex) -> Varying {
    var position = gbuffer_from_clip(view, clip_from_frame_px(view, in.position_px));
    position.z = in.depth;
    let chart = in.chart_and_face & 255u;
    let uv = tile_uv(chart, in.chart_position);
    return Varying(position, uv, in.edge_distance, in.normal_camera, in.visibility, chart, in.chart_and_face >> 8u);
}

// Two numbers in 0–1 as the bytes of one 16-bit word.
fn pack_bytes(high: f32, low: f32) -> u32 {
    let bytes = vec2u(clamp(vec2f(high, low), vec2f(0.0), vec2f(1.0)) * 255.0 + 0.5);
    return bytes.x * 256u + bytes.y;
}

// x and y of a normal, each 0–1.
fn pack_normal(normal_camera: vec3f) -> u32 {
    let unit = normal_camera / max(length(normal_camera), 1e-6);
    return pack_bytes(unit.x * 0.5 + 0.5, unit.y * 0.5 + 0.5);
}

fn pack_uv(uv: vec2f) -> vec2u {
    return vec2u(clamp(uv, vec2f(0.0), vec2f(1.0)) * 65535.0 + 0.5);
}
