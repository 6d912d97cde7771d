// Composites lips, lids, brows, irises and lashes, with what lies on the skin below them.
//
// In:  G-buffer, films of the look, maps of skin and lips, camera picture (shared/composite_inputs).
// Out: the pixels that wear something along a curve or on a lash; all others are discarded.
//
// 1. Three instances per face draw rectangles: the mouth, and an eye with its brow on either side.
// 2. Pixels of the skin pass, of another face or of none are discarded.
// 3. Three coats are stacked, each as far as it covers the pixel: skin, curve, lashes.
// 4. What is bare below is the lips' map on lips, the iris's own colour on irises, else the skin's map.
// 5. The stack is composited (shared/composite_pixel) with the normal of what is on top.
#import shared/composite_pixel

@vertex
fn vertex_main(@builtin(vertex_index) index: u32, @builtin(instance_index) instance: u32) -> Varying {
    let face = instance / 3u;
    let rect_px = scene.faces[face].feature_rects_px[instance % 3u];
    return drawn_corner(rect_px.xy + corner(index) * rect_px.zw, face);
}

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4f {
    let surface = read_gbuffer(in);
    if surface.seen <= 0.0 || (surface.extent <= 0.0 && surface.stroke <= 0.0) {
        discard;
    }
    let face = scene.faces[in.face];
    let chart = surface.curve.w & 255u;
    // Between two mip levels both are read: the larger texel must not reach into the neighbouring tile.
    let curve_uv = within_tile(chart, vec2f(surface.curve.xy) / 65535.0, exp2(ceil(face.curve_level)));
    let below = coat_in_part(coat_at(atlas_uv(CHART_FACE, surface.uv), 0.0), surface.seen);
    let curve = coat_in_part(coat_at(curve_uv, face.curve_level), surface.extent);
    let curved = coat_over(curve, below);
    let lashes = coat_of(vec2u(chart_tile(CHART_LASHES).xy));
    let worn = coat_over(coat_in_part(lashes, surface.stroke), curved);

    let lips_uv = (in.uv * view.frame_size_px - 0.5 - face.lips_rect_px.xy) / face.lips_rect_px.zw;
    let lips = textureSampleLevel(lips_maps, linear_sampler, lips_uv, in.face, 0.0);
    let iris = face.irises[u32(surface.uv.x > 0.5)];
    var zone = skin_at(in);
    zone = mix(zone, lips, surface.extent * f32(chart == CHART_LIPS));
    zone = mix(zone, vec4f(iris.rgb, zone.a), surface.extent * f32(chart == CHART_IRIS));
    let hair = (1.0 - curve.keep) * f32(chart == CHART_BROWS);
    let tilt = mix(bytes(surface.mesh.z), bytes(surface.curve.z), surface.extent) * 2.0 - 1.0;
    return composite_pixel(in, surface, worn, zone, tilt, hair);
}
