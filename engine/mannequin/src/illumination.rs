//! Light on the posed mannequin, and the pictures taken in it.
//!
//! In: a G-buffer, a light rig, then a skin and a seed. Out: the light on every pixel and, per skin, a picture with its
//! albedo.
//!
//! 1. For every beam the bust is drawn into a shadow map along the beam. A vertex that faces the beam receives it by
//!    Lambert's cosine and by how much of the map's neighbourhood lies behind it.
//! 2. What is mirrored without entering the skin is added up beside it: Blinn–Phong on skin, Kajiya & Kay 1989 on hair,
//!    the key light's image on the cornea.
//! 3. Vertices are interpolated to the samples; a little light that has bounced off the room is added everywhere.
//! 4. A picture: albedo times irradiance plus what is mirrored, clipped as a sensor does, averaged over the pixel,
//!    encoded as sRGB, with noise that is weaker in the shadows.
//!
//! The vertices' light is summed on up to eight threads.

use std::thread;

use carmine_shaders::cpu::{luminance, smoothstep, srgb_from_linear};
use glam::{Vec2, Vec3};

use crate::camera::Viewport;
use crate::g_buffer::{SAMPLES, samples_of};
use crate::light_rig::{Beam, LightRig};
use crate::mannequin::Posed;
use crate::mesh::BodyPart;
use crate::noise;
use crate::palette::{Material, Palette};
use crate::raster::{Keep, Raster};

/// A posed mannequin under a light.
#[derive(Debug)]
pub struct Lit<'a> {
    posed: &'a Posed<'a>,
    light: &'a LightRig,
    /// Per sample.
    samples: Vec<Arriving>,
    light_linear: Vec<Vec3>,
}

/// Radius around the head that the shadow maps cover.
const SHADOWED_CM: f32 = 18.0;
const SHADOW_TEXELS: usize = 224;
/// How far a vertex is lifted off its surface so that it does not shadow itself.
const SHADOW_BIAS_CM: f32 = 0.18;
/// Light that has bounced off the room, over all other light.
const BOUNCED: f32 = 0.04;

/// Light at one place, linear RGB.
#[derive(Clone, Copy, Debug, Default)]
struct Arriving {
    /// What a white matte surface would show.
    irradiance: Vec3,
    /// What is mirrored towards the camera without taking the surface's colour.
    mirrored: Vec3,
}

/// A vertex in camera space as light sees it.
struct Point {
    position: Vec3,
    normal: Vec3,
    /// Unit vector to the camera.
    view: Vec3,
    /// Along the hair; zero elsewhere.
    strand: Vec3,
}

/// One picture and its ground truth. All pictures are rows from the top, of the viewport's size.
#[derive(Clone, Debug)]
pub struct Shot {
    /// What the camera gives: RGBA8, sRGB, opaque, with noise.
    pub rgba: Vec<u8>,
    /// Albedo, linear sRGB under D65, mean over the pixel.
    pub albedo_linear: Vec<Vec3>,
}

