//! A single hair.

use glam::Vec2;

use super::{Body, Canvas, place};

/// A bent line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Strand {
    /// Where it begins, what it bends towards, where it ends (a quadratic Bézier curve).
    pub path: [Vec2; 3],
    /// Half its thickness at the root.
    pub width: f32,
    /// Whether it thins out to a point.
    pub tapers: bool,
    /// Lightness of the masstone.
    pub shade: f32,
}

impl Strand {
    /// Draws it wherever it covers more than what is there.
    pub fn draw(&self, bodies: &mut [Body], side: usize, canvas: Canvas) {
        let [from, by, to] = self.path;
        let curve = |t: f32| from * ((1.0 - t) * (1.0 - t)) + by * (2.0 * t * (1.0 - t)) + to * (t * t);
        let steps = ((0.5 * from.distance(to) / canvas.pixel).ceil() as usize).clamp(4, 24);
        for step in 0..steps {
            let part = |step: usize| step as f32 / steps as f32;
            let (begin, end) = (part(step), part(step + 1));
            self.piece(bodies, side, canvas, [(curve(begin), begin), (curve(end), end)]);
        }
    }

    /// A straight piece between two places, each with how far along the strand it lies.
    fn piece(&self, bodies: &mut [Body], side: usize, canvas: Canvas, [(one, begin), (two, end)]: [(Vec2, f32); 2]) {
        let thick = |t: f32| if self.tapers { self.width * (1.0 - t).sqrt() } else { self.width };
        let reach = thick(begin).max(canvas.pixel) + canvas.pixel;
        let pixel = |units: f32| ((units + 1.0) / canvas.pixel).clamp(0.0, side as f32 - 1.0) as usize;
        let (low, high) = (one.min(two) - reach, one.max(two) + reach);
        let way = two - one;
        for y in pixel(-high.y)..=pixel(-low.y) {
            for x in pixel(low.x)..=pixel(high.x) {
                let at = place(y * side + x, side) - one;
                let t = (at.dot(way) / way.length_squared().max(1e-9)).clamp(0.0, 1.0);
                let own = thick(begin + (end - begin) * t);
                // A line thinner than a pixel is a paler one, not a dotted one.
                let seen = own.max(0.7 * canvas.pixel);
                let cover = canvas.inside((at - way * t).length() - seen) * (own / seen).max(0.12);
                let body = &mut bodies[y * side + x];
                if cover > body.cover {
                    *body = Body { height: 0.02 * cover, cover, depth: 1.0, shade: self.shade };
                }
            }
        }
    }
}
