//! A visibility buffer: which triangle every sample sees.
//!
//! In: triangles in pixels with a distance, those of one band of rows. Out: per sample the nearest one's number and
//! depth as one sortable key.
//!
//! 1. A triangle's corners are sorted by y; long side, upper and lower short side bound its rows of samples.
//! 2. Along a row depth grows by a constant step; the smaller key stays.

use glam::{Vec2, Vec3};

/// Nothing is there.
pub(super) const EMPTY: u64 = u64::MAX;
/// Samples per pixel.
pub(super) const SAMPLES: usize = 4;
/// Where the samples lie from the pixel's centre, in pixels: a rotated grid, so that upright and level edges, too, have
/// four steps.
pub(super) const OFFSETS_PX: [Vec2; SAMPLES] =
    [Vec2::new(-0.125, -0.375), Vec2::new(0.375, -0.125), Vec2::new(-0.375, 0.125), Vec2::new(0.125, 0.375)];

/// What every sample of a band of rows sees: the nearest triangle. A picture is drawn band by band, which stay in the
/// processor's cache.
#[derive(Debug)]
pub(super) struct VisibilityBuffer {
    width: usize,
    height: usize,
    /// The band's first row.
    top: usize,
    /// Per pixel its samples: depth (as bits, which sort as the numbers do) over the triangle's number.
    keys: Vec<u64>,
}

impl VisibilityBuffer {
    /// Bands of `height` rows.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, top: 0, keys: vec![EMPTY; width * height * SAMPLES] }
    }

    /// Goes to the band that begins with row `top`.
    pub fn begin(&mut self, top: usize) {
        self.top = top;
        self.keys.fill(EMPTY);
    }

    /// The samples of the pixels in row `y` of the picture, which lies in the band.
    pub fn row(&self, y: usize) -> &[u64] {
        &self.keys[(y - self.top) * self.width * SAMPLES..][..self.width * SAMPLES]
    }

    /// Draws a triangle that faces the camera, given in pixels (whole numbers are centres, y down) and distance; others
    /// are left out.
    pub fn draw(&mut self, corners: [Vec3; 3], number: u32) {
        let [a, b, c] = corners;
        let (p, q) = (b - a, c - a);
        let area = p.x * q.y - p.y * q.x;
        if area > -1e-6 {
            return;
        }
        let slope_x = (p.z * q.y - q.z * p.y) / area;
        let slope_y = (q.z * p.x - p.z * q.x) / area;
        let mut by_y = corners;
        if by_y[1].y < by_y[0].y {
            by_y.swap(0, 1);
        }
        if by_y[2].y < by_y[1].y {
            by_y.swap(1, 2);
        }
        if by_y[1].y < by_y[0].y {
            by_y.swap(0, 1);
        }
        let [top, middle, bottom] = by_y;
        let rows = SAMPLES as f32;
        // Sample row r lies at (r − 1.5) / 4 px.
        let (band, end) = ((self.top * SAMPLES) as i32, ((self.top + self.height) * SAMPLES) as i32);
        let first = ceil(top.y * rows + 1.5).max(band) as usize;
        let end = ceil(bottom.y * rows + 1.5).clamp(band, end) as usize;
        let run = |from: Vec3, to: Vec3| (to.x - from.x) / (to.y - from.y).max(1e-9);
        let (long, upper, lower) = (run(top, bottom), run(top, middle), run(middle, bottom));
        for row in first..end {
            let y = (row as f32 - 1.5) / rows;
            let across = top.x + (y - top.y) * long;
            let other = if y < middle.y { top.x + (y - top.y) * upper } else { middle.x + (y - middle.y) * lower };
            let sample = row % SAMPLES;
            let shift = OFFSETS_PX[sample].x;
            let left = ceil(across.min(other) - shift).max(0) as usize;
            let right = ceil(across.max(other) - shift).clamp(0, self.width as i32) as usize;
            if left >= right {
                continue;
            }
            let mut depth = a.z + slope_x * (left as f32 + shift - a.x) + slope_y * (y - a.y);
            let base = (row / SAMPLES - self.top) * self.width * SAMPLES + sample;
            let held = &mut self.keys[base + left * SAMPLES..];
            for held in held.iter_mut().step_by(SAMPLES).take(right - left) {
                let key = u64::from(depth.to_bits()) << 32 | u64::from(number);
                if key < *held {
                    *held = key;
                }
                depth += slope_x;
            }
        }
    }
}

/// The standard library's is a call where the processor's own may not be counted on.
fn ceil(value: f32) -> i32 {
    let whole = value as i32;
    whole + i32::from(value > whole as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_leave_no_gap_and_the_nearer_wins() {
        let mut buffer = VisibilityBuffer::new(8, 8);
        let [a, b, c, d] = [
            Vec3::new(-1.0, -1.0, 5.0),
            Vec3::new(9.0, -1.0, 5.0),
            Vec3::new(9.0, 9.0, 5.0),
            Vec3::new(-1.0, 9.0, 5.0),
        ];
        buffer.draw([a, c, b], 0);
        buffer.draw([a, d, c], 1);
        assert!((0..8).all(|y| buffer.row(y).iter().all(|&key| key != EMPTY)));
        // The other way round it faces away.
        buffer.draw([a, b, c].map(|corner| corner.with_z(1.0)), 2);
        buffer.draw([a, c, b].map(|corner| corner.with_z(4.0)), 3);
        assert_eq!(buffer.row(0)[7 * SAMPLES] as u32, 3);
        assert_eq!(buffer.row(7)[0] as u32, 1);
        // Half covered: two of four samples.
        buffer.begin(0);
        let half = [Vec3::new(3.0, -9.0, 1.0), Vec3::new(-99.0, 3.0, 1.0), Vec3::new(3.0, 15.0, 1.0)];
        buffer.draw(half, 4);
        assert_eq!(buffer.row(3)[3 * SAMPLES..][..SAMPLES].iter().filter(|&&key| key != EMPTY).count(), 2);
    }
}
