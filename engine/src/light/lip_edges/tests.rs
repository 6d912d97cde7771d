//! Drawn mouths whose lips end elsewhere than the landmarks say.

use carmine_shaders::cpu::{linear_srgb_from_lab, srgb_from_linear};
use glam::{Vec2, Vec3};

use super::columns::{Columns, is_lower};
use super::*;
use crate::face::{FittedFace, rings};
use crate::frame::{Frame, PixelFormat};
use crate::light::synthetic::{HEIGHT, WIDTH, face};
use crate::polygon;

const LIGHT_SKIN: Vec3 = Vec3::new(72.0, 12.0, 18.0);
const DARK_SKIN: Vec3 = Vec3::new(32.0, 11.0, 13.0);
const TEETH: Vec3 = Vec3::new(85.0, 1.0, 8.0);

/// A mouth whose lips are drawn this much larger than the landmarks say, in its widths.
struct Mouth {
    face: FittedFace,
    skin: Vec3,
    lip: Vec3,
    larger: f32,
}

impl Mouth {
    fn new(skin: Vec3, lip: Vec3, larger: f32) -> Self {
        Self { face: face(0.0), skin, lip, larger }
    }

    /// The lower lip moved down by pixels.
    fn opened(mut self, by_px: f32) -> Self {
        for ring in [rings::LIPS_OUTER, rings::LIPS_OUTER_MIDDLE, rings::LIPS_INNER_MIDDLE, rings::LIPS_INNER] {
            for (at, index) in ring.into_iter().enumerate().take(10).skip(1) {
                let share = 1.0 - ((at as f32 - 5.0) / 5.0).powi(2);
                self.face.landmarks_px[usize::from(index)].y += by_px * share;
            }
        }
        self
    }

    fn columns(&self) -> Columns {
        Columns::of(&self.face).unwrap()
    }

    /// Noise of this standard deviation, another with each seed.
    fn drawn(&self, sigma: f32, seed: u32) -> Vec<u8> {
        let columns = self.columns();
        let moved = |k: usize, place: f32| columns.at(k, place);
        let outer: [Vec2; COLUMNS] = std::array::from_fn(|k| moved(k, self.larger));
        let inner: [Vec2; COLUMNS] = std::array::from_fn(|k| moved(k, -columns.thickness[k]));
        let [skin, lip, teeth] = [self.skin, self.lip, TEETH].map(linear_srgb_from_lab);
        let mut state = seed.wrapping_mul(747_796_405).wrapping_add(1);
        let mut noise = || {
            // The sum of uniform numbers is nearly normal.
            let sum: f32 = (0..6)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 8) as f32 / 16_777_216.0 - 0.5
                })
                .sum();
            sum * sigma * 2.0_f32.sqrt()
        };
        let mut bytes = Vec::with_capacity(WIDTH * HEIGHT * 3);
        for index in 0..WIDTH * HEIGHT {
            let at = Vec2::new((index % WIDTH) as f32, (index / WIDTH) as f32);
            let mut sum = Vec3::ZERO;
            let is_near = (at - columns.outer[0].midpoint(columns.outer[30])).abs().max_element() < 80.0;
            let parts: &[f32] = if is_near { &[-0.375, -0.125, 0.125, 0.375] } else { &[0.0] };
            for dy in parts {
                for dx in parts {
                    let at = at + Vec2::new(*dx, *dy);
                    let in_lips = is_near && polygon::contains(&outer, at);
                    sum += if !in_lips {
                        skin
                    } else if polygon::contains(&inner, at) {
                        teeth
                    } else {
                        lip
                    };
                }
            }
            let mean = sum / (parts.len() * parts.len()) as f32;
            let noisy = |value: f32| (value * 255.0 + noise()).round().clamp(0.0, 255.0) as u8;
            bytes.extend(srgb_from_linear(mean).to_array().map(noisy));
        }
        bytes
    }

    fn found(&self, finder: &mut LipEdgeFinder, bytes: &[u8]) -> LipEdges {
        self.found_after(finder, bytes, None)
    }

    fn found_after(&self, finder: &mut LipEdgeFinder, bytes: &[u8], before: Option<&LipEdges>) -> LipEdges {
        let frame = Frame::new(bytes, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
        finder.find(&frame, &self.face, before)
    }

    /// Along the columns, in widths of the mouth: the outer edge and the opening's.
    fn distances(&self, edges: &LipEdges) -> [[f32; COLUMNS]; 2] {
        let columns = self.columns();
        let unit = self.face.landmarks_px.interocular() / columns.width_px;
        [&edges.outer, &edges.inner].map(|edge| std::array::from_fn(|k| edge[k].dot(columns.outwards[k]) * unit))
    }
}

fn mean(values: impl Iterator<Item = f32> + Clone) -> f32 {
    values.clone().sum::<f32>() / values.count() as f32
}

