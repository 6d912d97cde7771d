// What a finish is told of the skin and the light at one pixel.
struct Surface {
    // Light that the bare skin mirrors, in units of the room's white.
    specular: f32,
    // Fine relief of the diffuse level; 1 is even.
    detail: f32,
    normal: vec3f,
    key_direction: vec3f,
    // Brightness of the key light's mirror image at this pixel, in units of the room's white.
    key: f32,
}
