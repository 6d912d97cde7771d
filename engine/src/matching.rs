//! Which foundation suits a skin: ranked by what one coat of each makes of it.
//!
//! In: a skin tone with its uncertainty, and products. Out: the foundations among them, the best first.
//!
//! 1. One coat of each is laid on the skin as the renderer does it (Kubelka & Munk 1931), and compared with the bare
//!    skin by CIEDE2000.
//! 2. The same is done for 96 skins drawn from the tone's uncertainty (a normal distribution by Halton's sequence and
//!    the Box–Muller transform). A foundation's confidence is the share of them for which none is better by more than
//!    ΔE00 1.
//! 3. Lighter or darker, warmer or cooler follow from ΔL\* and ΔH\* (CIE 15).

use carmine_shaders::cpu::{coat, delta_e2000, lab_from_linear_srgb, linear_srgb_from_lab, over};
use glam::{Mat3, Vec3, Vec3Swizzles};

use crate::dress::product_optics;
use crate::light::SkinTone;
use crate::look::{Category, Product};

/// Least coverage of a foundation that is ranked: a sheerer one hardly has a shade of its own.
const COVERAGE_MIN: f32 = 0.05;
/// Bounds of skin's albedo, as in the renderer.
const ALBEDO_MIN: f32 = 0.01;
const ALBEDO_MAX: f32 = 0.95;
/// A difference (ΔE00, and in L\* or hue as ΔL\* and ΔH\*) that hardly anybody sees side by side.
const UNSEEN: f32 = 1.0;
/// Skins within the tone's uncertainty that the confidence is counted on.
const SAMPLES: u32 = 96;

/// How a foundation suits a skin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Which of the products that were given, from 0.
    pub index: usize,
    /// CIEDE2000 between the skin with one coat of it and the bare skin: 0 is indistinguishable.
    pub delta_e00: f32,
    /// Probability, given what is not known of the skin's colour, that no other product is visibly better (by ΔE00 1);
    /// 0 to 1. Several can be as good.
    pub confidence: f32,
    /// What the skin with one coat of it looks like: CIE L\*a\*b\*, D65, without gloss.
    pub rendered_lab: Vec3,
    /// Lighter or darker than the skin.
    pub depth: Depth,
    /// Warmer or cooler than the skin.
    pub undertone: Undertone,
}

/// A result's lightness beside the bare skin's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Depth {
    /// Visibly lighter.
    Lighter,
    /// Much the same.
    Same,
    /// Visibly darker.
    Darker,
}

/// A result's hue beside the bare skin's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undertone {
    /// Visibly more golden.
    Warmer,
    /// Much the same.
    Same,
    /// Visibly rosier.
    Cooler,
}

/// Ranks foundations for a skin, the best first. Products of other categories and nearly transparent ones are left out.
/// One coat (amount 1) is computed as the renderer does it: Kubelka–Munk over the bare skin.
pub fn match_foundations<'a>(tone: &SkinTone, products: impl IntoIterator<Item = &'a Product>) -> Vec<Match> {
    let has_shade = |product: &Product| product.category == Category::Foundation && product.coverage >= COVERAGE_MIN;
    let products: Vec<_> = products.into_iter().enumerate().filter(|(_, product)| has_shade(product)).collect();
    let films: Vec<_> =
        products.iter().map(|(_, product)| coat(&product_optics(product, 1.0, Mat3::IDENTITY), 1.0).film).collect();
    let worn_lab = |skin_lab: Vec3| {
        let (low, high) = (Vec3::splat(ALBEDO_MIN), Vec3::splat(ALBEDO_MAX));
        let skin = linear_srgb_from_lab(skin_lab).clamp(low, high);
        // The clamp's effect on the skin must not count against the product.
        let bare_lab = lab_from_linear_srgb(skin);
        films.iter().map(move |film| (bare_lab, lab_from_linear_srgb(over(*film, skin))))
    };

    let mut wins = vec![0; films.len()];
    for number in 0..SAMPLES {
        let differences: Vec<f32> = worn_lab(tone.lab + tone.sigma_lab * normal(number))
            .map(|(bare_lab, worn_lab)| delta_e2000(bare_lab, worn_lab))
            .collect();
        let best = differences.iter().copied().fold(f32::MAX, f32::min);
        for (wins, difference) in wins.iter_mut().zip(differences) {
            *wins += u32::from(difference <= best + UNSEEN);
        }
    }

    let matched = products.iter().zip(worn_lab(tone.lab)).zip(wins);
    let mut matches: Vec<Match> = matched
        .map(|(((index, _), (bare_lab, rendered_lab)), wins)| Match {
            index: *index,
            delta_e00: delta_e2000(bare_lab, rendered_lab),
            confidence: wins as f32 / SAMPLES as f32,
            rendered_lab,
            depth: depth(bare_lab, rendered_lab),
            undertone: undertone(bare_lab, rendered_lab),
        })
        .collect();
    matches.sort_by(|one, other| one.delta_e00.total_cmp(&other.delta_e00));
    matches
}

