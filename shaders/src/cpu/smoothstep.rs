//! WGSL's built-in `smoothstep`.

/// 0 up to `low`, 1 from `high` on, and a cubic Hermite step between them (WGSL specification, `smoothstep`). With
/// `low` above `high` the step goes down.
pub fn smoothstep(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
