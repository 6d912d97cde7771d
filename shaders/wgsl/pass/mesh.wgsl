// G-buffer, first target: the face's mesh.
//
// In:  the faces' meshes (shared/chart_vertex), with depth.
// Out: 16-bit words: canonical uv (x, y); normal; how much of the surface is seen, with the face's number plus 1 (0: no
//      face).
//
// 1. What is turned away is discarded: where the mesh folds, it must not hide what is seen.
// 2. Uv, normal and visibility are packed, two bytes to a word.
#import shared/chart_vertex

@fragment
fn fragment_main(in: Varying) -> @location(0) vec4u {
    if in.visibility <= 0.0 {
        discard;
    }
    let seen_and_face = pack_bytes(in.visibility, f32(in.face + 1u) / 255.0);
    return vec4u(pack_uv(in.uv), pack_normal(in.normal_camera), seen_and_face);
}
