use std::thread;

use carmine_shaders::cpu::{luminance, srgb_from_linear};
use glam::{Vec2, Vec3};

use super::bust::smoothstep;
use super::light::{Beam, Light};
use super::mesh::Part;
use super::noise;
use super::palette::{Material, Palette};
use super::raster::Raster;
use super::surface::{SAMPLES, samples};
use super::{Posed, Shot};

/// A posed mannequin under a light.
#[derive(Debug)]
pub struct Lit<'a> {
    posed: &'a Posed<'a>,
    light: &'a Light,
    /// Per sample: irradiance as the linear RGB of a white surface, and what the surface reflects without entering it.
    samples: Vec<(Vec3, Vec3)>,
    light_linear: Vec<Vec3>,
}

/// Around the head, what is looked at for shadows.
const SHADOWED_CM: f32 = 18.0;
const SHADOW_TEXELS: usize = 224;
/// Light that has bounced off the room, over all other light.
const BOUNCED: f32 = 0.04;

/// A vertex in camera space as light sees it.
struct Point {
    position: Vec3,
    normal: Vec3,
    /// Unit vector to the camera.
    view: Vec3,
    /// Along the hair; zero elsewhere.
    strand: Vec3,
}

impl Posed<'_> {
    /// Lights it.
    pub fn lit<'a>(&'a self, light: &'a Light) -> Lit<'a> {
        let points = self.points();
        let vertices = self.vertex_light(&points, light);
        let card = light.card_linear();
        let mut samples: Vec<(Vec3, Vec3)> = Vec::with_capacity(self.surface.paint.len());
        for (sample, &(number, shares)) in self.surface.raster.hits.iter().enumerate() {
            let Some(triangle) = self.mannequin.mesh.triangles.get(number as usize) else {
                samples.push((light.wall * self.vignette(sample), Vec3::ZERO));
                continue;
            };
            let mix = |value: &dyn Fn(usize) -> Vec3| {
                let [a, b, c] = triangle.corners.map(|corner| value(corner as usize));
                a * (1.0 - shares.x - shares.y) + b * shares.x + c * shares.y
            };
            let irradiance = mix(&|at| vertices[at].0) + card * BOUNCED;
            let mirrored = match triangle.part {
                Part::Torso if self.surface.paint[sample].base == Material::Cloth => Vec3::ZERO,
                Part::Eyeball => self.catch_light(mix(&|at| self.mannequin.mesh.vertices[at].position_cm), light),
                _ => mix(&|at| vertices[at].1),
            };
            samples.push((irradiance, mirrored));
        }
        let width = self.view.width as usize;
        let mean = |pixel| super::surface::samples(pixel, width).iter().map(|&s| samples[s].0).sum::<Vec3>() / 4.0;
        let light_linear = (0..width * self.view.height as usize).map(mean).collect();
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
                let position = self.pose.place(vertex.position_cm);
                let view = (-position).normalize_or(Vec3::Z);
                Point { position, normal: rotation * normal, view, strand: Vec3::ZERO }
            })
            .collect();
        // Combed up and back.
        let combed = rotation * Vec3::new(0.0, 0.9, -1.0);
        for triangle in mesh.triangles.iter().filter(|triangle| triangle.part == Part::Hair) {
            for corner in triangle.corners {
                let point = &mut points[corner as usize];
                point.strand = combed.reject_from_normalized(point.normal).normalize_or_zero();
            }
        }
        points
    }

    /// Irradiance and reflection of every vertex: the sum over the beams that reach it.
    fn vertex_light(&self, points: &[Point], light: &Light) -> Vec<(Vec3, Vec3)> {
        let workers = thread::available_parallelism().map_or(1, usize::from).min(8);
        let part = |beams: &[Beam]| {
            let mut sums = vec![(Vec3::ZERO, Vec3::ZERO); points.len()];
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
            let mut total = vec![(Vec3::ZERO, Vec3::ZERO); points.len()];
            for sums in running.into_iter().filter_map(|worker| worker.join().ok()) {
                for (total, sum) in total.iter_mut().zip(sums) {
                    *total = (total.0 + sum.0, total.1 + sum.1);
                }
            }
            total
        })
    }

    fn shine(&self, points: &[Point], beam: &Beam, raster: &mut Raster, sums: &mut [(Vec3, Vec3)]) {
        let (x, y) = beam.direction.any_orthonormal_pair();
        let middle = self.pose.place(Vec3::new(0.0, 0.0, -2.0));
        let texels_per_cm = SHADOW_TEXELS as f32 / (2.0 * SHADOWED_CM);
        let place = |at: Vec3| {
            let from = at - middle;
            let across = Vec2::new(from.dot(x), from.dot(y)) * texels_per_cm + SHADOW_TEXELS as f32 / 2.0;
            across.extend(-from.dot(beam.direction))
        };
        raster.clear();
        let placed: Vec<Vec3> = points.iter().map(|point| place(point.position)).collect();
        for (number, triangle) in self.mannequin.mesh.triangles.iter().enumerate() {
            raster.draw(triangle.corners.map(|corner| placed[corner as usize]), number as u32, false);
        }
        for (point, sum) in points.iter().zip(sums) {
            let facing = point.normal.dot(beam.direction);
            if facing <= 0.0 {
                continue;
            }
            let seen = lit_share(raster, place(point.position + point.normal * 0.18));
            let arriving = beam.irradiance * (facing * seen);
            sum.0 += arriving;
            sum.1 += arriving * reflectance(point, beam.direction);
        }
    }

    /// Brightness of the reflected key light on the cornea; `at` in face space.
    fn catch_light(&self, at: Vec3, light: &Light) -> Vec3 {
        let eye = self.mannequin.painter.eye_cm();
        let bulge = Vec3::new((at.x.abs() - eye.x) * at.x.signum(), at.y - eye.y, 0.75).normalize_or(Vec3::Z);
        let half = (light.key + (-self.pose.place(at)).normalize_or(Vec3::Z)).normalize_or(Vec3::Z);
        let bright = smoothstep(0.984, 0.992, (self.pose.rotation() * bulge).dot(half));
        light.card_linear() * (0.55 * bright + 0.01)
    }

    fn vignette(&self, sample: usize) -> f32 {
        let (width, height) = (self.surface.raster.width, self.surface.raster.height);
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

/// How much of a shadow map's neighbourhood lies farther away than `at`.
fn lit_share(raster: &Raster, at: Vec3) -> f32 {
    let mut lit = 0.0;
    for dy in [-0.75, 0.75] {
        for dx in [-0.75, 0.75] {
            let (x, y) = ((at.x + dx).round(), (at.y + dy).round());
            let inside = x >= 0.0 && y >= 0.0 && x < raster.width as f32 && y < raster.height as f32;
            let nearest = if inside { raster.depth[y as usize * raster.width + x as usize] } else { f32::INFINITY };
            lit += 1.0 - smoothstep(0.05, 0.45, at.z - nearest);
        }
    }
    lit / 4.0
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
        let surface = &self.posed.surface;
        let (width, height) = (self.posed.view.width as usize, self.posed.view.height as usize);
        let mut shot = Shot { rgba: Vec::with_capacity(width * height * 4), albedo_linear: Vec::new() };
        for pixel in 0..width * height {
            let (mut seen, mut whole) = (Vec3::ZERO, Vec3::ZERO);
            for sample in samples(pixel, width) {
                let paint = &surface.paint[sample];
                let albedo = palette.albedo(paint.base).lerp(palette.albedo(paint.over), paint.share)
                    * paint.shade
                    * Vec3::new(1.0, 1.0 - paint.redness, 1.0 - paint.redness);
                let (irradiance, mirrored) = self.samples[sample];
                // A sensor clips.
                seen += (albedo * irradiance + mirrored).min(Vec3::ONE);
                whole += albedo;
            }
            let mean = (SAMPLES * SAMPLES) as f32;
            shot.albedo_linear.push(whole / mean);
            shot.rgba.extend(self.developed(seen / mean, seed.wrapping_mul(0x9e37_79b9) ^ pixel as u32));
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
