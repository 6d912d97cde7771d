//! Mannequins for a shop's screen: a calm, stylised bust in a studio, in every skin tone, that turns its head and blinks.
//!
//! Nothing here is measured: pictures with a known truth come from [`Mannequin`](super::Mannequin). The same arguments
//! give the same picture.

mod canvas;
mod complexion;
mod figure;
mod lamps;
mod motion;
mod sculpt;
mod shade;
mod skin_map;
mod transfer;

pub use lamps::StudioLight;
pub use motion::Attitude;

use std::sync::Arc;

use carmine_shaders::cpu::srgb_from_linear;
use glam::{Mat3, Vec2, Vec3};

use super::camera::View;
use super::mesh::{Part, Triangle};
use crate::models::ModelError;
use canvas::{Canvas, EMPTY, OFFSETS, SAMPLES};
use complexion::Complexion;
use figure::Figure;
use lamps::Lamps;
use shade::{Lit, Shader, Shine, Stand};

const DISTANCE_CM: f32 = 60.0;
/// The face's middle above the optical axis.
const RAISED_CM: f32 = 0.4;
/// What the head turns about.
const NECK_CM: Vec3 = Vec3::new(0.0, -5.0, -4.5);
/// Samples of one surface that are no further apart are one piece.
const PIECE_CM: f32 = 0.45;
/// Rows that are drawn at once.
const BAND: usize = 32;
/// Steps of the tone curve.
const STEPS: usize = 4096;
/// Linear value that becomes white.
const WHITE: f32 = 1.6;

/// A shop mannequin, and all that it needs to be drawn again and again without allocating.
#[derive(Debug)]
pub struct ShopMannequin {
    figure: Arc<Figure>,
    lamps: Lamps,
    shader: Shader,
    view: View,
    canvas: Canvas,
    /// Where each band's triangles begin in `sorted`, and their end.
    bands: Vec<usize>,
    sorted: Vec<u32>,
    /// Per triangle.
    pieces: Vec<u8>,
    backdrop: Vec<Vec3>,
    backdrop_rgba: Vec<u8>,
    part_of: Vec<Part>,
    /// In face space, with the lids of this frame: place and normal.
    posed: Vec<(Vec3, Vec3)>,
    /// Where in the skin's map, with the lids of this frame.
    map_cm: Vec<Vec2>,
    placed_px: Vec<Vec3>,
    lit: Vec<Lit>,
    curve: Vec<u8>,
}

impl ShopMannequin {
    /// Builds the mannequin of a Monk tone, 1 (lightest) to 10 (darkest; others are taken to the nearest), for pictures
    /// of a size in pixels. The first of a face's shape takes a second, later ones a fraction of it.
    pub fn new(tone: u8, light: StudioLight, view: View) -> Result<Self, ModelError> {
        let tone = usize::from(tone.clamp(1, 10)) - 1;
        let figure = Figure::shared(tone)?;
        let lamps = light.lamps();
        let shader = Shader::new(&figure, Complexion::of(tone), &lamps);
        let (width, height) = (view.width as usize, view.height as usize);
        let curve: Vec<u8> = (0..STEPS).map(|step| developed(step as f32 / (STEPS - 1) as f32 * WHITE)).collect();
        let backdrop = lamps.backdrop(width, height);
        let backdrop_rgba = backdrop.iter().flat_map(|&colour| encoded(&curve, colour)).collect();
        let vertices = &figure.mesh.vertices;
        let mut part_of = vec![Part::Skin; vertices.len()];
        for triangle in &figure.mesh.triangles {
            triangle.corners.iter().for_each(|&corner| part_of[corner as usize] = triangle.part);
        }
        let posed = vertices.iter().zip(&figure.normals).map(|(vertex, &normal)| (vertex.position_cm, normal));
        Ok(Self {
            posed: posed.collect(),
            map_cm: figure.map_cm.clone(),
            placed_px: vec![Vec3::ZERO; vertices.len()],
            lit: vec![Lit::default(); vertices.len()],
            canvas: Canvas::new(width, BAND.min(height)),
            bands: vec![0; height.div_ceil(BAND) + 1],
            // Most face away; those at a band's edge are held twice.
            sorted: Vec::with_capacity(figure.mesh.triangles.len()),
            pieces: figure.mesh.triangles.iter().map(|triangle| piece(triangle.part)).collect(),
            figure,
            lamps,
            shader,
            view,
            backdrop,
            backdrop_rgba,
            part_of,
            curve,
        })
    }

