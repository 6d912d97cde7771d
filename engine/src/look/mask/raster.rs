use std::ops::Range;

use carmine_shaders::Chart;
use glam::{Vec2, Vec3};

use super::outline;
use super::shape::{Kind, Op, Shape, Shapes, Side};
use crate::look::Wing;
use crate::look::mask::noise;

/// The texels of a chart's tile.
struct Tile {
    width: usize,
    height: usize,
    /// Chart position of the first texel's centre.
    first: Vec2,
    /// Chart units from texel to texel; y may fall.
    step: Vec2,
    /// Columns that are drawn; the others mirror them.
    columns: usize,
}

/// Columns and rows of texels.
struct Rect {
    columns: Range<usize>,
    rows: Range<usize>,
}

impl Tile {
    fn new(chart: Chart, is_mirrored: bool) -> Self {
        let size = chart.tile().1;
        let (width, height) = (size.x as usize, size.y as usize);
        let texel = size.as_vec2().recip();
        let first = chart.position(0.5 * texel);
        let step = chart.position(1.5 * texel) - first;
        Self { width, height, first, step, columns: if is_mirrored { width.div_ceil(2) } else { width } }
    }

    fn position(&self, column: usize, row: usize) -> Vec2 {
        self.first + Vec2::new(column as f32, row as f32) * self.step
    }

    /// The texels whose centres lie in a box of the chart.
    fn rect(&self, low: Vec2, high: Vec2) -> Rect {
        let (a, b) = ((low - self.first) / self.step, (high - self.first) / self.step);
        let (low, high) = (a.min(b).ceil(), a.max(b).floor() + 1.0);
        // `as` takes what is below zero as zero.
        let range = |low: f32, high: f32, count: usize| low.min(count as f32) as usize..high.min(count as f32) as usize;
        Rect { columns: range(low.x, high.x, self.columns), rows: range(low.y, high.y, self.height) }
    }

    fn whole(&self) -> Rect {
        Rect { columns: 0..self.columns, rows: 0..self.height }
    }
}

/// Draws shapes into a chart's tile: coats 0 to 1 per texel, rows from the tile's top.
pub(super) fn draw(shapes: &Shapes, chart: Chart, wing: Option<Wing>) -> Vec<f32> {
    let tile = Tile::new(chart, shapes.is_mirrored);
    let mut coats = vec![0.0_f32; tile.width * tile.height];
    let mut brush = Brush { values: vec![0.0; coats.len()], tile: &tile };
    for shape in &shapes.list {
        let rect = brush.draw(shape, wing);
        combine(shape, &rect, &brush, &mut coats);
    }
    for row in coats.chunks_exact_mut(tile.width) {
        for column in tile.columns..tile.width {
            row[column] = row[tile.width - 1 - column];
        }
    }
    coats
}

fn combine(shape: &Shape, rect: &Rect, brush: &Brush<'_>, coats: &mut [f32]) {
    let tile = brush.tile;
    if shape.op == Op::Keep {
        // Outside the rectangle the shape is nowhere.
        for (i, coat) in coats.iter_mut().enumerate() {
            let is_inside = rect.rows.contains(&(i / tile.width)) && rect.columns.contains(&(i % tile.width));
            *coat *= if is_inside { 1.0 } else { 1.0 - shape.strength };
        }
    }
    for row in rect.rows.clone() {
        for column in rect.columns.clone() {
            let at = row * tile.width + column;
            let mut value = brush.values[at];
            if let Some(texture) = shape.texture.filter(|_| value > 0.0) {
                value *= texture.kept(tile.position(column, row));
            }
            let coat = &mut coats[at];
            *coat = match shape.op {
                Op::Add => 1.0 - (1.0 - *coat) * (1.0 - value * shape.strength),
                Op::Max => coat.max(value * shape.strength),
                Op::Cut => *coat * (1.0 - value * shape.strength),
                Op::Keep => *coat * (1.0 - shape.strength + value * shape.strength),
            };
        }
    }
}

/// One shape's presence per texel, 0 to 1; only good inside the rectangle that drawing returns.
struct Brush<'a> {
    tile: &'a Tile,
    values: Vec<f32>,
}

