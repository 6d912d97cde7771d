//! The same input, look and light give the same picture on every adapter.

use carmine::Scene;
use carmine::look::Finish;
use carmine::render::Offscreen;
use image::RgbaImage;

use crate::fixture::{device_of, instance, observed};
use crate::products::{Product, full_look, look};
use crate::views::side_by_side;

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
    let twins = side_by_side(seen);
    let [one, .., other] = &finishes;
    let looks = [&one.1, &other.1];
    let mut first: Option<(String, Vec<RgbaImage>)> = None;
    for adapter in &adapters {
        let info = adapter.get_info();
        let name = format!("{:?} {}", info.backend, info.name);
        let (device, queue) = device_of(adapter);
        let mut offscreen = Offscreen::new(&device, &queue).unwrap();
        let mut draw = |scene: &Scene<'_>| {
            let mut out = Vec::new();
            offscreen.render(scene, &mut out).unwrap();
            RgbaImage::from_raw(scene.frame.width(), scene.frame.height(), out).unwrap()
        };
        let mut pictures = finishes.each_ref().map(|(_, look)| draw(&seen.scene(look))).to_vec();
        pictures.push(draw(&twins.scene(looks[0]).with_looks(&looks)));
        let Some((first_name, first)) = &first else {
            first = Some((name, pictures));
            continue;
        };
        let names = finishes.iter().map(|(finish, _)| *finish).chain(["two looks"]);
        for ((finish, one), other) in names.zip(first).zip(&pictures) {
            let differ =
                |(a, b): &(&image::Rgba<u8>, &image::Rgba<u8>)| (0..4).any(|c| a[c].abs_diff(b[c]) > TOLERANCE);
            let off = one.pixels().zip(other.pixels()).filter(differ).count();
            let share = off as f32 / one.pixels().len() as f32;
            assert!(share <= OUTLIERS, "{finish}: {name} differs from {first_name} at {off} pixels");
        }
    }
    assert!(adapters.len() >= 2, "Vulkan and GL are compared: apt install mesa-vulkan-drivers libegl1");
}
