//! The same input, look and light give the same picture on every adapter.

use image::RgbaImage;

use crate::fixture::{frame, input, instance, lipstick, offscreen_on, try_on};

/// Of 255 per channel: what rounding differs by between Vulkan and GL.
const TOLERANCE: u8 = 2;

#[test]
fn every_adapter_draws_the_same_picture() {
    let picture = input("dark_skin.png");
    let look = lipstick("#b3152a", "gloss", 0.9, 1.0);
    let mut try_on = try_on();
    let scene = try_on.scene(frame(&picture), &look).unwrap();
    let adapters = pollster::block_on(instance().enumerate_adapters(wgpu::Backends::all()));
    let mut first: Option<(String, RgbaImage)> = None;
    for adapter in &adapters {
        let info = adapter.get_info();
        let name = format!("{:?} {}", info.backend, info.name);
        let mut out = Vec::new();
        offscreen_on(adapter).render(&scene, &mut out).unwrap();
        let seen = RgbaImage::from_raw(picture.width(), picture.height(), out).unwrap();
        let Some((first_name, first)) = &first else {
            first = Some((name, seen));
            continue;
        };
        let worst = first.iter().zip(seen.iter()).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
        assert!(worst <= TOLERANCE, "{name} differs from {first_name} by {worst}");
    }
    if adapters.len() < 2 {
        assert!(std::env::var_os("CI").is_none(), "CI has Vulkan and GL: apt install mesa-vulkan-drivers libegl1");
        eprintln!("SKIPPED: {} adapter(s), nothing to compare", adapters.len());
    }
}
