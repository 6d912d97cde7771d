//! Draws one shape of a mask: how much of it there is at every texel of the chart's tile.
//!
//! In: a shape. Out: its presence, 0 to 1, and the box of texels outside which it is 0.
//!
//! 1. The feather is at least a texel wide, so that no edge shows stairs.
//! 2. Distances to the shape's outline are measured in feathers, along x and y each by its own.
//! 3. Presence is a cubic step over one feather, half at the outline. Strokes are the difference of two steps, so that
//!    a line narrower than its feather fades instead of growing wide. Outlines are filled by the non-zero winding rule.

use carmine_shaders::cpu::smoothstep;
use glam::{Vec2, Vec3};

use super::shape::{BandSide, Kind, Shape};
use super::tile::{Rect, Tile};
use super::{outline, texture};
use crate::look::Wing;

/// Shortest piece of a stroke, in feather widths, unless the next is its last.
const PIECE_MIN: f32 = 0.25;

/// What drawing a texel costs besides laying it on the coat so far, of which each texel counts as one; measured.
const PLAIN_COST: usize = 1;
const ELLIPSE_COST: usize = 3;
const OUTLINE_COST: usize = 2;
const STROKE_COST: usize = 4;
const SPOKES_COST: usize = 20;
const TEXTURE_COST: usize = 8;

/// One shape's presence per texel, 0 to 1; only good inside the rectangle that drawing returns.
pub(super) struct Brush<'a> {
    pub tile: &'a Tile,
    pub values: Vec<f32>,
}

/// Where an outline crosses a row of texels.
struct Crossing {
    row: usize,
    x: f32,
    /// What it adds to the winding number of what lies to the right.
    turn: i32,
}

/// Presence at a depth inside an outline, given in feather widths: half at the outline itself.
fn presence(depth: f32) -> f32 {
    smoothstep(-0.5, 0.5, depth)
}

impl<'a> Brush<'a> {
    pub fn new(tile: &'a Tile) -> Self {
        Self { tile, values: vec![0.0; tile.width * tile.height] }
    }

    /// Draws one shape over the last one; `wing` replaces a wing of its own.
    pub fn draw(&mut self, shape: &Shape, wing: Option<Wing>) -> Rect {
        // A step narrower than a texel would show as stairs.
        let feather = shape.feather.max(self.tile.step.abs());
        match &shape.kind {
            Kind::All => self.fill(self.tile.whole(), |_| 1.0),
            Kind::Outline { outline, grow } => self.outline(outline, *grow, feather),
            Kind::Stroke { line } => self.stroke(line, feather),
            Kind::Ellipse { centre, radii, turn } => self.ellipse(*centre, *radii, *turn, feather),
            Kind::Gradient { from, to } => {
                let along = *to - *from;
                let along = along / along.length_squared().max(1e-8);
                self.fill(self.tile.whole(), |p| presence((p - *from).dot(along) - 0.5))
            }
            Kind::Wing { wing: own, width, start } => {
                let rect = self.stroke(&wing_line(wing.unwrap_or(*own), *width, *start), feather);
                self.clear(rect, |p| p.x < 1.0 && p.y < 0.0)
            }
            Kind::Band { low, high, side } => self.fill(self.tile.whole(), |p| {
                let is_on = match side {
                    BandSide::Upper => p.y >= 0.0,
                    BandSide::Lower => p.y < 0.0,
                    BandSide::Both => true,
                };
                if is_on { between(p.y.abs(), *low, *high, 1.0, feather.y) } else { 0.0 }
            }),
            Kind::Annulus { inner, outer } => {
                self.fill(self.tile.whole(), |p| between(p.length(), *inner, *outer, f32::MAX, feather.x))
            }
            Kind::Spokes { count, seed } => self.fill(self.tile.whole(), |p| texture::spokes(p, *count, *seed)),
        }
    }

    fn fill(&mut self, rect: Rect, value: impl Fn(Vec2) -> f32) -> Rect {
        for row in rect.rows.clone() {
            for column in rect.columns.clone() {
                self.values[row * self.tile.width + column] = value(self.tile.position(column, row));
            }
        }
        rect
    }

    fn clear(&mut self, rect: Rect, is_cleared: impl Fn(Vec2) -> bool) -> Rect {
        for row in rect.rows.clone() {
            for column in rect.columns.clone() {
                if is_cleared(self.tile.position(column, row)) {
                    self.values[row * self.tile.width + column] = 0.0;
                }
            }
        }
        rect
    }

