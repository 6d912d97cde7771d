//! `shared/composite_pixel.wgsl` on the CPU, for one face drawn pixel for pixel.

use carmine_shaders::cpu::{
    Coat, Film, Flakes, Reflection, Skin, coat_in_part, coat_over, composite, half_vector, linear_from_srgb,
    linear_from_srgb_roughly, local_cells, sparkle, srgb_from_linear, unclipped,
};
use carmine_shaders::{ATLAS_SIZE, Chart, SceneUniforms};
use glam::{Mat3, UVec2, Vec2, Vec3, Vec4, Vec4Swizzles};

use super::read_back::{Texels, colours, floats, half_floats, words};
use crate::face::OCCLUSION_SIDE;
use crate::light::{LipMap, SkinMap};
use crate::render::draw_bounds::DrawBounds;
use crate::render::film_atlas::LEVELS;
use crate::render::view::ScaleOffset;
use crate::render::{Offscreen, View};
use crate::scene::Scene;

/// A pixel that wears something.
pub struct WornPixel<'a> {
    inputs: &'a Inputs,
    /// The camera's, sRGB, alone and with its neighbours.
    encoded: Vec3,
    around: Vec3,
    skin: Skin,
    worn: Coat,
    shows: f32,
    /// Of flakes, by either of the ways in which GPUs take a derivative.
    sparkles: [f32; 2],
}

impl WornPixel<'_> {
    /// What the picture shows, sRGB 0–1. `error`: of the samples that it is made from; colours, then coverage.
    fn shown(&self, sparkle: f32, error: Vec4) -> Vec3 {
        let [neutral, room] = [self.inputs.scene.neutral_from_room, self.inputs.scene.room_from_neutral].map(matrix);
        let encoded_around = self.around + error.xyz();
        let around = neutral * linear_from_srgb_roughly(encoded_around);
        let pixel = neutral * linear_from_srgb(self.encoded);
        let (mean, seen_mean) = (self.skin.mean, room * self.skin.mean);
        let whole = unclipped(pixel, self.encoded, mean, seen_mean);
        let whole_around = unclipped(around, encoded_around, mean, seen_mean);
        let shows = if self.shows < 1.0 { self.shows + error.w } else { self.shows };
        let worn = composite(whole, whole_around, &Skin { sparkle, ..self.skin }, &self.worn);
        srgb_from_linear(room * pixel.lerp(worn, shows))
    }

    /// Whether `seen` (sRGB, 0–255) is what the picture shows, within 1. Telling a reflection from pigment magnifies
    /// the error of a sample.
    pub fn is(&self, seen: Vec3) -> bool {
        self.sparkles.iter().any(|&sparkle| self.is_with(sparkle, seen))
    }

    /// What it is without any error, sRGB 0–255.
    pub fn exact(&self) -> Vec3 {
        (self.shown(self.sparkles[0], Vec4::ZERO) * 255.0).round()
    }

    fn is_with(&self, sparkle: f32, seen: Vec3) -> bool {
        let byte = |error| (self.shown(sparkle, error) * 255.0).round();
        let exact = byte(Vec4::ZERO);
        if (exact - seen).abs().max_element() <= 1.0 {
            return true;
        }
        let errors = (0..16).map(|signs: u32| [0, 1, 2, 3].map(|bit| if signs >> bit & 1 == 1 { 1.0 } else { -1.0 }));
        let (low, high) = errors.fold((exact, exact), |(low, high), error| {
            let seen = byte(Vec4::from_array(error) * SAMPLE_ERROR);
            (low.min(seen), high.max(seen))
        });
        (low - seen).max(seen - high).max_element() <= 1.0
    }
}

fn matrix(columns: [Vec4; 3]) -> Mat3 {
    Mat3::from_cols(columns[0].xyz(), columns[1].xyz(), columns[2].xyz())
}

/// All that the composite reads, as the GPU has it.
pub struct Inputs {
    frame: Texels<Vec4>,
    mesh: Texels<[u16; 4]>,
    curve: Texels<[u16; 4]>,
    stroke: Texels<Vec4>,
    films: [[Texels<Vec4>; 4]; LEVELS],
    skin_map: Texels<Vec4>,
    lips_map: Texels<Vec4>,
    occlusion: Texels<Vec4>,
    scene: SceneUniforms,
    /// Of the frame, at the G-buffer's first texel.
    first: UVec2,
}

/// Of a sample of an 8-bit texture: samplers may interpolate with weights of 8 bits and to 8 bits, and software ones
/// do.
const SAMPLE_ERROR: f32 = 0.75 / 255.0;

fn bytes(word: u16) -> Vec2 {
    Vec2::new(f32::from(word >> 8), f32::from(word & 255)) / 255.0
}

