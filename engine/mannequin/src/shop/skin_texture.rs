//! The skin's texture: painted once per figure, sampled per pixel.
//!
//! In: a figure's head, its features' lines and its colours. Out: a texture of albedo and gloss over x and y of face
//! space. The face is symmetric, so it holds the left half alone.
//!
//! 1. The head is drawn into a depth buffer as seen from the front.
//! 2. Every texel's point is painted: redness, fold, nostril, brow, lashes and hairline by distance, lips by what was
//!    smoothed along with the mesh.
//! 3. It is read bilinearly.

use carmine_shaders::cpu::smoothstep;
use glam::{Vec2, Vec3};

use super::albedo::FigureAlbedo;
use super::figure::Figure;
use super::sculpt;
use crate::mesh::BodyPart;
use crate::noise;
use crate::paint::{Nearest, nearest};
use crate::raster::{Hit, Keep, Raster};

const TEXELS_PER_CM: f32 = 36.0;
const LOW_CM: Vec2 = Vec2::new(-0.15, -10.5);
const HIGH_CM: Vec2 = Vec2::new(8.6, 11.5);

/// Per texel the albedo (linear RGB) and how glossy it is.
#[derive(Debug)]
pub(super) struct SkinTexture {
    texels: Vec<[f32; 4]>,
    width: usize,
    height: usize,
}

/// Lines of the features, smooth, left side, cm.
struct FeatureLines {
    upper: Vec<Vec2>,
    lower: Vec<Vec2>,
    fold: Vec<Vec2>,
    brow: Vec<Vec2>,
    nostril: Vec3,
}

impl SkinTexture {
    pub fn paint(figure: &Figure, colours: &FigureAlbedo) -> Self {
        let size = (HIGH_CM - LOW_CM) * TEXELS_PER_CM;
        let (width, height) = (size.x as usize, size.y as usize);
        let mut raster = Raster::new(width, height);
        let head = &figure.head;
        let place = |at: Vec3| ((at.truncate() - LOW_CM) * TEXELS_PER_CM).extend(-at.z);
        for (number, triangle) in head.triangles.iter().enumerate() {
            let corners = triangle.corners.map(|corner| place(head.vertices[corner as usize].position_cm));
            raster.draw(corners, number as u32, Keep::DepthAndHits);
        }
        let painter = &figure.painter;
        // A calm brow: lower than the canonical face's, most of all outside its middle.
        let lowered: Vec<Vec2> =
            painter.brow.iter().map(|at| *at - Vec2::Y * (0.16 + 0.07 * (at.x - 3.0).max(0.0))).collect();
        let lines = FeatureLines {
            upper: curve(&painter.upper_lid),
            lower: curve(&painter.lower_lid),
            fold: curve(&painter.fold),
            brow: curve(&lowered),
            nostril: painter.nostril_cm,
        };
        let texel = |hit: &Hit| {
            let Some(triangle) = head.triangles.get(hit.triangle as usize) else {
                return colours.skin.extend(1.0).to_array();
            };
            let at = hit.mix(triangle.corners.map(|corner| head.vertices[corner as usize]));
            let lip = if triangle.part == BodyPart::Lip { at.lip.max(0.5) } else { at.lip };
            let (albedo, gloss) = lines.skin(colours, at.position_cm, lip, at.slit);
            albedo.extend(gloss).to_array()
        };
        Self { texels: raster.hits.iter().map(texel).collect(), width, height }
    }

    /// Bilinear; `at` in cm, x on either side.
    pub fn at(&self, at: Vec2) -> [f32; 4] {
        let at = (Vec2::new(at.x.abs(), at.y) - LOW_CM) * TEXELS_PER_CM;
        let x = at.x.clamp(0.0, self.width as f32 - 1.01);
        let y = at.y.clamp(0.0, self.height as f32 - 1.01);
        let (left, top) = (x as usize, y as usize);
        let (u, v) = (x - left as f32, y - top as f32);
        let row = &self.texels[top * self.width + left..];
        let (a, b, c, d) = (row[0], row[1], row[self.width], row[self.width + 1]);
        let mut out = [0.0; 4];
        for channel in 0..4 {
            let upper = a[channel] + (b[channel] - a[channel]) * u;
            let lower = c[channel] + (d[channel] - c[channel]) * u;
            out[channel] = upper + (lower - upper) * v;
        }
        out
    }
}

