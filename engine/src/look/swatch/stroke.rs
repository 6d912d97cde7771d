//! Pencils, liners and brows: lines.

use glam::Vec2;

use super::super::mask::noise::{hash, noise};
use super::{Body, Canvas, smoothstep};

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Line {
    /// One sweep of a wet brush, ending in a point.
    Wet,
    /// To and fro with a pencil; the paper's tooth shows.
    Waxy,
    /// Hair by hair over a little powder.
    Hairs,
}

/// A line across the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    line: Line,
    half: f32,
    turns: f32,
}

impl Stroke {
    pub const LIQUID: Self = Self { line: Line::Wet, half: 0.19, turns: 0.0 };
    pub const KOHL: Self = Self { line: Line::Waxy, half: 0.165, turns: 1.5 };
    pub const PENCIL: Self = Self { line: Line::Waxy, half: 0.135, turns: 2.0 };
    pub const BROW: Self = Self { line: Line::Hairs, half: 0.30, turns: 0.0 };

    pub fn at(&self, place: Vec2, canvas: Canvas) -> Body {
        match self.line {
            Line::Wet => self.wet(place, canvas),
            Line::Waxy => self.waxy(place, canvas),
            Line::Hairs => self.hairs(place, canvas),
        }
    }

    /// Thin, swelling, and flicked up into a point.
    fn wet(&self, place: Vec2, canvas: Canvas) -> Body {
        let along = ((place.x + 0.84) / 1.68).clamp(0.0, 1.0);
        let curve = |x: f32| -0.30 + 0.10 * x + 0.38 * x * x * (0.6 + 0.4 * x);
        let slope = (curve(place.x + 0.01) - curve(place.x - 0.01)) / 0.02;
        let across = (place.y - curve(place.x)) / (1.0 + slope * slope).sqrt();
        let half = self.half * along.powf(0.55) * (1.0 - along).powf(0.75) * 2.1;
        let beyond = (place.x.abs() - 0.84).max(0.0);
        let distance = (across.abs() - half).max(beyond);
        let inward = (-distance / self.half).clamp(0.0, 1.0);
        let round = (1.0 - (1.0 - inward) * (1.0 - inward)).max(0.0).sqrt();
        let ripple = 0.012 * noise(Vec2::new(place.x * 3.0, place.y * 9.0), 0, canvas.seed);
        Body { height: 0.16 * round + ripple, cover: canvas.inside(distance), depth: 1.0, shade: 1.0 }
    }

    /// A zigzag whose lines lie half over each other.
    fn waxy(&self, place: Vec2, canvas: Canvas) -> Body {
        // In the zigzag's own frame, along its lines.
        let axis = Vec2::new(0.94, 0.341_17);
        let (along, side) = (place.dot(axis), axis.perp_dot(place));
        let spacing = self.half * 1.55;
        let mut body = Body::default();
        let count = (self.turns * 2.0) as i32;
        let mut distance = f32::MAX;
        for number in 0..=count {
            let offset = number as f32 - 0.5 * count as f32;
            let uneven = hash(glam::IVec2::new(number, 3), canvas.seed) - 0.5;
            let lean = 0.10 * if number % 2 == 0 { along } else { -along };
            let bow = 0.10 * along * along;
            let across = side - offset * spacing - lean - bow + 0.05;
            let reach = 0.68 - 0.10 * offset.abs() + 0.12 * uneven;
            let beyond = (along.abs() - reach).max(0.0);
            let pressed = self.half * (1.0 - 0.25 * smoothstep(0.2, 0.8, along));
            let one = Vec2::new(beyond, across).length() - pressed;
            distance = distance.min(one);
            let inward = (-one / pressed).clamp(0.0, 1.0);
            let fine = noise(Vec2::new(along * 2.0, across * 34.0), 0, canvas.seed ^ number as u32);
            body.height = body.height.max(0.07 * inward.sqrt() + 0.02 * fine * inward);
        }
        let tooth = 0.55 * noise(place * 24.0, 0, canvas.seed ^ 21) + 0.45 * noise(place * 47.0, 0, canvas.seed ^ 22);
        let inward = (-distance / self.half).clamp(0.0, 1.0);
        // Wax catches on the tooth: full in the middle, broken at the edge and where the hand lifts.
        let lifted = smoothstep(0.25, 0.95, along) * 0.34 + 0.34 * (1.0 - smoothstep(0.0, 0.45, inward));
        let caught = smoothstep(lifted - 0.06, lifted + 0.10, tooth + 0.04);
        body.height += 0.02 * (tooth - 0.5);
        body.cover = canvas.inside(distance) * caught;
        body.depth = 1.0;
        body.shade = 1.0;
        body
    }

    fn hairs(&self, place: Vec2, canvas: Canvas) -> Body {
        let axis = Vec2::new(0.97, 0.243_1);
        let (along, side) = (place.dot(axis), axis.perp_dot(place) + 0.22 * place.x * place.x - 0.05);
        let part = ((along + 0.86) / 1.72).clamp(0.0, 1.0);
        let half = self.half * (0.72 + 0.5 * part) * (1.0 - part * part * part).max(0.0).sqrt();
        let inside = (side.abs() / half.max(1e-3)).min(2.0);
        let powder = 0.34
            * (1.0 - smoothstep(0.35, 1.0, inside))
            * smoothstep(0.0, 0.12, part)
            * (1.0 - smoothstep(0.9, 1.0, part));
        let powder = powder * (0.7 + 0.6 * noise(place * 30.0, 0, canvas.seed));
        let mut body = Body { height: 0.0, cover: powder, depth: 1.0, shade: 1.06 };
        // Hairs grow up in front and lie down towards the tail.
        const HAIRS: i32 = 46;
        for number in 0..HAIRS {
            let random = |salt: i32| hash(glam::IVec2::new(number, salt), canvas.seed);
            let root = (number as f32 + 0.9 * random(1)) / HAIRS as f32;
            let row = if number % 2 == 0 { -0.62 } else { 0.05 } + 0.3 * (random(2) - 0.5);
            let own_half = self.half * (0.72 + 0.5 * root) * (1.0 - root * root * root).max(0.0).sqrt();
            let from = Vec2::new(-0.86 + 1.60 * root, row * own_half);
            let lean = (1.25 - 1.15 * root + 0.3 * (random(3) - 0.5)) * if row > 0.0 { 0.75 } else { 1.0 };
            let length = (0.9 + 0.5 * random(4)) * (0.20 + 0.9 * own_half) * 0.62;
            let way = Vec2::from_angle(lean) * length;
            let to = Vec2::new(along, side) - from;
            let t = (to.dot(way) / way.length_squared()).clamp(0.0, 1.0);
            let bow = way.perp() * 0.12 * (t * (1.0 - t) * 4.0) * -1.0;
            let away = (to - way * t - bow).length() - 0.026 * (1.0 - t).powf(0.7) * (0.7 + 0.5 * random(5));
            let cover = canvas.inside(away) * smoothstep(1.0, 0.8, t);
            if cover > body.cover {
                body = Body { height: 0.02 * cover, cover, depth: 1.0, shade: 0.92 + 0.16 * random(6) };
            }
        }
        body
    }
}
