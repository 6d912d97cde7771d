//! A device, pictures and faces for every test here; made once.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock};

use carmine::face::{FittedFace, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine::look::Look;
use carmine::render::{Offscreen, Renderer};
use carmine::{Frame, Scene, TryOn, TryOnConfig};
use image::RgbaImage;

/// An offscreen renderer on the first adapter.
pub fn offscreen() -> MutexGuard<'static, Offscreen> {
    static SHARED: OnceLock<Mutex<Offscreen>> = OnceLock::new();
    let shared = SHARED.get_or_init(|| {
        let adapter = pollster::block_on(instance().request_adapter(&Default::default()))
            .expect("no GPU adapter: apt install mesa-vulkan-drivers");
        Mutex::new(offscreen_on(&adapter))
    });
    shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

pub fn instance() -> wgpu::Instance {
    wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle())
}

pub fn offscreen_on(adapter: &wgpu::Adapter) -> Offscreen {
    let (device, queue) = pollster::block_on(adapter.request_device(&wgpu::DeviceDescriptor {
        required_limits: Renderer::required_limits(),
        ..Default::default()
    }))
    .unwrap();
    Offscreen::new(&device, &queue).unwrap()
}

pub fn looks_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/looks")
}

pub fn input(name: &str) -> RgbaImage {
    image::open(looks_folder().join("inputs").join(name)).unwrap().to_rgba8()
}

pub fn frame(picture: &RgbaImage) -> Frame<'_> {
    Frame::new(picture, PixelFormat::Rgba8, picture.width(), picture.height()).unwrap()
}

pub fn try_on() -> TryOn {
    TryOn::new(TryOnConfig { tracker: TrackerConfig { still: true, ..Default::default() }, ..Default::default() })
        .unwrap()
}

/// The one face of a picture.
pub fn face_of(picture: &RgbaImage) -> FittedFace {
    let mut try_on = try_on();
    let (faces, _) = try_on.observe(&frame(picture)).unwrap();
    assert_eq!(faces.len(), 1);
    faces[0].clone()
}

/// One lipstick.
pub fn lipstick(shade: &str, finish: &str, coverage: f32, amount: f32) -> Look {
    let text = format!(
        "name = \"L\"\n[[layers]]\namount = {amount}\nproduct = {{ name = \"P\", category = \"lipstick\", \
         shade = \"{shade}\", coverage = {coverage}, finish = \"{finish}\" }}\n"
    );
    Look::from_toml("look", &text, &mut |_, _| None).unwrap()
}

/// The scene as pixels.
pub fn render(scene: &Scene<'_>) -> RgbaImage {
    let mut out = Vec::new();
    offscreen().render(scene, &mut out).unwrap();
    RgbaImage::from_raw(scene.frame.width(), scene.frame.height(), out).unwrap()
}