/// How much there is at a depth inside an outline, given in feather widths: half at the outline itself.
fn presence(depth: f32) -> f32 {
    let t = (depth + 0.5).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

impl Brush<'_> {
    fn draw(&mut self, shape: &Shape, wing: Option<Wing>) -> Rect {
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
                self.stroke(&wing_line(wing.unwrap_or(*own), *width, *start), feather)
            }
            Kind::Band { low, high, side } => self.fill(self.tile.whole(), |p| {
                let is_on = match side {
                    Side::Upper => p.y >= 0.0,
                    Side::Lower => p.y < 0.0,
                    Side::Both => true,
                };
                if is_on { between(p.y.abs(), *low, *high, 1.0, feather.y) } else { 0.0 }
            }),
            Kind::Annulus { inner, outer } => {
                self.fill(self.tile.whole(), |p| between(p.length(), *inner, *outer, f32::MAX, feather.x))
            }
            Kind::Spokes { count, seed } => self.fill(self.tile.whole(), |p| noise::spokes(p, *count, *seed)),
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

    fn ellipse(&mut self, centre: Vec2, radii: Vec2, turn: Vec2, feather: Vec2) -> Rect {
        let reach = Vec2::splat(radii.max_element()) + 0.5 * feather;
        let rect = self.tile.rect(centre - reach, centre + reach);
        let back = turn.with_y(-turn.y);
        self.fill(rect, |position| {
            let turned = back.rotate(position - centre);
            let scaled = turned / radii;
            let slope = scaled / radii;
            let (length, steepness) = (scaled.length(), slope.length());
            if steepness < 1e-6 {
                return presence((radii / feather).min_element());
            }
            // Distance to first order (Quilez), measured in feathers along the slope.
            let distance = length * (length - 1.0) / steepness;
            presence(-distance * (turn.rotate(slope / steepness) / feather).length())
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
        for (a, b) in line.iter().zip(line.iter().skip(1)) {
            let (start, along) = (a.truncate() / feather, (b - a).truncate() / feather);
            let across = (b - a).truncate().perp().normalize_or(Vec2::Y) / feather;
            let half = Vec2::new(a.z, b.z) * (0.5 * across.length());
            let margin = reach(Vec3::ZERO.with_z(a.z.max(b.z)));
            let (low, high) = (a.truncate().min(b.truncate()) - margin, a.truncate().max(b.truncate()) + margin);
            let piece = self.tile.rect(low, high);
            for row in piece.rows {
                for column in piece.columns.clone() {
                    let offset = self.tile.position(column, row) / feather - start;
                    let t = (offset.dot(along) / along.length_squared().max(1e-8)).clamp(0.0, 1.0);
                    let distance = offset.distance(along * t);
                    let half = half.x + (half.y - half.x) * t;
                    let value = &mut self.values[row * self.tile.width + column];
                    *value = value.max(presence(half - distance) - presence(-half - distance));
                }
            }
        }
        rect
    }

    /// Distances only where the step is, the rest by which side of the outline it lies on.
    fn outline(&mut self, outline: &[Vec2], grow: f32, feather: Vec2) -> Rect {
        let grow = grow / (feather.x * feather.y).sqrt();
        let reach = feather * (0.5 + grow.abs());
        let (low, high) = outline.iter().fold((Vec2::MAX, Vec2::MIN), |(low, high), p| (low.min(*p), high.max(*p)));
        let rect = self.tile.rect(low - reach, high + reach);
        let rect = self.fill(rect, |_| f32::MAX);
        let mut crossings: Vec<(usize, f32, i32)> = Vec::new();
        for (&a, &b) in outline.iter().zip(outline.iter().cycle().skip(1)) {
            self.nearest(a, b, feather, reach);
            let piece = self.tile.rect(Vec2::new(a.x, a.y.min(b.y)), Vec2::new(b.x, a.y.max(b.y)));
            for row in piece.rows {
                let y = self.tile.position(0, row).y;
                if (a.y <= y) != (b.y <= y) {
                    let x = a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y));
                    crossings.push((row, x, if a.y <= y { 1 } else { -1 }));
                }
            }
        }
        crossings.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut crossings = crossings.into_iter().peekable();
        for row in rect.rows.clone() {
            while crossings.next_if(|crossing| crossing.0 < row).is_some() {}
            let mut winding = 0;
            for column in rect.columns.clone() {
                let x = self.tile.position(column, row).x;
                while let Some(crossing) = crossings.next_if(|crossing| crossing.0 == row && crossing.1 <= x) {
                    winding += crossing.2;
                }
                let value = &mut self.values[row * self.tile.width + column];
                let distance = value.sqrt();
                *value = presence(if winding == 0 { grow - distance } else { grow + distance });
            }
        }
        rect
    }

    /// Lowers the squared distances (in feathers) round one piece of an outline.
    fn nearest(&mut self, a: Vec2, b: Vec2, feather: Vec2, reach: Vec2) {
        let piece = self.tile.rect(a.min(b) - reach, a.max(b) + reach);
        let (start, along) = (a / feather, (b - a) / feather);
        let scale = 1.0 / along.length_squared().max(1e-8);
        for row in piece.rows {
            for column in piece.columns.clone() {
                let offset = self.tile.position(column, row) / feather - start;
                let t = (offset.dot(along) * scale).clamp(0.0, 1.0);
                let value = &mut self.values[row * self.tile.width + column];
                *value = value.min(offset.distance_squared(along * t));
            }
        }
    }
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
    let lid = |x: f32, width: f32| Vec3::new(x, 0.5 * width, width);
    let points = [
        lid(start, 0.0),
        lid(0.5 * (start + 1.0), 0.5 * width),
        on(0.0, width),
        on(0.45 * wing.length, 0.55 * width),
        on(wing.length, 0.0),
    ];
    outline::smooth(&points, false).into_iter().map(|point| point.with_z(point.z.max(0.0))).collect()
}