    /// The size of its pictures, and the camera.
    pub fn view(&self) -> View {
        self.view
    }

    /// Draws one picture into `rgba`: rows from the top, RGBA8, sRGB, opaque, of the view's size (a shorter buffer gets
    /// the rows that fit).
    pub fn draw(&mut self, attitude: Attitude, rgba: &mut [u8]) {
        self.stand(attitude);
        self.sort();
        let turned = attitude.pose.rotation().transpose() * Vec3::Z;
        // Eyes stay with whoever looks at them, as far as eyes can.
        let gaze_cm = Vec2::new(turned.x, turned.y) * 0.85;
        let row_bytes = self.view.width as usize * 4;
        let rows = rgba.chunks_exact_mut(row_bytes.max(1)).take(self.view.height as usize).enumerate();
        for (y, row) in rows {
            if y % BAND == 0 {
                self.canvas.begin(y);
                let band = y / BAND;
                for &number in &self.sorted[self.bands[band]..self.bands[band + 1]] {
                    let corners = self.figure.mesh.triangles[number as usize].corners;
                    self.canvas.draw(corners.map(|corner| self.placed_px[corner as usize]), number);
                }
            }
            self.draw_row(y, gaze_cm, row);
        }
    }

    /// Sorts the triangles that face the camera into the bands that they touch (a counting sort).
    fn sort(&mut self) {
        let Self { figure, placed_px, bands, sorted, view, .. } = self;
        let last = bands.len() as i32 - 2;
        let touched = |triangle: &Triangle| {
            let [a, b, c] = triangle.corners.map(|corner| placed_px[corner as usize]);
            let faces = (b - a).truncate().perp_dot((c - a).truncate()) < 0.0;
            let (low, high) = (a.min(b).min(c), a.max(b).max(c));
            let seen = faces && high.x > -1.0 && low.x < view.width as f32 && high.y > -1.0;
            let band = |y: f32| (y as i32).max(0) / BAND as i32;
            if seen { band(low.y - 1.0)..(band(high.y + 1.0) + 1).min(last + 1) } else { 0..0 }
        };
        bands.fill(0);
        for triangle in &figure.mesh.triangles {
            touched(triangle).for_each(|band| bands[band as usize] += 1);
        }
        let mut end = 0;
        for band in bands.iter_mut() {
            end += *band;
            *band = end;
        }
        sorted.resize(end, 0);
        for (number, triangle) in figure.mesh.triangles.iter().enumerate() {
            for band in touched(triangle) {
                let place = &mut bands[band as usize];
                *place -= 1;
                sorted[*place] = number as u32;
            }
        }
    }

