//! Films in the atlas: masks and layers folded on the CPU.

use carmine_shaders::cpu::{Coat, coat, coat_over};
use carmine_shaders::{Chart, MAX_LAYERS};
use glam::Vec4;

use super::read_back::{Texels, floats};
use super::{look_of, offscreen};
use crate::dress::{LayerMask, PreparedLook};
use crate::light::PreviewLight;
use crate::look::Finish;
use crate::render::Pipelines;
use crate::render::film_atlas::LEVELS;
use crate::render::films::Films;
use crate::render::staging::Staging;

/// A step of a half float below 1: some GPUs round towards zero; and a little for `exp` and division, which they round
/// their own way.
const HALF_FLOAT: f32 = 1.05 / 2048.0;
/// Half a step of a byte, and a little for the same.
const BYTE: f32 = 0.52 / 255.0;

/// What the shader packs into the atlas's four textures.
fn packed(worn: &Coat) -> [Vec4; 4] {
    let surface = worn.surface;
    [
        worn.film.reflectance.extend(worn.even),
        worn.film.transmittance.extend(worn.keep),
        Vec4::new(surface.gain * 0.5, surface.soft, surface.sharp, surface.flakes).min(Vec4::ONE),
        surface.tint.map(f32::sqrt).extend(surface.coarse).min(Vec4::ONE),
    ]
}

/// The chart's coats, rows from the tile's top.
fn folded(look: &PreparedLook, chart: Chart) -> Vec<Coat> {
    let (_, size) = chart.tile();
    let mut coats = vec![Coat::BARE; size.element_product() as usize];
    let mut thickness = vec![0; coats.len()];
    for (layer, LayerMask { mask, wing }) in look.layers().layers.iter().zip(look.masks()) {
        if mask.chart != chart {
            continue;
        }
        mask.rasterize(*wing, &mut thickness);
        for (lower, &byte) in coats.iter_mut().zip(&thickness) {
            *lower = coat_over(coat(layer, f32::from(byte) / 255.0 * layer.amount), *lower);
        }
    }
    coats
}

fn compare(look: &PreparedLook, atlas: &[Texels<Vec4>; 4], what: &str) {
    for chart in Chart::ALL {
        let (first, size) = chart.tile();
        let coats = folded(look, chart);
        let bare = coats.iter().filter(|coat| coat.keep == 1.0).count();
        assert!(bare < coats.len(), "{what}: nothing is worn in {chart:?}");
        for (index, coat) in coats.iter().enumerate() {
            let (x, y) = (index % size.x as usize, index / size.x as usize);
            for ((texture, grid), expected) in atlas.iter().enumerate().zip(packed(coat)) {
                let seen = grid.at(first.x as usize + x, first.y as usize + y);
                let tolerance = if texture < 2 { HALF_FLOAT } else { BYTE };
                let off = (seen - expected).abs().max_element();
                assert!(off <= tolerance, "{what} {chart:?} {x},{y} texture {texture}: GPU {seen}, CPU {expected}");
            }
        }
    }
}

/// `pass/downsample.wgsl`: of transmittances and of the roots of tints it is the squares that share the area.
fn compare_halved(large: &[Texels<Vec4>; 4], small: &[Texels<Vec4>; 4], what: &str) {
    for (texture, (large, small)) in large.iter().zip(small).enumerate() {
        let squared = |texel: Vec4| if texture % 2 == 1 { (texel * texel).with_w(texel.w) } else { texel };
        let rooted = |texel: Vec4| if texture % 2 == 1 { texel.map(f32::sqrt).with_w(texel.w) } else { texel };
        let tolerance = if texture < 2 { HALF_FLOAT } else { BYTE };
        for (index, &seen) in small.texels.iter().enumerate() {
            let (x, y) = (index % small.width * 2, index / small.width * 2);
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| squared(large.at(x + dx, y + dy)));
            let expected = rooted(four.into_iter().sum::<Vec4>() * 0.25);
            let off = (seen - expected).abs().max_element();
            assert!(off <= tolerance, "{what} {x},{y} texture {texture}: GPU {seen}, CPU {expected}");
        }
    }
}

#[test]
fn films_equal_their_cpu_twins_to_the_precision_of_their_textures() {
    let offscreen = offscreen();
    let (device, queue) = offscreen.device();
    let pipelines = Pipelines::new(device).unwrap();
    let (mut films, staging) = (Films::new(&pipelines), Staging::default());
    let mut prepared = PreparedLook::default();
    for (index, finish) in Finish::ALL.into_iter().enumerate() {
        let preview = PreviewLight::ALL[index % 4];
        let look = look_of(finish, [1.0, 0.4, 2.0][index % 3]);
        assert!(prepared.prepare(&look, preview));
        assert!(prepared.layers().count as usize <= MAX_LAYERS);
        let mut encoder = device.create_command_encoder(&Default::default());
        let mut upload = staging.begin(&mut encoder, device, Films::upload_bytes(&prepared)).unwrap();
        films.record(&mut upload, &pipelines, 0, &prepared);
        staging.finish(upload);
        queue.submit([encoder.finish()]);
        let atlas = |level| films.atlas(0).unwrap().textures().map(|texture| floats(&offscreen, texture, level));
        compare(&prepared, &atlas(0), finish.name());
        for level in 1..LEVELS as u32 {
            compare_halved(&atlas(level - 1), &atlas(level), &format!("{} {level}", finish.name()));
        }
    }
}
