// Thickness, surface normal and extent of a zone's product, drawn from its mesh in the frame's own space.
#import shared/view

@group(0) @binding(0) var<uniform> view: View;

struct Vertex {
    @location(0) position_px: vec2f,
    // Distance from the outer and the inner edge, in feather widths.
    @location(1) edge_distance: vec2f,
    @location(2) normal_camera: vec3f,
    @location(3) visibility: f32,
}

struct Varying {
    @builtin(position) position: vec4f,
    @location(0) edge_distance: vec2f,
    @location(1) normal_camera: vec3f,
    @location(2) visibility: f32,
}

@vertex
fn vertex_main(in: Vertex) -> Varying {
    // Whole numbers in frame_px are pixel centres.
    let uv = (in.position_px + 0.5) / view.frame_size_px;
    let clip = vec4f(uv.x * 2.0 - 1.0, 1.0 - uv.y * 2.0, 0.0, 1.0);
    return Varying(clip, in.edge_distance, in.normal_camera, in.visibility);
}

// Thickness at the very edge: thinner coats of a dark shade would show as a rim of its bright undertone.
const EDGE_THICKNESS = 0.35;

// Red: thickness. Green, blue: normal x and y, -1 to 1 stored as 0 to 1; z is towards the viewer.
// Alpha: the part of the pixel that wears the product at all, which ends softly over a pixel or two.
@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let coat = mix(vec2f(EDGE_THICKNESS), vec2f(1.0), smoothstep(vec2f(0.0), vec2f(1.0), in.edge_distance));
    let rim = max(vec2f(1.5, 1.0) * fwidth(in.edge_distance), vec2f(0.35));
    let worn = smoothstep(vec2f(0.0), rim, in.edge_distance);
    let extent = worn.x * worn.y * in.visibility;
    // Where the mesh folds, what is turned away must not wipe out what is seen.
    if extent <= 0.0 {
        discard;
    }
    let normal = in.normal_camera / max(length(in.normal_camera), 1e-6);
    return vec4f(coat.x * coat.y, normal.xy * 0.5 + 0.5, extent);
}
