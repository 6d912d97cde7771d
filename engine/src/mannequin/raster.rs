use glam::{Vec2, Vec3};

/// A grid of samples, each holding the nearest triangle.
#[derive(Clone, Debug)]
pub(super) struct Raster {
    pub width: usize,
    pub height: usize,
    /// Distance; infinite where nothing is.
    pub depth: Vec<f32>,
    /// Triangle and the shares of its second and third corner there; `u32::MAX` where nothing is.
    pub hits: Vec<(u32, Vec2)>,
}

impl Raster {
    pub fn new(width: usize, height: usize) -> Self {
        let samples = width * height;
        Self { width, height, depth: vec![f32::INFINITY; samples], hits: vec![(u32::MAX, Vec2::ZERO); samples] }
    }

    pub fn clear(&mut self) {
        self.depth.fill(f32::INFINITY);
    }

    /// Draws a triangle given in samples (whole numbers are centres) and depth. `keep_hits`: or depth alone.
    pub fn draw(&mut self, [a, b, c]: [Vec3; 3], number: u32, keep_hits: bool) {
        let (p, q) = ((b - a).truncate(), (c - a).truncate());
        let area = p.perp_dot(q);
        if area.abs() < 1e-9 {
            return;
        }
        let (low, high) = (a.min(b).min(c), a.max(b).max(c));
        let first = |low: f32| low.ceil().max(0.0) as usize;
        let end = |high: f32, size: usize| ((high.floor() + 1.0).max(0.0) as usize).min(size);
        for y in first(low.y)..end(high.y, self.height) {
            for x in first(low.x)..end(high.x, self.width) {
                let from = Vec2::new(x as f32, y as f32) - a.truncate();
                let (u, v) = (from.perp_dot(q) / area, p.perp_dot(from) / area);
                if u < 0.0 || v < 0.0 || u + v > 1.0 {
                    continue;
                }
                let depth = a.z + u * (b.z - a.z) + v * (c.z - a.z);
                let at = y * self.width + x;
                if depth < self.depth[at] {
                    self.depth[at] = depth;
                    if keep_hits {
                        self.hits[at] = (number, Vec2::new(u, v));
                    }
                }
            }
        }
    }
}
