// Composites what lies on the skin alone, away from lips, lids, brows, irises and lashes.
//
// In:  G-buffer, films of the look, skin map, camera picture (shared/composite_inputs).
// Out: the pixels that wear something; all others are discarded and stay as the frame pass drew them.
//
// 1. An instance per face draws the convex outline of its mesh, as a fan of triangles.
// 2. Pixels that belong to the features pass, to another face or to none are discarded.
// 3. The film at the pixel's canonical uv, as far as the surface is seen, is composited (shared/composite_pixel).
#import shared/composite_pixel

@vertex
fn vertex_main(@builtin(vertex_index) index: u32, @builtin(instance_index) face: u32) -> Varying {
    let triangle = index / 3u;
    let corner = index % 3u;
    let point = select(triangle + corner, 0u, corner == 0u);
    let two = scene.faces[face].outline_px[point / 2u];
    return drawn_corner(select(two.xy, two.zw, point % 2u == 1u), face);
}

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let surface = read_gbuffer(in);
    if surface.seen <= 0.0 || surface.extent > 0.0 || surface.stroke > 0.0 {
        discard;
    }
    let worn = coat_in_part(coat_at(atlas_uv(CHART_FACE, surface.uv), 0.0), surface.seen);
    return composite_pixel(in, surface, worn, skin_at(in), bytes(surface.mesh.z) * 2.0 - 1.0, 0.0);
}
