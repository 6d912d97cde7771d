//! Icons, drawn in one stroke weight from their paths in a box of 24 by 24.

mod face;
mod kinds;
mod path;
mod signs;
mod things;

use egui::epaint::{CubicBezierShape, PathShape};
use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, Vec2};

pub use self::kinds::Icon;
use self::path::PathStep;
use super::{Flow, Kit, square};

/// Part of an icon's side that its strokes are thick.
const WEIGHT: f32 = 1.9 / 24.0;

impl Kit<'_> {
    /// An icon in the middle of a place.
    pub fn icon(&self, icon: Icon, centre: Pos2, side: f32, color: Color32) {
        draw(self.ui.painter(), icon, square(centre, side), color, self.flow);
    }

    /// A heart that is filled.
    pub fn full_heart(&self, centre: Pos2, side: f32, color: Color32) {
        let place = square(centre, side);
        let points = flatten(face::HEART, &|x, y| at(place, x, y));
        for line in points {
            // Every edge is seen from the middle: a fan fills it, and the outline smooths its rim.
            let mut mesh = Mesh::default();
            mesh.colored_vertex(at(place, 12.0, 12.0), color);
            for (index, point) in line.iter().enumerate() {
                mesh.colored_vertex(*point, color);
                if index > 0 {
                    mesh.add_triangle(0, index as u32, index as u32 + 1);
                }
            }
            self.ui.painter().add(mesh);
        }
        self.icon(Icon::Heart, centre, side, color);
    }
}

fn at(place: Rect, x: f32, y: f32) -> Pos2 {
    place.min + Vec2::new(x, y) * (place.width() / 24.0)
}

fn draw(painter: &Painter, icon: Icon, place: Rect, color: Color32, flow: Flow) {
    let mirrored = flow.rtl && icon.mirrors();
    let place_of = |x: f32, y: f32| at(place, if mirrored { 24.0 - x } else { x }, y);
    let unit = place.width() / 24.0;
    let stroke = Stroke::new((place.width() * WEIGHT).max(1.5), color);
    let path = icon.path();
    for line in flatten(path, &place_of) {
        round_line(painter, line, stroke);
    }
    for step in path {
        match *step {
            PathStep::Ring(x, y, radius) => {
                painter.circle_stroke(place_of(x, y), radius * unit, stroke);
            }
            PathStep::Dot(x, y, radius) => {
                painter.circle_filled(place_of(x, y), radius * unit, color);
            }
            PathStep::Half(x, y, radius) => {
                let arc = (0..=24).map(|step| {
                    let angle = std::f32::consts::PI * (step as f32 / 24.0 - 0.5);
                    place_of(x, y) + Vec2::angled(angle) * radius * unit
                });
                painter.add(Shape::convex_polygon(arc.collect(), color, Stroke::NONE));
            }
            _ => {}
        }
    }
}

/// The path's lines as points.
fn flatten(path: &[PathStep], place: &dyn Fn(f32, f32) -> Pos2) -> Vec<Vec<Pos2>> {
    let mut lines: Vec<Vec<Pos2>> = Vec::new();
    for step in path {
        match *step {
            PathStep::To(x, y) => lines.push(vec![place(x, y)]),
            PathStep::Line(x, y) => {
                if let Some(line) = lines.last_mut() {
                    line.push(place(x, y));
                }
            }
            PathStep::Curve(ax, ay, bx, by, x, y) => {
                if let Some(line) = lines.last_mut()
                    && let Some(from) = line.last().copied()
                {
                    let points = [from, place(ax, ay), place(bx, by), place(x, y)];
                    let curve = CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, Stroke::NONE);
                    line.extend(curve.flatten(Some(0.1)).into_iter().skip(1));
                }
            }
            PathStep::Close => {
                if let Some(line) = lines.last_mut()
                    && let Some(first) = line.first().copied()
                {
                    line.push(first);
                }
            }
            _ => {}
        }
    }
    lines
}

/// A line with round ends.
pub(super) fn round_line(painter: &Painter, mut line: Vec<Pos2>, stroke: Stroke) {
    let (Some(first), Some(last)) = (line.first().copied(), line.last().copied()) else { return };
    let closed = line.len() > 2 && first.distance(last) < 0.05;
    if closed {
        line.pop();
        painter.add(Shape::Path(PathShape::closed_line(line, stroke)));
        return;
    }
    for end in [first, last] {
        painter.circle_filled(end, stroke.width / 2.0, stroke.color);
    }
    painter.add(Shape::line(line, stroke));
}