impl Posed<'_> {
    /// Lights it.
    pub fn lit<'a>(&'a self, light: &'a LightRig) -> Lit<'a> {
        let points = self.points();
        let vertices = self.vertex_light(&points, light);
        let card = light.card_linear();
        let mut samples: Vec<Arriving> = Vec::with_capacity(self.g_buffer.paint.len());
        for (sample, hit) in self.g_buffer.raster.hits.iter().enumerate() {
            let Some(triangle) = self.mannequin.mesh.triangles.get(hit.triangle as usize) else {
                samples.push(Arriving { irradiance: light.wall * self.vignette(sample), mirrored: Vec3::ZERO });
                continue;
            };
            let mix = |value: &dyn Fn(usize) -> Vec3| hit.mix(triangle.corners.map(|corner| value(corner as usize)));
            let irradiance = mix(&|at| vertices[at].irradiance) + card * BOUNCED;
            let mirrored = match triangle.part {
                BodyPart::Torso if self.g_buffer.paint[sample].base == Material::Cloth => Vec3::ZERO,
                BodyPart::Eyeball => self.catch_light(mix(&|at| self.mannequin.mesh.vertices[at].position_cm), light),
                _ => mix(&|at| vertices[at].mirrored),
            };
            samples.push(Arriving { irradiance, mirrored });
        }
        let width = self.viewport.width as usize;
        let mean = |pixel| {
            samples_of(pixel, width).iter().map(|&sample| samples[sample].irradiance).sum::<Vec3>() / SAMPLES as f32
        };
        let light_linear = (0..width * self.viewport.height as usize).map(mean).collect();
        Lit { posed: self, light, samples, light_linear }
    }

    fn points(&self) -> Vec<Point> {
        let mesh = &self.mannequin.mesh;
        let rotation = self.pose.rotation();
        let mut points: Vec<Point> = mesh
            .vertices
            .iter()
            .zip(mesh.normals())
            .map(|(vertex, normal)| {
                let position = self.pose.camera_from_face(vertex.position_cm);
                let view = (-position).normalize_or(Vec3::Z);
                Point { position, normal: rotation * normal, view, strand: Vec3::ZERO }
            })
            .collect();
        // Combed up and back.
        let combed = rotation * Vec3::new(0.0, 0.9, -1.0);
        for triangle in mesh.triangles.iter().filter(|triangle| triangle.part == BodyPart::Hair) {
            for corner in triangle.corners {
                let point = &mut points[corner as usize];
                point.strand = combed.reject_from_normalized(point.normal).normalize_or_zero();
            }
        }
        points
    }

    /// Irradiance and reflection of every vertex: the sum over the beams that reach it.
    fn vertex_light(&self, points: &[Point], light: &LightRig) -> Vec<Arriving> {
        let workers = thread::available_parallelism().map_or(1, usize::from).min(8);
        let part = |beams: &[Beam]| {
            let mut sums = vec![Arriving::default(); points.len()];
            let mut raster = Raster::new(SHADOW_TEXELS, SHADOW_TEXELS);
            for beam in beams {
                self.shine(points, beam, &mut raster, &mut sums);
            }
            sums
        };
        let per_worker = light.beams.len().div_ceil(workers).max(1);
        thread::scope(|scope| {
            let part = &part;
            let running: Vec<_> =
                light.beams.chunks(per_worker).map(|beams| scope.spawn(move || part(beams))).collect();
            let mut total = vec![Arriving::default(); points.len()];
            for sums in running.into_iter().filter_map(|worker| worker.join().ok()) {
                for (total, sum) in total.iter_mut().zip(sums) {
                    total.irradiance += sum.irradiance;
                    total.mirrored += sum.mirrored;
                }
            }
            total
        })
    }

    /// Adds one beam to every point that it reaches. `raster` becomes its shadow map.
    fn shine(&self, points: &[Point], beam: &Beam, raster: &mut Raster, sums: &mut [Arriving]) {
        let (x, y) = beam.direction.any_orthonormal_pair();
        let middle = self.pose.camera_from_face(Vec3::new(0.0, 0.0, -2.0));
        let texels_per_cm = SHADOW_TEXELS as f32 / (2.0 * SHADOWED_CM);
        let place = |at: Vec3| {
            let from = at - middle;
            let across = Vec2::new(from.dot(x), from.dot(y)) * texels_per_cm + SHADOW_TEXELS as f32 / 2.0;
            across.extend(-from.dot(beam.direction))
        };
        raster.clear_depth();
        let placed: Vec<Vec3> = points.iter().map(|point| place(point.position)).collect();
        for (number, triangle) in self.mannequin.mesh.triangles.iter().enumerate() {
            raster.draw(triangle.corners.map(|corner| placed[corner as usize]), number as u32, Keep::DepthAlone);
        }
        for (point, sum) in points.iter().zip(sums) {
            let facing = point.normal.dot(beam.direction);
            if facing <= 0.0 {
                continue;
            }
            let lifted = place(point.position + point.normal * SHADOW_BIAS_CM);
            let seen = raster.lit_share(lifted, |behind_cm| smoothstep(0.05, 0.45, behind_cm));
            let arriving = beam.irradiance * (facing * seen);
            sum.irradiance += arriving;
            sum.mirrored += arriving * reflectance(point, beam.direction);
        }
    }

    /// Brightness of the reflected key light on the cornea; `at` in face space.
    fn catch_light(&self, at: Vec3, light: &LightRig) -> Vec3 {
        let eye = self.mannequin.painter.eye_cm();
        let bulge = Vec3::new((at.x.abs() - eye.x) * at.x.signum(), at.y - eye.y, 0.75).normalize_or(Vec3::Z);
        let half = (light.key + (-self.pose.camera_from_face(at)).normalize_or(Vec3::Z)).normalize_or(Vec3::Z);
        let bright = smoothstep(0.984, 0.992, (self.pose.rotation() * bulge).dot(half));
        light.card_linear() * (0.55 * bright + 0.01)
    }

    fn vignette(&self, sample: usize) -> f32 {
        let (width, height) = (self.g_buffer.raster.width, self.g_buffer.raster.height);
        let at = Vec2::new((sample % width) as f32 / width as f32, (sample / width) as f32 / height as f32);
        1.0 - 0.45 * at.distance_squared(Vec2::new(0.5, 0.4))
    }
}

