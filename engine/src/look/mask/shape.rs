//! What a mask is made of: shapes laid over one another, as data.

use glam::{Vec2, Vec3};
use serde::Deserialize;

use crate::look::Wing;

/// Shapes laid over one another, the first lowest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shapes {
    /// Whether the half beyond the chart's middle repeats the first one.
    pub(super) is_mirrored: bool,
    pub(super) list: Vec<Shape>,
}

impl Shapes {
    /// Whether a layer's [`Wing`] changes anything.
    pub fn has_wing(&self) -> bool {
        self.list.iter().any(|shape| matches!(shape.kind, Kind::Wing { .. }))
    }
}

/// One shape: its form and strength, and the operation on the coat of the shapes before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    pub kind: Kind,
    pub op: MaskOp,
    /// 0 to 1.
    pub strength: f32,
    /// Width of the soft step at the outline, which lies in its middle; in the chart's units along x and y.
    pub feather: Vec2,
    pub texture: Option<Texture>,
}

/// What a shape does to the coat of the shapes before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum MaskOp {
    /// Lays more on, never above one coat: 1 − (1 − a)(1 − b).
    #[default]
    Add,
    /// The thicker of both.
    Max,
    /// Removes the coat inside.
    Cut,
    /// Removes the coat outside.
    Keep,
}

/// What has an inside. Lengths in the chart's units.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// The whole chart.
    All,
    /// Inside a closed outline, moved outwards by `grow`.
    Outline { outline: Vec<Vec2>, grow: f32 },
    /// Along a line of x, y and width.
    Stroke { line: Vec<Vec3> },
    /// `turn` is the cosine and sine of the angle by which its first radius is turned from x towards y.
    Ellipse { centre: Vec2, radii: Vec2, turn: Vec2 },
    /// 0 before `from`, 1 beyond `to`.
    Gradient { from: Vec2, to: Vec2 },
    /// From the lid at x = `start` past the outer corner to a point; `width` at the corner.
    Wing { wing: Wing, width: f32, start: f32 },
    /// Where |y| lies between two values, on one side of y = 0 or both.
    Band { low: f32, high: f32, side: BandSide },
    /// Between two distances from the centre.
    Annulus { inner: f32, outer: f32 },
    /// Fibres that run outwards from the centre.
    Spokes { count: u16, seed: u32 },
}

/// Which part of a chart with two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum BandSide {
    /// y > 0.
    Upper,
    /// y < 0.
    Lower,
    Both,
}

/// Noise that reduces a shape in places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Texture {
    /// Greatest reduction, 0 to 1.
    pub amount: f32,
    /// Size of its grains along and across, in the chart's units.
    pub grain: Vec2,
    /// Cosine and sine of the angle from x towards y along which the grains lie.
    pub turn: Vec2,
    pub seed: u32,
}
