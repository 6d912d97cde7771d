// G-buffer, second target: what lies along curves of the face (lips, lids, brows, irises).
//
// In:  the curves' meshes (shared/chart_vertex).
// Out: 16-bit words: place in the film atlas (x, y); normal; how much of the pixel is covered, with the chart's number.
//
// 1. The two soft rims of the mesh and its visibility give the part of the pixel that it covers; none of it: discarded.
// 2. Place, normal and cover are packed, two bytes to a word.
#import shared/chart_vertex

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4u {
    let rims = smoothstep(vec2f(0.0), vec2f(1.0), in.edge_distance);
    let extent = rims.x * rims.y * in.visibility;
    if extent <= 0.0 {
        discard;
    }
    let extent_and_chart = pack_bytes(extent, f32(in.chart) / 255.0);
    return vec4u(pack_uv(atlas_uv(in.chart, in.uv)), pack_normal(in.normal_camera), extent_and_chart);
}
