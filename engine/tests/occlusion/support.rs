//! Running the chain, and counting cells of the map.

use std::time::Duration;

use carmine::face::{FittedFace, OCCLUSION_SIDE, Occlusion, Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine::models::{CanonicalFace, rings};
use carmine::{Frame, TryOn, TryOnConfig};
use glam::{Vec2, Vec3};

/// The engine's stations, for one face.
pub struct Chain(TryOn);

impl Chain {
    pub fn new(sequence: Sequence) -> Self {
        let tracker = TrackerConfig { max_faces: 1, sequence, ..TrackerConfig::default() };
        Self(TryOn::new(TryOnConfig { tracker, ..TryOnConfig::default() }).unwrap())
    }

    pub fn see(&mut self, rgb: &[u8], (width, height): (u32, u32), time_s: f64) -> Option<(FittedFace, Occlusion)> {
        let frame =
            Frame::new(rgb, PixelFormat::Rgb8, width, height).unwrap().with_time(Duration::from_secs_f64(time_s));
        let seen = self.0.observe(&frame).unwrap();
        assert_eq!(seen.faces().len(), seen.occlusion().len());
        Some((seen.faces().first()?.clone(), seen.occlusion().first()?.clone()))
    }
}

/// Where the cells of the map are on a face.
pub struct Cells(Vec<(usize, [usize; 3], [f32; 3])>);

impl Cells {
    pub fn new() -> Self {
        let canonical = CanonicalFace::embedded().unwrap();
        let place = |index: usize| {
            let at = centre(index);
            canonical.triangles.iter().find_map(|triangle| {
                let [a, b, c] = triangle.map(|vertex| Vec2::from(canonical.uv[usize::from(vertex)]));
                let area = (b - a).perp_dot(c - a);
                let (v, w) = ((at - a).perp_dot(c - a) / area, (b - a).perp_dot(at - a) / area);
                (v >= 0.0 && w >= 0.0 && v + w <= 1.0).then(|| (index, triangle.map(usize::from), [1.0 - v - w, v, w]))
            })
        };
        Self((0..OCCLUSION_SIDE * OCCLUSION_SIDE).filter_map(place).collect())
    }

    /// Cell, its place in the picture, and whether it is seen: inside the frame and not edge-on.
    pub fn on(&self, face: &FittedFace, (width, height): (u32, u32)) -> impl Iterator<Item = (usize, Vec2, bool)> {
        self.0.iter().map(move |&(index, corners, weights)| {
            let at: Vec2 = (0..3).map(|i| face.landmarks_px[corners[i]].truncate() * weights[i]).sum();
            let normal: Vec3 = (0..3).map(|i| face.normals_camera[corners[i]] * weights[i]).sum();
            let inside = Vec2::ZERO.cmple(at).all() && at.x < width as f32 && at.y < height as f32;
            (index, at, inside && normal.normalize_or(Vec3::Z).z > 0.4)
        })
    }
}

pub fn centre(index: usize) -> Vec2 {
    let cell = Vec2::new((index % OCCLUSION_SIDE) as f32, (index / OCCLUSION_SIDE) as f32);
    (cell + 0.5) / OCCLUSION_SIDE as f32
}

pub fn inside(outline: &[Vec2], at: Vec2) -> bool {
    let next = outline.iter().cycle().skip(1);
    let crossings = outline
        .iter()
        .zip(next)
        .filter(|&(&a, &b)| (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x);
    crossings.count() % 2 == 1
}

/// Parts of the map.
pub struct Regions {
    pub lips: Vec<bool>,
    /// Where make-up is worn: hair beside the cheeks, which is not in the labels, is left out.
    pub inner: Vec<bool>,
    pub lids: Vec<bool>,
    pub cheeks: Vec<bool>,
}

impl Regions {
    pub fn new() -> Self {
        let canonical = CanonicalFace::embedded().unwrap();
        let outline =
            |ring: &[u16]| -> Vec<Vec2> { ring.iter().map(|&i| Vec2::from(canonical.uv[usize::from(i)])).collect() };
        let region =
            |wanted: &dyn Fn(Vec2) -> bool| (0..OCCLUSION_SIDE * OCCLUSION_SIDE).map(|i| wanted(centre(i))).collect();
        let ellipse = |at: Vec2, middle: Vec2, radii: Vec2| ((at - middle) / radii).length_squared() < 1.0;
        let mirrored = |at: Vec2| Vec2::new(0.5 - (at.x - 0.5).abs(), at.y);
        let lips = outline(&rings::LIPS_OUTER);
        Self {
            lips: region(&|at| inside(&lips, at)),
            inner: region(&|at| ellipse(at, Vec2::new(0.5, 0.54), Vec2::new(0.33, 0.42))),
            lids: region(&|at| ellipse(mirrored(at), Vec2::new(0.345, 0.36), Vec2::new(0.1, 0.06))),
            cheeks: region(&|at| ellipse(mirrored(at), Vec2::new(0.3, 0.55), Vec2::new(0.13, 0.12))),
        }
    }
}

/// Cells covered in truth and found, found only, covered only, and neither.
#[derive(Default)]
pub struct Tally {
    hit: f64,
    extra: f64,
    missed: f64,
    clear: f64,
}

impl Tally {
    pub fn add(&mut self, truth: bool, found: bool) {
        *match (truth, found) {
            (true, true) => &mut self.hit,
            (false, true) => &mut self.extra,
            (true, false) => &mut self.missed,
            (false, false) => &mut self.clear,
        } += 1.0;
    }

    pub fn recall(&self) -> f64 {
        self.hit / (self.hit + self.missed).max(1.0)
    }

    pub fn precision(&self) -> f64 {
        self.hit / (self.hit + self.extra).max(1.0)
    }

    pub fn iou(&self) -> f64 {
        self.hit / (self.hit + self.extra + self.missed).max(1.0)
    }

    /// Share of clear cells that were found covered.
    pub fn false_share(&self) -> f64 {
        self.extra / (self.extra + self.clear).max(1.0)
    }
}
