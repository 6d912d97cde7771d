// Lips, lids, brows, irises and lashes, with what lies on the skin below them.
#import shared/pixel

// Three rectangles a face: the mouth, and an eye with its brow on either side.
@vertex
fn vertex_main(@builtin(vertex_index) index: u32, @builtin(instance_index) instance: u32) -> Varying {
    let face = instance / 3u;
    let rect_px = faces.faces[face].feature_rects_px[instance % 3u];
    return drawn_corner(rect_px.xy + corner(index) * rect_px.zw, face);
}

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let at = place(in);
    if at.seen <= 0.0 || (at.extent <= 0.0 && at.stroke <= 0.0) {
        discard;
    }
    let face = faces.faces[in.face];
    let chart = at.curve.w & 255u;
    // Between two sizes both are read: the larger texel must not reach into the neighbouring tile.
    let curve_uv = within_tile(chart, vec2f(at.curve.xy) / 65535.0, exp2(ceil(face.curve_level)));
    let below = coat_in_part(coat_at(atlas_uv(CHART_FACE, at.uv), 0.0), at.seen);
    let curve = coat_in_part(coat_at(curve_uv, face.curve_level), at.extent);
    let curved = coat_over(curve, below);
    let worn = coat_over(coat_in_part(coat_of(vec2u(chart_tile(CHART_LASHES).xy)), at.stroke), curved);

    let lips_uv = (in.uv * view.frame_size_px - 0.5 - face.lips_rect_px.xy) / face.lips_rect_px.zw;
    let lips = textureSampleLevel(lips_maps, linear_sampler, lips_uv, in.face, 0.0);
    let iris = face.irises[u32(at.uv.x > 0.5)];
    var zone = skin_at(in);
    zone = mix(zone, lips, at.extent * f32(chart == CHART_LIPS));
    zone = mix(zone, vec4f(iris.rgb, zone.a), at.extent * f32(chart == CHART_IRIS));
    let hair = (1.0 - curve.keep) * f32(chart == CHART_BROWS);
    return wear(in, at, worn, zone, mix(bytes(at.mesh.z), bytes(at.curve.z), at.extent) * 2.0 - 1.0, hair);
}
