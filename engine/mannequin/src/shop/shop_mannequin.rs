//! A shop mannequin and how it is drawn, fast enough to play live.
//!
//! In: a skin tone, a studio light and a size; then an attitude per picture. Out: RGBA8 pictures.
//!
//! 1. Every vertex is posed (head turned about the neck, lids closed), projected, and lit from precomputed transfer.
//! 2. Triangles that face the camera are sorted into bands of rows.
//! 3. Band by band, which stays in the processor's cache, they are drawn into a visibility buffer with four samples a
//!    pixel.
//! 4. Per pixel the nearest triangle is shaded once, or every sample for itself where surfaces meet.
//! 5. A tone curve makes bytes of it.

use std::sync::Arc;

use carmine_models::ModelError;
use glam::{Mat3, Vec2, Vec3};

use super::albedo::FigureAlbedo;
use super::figure::{self, Figure};
use super::lamps::{Lamps, StudioLight};
use super::motion::Attitude;
use super::shade::{FrameLight, ReceivedLight, Shader, ShadingPoint};
use super::tone_curve::{ToneCurve, WHITE};
use super::visibility_buffer::{EMPTY, OFFSETS_PX, SAMPLES, VisibilityBuffer};
use crate::camera::Viewport;
use crate::mesh::{BodyPart, LANDMARK_COUNT, Triangle};

const DISTANCE_CM: f32 = 60.0;
/// The face's middle above the optical axis.
const RAISED_CM: f32 = 0.4;
/// What the head turns about.
const NECK_CM: Vec3 = Vec3::new(0.0, -5.0, -4.5);
/// Samples of one surface that are no further apart are one piece.
const PIECE_CM: f32 = 0.45;
/// Rows that are drawn at once.
const BAND: usize = 32;

/// A shop mannequin, and all that it needs to be drawn again and again without allocating.
#[derive(Debug)]
pub struct ShopMannequin {
    figure: Arc<Figure>,
    lamps: Lamps,
    shader: Shader,
    viewport: Viewport,
    visible: VisibilityBuffer,
    /// Where each band's triangles begin in `sorted`, and their end.
    bands: Vec<usize>,
    sorted: Vec<u32>,
    /// Per triangle.
    pieces: Vec<u8>,
    backdrop: Vec<Vec3>,
    backdrop_rgba: Vec<u8>,
    part_of: Vec<BodyPart>,
    /// In face space, with the lids of this frame.
    posed: Vec<PosedVertex>,
    /// Where in the skin's texture, with the lids of this frame.
    map_cm: Vec<Vec2>,
    placed_px: Vec<Vec3>,
    lit: Vec<ReceivedLight>,
    curve: ToneCurve,
}

/// A vertex in face space.
#[derive(Clone, Copy, Debug)]
struct PosedVertex {
    position_cm: Vec3,
    normal: Vec3,
}

impl ShopMannequin {
    /// Builds the mannequin of a Monk tone, 1 (lightest) to 10 (darkest; others are taken to the nearest), for pictures
    /// of a size in pixels. The first of a face's shape takes a second, later ones a fraction of it.
    pub fn new(tone: u8, light: StudioLight, viewport: Viewport) -> Result<Self, ModelError> {
        let tone = usize::from(tone.clamp(1, 10)) - 1;
        let figure = Figure::shared(tone)?;
        let lamps = light.lamps();
        let shader = Shader::new(&figure, FigureAlbedo::of(tone), &lamps);
        let (width, height) = (viewport.width as usize, viewport.height as usize);
        let curve = ToneCurve::new();
        let backdrop = lamps.backdrop(width, height);
        let backdrop_rgba = backdrop.iter().flat_map(|&colour| curve.rgba(colour)).collect();
        let vertices = &figure.mesh.vertices;
        let mut part_of = vec![BodyPart::Skin; vertices.len()];
        for triangle in &figure.mesh.triangles {
            triangle.corners.iter().for_each(|&corner| part_of[corner as usize] = triangle.part);
        }
        let posed = vertices.iter().zip(&figure.normals);
        let posed = posed.map(|(vertex, &normal)| PosedVertex { position_cm: vertex.position_cm, normal });
        Ok(Self {
            posed: posed.collect(),
            map_cm: figure.map_cm.clone(),
            placed_px: vec![Vec3::ZERO; vertices.len()],
            lit: vec![ReceivedLight::default(); vertices.len()],
            visible: VisibilityBuffer::new(width, BAND.min(height)),
            bands: vec![0; height.div_ceil(BAND) + 1],
            // Most face away; those at a band's edge are held twice.
            sorted: Vec::with_capacity(figure.mesh.triangles.len()),
            pieces: figure.mesh.triangles.iter().map(|triangle| piece(triangle.part)).collect(),
            figure,
            lamps,
            shader,
            viewport,
            backdrop,
            backdrop_rgba,
            part_of,
            curve,
        })
    }

    /// The size of its pictures.
    pub fn viewport(&self) -> Viewport {
        self.viewport
    }

