// Charts along curves of the face: place in the film atlas, normal, extent, chart.
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
