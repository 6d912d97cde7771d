//! What the mirror reads of a face: landmarks, mesh, skin tone, light and the maps of skin and lips. A test reads the same
//! picture through the same engine, and looks for numbers near its own in the mirror's memory: the mirror's differ in their
//! last digits, since it smooths over time.

use std::time::Duration;

use bytemuck::cast_slice;
use carmine::frame::{Frame, PixelFormat};
use carmine::glam::Vec3;
use carmine::light::ToneReading;
use carmine::{TryOn, TryOnConfig};
use image::RgbImage;

use crate::common::memory::{Owner, each_piece};

/// The first point that is looked for, and how many from there on.
const FIRST: usize = 100;
const WINDOW: usize = 40;
/// How far a point may be off, in the distance between the two farthest of its window.
const POINT_OFF: f32 = 0.02;

/// What is looked for.
pub struct Readings {
    shapes: Vec<(&'static str, Shape)>,
    rows: Vec<(&'static str, Row)>,
}

/// Points in a row, wherever they lie, however large, turned or mirrored: any space that landmarks are brought into.
struct Shape {
    points: Vec<[f32; 2]>,
    /// The first point is at the origin, this one at (1, 0).
    far: usize,
    /// The one that is farthest from the line between them.
    side: usize,
}

impl Shape {
    fn of(points: &[Vec3]) -> Self {
        let flat: Vec<[f32; 2]> = points.iter().map(|point| [point.x - points[0].x, point.y - points[0].y]).collect();
        let length = |point: &[f32; 2]| point[0].hypot(point[1]);
        let farthest = |key: &dyn Fn(&[f32; 2]) -> f32| {
            (0..flat.len()).max_by(|a, b| key(&flat[*a]).total_cmp(&key(&flat[*b]))).unwrap()
        };
        let far = farthest(&length);
        let points: Vec<[f32; 2]> = flat.iter().map(|point| over(*point, flat[far])).collect();
        let side = (0..points.len()).max_by(|a, b| points[*a][1].abs().total_cmp(&points[*b][1].abs())).unwrap();
        Self { points, far, side }
    }

    /// How often it is among these numbers, `step` of which make a point.
    fn count(&self, numbers: &[f32], step: usize) -> usize {
        let length = (self.points.len() - 1) * step + 2;
        let (far, side) = (self.far * step, self.side * step);
        let wanted = self.points[self.side];
        let (mut found, mut at) = (0, 0);
        while at + length <= numbers.len() {
            let base = [numbers[at + far] - numbers[at], numbers[at + far + 1] - numbers[at + 1]];
            let size = base[0] * base[0] + base[1] * base[1];
            if size > 1e-6 && size < 1e9 {
                let seen = over([numbers[at + side] - numbers[at], numbers[at + side + 1] - numbers[at + 1]], base);
                let apart = seen[0] - wanted[0];
                if apart < POINT_OFF
                    && apart > -POINT_OFF
                    && (seen[1].abs() - wanted[1].abs()).abs() < POINT_OFF
                    && self.is_at(&numbers[at..], step, base, seen[1].signum() * wanted[1].signum())
                {
                    found += 1;
                    at += length;
                    continue;
                }
            }
            at += 1;
        }
        found
    }

    fn is_at(&self, numbers: &[f32], step: usize, base: [f32; 2], mirror: f32) -> bool {
        self.points.iter().enumerate().all(|(index, wanted)| {
            let at = index * step;
            let seen = over([numbers[at] - numbers[0], numbers[at + 1] - numbers[1]], base);
            (seen[0] - wanted[0]).abs() < POINT_OFF && (seen[1] * mirror - wanted[1]).abs() < POINT_OFF
        })
    }
}

/// Complex numbers' quotient: the first vector as seen from the second.
fn over(a: [f32; 2], b: [f32; 2]) -> [f32; 2] {
    let size = b[0] * b[0] + b[1] * b[1];
    [(a[0] * b[0] + a[1] * b[1]) / size, (a[1] * b[0] - a[0] * b[1]) / size]
}

/// Numbers in a row, each near the one expected.
struct Row {
    numbers: Vec<f32>,
    off: f32,
}

impl Row {
    /// Off by at most this part of the largest.
    fn of(numbers: &[f32], off: f32) -> Self {
        let largest = numbers.iter().fold(0.0_f32, |most, number| most.max(number.abs()));
        Self { numbers: numbers.to_vec(), off: off * largest }
    }

    fn count(&self, numbers: &[f32]) -> usize {
        let (first, length) = (self.numbers[0], self.numbers.len());
        let (mut found, mut at) = (0, 0);
        while at + length <= numbers.len() {
            let apart = numbers[at] - first;
            if apart < self.off
                && apart > -self.off
                && numbers[at..].iter().zip(&self.numbers).all(|(seen, wanted)| (seen - wanted).abs() < self.off)
            {
                found += 1;
                at += length;
            } else {
                at += 1;
            }
        }
        found
    }
}

impl Readings {
    /// All that is looked for.
    pub const KINDS: [&str; 6] = ["landmarks", "mesh", "tone", "light", "skin map", "lip map"];

    /// Of the one face in a picture.
    pub fn of(picture: &RgbImage) -> Self {
        let mut try_on = TryOn::new(TryOnConfig::default()).unwrap();
        let frame = Frame::new(picture.as_raw(), PixelFormat::Rgb8, picture.width(), picture.height()).unwrap();
        for number in 0..45 {
            try_on.observe(&frame.with_time(Duration::from_millis(number * 66))).unwrap();
        }
        let observation = try_on.observe(&frame.with_time(Duration::from_secs(3))).unwrap();
        let (face, light) = (&observation.faces()[0], &observation.light().faces[0]);
        let shapes = vec![
            ("landmarks", Shape::of(&face.landmarks_px[FIRST..FIRST + WINDOW])),
            ("mesh", Shape::of(&face.mesh_face_cm[FIRST..FIRST + WINDOW])),
        ];
        let ToneReading::Tone(tone) = light.tone else { panic!("no tone: {:?}", light.tone) };
        let map: &[f32] = cast_slice(&light.skin.map[..]);
        let lips: &[f32] = cast_slice(&light.lips.map[..]);
        let middle = |map: &[f32]| map[map.len() / 2..][..128].to_vec();
        let rows = vec![
            ("tone", Row::of(&tone.lab.to_array(), 0.004)),
            ("light", Row::of(&light.sh, 0.02)),
            ("skin map", Row::of(&middle(map), 0.05)),
            ("lip map", Row::of(&middle(lips), 0.05)),
        ];
        Self { shapes, rows }
    }

    /// Which of them are in the process's memory, each with how often.
    pub fn search(&self, pid: u32, owners: &[Owner]) -> Vec<(&'static str, usize)> {
        let mut found: Vec<(&'static str, usize)> = Vec::new();
        let mut add = |name, count| match found.iter_mut().find(|(found, _)| *found == name) {
            Some((_, sum)) => *sum += count,
            None => found.push((name, count)),
        };
        each_piece(pid, |piece, owner| {
            if !owners.contains(&owner) {
                return;
            }
            let numbers: &[f32] = bytemuck::try_cast_slice(piece).expect("pages are aligned");
            for (name, shape) in &self.shapes {
                add(*name, (2..=4).map(|step| shape.count(numbers, step)).sum());
            }
            for (name, row) in &self.rows {
                add(*name, row.count(numbers));
            }
        });
        found.retain(|(_, count)| *count > 0);
        found
    }
}
