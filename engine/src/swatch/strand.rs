//! A single hair: a bent line that thins out.
//!
//! In: a quadratic Bézier curve with a thickness. Out: texels, wherever it covers more than what is there. The curve is
//! cut into straight pieces; a line thinner than a pixel is drawn paler.

use glam::Vec2;

use super::texel::{FormContext, ProductTexel, place};

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

/// A point of a strand.
#[derive(Clone, Copy)]
struct OnStrand {
    place: Vec2,
    /// How far along the strand, 0–1.
    t: f32,
}

impl Strand {
    /// Draws it wherever it covers more than what is there.
    pub fn draw(&self, texels: &mut [ProductTexel], side: usize, context: FormContext) {
        let [from, by, to] = self.path;
        let curve = |t: f32| from * ((1.0 - t) * (1.0 - t)) + by * (2.0 * t * (1.0 - t)) + to * (t * t);
        let steps = ((0.5 * from.distance(to) / context.pixel).ceil() as usize).clamp(4, 24);
        for step in 0..steps {
            let part = |step: usize| step as f32 / steps as f32;
            let (begin, end) = (part(step), part(step + 1));
            self.piece(texels, side, context, [begin, end].map(|t| OnStrand { place: curve(t), t }));
        }
    }

    /// A straight piece.
    fn piece(&self, texels: &mut [ProductTexel], side: usize, context: FormContext, [from, to]: [OnStrand; 2]) {
        let thick = |t: f32| if self.tapers { self.width * (1.0 - t).sqrt() } else { self.width };
        let reach = thick(from.t).max(context.pixel) + context.pixel;
        let pixel = |units: f32| ((units + 1.0) / context.pixel).clamp(0.0, side as f32 - 1.0) as usize;
        let (low, high) = (from.place.min(to.place) - reach, from.place.max(to.place) + reach);
        let way = to.place - from.place;
        for y in pixel(-high.y)..=pixel(-low.y) {
            for x in pixel(low.x)..=pixel(high.x) {
                let at = place(y * side + x, side) - from.place;
                let t = (at.dot(way) / way.length_squared().max(1e-9)).clamp(0.0, 1.0);
                let own = thick(from.t + (to.t - from.t) * t);
                // A line thinner than a pixel is a paler one, not a dotted one.
                let seen = own.max(0.7 * context.pixel);
                let cover = context.inside((at - way * t).length() - seen) * (own / seen).max(0.12);
                let texel = &mut texels[y * side + x];
                if cover > texel.cover {
                    *texel = ProductTexel { height: 0.02 * cover, cover, depth: 1.0, shade: self.shade };
                }
            }
        }
    }
}
