use glam::{Mat4, Vec3, Vec4};

use super::skin::SkinSamples;

/// Direction (camera space, unit, z ≥ 0.2) and share (0–1) of the key light: the plane luminance = ambient + key · normal
/// that fits the skin best, with a weak belief in light from above the camera.
pub(super) fn estimate(skin: &SkinSamples) -> (Vec3, f32) {
    const PRIOR: Vec3 = Vec3::new(0.0, 0.35, 0.94);
    const UNKNOWN: (Vec3, f32) = (PRIOR, 0.5);
    let Some(level) = skin.luminance().filter(|&level| level > 1e-4) else { return UNKNOWN };
    // Ridge regression keeps the normal matrix invertible when few directions are in sight.
    let mut normal_matrix = Mat4::from_diagonal(Vec4::splat(2.0));
    let mut right = (PRIOR * 0.5).extend(0.5) * 2.0;
    for sample in skin.iter() {
        let unknowns = sample.normal_camera.extend(1.0);
        // Highlights and cast shadows are not what the plane describes.
        let value = (sample.luminance / level).clamp(0.3, 1.8);
        let weight = sample.visibility;
        normal_matrix +=
            Mat4::from_cols(unknowns * unknowns.x, unknowns * unknowns.y, unknowns * unknowns.z, unknowns * unknowns.w)
                * weight;
        right += unknowns * (value * weight);
    }
    let solution = normal_matrix.inverse() * right;
    if !solution.is_finite() {
        return UNKNOWN;
    }
    let key = solution.truncate();
    let direction = (key + PRIOR * 0.3).normalize_or(PRIOR);
    let direction = Vec3::new(direction.x, direction.y, direction.z.max(0.2)).normalize_or(PRIOR);
    let strength = key.length() / (key.length() + solution.w.abs()).max(1e-3);
    (direction, strength.clamp(0.3, 0.9))
}
