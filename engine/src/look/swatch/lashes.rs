//! Lashes on their band, as long and as dense as the product's mask has them.

use std::f32::consts::{FRAC_PI_2, PI};

use glam::{IVec2, Vec2};

use super::super::mask::noise::hash;
use super::super::{LashPoint, LashStyle, MaskContent, Product};
use super::{Body, Canvas};

/// Eye widths to picture units.
const EYE: f32 = 1.62;
/// Lashes that a picture can tell apart.
const COUNT_MAX: u16 = 90;

/// Draws the product's rows of lashes, those of the upper lid only: the strip as it lies in its box.
pub(super) fn draw(product: &Product, canvas: Canvas, bodies: &mut [Body]) {
    let side = bodies.len().isqrt();
    let MaskContent::Lashes(styles) = &product.mask.content else { return };
    for style in styles.iter().filter(|style| style.lid == super::super::Lid::Upper) {
        let count = style.count.min(COUNT_MAX);
        for number in 0..count {
            let random = |salt: i32| hash(IVec2::new(i32::from(number), salt), canvas.seed) - 0.5;
            // Lashes of one cluster lean together.
            let cluster = f32::from(style.cluster.max(1));
            let at = (f32::from(number) + 0.5) / f32::from(count);
            let tip_at = ((f32::from(number) / cluster).floor() * cluster + 0.5 * cluster) / f32::from(count);
            let Some((length, lean_deg)) = grown(style, at) else { continue };
            let length = length * EYE * (1.0 + style.jitter * 0.9 * random(1));
            let lean = (lean_deg * 0.75 + 14.0 * style.jitter * random(2)).to_radians();
            let root = lid(at);
            let up = Vec2::from_angle(FRAC_PI_2 - lean - (at - 0.5) * 0.5);
            let meet = (lid(tip_at) - root) * 0.75;
            let middle = root + up * length * 0.55 - Vec2::new(up.y, -up.x) * length * 0.10 * style.curl;
            let tip = root + up * length + meet + Vec2::new(0.0, 0.05 * style.curl * length);
            let width = (style.width * EYE * 0.75).max(0.62 * canvas.pixel);
            strand(bodies, side, canvas, [root, middle, tip], width);
        }
    }
    let band = [lid(0.0), Vec2::new(0.0, 2.0 * lid(0.5).y - 0.5 * (lid(0.0).y + lid(1.0).y)), lid(1.0)];
    strand(bodies, side, canvas, band, 0.016);
}

/// The band that the lashes stand on: an arc.
fn lid(at: f32) -> Vec2 {
    Vec2::new(1.56 * at - 0.78, -0.46 + 0.20 * (PI * at).sin())
}

/// Length in eye widths and lean, between the profile's points.
fn grown(style: &LashStyle, at: f32) -> Option<(f32, f32)> {
    let between = |pair: &[LashPoint]| {
        let [one, two] = pair else { return None };
        let part = (at - one.x) / (two.x - one.x).max(1e-6);
        let mix = |a: f32, b: f32| a + (b - a) * part;
        (0.0..=1.0).contains(&part).then(|| (mix(one.length, two.length), mix(one.lean_deg, two.lean_deg)))
    };
    style.profile.windows(2).find_map(between)
}

/// A bent line that thins out, drawn over what is there.
fn strand(bodies: &mut [Body], side: usize, canvas: Canvas, [from, by, to]: [Vec2; 3], width: f32) {
    let tapers = from.distance(to) < 1.2;
    let curve = |t: f32| from * ((1.0 - t) * (1.0 - t)) + by * (2.0 * t * (1.0 - t)) + to * (t * t);
    let steps = ((from.distance(to) / canvas.pixel).ceil() as usize).clamp(6, 24);
    for step in 0..steps {
        let ends = [step, step + 1].map(|step| step as f32 / steps as f32);
        let [one, two] = ends.map(curve);
        let thick = |t: f32| if tapers { width * (1.0 - t).powf(0.6) } else { width };
        let reach = thick(ends[0]) + canvas.pixel;
        let pixel = |at: Vec2| (Vec2::new(at.x + 1.0, 1.0 - at.y) / canvas.pixel).max(Vec2::ZERO);
        let (low, high) =
            (pixel(one.min(two) + Vec2::new(-reach, reach)), pixel(one.max(two) + Vec2::new(reach, -reach)));
        let rows = low.y.min(high.y) as usize..=(low.y.max(high.y) as usize).min(side - 1);
        for y in rows {
            for x in low.x as usize..=(high.x as usize).min(side - 1) {
                let at = super::place(y * side + x, side);
                let way = two - one;
                let t = ((at - one).dot(way) / way.length_squared().max(1e-9)).clamp(0.0, 1.0);
                let t_all = ends[0] + (ends[1] - ends[0]) * t;
                let away = (at - one - way * t).length() - thick(t_all);
                let cover = canvas.inside(away);
                let body = &mut bodies[y * side + x];
                if cover > body.cover {
                    *body = Body { height: 0.02 * cover, cover, depth: 1.0, shade: 1.0 };
                }
            }
        }
    }
}
