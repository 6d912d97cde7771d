//! The same input, look and light give the same picture on every adapter.

use carmine::look::Finish;
use carmine::render::Offscreen;
use image::RgbaImage;

use crate::fixture::{device_of, instance, observed};
use crate::products::{Product, full_look, look};

/// Of 255 per channel: what rounding differs by between Vulkan and GL.
const TOLERANCE: u8 = 2;
/// Share of pixels that may differ by more: those where an edge of the mesh or of a flake runs through the very middle.
const OUTLIERS: f32 = 0.0005;

#[test]
fn every_adapter_draws_the_same_picture() {
    let seen = observed("dark_skin.png");
    let adapters = pollster::block_on(instance().enumerate_adapters(wgpu::Backends::all()));
    let finishes = Finish::ALL.map(|finish| {
        let products = full_look().layers.into_iter().map(|layer| layer.product.category);
        let products: Vec<_> = products.map(|category| Product::of(category).with_finish(finish.name())).collect();
        (finish.name(), look(&products))
    });
    let mut first: Option<(String, Vec<RgbaImage>)> = None;
    for adapter in &adapters {
        let info = adapter.get_info();
        let name = format!("{:?} {}", info.backend, info.name);
        let (device, queue) = device_of(adapter);
        let mut offscreen = Offscreen::new(&device, &queue).unwrap();
        let pictures = finishes.each_ref().map(|(_, look)| {
            let mut out = Vec::new();
            offscreen.render(&seen.scene(look), &mut out).unwrap();
            RgbaImage::from_raw(seen.picture.width(), seen.picture.height(), out).unwrap()
        });
        let Some((first_name, first)) = &first else {
            first = Some((name, pictures.to_vec()));
            continue;
        };
        for (((finish, _), one), other) in finishes.iter().zip(first).zip(&pictures) {
            let differ =
                |(a, b): &(&image::Rgba<u8>, &image::Rgba<u8>)| (0..4).any(|c| a[c].abs_diff(b[c]) > TOLERANCE);
            let off = one.pixels().zip(other.pixels()).filter(differ).count();
            let share = off as f32 / one.pixels().len() as f32;
            assert!(share <= OUTLIERS, "{finish}: {name} differs from {first_name} at {off} pixels");
        }
    }
    if adapters.len() < 2 {
        assert!(std::env::var_os("CI").is_none(), "CI has Vulkan and GL: apt install mesa-vulkan-drivers libegl1");
        eprintln!("SKIPPED: {} adapter(s), nothing to compare", adapters.len());
    }
}