/// Of the light that falls on a point, the part that is mirrored into the camera without taking the skin's colour.
fn reflectance(point: &Point, light: Vec3) -> f32 {
    let half = (light + point.view).normalize_or(Vec3::Z);
    if point.strand != Vec3::ZERO {
        // Kajiya & Kay 1989.
        return 0.035 * (1.0 - point.strand.dot(half).powi(2)).max(0.0).powi(30);
    }
    // Blinn–Phong, normalised; half of what skin's index of refraction (1.4) gives: a powdered face.
    0.014 * 22.0 / 8.0 * point.normal.dot(half).max(0.0).powi(14)
}

impl Lit<'_> {
    /// Per pixel what a white, matte surface would show there, linear RGB: a product's masstone times this is what its
    /// opaque coat looks like.
    pub fn light_linear(&self) -> &[Vec3] {
        &self.light_linear
    }

    /// The picture of a mannequin with this skin (albedo as sRGB under D65). `seed` is the camera noise's.
    pub fn shot(&self, skin_srgb: [u8; 3], seed: u32) -> Shot {
        let palette = Palette::of(skin_srgb);
        let g_buffer = &self.posed.g_buffer;
        let Viewport { width, height } = self.posed.viewport();
        let (width, height) = (width as usize, height as usize);
        let mut shot = Shot { rgba: Vec::with_capacity(width * height * 4), albedo_linear: Vec::new() };
        for pixel in 0..width * height {
            let (mut seen, mut whole) = (Vec3::ZERO, Vec3::ZERO);
            for sample in samples_of(pixel, width) {
                let paint = &g_buffer.paint[sample];
                let albedo = palette.albedo(paint.base).lerp(palette.albedo(paint.over), paint.share)
                    * paint.shade
                    * Vec3::new(1.0, 1.0 - paint.redness, 1.0 - paint.redness);
                let Arriving { irradiance, mirrored } = self.samples[sample];
                // A sensor clips.
                seen += (albedo * irradiance + mirrored).min(Vec3::ONE);
                whole += albedo;
            }
            shot.albedo_linear.push(whole / SAMPLES as f32);
            shot.rgba.extend(self.developed(seen / SAMPLES as f32, seed.wrapping_mul(0x9e37_79b9) ^ pixel as u32));
        }
        shot
    }

    /// With the camera's noise, which is weaker in the shadows of the encoded picture than in its middle.
    fn developed(&self, linear: Vec3, seed: u32) -> [u8; 4] {
        let encoded = srgb_from_linear(linear) * 255.0;
        let steps = self.light.noise_steps * (0.55 + 0.45 * luminance(linear).sqrt());
        let [r, g, b] = [0, 1, 2].map(|channel| {
            let noise = noise::normal(noise::hash(seed).wrapping_add(channel)) * steps;
            (encoded[channel as usize] + noise).round().clamp(0.0, 255.0) as u8
        });
        [r, g, b, 255]
    }
}
