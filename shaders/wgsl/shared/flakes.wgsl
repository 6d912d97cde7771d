// Glints of flakes in shimmering products.
//
// In:  canonical uv, size of the cells there, density and coarseness of the flakes, normal, half vector.
// Out: how bright flakes flash at this pixel, about 0–1.
//
// 1. Canonical uv is divided into cells, one flake each: a glint stays where it is on the skin.
// 2. A hash of the cell (Jarzynski & Olano, JCGT 2020) says whether its flake is there, where in it, and how it leans.
// 3. It flashes where its own normal mirrors the key light, so glints come and go as the head turns.
// 4. Two sizes of cells are crossed over, so that flakes neither crawl nor pop as the face comes nearer.

// Jarzynski & Olano, "Hash Functions for GPU Rendering", JCGT 2020: pcg3d.
fn hash3(value: vec3u) -> vec3u {
    var v = value * 1664525u + 1013904223u;
    v.x += v.y * v.z;
    v.y += v.z * v.x;
    v.z += v.x * v.y;
    v ^= v >> vec3u(16u);
    v.x += v.y * v.z;
    v.y += v.z * v.x;
    v.z += v.x * v.y;
    return v;
}

// Two numbers in 0–1 from the high and low half of a word.
fn halves(word: u32) -> vec2f {
    return vec2f(f32(word >> 16u), f32(word & 0xffffu)) / 65535.0;
}

// Cells per unit of canonical uv where a pixel is `uv_per_px` wide. A lid is stretched skin: there, more of them in
// that direction keep flakes round, in whole steps from the face's own `cells`.
fn local_cells(cells: f32, blend: f32, uv_per_px: vec2f) -> vec2f {
    const FINEST_PX = 1.8;
    let finer = -log2(FINEST_PX * max(uv_per_px, vec2f(1e-6))) - log2(cells) + blend;
    return cells * exp2(clamp(round(finer), vec2f(-2.0), vec2f(4.0)));
}

// How bright the flake in this point's cell flashes, about 0–1. `uv`: canonical; `cells` per unit of it; `radius` in
// cells; `half_vector` between the key light and the viewer.
fn flake_glint(
    uv: vec2f, cells: vec2f, density: f32, exponent: f32, radius: f32, normal: vec3f, half_vector: vec3f,
) -> f32 {
    const TILT = 0.55;
    let at = uv * cells;
    let cell = floor(at);
    let bits = hash3(vec3u(u32(cell.x), u32(cell.y), u32(cells.x + 3.0 * cells.y)));
    let place = halves(bits.x);
    let lean = halves(bits.y) * 2.0 - 1.0;
    let chance = halves(bits.z);
    let distance = length(at - cell - mix(vec2f(0.35), vec2f(0.65), place));
    let body = 1.0 - smoothstep(0.3 * radius, radius, distance);
    let facing = normalize(normal + vec3f(lean * TILT, 0.0));
    let flash = pow(max(dot(facing, half_vector), 0.0), exponent);
    return f32(chance.x < density) * body * flash * (0.5 + chance.y);
}

// Coarse flakes lie farther apart and flash more sharply; none is larger than a point.
fn sparkle(uv: vec2f, cells: vec2f, blend: f32, density: f32, coarse: f32, normal: vec3f, half_vector: vec3f) -> f32 {
    let exponent = mix(24.0, 60.0, coarse);
    let radius = mix(0.5, 0.34, coarse);
    let size = select(1.0, 0.5, coarse > 0.5);
    let fine = flake_glint(uv, cells * size, density, exponent, radius, normal, half_vector);
    let wide = flake_glint(uv, cells * size * 0.5, density, exponent, radius, normal, half_vector);
    return mix(fine, wide, blend) * mix(0.7, 1.6, coarse);
}
