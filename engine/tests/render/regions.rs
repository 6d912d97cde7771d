//! Where on a picture a product may lie, and where not.

use carmine::face::FittedFace;
use carmine::look::Category;
use carmine::models::CanonicalFace;
use carmine::models::rings;
use glam::Vec2;
use image::RgbaImage;

/// Polygons, and a margin round them.
pub struct Region {
    pub polygons: Vec<Vec<Vec2>>,
    pub reach_px: f32,
}

impl Region {
    pub fn contains(&self, at: Vec2) -> bool {
        self.polygons.iter().any(|polygon| inside(polygon, at) || distance(polygon, at) <= self.reach_px)
    }

    /// Whole pixels of a picture that lie inside by more than the margin.
    pub fn core(&self, picture: &RgbaImage) -> Vec<Vec2> {
        let pixels = picture.enumerate_pixels().map(|(x, y, _)| Vec2::new(x as f32, y as f32));
        let deep = |polygon: &Vec<Vec2>, at| inside(polygon, at) && distance(polygon, at) > self.reach_px;
        pixels.filter(|&at| self.polygons.iter().any(|polygon| deep(polygon, at))).collect()
    }
}

pub fn inside(polygon: &[Vec2], at: Vec2) -> bool {
    let mut odd = false;
    for (i, a) in polygon.iter().enumerate() {
        let b = polygon[(i + 1) % polygon.len()];
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            odd = !odd;
        }
    }
    odd
}

/// Distance from a polygon's outline.
pub fn distance(polygon: &[Vec2], at: Vec2) -> f32 {
    let edges = polygon.iter().zip(polygon.iter().cycle().skip(1));
    edges
        .map(|(&a, &b)| {
            let along = (at - a).dot(b - a) / (b - a).length_squared().max(1e-9);
            at.distance(a.lerp(b, along.clamp(0.0, 1.0)))
        })
        .fold(f32::MAX, f32::min)
}

/// Landmarks of a face in the picture.
pub fn ring(face: &FittedFace, ring: &[u16]) -> Vec<Vec2> {
    ring.iter().map(|&i| face.landmarks_px[usize::from(i)].truncate()).collect()
}

/// The convex hull (Andrew's monotone chain).
pub fn hull(mut points: Vec<Vec2>) -> Vec<Vec2> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    let half = |points: &mut dyn Iterator<Item = Vec2>| {
        let mut chain: Vec<Vec2> = Vec::new();
        for point in points {
            while let [.., a, b] = chain[..]
                && (b - a).perp_dot(point - a) <= 0.0
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut whole = half(&mut points.iter().copied());
    whole.extend(half(&mut points.iter().rev().copied()));
    whole
}

/// The hull of the mesh's triangles that touch a box of canonical uv (min x, min y, max x, max y).
fn uv_box(face: &FittedFace, [left, top, right, bottom]: [f32; 4]) -> Vec<Vec2> {
    let canonical = CanonicalFace::embedded().unwrap();
    let within = |&i: &u16| {
        let [x, y] = canonical.uv[usize::from(i)];
        (left..=right).contains(&x) && (top..=bottom).contains(&y)
    };
    let touching = canonical.triangles.iter().filter(|corners| corners.iter().any(within));
    hull(ring(face, &touching.flatten().copied().collect::<Vec<_>>()))
}

/// Everywhere that a product of `category` in its usual mask may lie; generous.
pub fn of(category: Category, face: &FittedFace) -> Region {
    let interocular = face.landmarks_px.interocular();
    let both = |[left, top, right, bottom]: [f32; 4]| {
        vec![uv_box(face, [left, top, right, bottom]), uv_box(face, [1.0 - right, top, 1.0 - left, bottom])]
    };
    let rings = |rings: &[&[u16]]| rings.iter().map(|points| hull(ring(face, points))).collect::<Vec<_>>();
    let eyes: [&[u16]; 2] = [&rings::RIGHT_EYE, &rings::LEFT_EYE];
    let (polygons, reach) = match category {
        Category::Foundation | Category::Contour | Category::Bronzer => (vec![whole(face)], 0.0),
        Category::Concealer => (both([0.22, 0.36, 0.47, 0.52]), 0.0),
        Category::Blush => (both([0.1, 0.37, 0.45, 0.68]), 0.0),
        Category::Highlighter => (both([0.08, 0.3, 0.38, 0.56]), 0.0),
        Category::Eyeshadow => (both([0.23, 0.3, 0.46, 0.43]), 0.0),
        Category::Eyeliner => (rings(&eyes), 0.05),
        Category::Mascara | Category::Lashes => (rings(&eyes), 0.14),
        Category::Brow => (rings(&[&rings::RIGHT_BROW, &rings::LEFT_BROW]), 0.06),
        Category::Lens => (rings(&eyes), 0.0),
        Category::LipLiner | Category::Lipstick | Category::LipGloss => (vec![ring(face, &rings::LIPS_OUTER)], 0.02),
    };
    Region { polygons, reach_px: reach * interocular + 1.5 }
}

/// The hull of all landmarks.
pub fn whole(face: &FittedFace) -> Vec<Vec2> {
    hull(face.landmarks_px.iter().map(|point| point.truncate()).collect())
}

/// Teeth, tongue and what lies between, where the mouth is open.
pub fn mouth(face: &FittedFace) -> Region {
    // In the corners, where the lips nearly touch, they are made to meet.
    let margin = 0.5 + 0.013 * face.landmarks_px.interocular();
    Region { polygons: vec![ring(face, &rings::LIPS_INNER)], reach_px: margin }
}

/// The eyeballs as far as the lids leave them free.
pub fn eyeballs(face: &FittedFace) -> Region {
    let polygons = vec![ring(face, &rings::RIGHT_EYE), ring(face, &rings::LEFT_EYE)];
    Region { polygons, reach_px: 1.0 + 0.012 * face.landmarks_px.interocular() }
}

/// Pixels that differ.
pub fn changed(before: &RgbaImage, after: &RgbaImage) -> Vec<Vec2> {
    let pairs = before.enumerate_pixels().zip(after.pixels());
    pairs.filter(|((_, _, a), b)| a.0[..3] != b.0[..3]).map(|((x, y, _), _)| Vec2::new(x as f32, y as f32)).collect()
}

/// Of a set of pixels, those that differ.
pub fn changed_among(before: &RgbaImage, after: &RgbaImage, pixels: &[Vec2]) -> Vec<Vec2> {
    let differs = |at: &&Vec2| {
        let (x, y) = (at.x as u32, at.y as u32);
        before.get_pixel(x, y).0[..3] != after.get_pixel(x, y).0[..3]
    };
    pixels.iter().filter(differs).copied().collect()
}