#[test]
fn lips_of_any_colour_are_followed_where_they_end() {
    let lips = [
        ("bare", Vec3::new(55.0, 24.0, 14.0)),
        ("red", Vec3::new(42.0, 55.0, 30.0)),
        ("plum", Vec3::new(25.0, 24.0, -4.0)),
        ("pale", Vec3::new(84.0, 10.0, 10.0)),
        ("green", Vec3::new(50.0, -40.0, 30.0)),
    ];
    for (tone, skin) in [("light", LIGHT_SKIN), ("dark", DARK_SKIN)] {
        for (name, lip) in lips {
            for larger in [-0.03, 0.0, 0.03] {
                let mouth = Mouth::new(skin, lip, larger);
                let edges = mouth.found(&mut LipEdgeFinder::default(), &mouth.drawn(2.0, 1));
                let [outer, _] = mouth.distances(&edges);
                let error = mean(outer.iter().map(|found| (found - larger).abs()));
                assert!(error < 0.016, "{name} lips on {tone} skin, larger by {larger}: off by {error}");
            }
        }
    }
}

#[test]
fn lips_like_the_skin_keep_their_landmarks() {
    let mouth = Mouth::new(LIGHT_SKIN, LIGHT_SKIN, 0.03);
    let edges = mouth.found(&mut LipEdgeFinder::default(), &mouth.drawn(2.0, 1));
    let [outer, inner] = mouth.distances(&edges);
    for found in outer.into_iter().chain(inner) {
        assert!(found.abs() < 0.03, "{found}");
    }
    let mean = mean(outer.into_iter());
    assert!(mean.abs() < 0.012, "{mean}");
}

#[test]
fn an_open_mouth_is_left_free() {
    let mouth = Mouth::new(LIGHT_SKIN, Vec3::new(50.0, 30.0, 14.0), 0.02).opened(14.0);
    // The landmarks see it a little smaller than it is.
    let mut seen = Mouth::new(mouth.skin, mouth.lip, 0.0).opened(9.0);
    seen.larger = 0.02;
    let edges = seen.found(&mut LipEdgeFinder::default(), &mouth.drawn(2.0, 1));
    let (truth, columns) = (mouth.columns(), seen.columns());
    let unit = seen.face.landmarks_px.interocular();
    let middle = (10..21).filter(|&k| is_lower(k));
    for column in middle {
        let found = columns.inner[column] + edges.inner[column] * unit;
        let off = (found - truth.inner[column]).dot(columns.outwards[column]);
        assert!(off.abs() < 1.5, "column {column}: off by {off} px");
    }
}

#[test]
fn a_still_face_under_noise_has_still_lips() {
    let mouth = Mouth::new(LIGHT_SKIN, Vec3::new(55.0, 24.0, 14.0), 0.02);
    let mut finder = LipEdgeFinder::default();
    let unit = mouth.face.landmarks_px.interocular();
    let (mut last, mut moves): (Option<LipEdges>, Vec<f32>) = (None, Vec::new());
    for seed in 0..24 {
        let now = mouth.found_after(&mut finder, &mouth.drawn(2.0, seed), last.as_ref());
        // As smoothed at 30 pictures a second.
        let edges = last.map_or(now, |last| now.lerp(&last, 0.76));
        if let Some(last) = last.filter(|_| seed > 8) {
            moves.extend(edges.outer.iter().zip(last.outer).map(|(now, last)| now.distance(last) * unit));
        }
        last = Some(edges);
    }
    moves.sort_by(f32::total_cmp);
    let (mean, most) = (mean(moves.iter().copied()), moves[moves.len() * 99 / 100]);
    assert!(mean <= 0.05 && most <= 0.15, "mean {mean} px, 99 of 100 below {most} px");
}

#[test]
fn a_mouth_of_few_pixels_keeps_its_landmarks() {
    let mut mouth = Mouth::new(LIGHT_SKIN, Vec3::new(55.0, 24.0, 14.0), 0.03);
    let middle = mouth.face.landmarks_px[0];
    for point in mouth.face.landmarks_px.iter_mut() {
        *point = middle + (*point - middle) * 0.3;
    }
    let bytes = mouth.drawn(0.0, 0);
    assert_eq!(mouth.found(&mut LipEdgeFinder::default(), &bytes), LipEdges::default());
}

#[test]
fn a_zeroized_finder_holds_nothing() {
    let mouth = Mouth::new(LIGHT_SKIN, Vec3::new(55.0, 24.0, 14.0), 0.02);
    let mut finder = LipEdgeFinder::default();
    let bytes = mouth.drawn(2.0, 1);
    mouth.found(&mut finder, &bytes);
    finder.zeroize();
    assert_eq!(format!("{finder:?}"), format!("{:?}", LipEdgeFinder::default()));
}
