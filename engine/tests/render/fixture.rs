//! A device, pictures and faces for every test here; made once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock};

use carmine::face::{FittedFace, Occlusion, Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine::light::{Light, LightEstimator};
use carmine::look::Look;
use carmine::render::{Offscreen, Renderer};
use carmine::{Frame, Scene, TryOn, TryOnConfig};
use image::RgbaImage;

/// An offscreen renderer on the first adapter.
pub fn offscreen() -> MutexGuard<'static, Offscreen> {
    static SHARED: OnceLock<Mutex<Offscreen>> = OnceLock::new();
    let shared = SHARED.get_or_init(|| {
        let (device, queue) = device();
        Mutex::new(Offscreen::new(device, queue).unwrap())
    });
    shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The first adapter's device.
pub fn device() -> &'static (wgpu::Device, wgpu::Queue) {
    static SHARED: OnceLock<(wgpu::Device, wgpu::Queue)> = OnceLock::new();
    SHARED.get_or_init(|| {
        let adapter = pollster::block_on(instance().request_adapter(&Default::default()))
            .expect("no GPU adapter: apt install mesa-vulkan-drivers");
        device_of(&adapter)
    })
}

pub fn instance() -> wgpu::Instance {
    wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle())
}

pub fn device_of(adapter: &wgpu::Adapter) -> (wgpu::Device, wgpu::Queue) {
    pollster::block_on(
        adapter.request_device(&wgpu::DeviceDescriptor {
            required_limits: Renderer::required_limits(),
            ..Default::default()
        }),
    )
    .unwrap()
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
    TryOn::new(TryOnConfig {
        tracker: TrackerConfig { sequence: Sequence::Stills, ..Default::default() },
        ..Default::default()
    })
    .unwrap()
}

/// A picture with its face and its light.
#[derive(Clone)]
pub struct Observed {
    pub picture: RgbaImage,
    pub faces: Vec<FittedFace>,
    pub light: Light,
    /// What the engine takes for covered; tests that do not ask for it draw as if nothing were.
    pub occlusion: Vec<Occlusion>,
}

impl Observed {
    /// Of a picture whose faces are known, in light that is estimated.
    pub fn new(picture: RgbaImage, faces: Vec<FittedFace>) -> Self {
        let light = LightEstimator::default().estimate(&frame(&picture), &faces).clone();
        Self { picture, faces, light, occlusion: Vec::new() }
    }

    pub fn face(&self) -> &FittedFace {
        &self.faces[0]
    }

    pub fn scene<'a>(&'a self, look: &'a Look) -> Scene<'a> {
        Scene::new(frame(&self.picture), &self.faces, &self.light, look)
    }

    /// The picture in `look`.
    pub fn wearing(&self, look: &Look) -> RgbaImage {
        render(&self.scene(look))
    }
}

/// An input with its one face; tracked once.
pub fn observed(name: &str) -> &'static Observed {
    static SEEN: Mutex<Option<(TryOn, HashMap<String, &'static Observed>)>> = Mutex::new(None);
    let mut seen = SEEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let (try_on, known) = seen.get_or_insert_with(|| (try_on(), HashMap::new()));
    known.entry(name.to_owned()).or_insert_with(|| {
        let picture = input(name);
        let seen = try_on.observe(&frame(&picture)).unwrap();
        assert_eq!(seen.faces().len(), 1, "{name}");
        let (faces, light, occlusion) = (seen.faces().to_vec(), seen.light().clone(), seen.occlusion().to_vec());
        Box::leak(Box::new(Observed { picture, faces, light, occlusion }))
    })
}

/// The scene as pixels.
pub fn render(scene: &Scene<'_>) -> RgbaImage {
    let mut out = Vec::new();
    offscreen().render(scene, &mut out).unwrap();
    RgbaImage::from_raw(scene.frame.width(), scene.frame.height(), out).unwrap()
}