fn uv(words: [u16; 4]) -> Vec2 {
    Vec2::new(f32::from(words[0]), f32::from(words[1])) / 65535.0
}

/// `atlas_uv` of `charts.wgsl`.
fn atlas_uv(chart: Chart, uv: Vec2) -> Vec2 {
    let (first, size) = chart.tile();
    let size = size.as_vec2();
    (first.as_vec2() + (uv * size).clamp(Vec2::splat(0.5), size - 0.5)) / ATLAS_SIZE.as_vec2()
}

/// `within_tile` of `charts.wgsl`.
fn within_tile(chart: u32, uv: Vec2, texel: f32) -> Vec2 {
    let chart = Chart::ALL[chart as usize];
    let (first, size) = (chart.tile().0.as_vec2(), chart.tile().1.as_vec2());
    (uv * ATLAS_SIZE.as_vec2()).clamp(first + 0.5 * texel, first + size - 0.5 * texel) / ATLAS_SIZE.as_vec2()
}

fn square(side: usize, texels: Vec<Vec4>) -> Texels<Vec4> {
    Texels { width: side, height: side, texels }
}

impl Inputs {
    /// Of the first face of what was drawn last, at the frame's own size.
    pub fn of(offscreen: &Offscreen, scene: &Scene<'_>) -> Self {
        let renderer = offscreen.renderer();
        let dressed = &renderer.dressed().faces()[0];
        let size = UVec2::new(scene.frame.width(), scene.frame.height());
        let view = View::same_size(size.x, size.y);
        let gbuffer = renderer.gbuffer();
        let bounds = DrawBounds::around(dressed.draw_bounds_px.into_iter(), size.as_vec2(), &view).unwrap();
        // Of the first pixel within the bounds, clip space to the G-buffer's is −1 to −1 in x and 1 to 1 in y.
        let ScaleOffset { scale, offset } = bounds.gbuffer_from_clip(gbuffer.size());
        let clip = (Vec2::new(-1.0, 1.0) - offset) / scale;
        let first = (clip * Vec2::new(0.5, -0.5) + 0.5) * size.as_vec2();
        assert!(first.abs_diff_eq(first.round(), 0.01) && gbuffer.size().min_element() >= 128, "{first}");
        let films = renderer.films().atlas(0).unwrap().textures();
        let clear = [0; OCCLUSION_SIDE * OCCLUSION_SIDE];
        let covered = scene.occlusion.first().map_or(&clear, |occlusion| &*occlusion.map);
        let (pixels, _) = scene.frame.as_rgba().unwrap();
        Self {
            frame: Texels { width: size.x as usize, height: size.y as usize, texels: colours(pixels) },
            mesh: words(offscreen, &gbuffer.mesh),
            curve: words(offscreen, gbuffer.curve_view.texture()),
            stroke: floats(offscreen, gbuffer.stroke_view.texture(), 0),
            films: std::array::from_fn(|level| films.map(|texture| floats(offscreen, texture, level as u32))),
            skin_map: square(SkinMap::SIDE, half_floats(bytemuck::cast_slice(&dressed.skin_map))),
            lips_map: square(LipMap::SIDE, half_floats(bytemuck::cast_slice(&dressed.lips_map))),
            occlusion: square(OCCLUSION_SIDE, covered.iter().map(|&c| Vec4::splat(f32::from(c) / 255.0)).collect()),
            scene: *renderer.scene_uniforms(),
            first: first.round().as_uvec2(),
        }
    }

    /// `level`: which size of the films, or between which.
    fn coat_at(&self, uv: Vec2, level: f32) -> Coat {
        let level = level.clamp(0.0, (LEVELS - 1) as f32);
        let (low, high) = (level.floor() as usize, level.ceil() as usize);
        let [reflectance, transmittance, surface, tint] = std::array::from_fn(|film| {
            let [low, high] = [low, high].map(|level| self.films[level][film].sample(uv));
            low.lerp(high, level.fract())
        });
        Coat {
            film: Film { reflectance: reflectance.xyz(), transmittance: transmittance.xyz() },
            keep: transmittance.w,
            surface: Reflection {
                gain: surface.x * 2.0,
                soft: surface.y,
                sharp: surface.z,
                flakes: surface.w,
                coarse: tint.w,
                tint: tint.xyz() * tint.xyz(),
            },
            even: reflectance.w,
        }
    }