    /// Where the landmarks of the face mesh lie in the picture that was drawn last, px.
    pub fn landmarks_px(&self) -> impl Iterator<Item = Vec2> + '_ {
        self.placed_px.iter().take(super::mesh::LANDMARKS).map(|at| at.truncate())
    }

    /// Poses and lights every vertex.
    fn stand(&mut self, attitude: Attitude) {
        let figure = &*self.figure;
        let eye = figure.painter.eye_cm();
        for lid in &figure.lids {
            let number = lid.vertex;
            let at = figure.mesh.vertices[number].position_cm.lerp(lid.position_cm, attitude.blink);
            let over = self.part_of[number] != Part::LidRim;
            let at = if over { figure::off_eye(at, eye * Vec3::new(at.x.signum(), 1.0, 1.0)) } else { at };
            let normal = figure.normals[number].lerp(lid.normal, attitude.blink).normalize_or(Vec3::Z);
            self.posed[number] = (at, normal);
            self.map_cm[number] = figure.map_cm[number] + Vec2::Y * (lid.map_up_cm * attitude.blink);
        }
        let rotation = attitude.pose.rotation();
        let shine = Shine {
            lamps: &self.lamps,
            rotation,
            head: self.lamps.seen_from(rotation),
            still: self.lamps.seen_from(Mat3::IDENTITY),
            sheen: self.shader.complexion.sheen,
            hair: self.shader.complexion.hair,
        };
        for (number, &(at, normal)) in self.posed.iter().enumerate() {
            let turned = figure.turns[number];
            let placed = at.lerp(rotation * (at - NECK_CM) + NECK_CM, turned);
            let normal = normal.lerp(rotation * normal, turned);
            let position_camera = placed + Vec3::new(0.0, RAISED_CM, -DISTANCE_CM);
            self.placed_px[number] = self.view.project(position_camera);
            if normal.dot(position_camera) < 25.0 {
                let part = self.part_of[number];
                let stand = Stand { position_camera, normal_camera: normal, position_cm: at, turned, part };
                self.lit[number] = shine.on(&stand, &figure.transfer[number]);
            }
        }
    }

    fn draw_row(&self, y: usize, gaze_cm: Vec2, row: &mut [u8]) {
        let width = self.view.width as usize;
        row.copy_from_slice(&self.backdrop_rgba[y * width * 4..][..width * 4]);
        for (x, (keys, out)) in self.canvas.row(y).chunks_exact(SAMPLES).zip(row.chunks_exact_mut(4)).enumerate() {
            let [a, b, c, d] = [keys[0], keys[1], keys[2], keys[3]];
            if a & b & c & d == EMPTY {
                continue;
            }
            let colour = if self.is_one_piece([a, b, c, d]) {
                self.sample(x, y, 0, a, gaze_cm)
            } else {
                let mut sum = Vec3::ZERO;
                for (sample, &key) in keys.iter().enumerate() {
                    let seen = if key == EMPTY {
                        self.backdrop[y * width + x]
                    } else {
                        self.sample(x, y, sample, key, gaze_cm)
                    };
                    sum += seen.min(Vec3::splat(WHITE));
                }
                sum / SAMPLES as f32
            };
            out.copy_from_slice(&encoded(&self.curve, colour));
        }
    }

    fn is_one_piece(&self, keys: [u64; SAMPLES]) -> bool {
        let [a, rest @ ..] = keys;
        if rest.iter().all(|&key| key as u32 == a as u32) {
            return true;
        }
        if keys.contains(&EMPTY) {
            return false;
        }
        let surface = |key: u64| self.pieces[key as u32 as usize];
        let depth = |key: u64| f32::from_bits((key >> 32) as u32);
        rest.iter().all(|&key| surface(key) == surface(a) && (depth(key) - depth(a)).abs() < PIECE_CM)
    }

    fn sample(&self, x: usize, y: usize, sample: usize, key: u64, gaze_cm: Vec2) -> Vec3 {
        let triangle = &self.figure.mesh.triangles[key as u32 as usize];
        let [i, j, k] = triangle.corners.map(|corner| corner as usize);
        let [a, b, c] = [i, j, k].map(|corner| self.placed_px[corner].truncate());
        let (p, q) = (b - a, c - a);
        let from = Vec2::new(x as f32 + OFFSETS[sample].0, y as f32 + OFFSETS[sample].1) - a;
        let scale = 1.0 / p.perp_dot(q);
        let (v, w) = (from.perp_dot(q) * scale, p.perp_dot(from) * scale);
        let u = 1.0 - v - w;
        let [la, lb, lc] = [i, j, k].map(|corner| &self.lit[corner]);
        let lit = Lit {
            irradiance: la.irradiance * u + lb.irradiance * v + lc.irradiance * w,
            mirrored: la.mirrored * u + lb.mirrored * v + lc.mirrored * w,
            open: la.open * u + lb.open * v + lc.open * w,
        };
        let [ma, mb, mc] = [i, j, k].map(|corner| self.map_cm[corner]);
        self.shader.colour(triangle.part, ma * u + mb * v + mc * w, &lit, gaze_cm)
    }
}

/// Parts that run into one another have the same number.
fn piece(part: Part) -> u8 {
    if part == Part::Lip { Part::Skin as u8 } else { part as u8 }
}

/// 8 bits of a linear value: sRGB, with a shoulder instead of clipping.
fn developed(linear: f32) -> u8 {
    const KNEE: f32 = 0.62;
    let bent =
        if linear < KNEE { linear } else { KNEE + (1.0 - KNEE) * (1.0 - (-(linear - KNEE) / (1.0 - KNEE)).exp()) };
    (srgb_from_linear(Vec3::splat(bent)).x * 255.0).round() as u8
}

fn encoded(curve: &[u8], linear: Vec3) -> [u8; 4] {
    let step = |value: f32| curve[((value * ((STEPS - 1) as f32 / WHITE) + 0.5) as usize).min(STEPS - 1)];
    [step(linear.x), step(linear.y), step(linear.z), 255]
}
