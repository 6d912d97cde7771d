// The face's mesh: canonical uv, normal, how much of it is seen, whose it is.
#import shared/chart_vertex

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4u {
    // Where the mesh folds, what is turned away must not wipe out what is seen.
    if in.visibility <= 0.0 {
        discard;
    }
    let seen_and_face = pack_bytes(in.visibility, f32(in.face + 1u) / 255.0);
    return vec4u(pack_uv(in.uv), pack_normal(in.normal_camera), seen_and_face);
}
