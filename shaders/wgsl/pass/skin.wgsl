// What lies on the skin alone, away from lips, lids, brows and irises.
#import shared/pixel

// A convex outline of the mesh, as a fan of triangles.
@vertex
fn vertex_main(@builtin(vertex_index) index: u32, @builtin(instance_index) face: u32) -> Varying {
    let part = index / 3u;
    let corner = index % 3u;
    let point = select(part + corner, 0u, corner == 0u);
    let two = faces.faces[face].outline_px[point / 2u];
    return drawn_corner(select(two.xy, two.zw, point % 2u == 1u), face);
}

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let at = place(in);
    if at.seen <= 0.0 || at.extent > 0.0 || at.stroke > 0.0 {
        discard;
    }
    let worn = coat_in_part(coat_at(atlas_uv(CHART_FACE, at.uv), 0.0), at.seen);
    return wear(in, at, worn, skin_at(in), bytes(at.mesh.z) * 2.0 - 1.0, 0.0);
}