fn depth(from_lab: Vec3, to_lab: Vec3) -> Depth {
    match to_lab.x - from_lab.x {
        lighter if lighter > UNSEEN => Depth::Lighter,
        darker if darker < -UNSEEN => Depth::Darker,
        _ => Depth::Same,
    }
}

/// By ΔH\*, the part of a colour difference that is neither lightness nor chroma (CIE 15).
fn undertone(from_lab: Vec3, to_lab: Vec3) -> Undertone {
    let (from, to) = (from_lab.yz(), to_lab.yz());
    let turn = from.perp_dot(to).atan2(from.dot(to));
    match 2.0 * (from.length() * to.length()).sqrt() * (0.5 * turn).sin() {
        yellower if yellower > UNSEEN => Undertone::Warmer,
        redder if redder < -UNSEEN => Undertone::Cooler,
        _ => Undertone::Same,
    }
}

/// Point `number` of a low-discrepancy, normally distributed sequence: deterministic, so that a result does not
/// flicker.
fn normal(number: u32) -> Vec3 {
    let [u, v, w, x] = [2, 3, 5, 7].map(|base| halton(number + 1, base));
    let pair = |u: f32, v: f32| ((-2.0 * u.ln()).sqrt(), std::f32::consts::TAU * v);
    let ((near, turn), (far, other)) = (pair(u, v), pair(w, x));
    Vec3::new(near * turn.cos(), near * turn.sin(), far * other.cos())
}

/// Van der Corput's sequence, 0 to 1 exclusive.
fn halton(mut number: u32, base: u32) -> f32 {
    let (mut sum, mut part) = (0.0, 1.0);
    while number > 0 {
        part /= base as f32;
        sum += part * (number % base) as f32;
        number /= base;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_normal() {
        let samples: Vec<Vec3> = (0..SAMPLES).map(normal).collect();
        let mean = samples.iter().sum::<Vec3>() / SAMPLES as f32;
        let variance = samples.iter().map(|s| *s * *s).sum::<Vec3>() / SAMPLES as f32;
        assert!(mean.abs().max_element() < 0.1, "{mean}");
        assert!((variance - 1.0).abs().max_element() < 0.15, "{variance}");
    }

    #[test]
    fn words_tell_the_direction() {
        let skin = Vec3::new(60.0, 14.0, 18.0);
        assert_eq!(depth(skin, skin + Vec3::X * 3.0), Depth::Lighter);
        assert_eq!(depth(skin, skin - Vec3::X * 3.0), Depth::Darker);
        assert_eq!(depth(skin, skin + 0.5), Depth::Same);
        assert_eq!(undertone(skin, Vec3::new(60.0, 11.0, 21.0)), Undertone::Warmer);
        assert_eq!(undertone(skin, Vec3::new(60.0, 17.0, 15.0)), Undertone::Cooler);
        // More of the same colour, or lighter, is neither.
        assert_eq!(undertone(skin, skin * Vec3::new(1.1, 1.3, 1.3)), Undertone::Same);
    }
}