    /// Draws one picture into `rgba`: rows from the top, RGBA8, sRGB, opaque, of the viewport's size (a shorter buffer
    /// gets the rows that fit).
    pub fn draw(&mut self, attitude: Attitude, rgba: &mut [u8]) {
        self.pose(attitude);
        self.sort_into_bands();
        let turned = attitude.pose.rotation().transpose() * Vec3::Z;
        // The eyes keep looking at the viewer, as far as they can turn.
        let gaze_cm = Vec2::new(turned.x, turned.y) * 0.85;
        let row_bytes = self.viewport.width as usize * 4;
        let rows = rgba.chunks_exact_mut(row_bytes.max(1)).take(self.viewport.height as usize).enumerate();
        for (y, row) in rows {
            if y % BAND == 0 {
                self.visible.begin(y);
                let band = y / BAND;
                for &number in &self.sorted[self.bands[band]..self.bands[band + 1]] {
                    let corners = self.figure.mesh.triangles[number as usize].corners;
                    self.visible.draw(corners.map(|corner| self.placed_px[corner as usize]), number);
                }
            }
            self.draw_row(y, gaze_cm, row);
        }
    }

    /// Sorts the triangles that face the camera into the bands that they touch (a counting sort).
    fn sort_into_bands(&mut self) {
        let Self { figure, placed_px, bands, sorted, viewport, .. } = self;
        let last = bands.len() as i32 - 2;
        let touched = |triangle: &Triangle| {
            let [a, b, c] = triangle.corners.map(|corner| placed_px[corner as usize]);
            let faces = (b - a).truncate().perp_dot((c - a).truncate()) < 0.0;
            let (low, high) = (a.min(b).min(c), a.max(b).max(c));
            let seen = faces && high.x > -1.0 && low.x < viewport.width as f32 && high.y > -1.0;
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
        self.placed_px.iter().take(LANDMARK_COUNT).map(|at| at.truncate())
    }

    /// Poses and lights every vertex.
    fn pose(&mut self, attitude: Attitude) {
        let figure = &*self.figure;
        let eye = figure.painter.eye_cm();
        for lid in &figure.lids {
            let number = lid.vertex;
            let at = figure.mesh.vertices[number].position_cm.lerp(lid.position_cm, attitude.blink);
            let over = self.part_of[number] != BodyPart::LidRim;
            let at = if over { figure::off_eye(at, eye * Vec3::new(at.x.signum(), 1.0, 1.0)) } else { at };
            let normal = figure.normals[number].lerp(lid.normal, attitude.blink).normalize_or(Vec3::Z);
            self.posed[number] = PosedVertex { position_cm: at, normal };
            self.map_cm[number] = figure.map_cm[number] + Vec2::Y * (lid.map_up_cm * attitude.blink);
        }
        let rotation = attitude.pose.rotation();
        let light = FrameLight {
            lamps: &self.lamps,
            rotation,
            head: self.lamps.seen_from(rotation),
            still: self.lamps.seen_from(Mat3::IDENTITY),
            sheen: self.shader.albedo.sheen,
            hair: self.shader.albedo.hair,
        };
        for (number, &PosedVertex { position_cm, normal }) in self.posed.iter().enumerate() {
            let turned = figure.turns[number];
            let placed = position_cm.lerp(rotation * (position_cm - NECK_CM) + NECK_CM, turned);
            let normal = normal.lerp(rotation * normal, turned);
            let position_camera = placed + Vec3::new(0.0, RAISED_CM, -DISTANCE_CM);
            self.placed_px[number] = self.viewport.project(position_camera);
            if normal.dot(position_camera) < 25.0 {
                let part = self.part_of[number];
                let point = ShadingPoint { position_camera, normal_camera: normal, position_cm, turned, part };
                self.lit[number] = light.on(&point, &figure.transfer[number]);
            }
        }
    }

    fn draw_row(&self, y: usize, gaze_cm: Vec2, row: &mut [u8]) {
        let width = self.viewport.width as usize;
        row.copy_from_slice(&self.backdrop_rgba[y * width * 4..][..width * 4]);
        for (x, (keys, out)) in self.visible.row(y).chunks_exact(SAMPLES).zip(row.chunks_exact_mut(4)).enumerate() {
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
            out.copy_from_slice(&self.curve.rgba(colour));
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
        let from = Vec2::new(x as f32 + OFFSETS_PX[sample].x, y as f32 + OFFSETS_PX[sample].y) - a;
        let scale = 1.0 / p.perp_dot(q);
        let (v, w) = (from.perp_dot(q) * scale, p.perp_dot(from) * scale);
        let u = 1.0 - v - w;
        let [la, lb, lc] = [i, j, k].map(|corner| &self.lit[corner]);
        let lit = ReceivedLight {
            irradiance: la.irradiance * u + lb.irradiance * v + lc.irradiance * w,
            mirrored: la.mirrored * u + lb.mirrored * v + lc.mirrored * w,
            open: la.open * u + lb.open * v + lc.open * w,
        };
        let [ma, mb, mc] = [i, j, k].map(|corner| self.map_cm[corner]);
        self.shader.colour(triangle.part, ma * u + mb * v + mc * w, &lit, gaze_cm)
    }
}

/// Parts that run into one another have the same number.
fn piece(part: BodyPart) -> u8 {
    if part == BodyPart::Lip { BodyPart::Skin as u8 } else { part as u8 }
}
