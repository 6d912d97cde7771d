//! Lays a look on a still picture: `cargo run --example still_image PICTURE LOOK.toml OUT.png`
//! (products and masks are looked up in `../products/` and `../masks/` beside the look).

use std::error::Error;
use std::path::PathBuf;

use carmine::face::{Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine::look::{Look, Part};
use carmine::render::{Offscreen, Renderer};
use carmine::{Frame, TryOn, TryOnConfig};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(picture), Some(look), Some(out)) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("usage: still_image PICTURE LOOK.toml OUT.png".into());
    };

    // Any wgpu device will do: an app hands over the one that it already has.
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = pollster::block_on(instance.request_adapter(&Default::default()))?;
    let (device, queue) = pollster::block_on(adapter.request_device(&wgpu::DeviceDescriptor {
        required_limits: Renderer::required_limits().using_resolution(adapter.limits()),
        ..Default::default()
    }))?;

    let products = look.with_file_name("../products");
    let masks = look.with_file_name("../masks");
    let look = Look::from_toml(&look.to_string_lossy(), &std::fs::read_to_string(&look)?, &mut |part, name| {
        let folder = if part == Part::Product { &products } else { &masks };
        std::fs::read_to_string(folder.join(format!("{name}.toml"))).ok()
    })?;

    let mut pixels = image::open(picture)?.to_rgba8();
    let frame = Frame::new(&pixels, PixelFormat::Rgba8, pixels.width(), pixels.height())?;
    let tracker = TrackerConfig { sequence: Sequence::Stills, ..Default::default() };
    let mut try_on = TryOn::new(TryOnConfig { tracker, ..Default::default() })?;
    let scene = try_on.scene(frame, &look)?;

    let mut composited = Vec::new();
    Offscreen::new(&device, &queue)?.render(&scene, &mut composited)?;
    pixels.copy_from_slice(&composited);
    pixels.save(out)?;
    Ok(())
}