    /// A pixel of the picture; `None` where it is bare.
    pub fn worn(&self, x: usize, y: usize) -> Option<WornPixel<'_>> {
        let texel = (x.checked_sub(self.first.x as usize)?, y.checked_sub(self.first.y as usize)?);
        if texel.0 >= self.mesh.width || texel.1 >= self.mesh.height {
            return None;
        }
        let (mesh, curve) = (self.mesh.at(texel.0, texel.1), self.curve.at(texel.0, texel.1));
        let stroke = self.stroke.at(texel.0, texel.1).x;
        let seen = if mesh[3] & 255 == 1 { bytes(mesh[3]).x } else { 0.0 };
        if seen <= 0.0 {
            return None;
        }
        let extent = bytes(curve[3]).x;
        let face = &self.scene.faces[0];
        let at_px = Vec2::new(x as f32, y as f32);
        let place = uv(mesh);
        let below = coat_in_part(self.coat_at(atlas_uv(Chart::Face, place), 0.0), seen);
        let chart = u32::from(curve[3] & 255);
        let curve_uv = within_tile(chart, uv(curve), face.curve_level.ceil().exp2());
        let curve_coat = coat_in_part(self.coat_at(curve_uv, face.curve_level), extent);
        let curved = coat_over(curve_coat, below);
        let lashes = self.coat_at(atlas_uv(Chart::Lashes, Vec2::splat(0.5)), 0.0);
        let on_feature = extent > 0.0 || stroke > 0.0;
        let worn = if on_feature { coat_over(coat_in_part(lashes, stroke), curved) } else { below };

        let zone_at = |map: &Texels<Vec4>, rect: Vec4| map.sample((at_px - rect.xy()) / rect.zw());
        let mut zone = zone_at(&self.skin_map, face.skin_rect_px);
        if chart == Chart::Lips.shader_id() {
            zone = zone.lerp(zone_at(&self.lips_map, face.lips_rect_px), extent);
        }
        if chart == Chart::Iris.shader_id() {
            let iris = face.irises[usize::from(place.x > 0.5)];
            zone = zone.lerp(iris.truncate().extend(zone.w), extent);
        }
        let tilt = bytes(mesh[2]).lerp(bytes(curve[2]), if on_feature { extent } else { 0.0 }) * 2.0 - 1.0;
        let hair = if chart == Chart::Brows.shader_id() { 1.0 - curve_coat.keep } else { 0.0 };
        let pixel = self.neutral(self.frame.at(x, y).xyz());
        let mean = zone.xyz().lerp(pixel.min(zone.xyz()), hair);
        self.wear((x, y), place, worn, mean.extend(zone.w), tilt)
    }

    fn wear(&self, (x, y): (usize, usize), at: Vec2, worn: Coat, zone: Vec4, tilt: Vec2) -> Option<WornPixel<'_>> {
        let shows = 1.0 - self.occlusion.sample(at).x;
        if shows <= 0.0 || (worn.keep >= 0.999 && worn.film.transmittance.min_element() >= 0.999) {
            return None;
        }
        let face = &self.scene.faces[0];
        let normal = tilt.extend((1.0 - tilt.length_squared()).max(0.0).sqrt());
        let half_way = half_vector(face.key_direction);
        let (density, coarse) = (worn.surface.flakes, worn.surface.coarse);
        let sparkles = self.uv_per_px(x, y).map(|uv_per_px| {
            let cells = local_cells(face.flake_cells, face.flake_blend, uv_per_px);
            let flakes = Flakes { cells, blend: face.flake_blend, density, coarse };
            face.flake_strength * sparkle(at, &flakes, normal, half_way)
        });
        let skin = Skin {
            mean: zone.xyz(),
            shading: zone.w,
            normal,
            half_vector: half_way,
            key: face.key_strength * zone.w,
            sparkle: 0.0,
        };
        let size = Vec2::new(self.frame.width as f32, self.frame.height as f32);
        let uv = (Vec2::new(x as f32, y as f32) + 0.5) / size;
        let step = 0.5 / size;
        let around = 0.5 * (self.frame.sample(uv + step) + self.frame.sample(uv - step)).xyz();
        let encoded = self.frame.at(x, y).xyz();
        Some(WornPixel { inputs: self, encoded, around, skin, worn, shows, sparkles })
    }

    /// `dpdx` and `dpdy` of the place on the face: within the pixel's own row and column of its block of 2×2, or in the
    /// block's first ones.
    fn uv_per_px(&self, x: usize, y: usize) -> [Vec2; 2] {
        let place = |x: usize, y: usize| {
            let texel = (x.saturating_sub(self.first.x as usize), y.saturating_sub(self.first.y as usize));
            uv(self.mesh.at(texel.0.min(self.mesh.width - 1), texel.1.min(self.mesh.height - 1)))
        };
        let (left, top) = (x & !1, y & !1);
        [(x, y), (left, top)].map(|(x, y)| {
            let along_x = place(left + 1, y) - place(left, y);
            let along_y = place(x, top + 1) - place(x, top);
            (along_x * along_x + along_y * along_y).map(f32::sqrt)
        })
    }

    fn neutral(&self, encoded: Vec3) -> Vec3 {
        matrix(self.scene.neutral_from_room) * linear_from_srgb(encoded)
    }
}