    fn ellipse(&mut self, centre: Vec2, radii: Vec2, turn: Vec2, feather: Vec2) -> Rect {
        let reach = Vec2::splat(radii.max_element()) + 0.5 * feather;
        let rect = self.tile.rect(centre - reach, centre + reach);
        let back = turn.with_y(-turn.y);
        // Depth of the centre in feather widths: between the values by either radius.
        let depth = |radius: Vec2| (turn.rotate(radius) / feather).length_squared();
        let middle = 0.5 * (depth(radii * Vec2::X) + depth(radii * Vec2::Y));
        self.fill(rect, |position| {
            let offset = position - centre;
            let squared = (back.rotate(offset) / radii).length_squared();
            // Depths along the ray from the centre; smooth, where the true distance has a ridge.
            let ray = (offset / feather).length_squared();
            let scale = if squared < 1.0 { middle * (1.0 - squared) + ray } else { ray / squared };
            presence((1.0 - squared.sqrt()) * scale.sqrt())
        })
    }

    /// Like a line drawn with a soft pen: narrower than its feather, it fades instead of growing wide.
    fn stroke(&mut self, line: &[Vec3], feather: Vec2) -> Rect {
        if line.is_empty() {
            return Rect { columns: 0..0, rows: 0..0 };
        }
        let reach = |a: Vec3| Vec2::splat(0.5 * a.z) + 0.5 * feather;
        let bounds = line.iter().fold((Vec2::MAX, Vec2::MIN), |(low, high), a| {
            (low.min(a.truncate() - reach(*a)), high.max(a.truncate() + reach(*a)))
        });
        let rect = self.tile.rect(bounds.0, bounds.1);
        let rect = self.fill(rect, |_| 0.0);
        let per_feather = feather.recip();
        for (a, b) in pieces(line, feather) {
            let (start, along) = (a.truncate() * per_feather, (b - a).truncate() * per_feather);
            let scale = 1.0 / along.length_squared().max(1e-8);
            let across = (b - a).truncate().perp().normalize_or(Vec2::Y) / feather;
            let half = Vec2::new(a.z, b.z) * (0.5 * across.length());
            let piece = around_stroke(self.tile, a, b, feather);
            for row in piece.rows {
                for column in piece.columns.clone() {
                    let offset = self.tile.position(column, row) * per_feather - start;
                    let t = (offset.dot(along) * scale).clamp(0.0, 1.0);
                    let half = half.x + (half.y - half.x) * t;
                    let distance = offset.distance_squared(along * t);
                    if distance >= (half + 0.5) * (half + 0.5) {
                        continue;
                    }
                    let distance = distance.sqrt();
                    let value = &mut self.values[row * self.tile.width + column];
                    // The far edge's step reaches this texel only where the line is narrower than the step.
                    let beyond = if half + distance < 0.5 { presence(-half - distance) } else { 0.0 };
                    *value = value.max(presence(half - distance) - beyond);
                }
            }
        }
        rect
    }

    /// Distances only where the step is, the rest by which side of the outline it lies on.
    fn outline(&mut self, outline: &[Vec2], grow: f32, feather: Vec2) -> Rect {
        let grow = grow / (feather.x * feather.y).sqrt();
        let reach = outline_reach(grow, feather);
        let (low, high) = outline.iter().fold((Vec2::MAX, Vec2::MIN), |(low, high), p| (low.min(*p), high.max(*p)));
        let rect = self.tile.rect(low - reach, high + reach);
        let rect = self.fill(rect, |_| f32::MAX);
        let mut crossings: Vec<Crossing> = Vec::new();
        for (&a, &b) in outline.iter().zip(outline.iter().cycle().skip(1)) {
            self.nearest(a, b, feather, reach);
            let piece = self.tile.rect(Vec2::new(a.x, a.y.min(b.y)), Vec2::new(b.x, a.y.max(b.y)));
            for row in piece.rows {
                let y = self.tile.position(0, row).y;
                if (a.y <= y) != (b.y <= y) {
                    let x = a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y));
                    crossings.push(Crossing { row, x, turn: if a.y <= y { 1 } else { -1 } });
                }
            }
        }
        crossings.sort_by(|a, b| a.row.cmp(&b.row).then(a.x.total_cmp(&b.x)));
        let mut crossings = crossings.into_iter().peekable();
        for row in rect.rows.clone() {
            while crossings.next_if(|crossing| crossing.row < row).is_some() {}
            let mut winding = 0;
            for column in rect.columns.clone() {
                let x = self.tile.position(column, row).x;
                while let Some(crossing) = crossings.next_if(|crossing| crossing.row == row && crossing.x <= x) {
                    winding += crossing.turn;
                }
                let value = &mut self.values[row * self.tile.width + column];
                // Out of reach of any step the distance is still f32::MAX.
                *value = match (*value == f32::MAX, winding == 0) {
                    (true, true) => 0.0,
                    (true, false) => 1.0,
                    (false, true) => presence(grow - value.sqrt()),
                    (false, false) => presence(grow + value.sqrt()),
                };
            }
        }
        rect
    }

    /// Lowers the squared distances (in feathers) round one piece of an outline.
    fn nearest(&mut self, a: Vec2, b: Vec2, feather: Vec2, reach: Vec2) {
        let piece = self.tile.rect(a.min(b) - reach, a.max(b) + reach);
        let per_feather = feather.recip();
        let (start, along) = (a * per_feather, (b - a) * per_feather);
        let scale = 1.0 / along.length_squared().max(1e-8);
        for row in piece.rows {
            for column in piece.columns.clone() {
                let offset = self.tile.position(column, row) * per_feather - start;
                let t = (offset.dot(along) * scale).clamp(0.0, 1.0);
                let value = &mut self.values[row * self.tile.width + column];
                *value = value.min(offset.distance_squared(along * t));
            }
        }
    }
}

