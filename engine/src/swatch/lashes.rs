//! Lashes on their band, as long and as dense as the product's mask has them.
//!
//! In: the lash styles of the product's mask. Out: texels. The band is an arc; every lash a strand from its root on the
//! band, its length and lean interpolated in the style's profile, tips of one cluster drawn together.

use std::f32::consts::{FRAC_PI_2, PI};

use glam::{IVec2, Vec2};

use super::strand::Strand;
use super::texel::{FormContext, ProductTexel};
use crate::look::{LashPoint, LashStyle, Lid, MaskContent, Product};
use crate::noise::hash;

/// Picture units in an eye width.
const EYE_WIDTH: f32 = 1.5;
/// Width of the band, in picture units.
const WIDTH: f32 = 1.42;
/// Most lashes in a picture: more could not be distinguished.
const COUNT_MAX: f32 = 90.0;
/// Pixels from one root to the next, at least.
const APART_PX: f32 = 3.4;

/// Draws the product's rows of lashes, those of the upper lid only: the strip as it lies in its box.
pub(super) fn draw(product: &Product, context: FormContext, side: usize, texels: &mut [ProductTexel]) {
    let MaskContent::Lashes(styles) = &product.mask.content else { return };
    for style in styles.iter().filter(|style| style.lid == Lid::Upper) {
        let count = style.count.min((WIDTH / (APART_PX * context.pixel)).clamp(24.0, COUNT_MAX) as u16);
        for number in 0..count {
            let random = |salt: i32| hash(IVec2::new(i32::from(number), salt), context.seed) - 0.5;
            // Lashes of one cluster lean together.
            let cluster = f32::from(style.cluster.max(1));
            let at = (f32::from(number) + 0.5) / f32::from(count);
            let tip_at = ((f32::from(number) / cluster).floor() * cluster + 0.5 * cluster) / f32::from(count);
            let Some((length, lean_deg)) = grown(style, at) else { continue };
            let length = length * EYE_WIDTH * (1.0 + style.jitter * 0.9 * random(1));
            let lean = (lean_deg * 0.75 + 14.0 * style.jitter * random(2)).to_radians();
            let root = lid(at);
            let up = Vec2::from_angle(FRAC_PI_2 - lean - (at - 0.5) * 0.5);
            let meet = (lid(tip_at) - root) * 0.75;
            let middle = root + up * length * 0.55 - Vec2::new(up.y, -up.x) * length * 0.10 * style.curl;
            let tip = root + up * length + meet + Vec2::new(0.0, 0.05 * style.curl * length);
            let width = style.width * EYE_WIDTH * 0.9;
            Strand { path: [root, middle, tip], width, tapers: true, shade: 1.0 }.draw(texels, side, context);
        }
    }
    let band = [lid(0.0), Vec2::new(0.0, 2.0 * lid(0.5).y - 0.5 * (lid(0.0).y + lid(1.0).y)), lid(1.0)];
    Strand { path: band, width: 0.016, tapers: false, shade: 1.0 }.draw(texels, side, context);
}

/// The band that the lashes stand on: an arc.
fn lid(at: f32) -> Vec2 {
    Vec2::new(WIDTH * (at - 0.5) - 0.06, -0.40 + 0.18 * (PI * at).sin())
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
