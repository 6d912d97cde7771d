//! A row of lashes as data: where they grow, how many, how long.

use serde::Deserialize;

/// Which lid lashes grow on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Lid {
    /// The upper lid.
    Upper,
    /// The lower lid.
    Lower,
}

/// One row of lashes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LashStyle {
    /// Where they grow.
    pub lid: Lid,
    /// Lashes from corner to corner, 1 to 400.
    pub count: u16,
    /// Thickness at the root, in eye widths.
    pub width: f32,
    /// 0 straight to 1 fully curled.
    pub curl: f32,
    /// 0 regular to 1 unruly.
    pub jitter: f32,
    /// Lashes whose tips meet, 1 to 8; 1 is none.
    pub cluster: u8,
    /// Lengths along the lid: at least one point, x growing. Before the first and beyond the last there are none.
    pub profile: Vec<LashPoint>,
}

/// Lashes at one place of a lid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LashPoint {
    /// 0 the inner corner to 1 the outer one.
    pub x: f32,
    /// In eye widths.
    pub length: f32,
    /// Lean of the tip towards the outer corner.
    pub lean_deg: f32,
}