/// The pieces of a stroke that are drawn: those much shorter than the step is wide would only cost time.
fn pieces(line: &[Vec3], feather: Vec2) -> impl Iterator<Item = (Vec3, Vec3)> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let [a, after @ ..] = rest else { return None };
        let is_far = |b: &Vec3| ((b - a).truncate() / feather).length_squared() > PIECE_MIN * PIECE_MIN;
        let next = after.iter().position(is_far).unwrap_or(after.len().saturating_sub(1));
        let b = after.get(next)?;
        rest = &after[next..];
        Some((*a, *b))
    })
}

/// The texels that a piece of a stroke can reach.
fn around_stroke(tile: &Tile, a: Vec3, b: Vec3, feather: Vec2) -> Rect {
    let margin = Vec2::splat(0.5 * a.z.max(b.z)) + 0.5 * feather;
    tile.rect(a.truncate().min(b.truncate()) - margin, a.truncate().max(b.truncate()) + margin)
}

/// How far the step of an outline reaches. `grow` is in feathers.
fn outline_reach(grow: f32, feather: Vec2) -> Vec2 {
    feather * (0.5 + grow.abs())
}

/// What drawing a shape costs, in texels that are filled evenly: what bounds the time that a mask takes. A wing counts as long
/// as a layer may make it.
pub(super) fn cost(tile: &Tile, shape: &Shape) -> usize {
    let feather = shape.feather.max(tile.step.abs());
    let whole = tile.whole().area();
    let stroke = |line: &[Vec3]| {
        let texels: usize = pieces(line, feather).map(|(a, b)| around_stroke(tile, a, b, feather).area()).sum();
        STROKE_COST * texels
    };
    let drawn = match &shape.kind {
        Kind::Outline { outline, grow } => {
            let reach = outline_reach(grow / (feather.x * feather.y).sqrt(), feather);
            let ends = outline.iter().zip(outline.iter().cycle().skip(1));
            let texels: usize = ends.map(|(a, b)| tile.rect(a.min(*b) - reach, a.max(*b) + reach).area()).sum();
            OUTLINE_COST * texels
        }
        Kind::Stroke { line } => stroke(line),
        Kind::Wing { wing, width, start } => {
            let longest = Wing { length: *Wing::LENGTH.end(), ..*wing };
            stroke(&wing_line(longest, *width, *start))
        }
        Kind::Ellipse { .. } => ELLIPSE_COST * whole,
        Kind::Spokes { .. } => SPOKES_COST * whole,
        Kind::All | Kind::Gradient { .. } | Kind::Band { .. } | Kind::Annulus { .. } => PLAIN_COST * whole,
    };
    drawn + whole + if shape.texture.is_some() { TEXTURE_COST * whole } else { 0 }
}

/// Presence between two values, without a step where the range ends anyway.
fn between(value: f32, low: f32, high: f32, end: f32, feather: f32) -> f32 {
    let from = if low <= 0.0 { 1.0 } else { presence((value - low) / feather) };
    let to = if high >= end { 1.0 } else { presence((high - value) / feather) };
    from * to
}

/// The line of a wing: it leaves the lid, is widest at the corner and ends in a point.
fn wing_line(wing: Wing, width: f32, start: f32) -> Vec<Vec3> {
    if wing.length <= 0.0 {
        return Vec::new();
    }
    let direction = Vec2::from_angle(wing.angle_deg.to_radians());
    // Its lower edge goes on where the lash line ends.
    let on =
        |distance: f32, width: f32| (Vec2::X + direction * distance + direction.perp() * (0.5 * width)).extend(width);
    let lid = |share: f32, width: f32| Vec3::new(start + (1.0 - start) * share, 0.5 * width, width);
    let points = [
        lid(0.0, 0.0),
        lid(0.5, 0.4 * width),
        lid(0.8, 0.75 * width),
        on(0.0, width),
        on(0.4 * wing.length, 0.6 * width),
        on(wing.length, 0.0),
    ];
    outline::smooth(&points, false).into_iter().map(|point| point.with_z(point.z.max(0.0))).collect()
}
