//! Draws masks to look at: `cargo run --example draw_masks OUT_FOLDER [MASK.toml …]`, the built-in ones if none is
//! given. `NAME.png` is the thickness, `NAME-on-chart.png` shows it in red on the chart: the face's mesh, or tenths of
//! units.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use carmine::look::{Chart, Mask};
use carmine::models::CanonicalFace;
use glam::{UVec2, Vec2};
use image::{GrayImage, Rgb, RgbImage};

/// Pixels per texel of the picture with the chart.
const ZOOM: u32 = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let out = arguments.next().ok_or("usage: draw_masks OUT_FOLDER [MASK.toml …]")?;
    std::fs::create_dir_all(&out)?;
    let mut masks: Vec<Arc<Mask>> = Vec::new();
    for path in arguments {
        let text = std::fs::read_to_string(&path)?;
        Mask::from_toml(&path.to_string_lossy(), &text)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        masks.push(Arc::new(Mask::from_toml(&name, &text)?));
    }
    if masks.is_empty() {
        masks = Mask::built_in_names().filter_map(Mask::built_in).collect();
    }
    for mask in masks.iter().filter(|mask| mask.chart != Chart::Lashes) {
        draw(mask, &out)?;
    }
    Ok(())
}

fn draw(mask: &Mask, out: &Path) -> Result<(), Box<dyn Error>> {
    let size = mask.chart.tile().1;
    let mut thickness = vec![0; size.element_product() as usize];
    mask.rasterize(None, &mut thickness);
    let coats = GrayImage::from_raw(size.x, size.y, thickness).ok_or("the tile has another size")?;
    let mut picture = RgbImage::from_fn(size.x * ZOOM, size.y * ZOOM, |x, y| {
        let left = 255 - coats.get_pixel(x / ZOOM, y / ZOOM).0[0];
        Rgb([220 + left / 8, left, left])
    });
    for (a, b) in lines(mask.chart)? {
        line(&mut picture, mask.chart.tile_uv(a), mask.chart.tile_uv(b));
    }
    coats.save(out.join(format!("{}.png", mask.name)))?;
    picture.save(out.join(format!("{}-on-chart.png", mask.name)))?;
    Ok(())
}

fn lines(chart: Chart) -> Result<Vec<(Vec2, Vec2)>, Box<dyn Error>> {
    if chart == Chart::Face {
        let face = CanonicalFace::embedded()?;
        let uv = |id: u16| Vec2::from(face.uv[usize::from(id)]);
        let edges = face.triangles.iter().flat_map(|&[a, b, c]| [(a, b), (b, c), (c, a)]);
        return Ok(edges.map(|(a, b)| (uv(a), uv(b))).collect());
    }
    let (low, high) = chart.bounds();
    let tenths = |low: f32, high: f32| ((low * 10.0).ceil() as i32..=(high * 10.0) as i32).map(|i| i as f32 / 10.0);
    let upright = tenths(low.x, high.x).map(|x| (Vec2::new(x, low.y), Vec2::new(x, high.y)));
    let level = tenths(low.y, high.y).map(|y| (Vec2::new(low.x, y), Vec2::new(high.x, y)));
    Ok(upright.chain(level).collect())
}

fn line(picture: &mut RgbImage, from: Vec2, to: Vec2) {
    let size = UVec2::from(picture.dimensions());
    let (from, to) = (from * size.as_vec2(), to * size.as_vec2());
    let steps = (to - from).abs().max_element().ceil().max(1.0);
    for step in 0..=steps as u32 {
        let at = from.lerp(to, step as f32 / steps).as_uvec2().min(size - 1);
        let pixel = picture.get_pixel_mut(at.x, at.y);
        pixel.0 = pixel.0.map(|value| value - value / 5);
    }
}
