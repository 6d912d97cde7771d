// Charts (flat coordinate systems on the face) and their tiles in the film atlas. Rust twin: `charts.rs`; a test
// compares the numbers.

const CHART_FACE = 0u;
const CHART_LIPS = 1u;
const CHART_EYES = 2u;
const CHART_BROWS = 3u;
const CHART_IRIS = 4u;
const CHART_LASHES = 5u;
const ATLAS_SIZE = vec2f(1024.0, 512.0);

// First texel and size of a chart's tile.
fn chart_tile(chart: u32) -> vec4f {
    switch chart {
        case CHART_FACE: { return vec4f(0.0, 0.0, 512.0, 512.0); }
        case CHART_LIPS: { return vec4f(512.0, 256.0, 256.0, 256.0); }
        case CHART_EYES: { return vec4f(512.0, 0.0, 512.0, 256.0); }
        case CHART_BROWS: { return vec4f(768.0, 256.0, 256.0, 128.0); }
        case CHART_IRIS: { return vec4f(768.0, 384.0, 128.0, 128.0); }
        default: { return vec4f(896.0, 384.0, 16.0, 16.0); }
    }
}

// Smallest position and extent that a chart's tile shows, in the chart's units.
fn chart_bounds(chart: u32) -> vec4f {
    switch chart {
        case CHART_LIPS: { return vec4f(0.0, -1.0, 1.0, 2.0); }
        case CHART_EYES: { return vec4f(-0.25, -0.5, 2.0, 1.0); }
        case CHART_BROWS: { return vec4f(-0.1, -0.5, 1.2, 2.0); }
        case CHART_IRIS: { return vec4f(-1.25, -1.25, 2.5, 2.5); }
        default: { return vec4f(0.0, 0.0, 1.0, 1.0); }
    }
}

// Position in a chart's tile, 0–1 from its first texel.
fn tile_uv(chart: u32, position: vec2f) -> vec2f {
    let bounds = chart_bounds(chart);
    let uv = (position - bounds.xy) / bounds.zw;
    let y_up = chart != CHART_FACE && chart != CHART_LASHES;
    return vec2f(uv.x, select(uv.y, 1.0 - uv.y, y_up));
}

// The place in the atlas, half a texel of that size inside the tile.
fn within_tile(chart: u32, uv: vec2f, texel: f32) -> vec2f {
    let tile = chart_tile(chart);
    let margin = vec2f(0.5 * texel);
    return clamp(uv * ATLAS_SIZE, tile.xy + margin, tile.xy + tile.zw - margin) / ATLAS_SIZE;
}

// Position in the atlas, 0–1; half a texel inside the tile, so that a neighbour never bleeds in.
fn atlas_uv(chart: u32, uv: vec2f) -> vec2f {
    let tile = chart_tile(chart);
    return (tile.xy + clamp(uv * tile.zw, vec2f(0.5), tile.zw - 0.5)) / ATLAS_SIZE;
}