impl FeatureLines {
    /// Albedo and gloss of a point of the face.
    fn skin(&self, colours: &FigureAlbedo, at: Vec3, lip: f32, slit: f32) -> (Vec3, f32) {
        let side = Vec3::new(at.x.abs(), at.y, at.z);
        let flat = side.truncate();
        let spot = |middle: Vec2, reach: Vec2| (-((flat - middle) / reach).length_squared()).exp();
        let flush = colours.flush
            * (0.13 * spot(Vec2::new(4.7, -0.6), Vec2::new(2.2, 1.7))
                + 0.10 * spot(Vec2::new(0.0, -1.2), Vec2::new(1.4, 1.2))
                + 0.05 * spot(Vec2::new(0.0, -7.6), Vec2::new(1.6, 1.2))
                + 0.06 * spot(Vec2::new(3.2, 3.2), Vec2::new(1.7, 0.7)));
        let blood = |share: f32| Vec3::new(1.0, 1.0 - share, 1.0 - 0.85 * share);
        let mut skin = colours.skin * blood(flush) * (1.0 + 0.010 * noise::space(at * 0.7, 1));
        let mut gloss = 1.0;
        // The fold above the lid, and the lid's own shade.
        let by_eye = (1.0..5.8).contains(&flat.x) && (1.0..4.8).contains(&flat.y);
        let far = Nearest { distance: 9.0, along: 0.0 };
        let line = |line: &[Vec2]| if by_eye { nearest(line, flat) } else { far };
        let Nearest { distance: fold, along } = line(&self.fold);
        let ends = smoothstep(0.0, 0.25, along) * smoothstep(1.0, 0.8, along);
        skin *= Vec3::ONE - Vec3::new(0.26, 0.33, 0.35) * (ends * (-(fold / 0.085).powi(2)).exp());
        let hollow = ((side - self.nostril) / Vec3::new(0.40, 0.20, 0.5)).length();
        skin *= Vec3::ONE - Vec3::new(0.58, 0.72, 0.75) * smoothstep(1.2, 0.35, hollow);
        let brow = self.brow(flat);
        skin = skin.lerp(colours.brow, brow);
        let Nearest { distance: lash, along: out } = line(&self.upper);
        // A fine line of lashes, fuller outwards.
        let reach = 0.06 + 0.11 * smoothstep(0.05, 0.85, out);
        let lashes = 0.94 * smoothstep(1.25 * reach, 0.45 * reach, lash);
        let Nearest { distance: lower, along: out } = line(&self.lower);
        let below = 0.38 * smoothstep(0.10, 0.03, lower) * smoothstep(0.75, 0.25, out);
        let dark = colours.brow.min(Vec3::new(0.022, 0.016, 0.014));
        skin = skin.lerp(dark, lashes.max(below));
        gloss *= 1.0 - 0.8 * lashes.max(brow);
        // Down at the hairline.
        let above = sculpt::above_hairline_cm(at) + 0.05 * noise::line(sculpt::strand(at) * 300.0, 31);
        skin = skin.lerp(colours.hair, 0.70 * smoothstep(-0.75, 0.10, above));
        let red = smoothstep(0.40, 0.60, lip);
        let seam = smoothstep(0.55, 1.0, slit);
        let lips =
            colours.lip * (1.0 + 0.03 * noise::line(flat.x * 8.0, 3)) * (1.0 - 0.18 * smoothstep(0.0, 0.6, slit));
        let lips = lips * (Vec3::ONE - Vec3::new(0.62, 0.74, 0.74) * seam);
        (skin.lerp(lips, red), gloss + (1.7 - gloss) * red * (1.0 - seam))
    }

    /// Share of hair: full and soft at the head, drawn out to a fine tail.
    fn brow(&self, at: Vec2) -> f32 {
        if !(3.2..6.6).contains(&at.y) {
            return 0.0;
        }
        let Nearest { distance: away, along } = nearest(&self.brow, at);
        let half = 0.30 + 0.06 * smoothstep(0.0, 0.4, along) - 0.27 * smoothstep(0.42, 1.0, along);
        let strands = noise::line(at.x * 11.0 - at.y * (15.0 - 24.0 * along), 11);
        let head = smoothstep(0.0, 0.34, along);
        let core = smoothstep(1.25 * half, 0.45 * half, away + 0.03 * strands);
        let away = away + 0.08 * (1.0 - head);
        let core = core.min(smoothstep(1.25 * half, 0.45 * half, away));
        0.88 * core * (0.25 + 0.75 * head) * smoothstep(0.0, 0.10, along) * (0.92 + 0.08 * strands)
    }
}

/// A Catmull–Rom curve through points.
fn curve(points: &[Vec2]) -> Vec<Vec2> {
    const STEPS: usize = 6;
    let at = |index: usize| points[index.min(points.len() - 1)];
    let mut curve = Vec::with_capacity(points.len() * STEPS);
    for piece in 0..points.len().saturating_sub(1) {
        let (p0, p1, p2, p3) = (at(piece.saturating_sub(1)), at(piece), at(piece + 1), at(piece + 2));
        for step in 0..STEPS {
            let t = step as f32 / STEPS as f32;
            let velocity = (p2 - p0) * t + (p0 * 2.0 - p1 * 5.0 + p2 * 4.0 - p3) * (t * t);
            curve.push(p1 + (velocity + (p1 * 3.0 - p0 - p2 * 3.0 + p3) * (t * t * t)) * 0.5);
        }
    }
    curve.extend(points.last());
    curve
}
