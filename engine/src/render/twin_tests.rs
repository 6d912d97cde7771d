//! The GPU's pixels against the CPU twins of the same formulas, stage by stage: each stage is fed with what the GPU
//! itself wrote in the stage before.

mod bake;
mod composite;
mod read_back;
mod sharing;
mod worn_pixel;
mod zeroize;

use super::{Offscreen, RenderError, Renderer};
use crate::face::{FittedFace, Sequence, TrackerConfig};
use crate::frame::{Frame, PixelFormat};
use crate::light::Light;
use crate::look::{Category, Finish, Look};
use crate::scene::Scene;
use crate::try_on::{TryOn, TryOnConfig};

fn device() -> (wgpu::Device, wgpu::Queue) {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = pollster::block_on(instance.request_adapter(&Default::default()))
        .expect("no GPU adapter: apt install mesa-vulkan-drivers");
    pollster::block_on(
        adapter.request_device(&wgpu::DeviceDescriptor {
            required_limits: Renderer::required_limits(),
            ..Default::default()
        }),
    )
    .unwrap()
}

fn offscreen() -> Offscreen {
    let (device, queue) = device();
    Offscreen::new(&device, &queue).unwrap()
}

/// Of every category one or two layers with this finish: every chart is worn, and layers lie over each other.
fn look_of(finish: Finish, amount: f32) -> Look {
    let mut text = String::from("name = \"Twins\"\n");
    let mut layer = |category: Category, finish: Finish, shade: &str, coverage: f32, amount: f32| {
        text += &format!(
            "[[layers]]\namount = {amount:?}\nproduct = {{ name = \"P\", category = \"{}\", shade = \"{shade}\", \
             coverage = {coverage:?}, finish = \"{}\" }}\n",
            category.name(),
            finish.name()
        );
    };
    for (index, category) in Category::ALL.into_iter().enumerate() {
        let shade = ["#b3152a", "#f0c8b8", "#4f1730", "#3a7ab0", "#8a5a3c"][index % 5];
        layer(category, finish, shade, [0.9, 0.3, 0.985][index % 3], amount);
    }
    layer(Category::Lipstick, Finish::Satin, "#d98a86", 0.4, 0.5);
    layer(Category::Eyeliner, Finish::Matte, "#101014", 0.9, 0.6);
    layer(Category::Brow, Finish::Cream, "#603820", 0.5, 0.5);
    layer(Category::Lens, Finish::Gloss, "#6a9a50", 0.5, 0.7);
    Look::from_toml("twins", &text, &mut |_, _| None).unwrap()
}

/// A picture of `tests/looks/inputs` with its faces and its light.
struct Seen {
    pixels: Vec<u8>,
    size: (u32, u32),
    faces: Vec<FittedFace>,
    light: Light,
}

impl Seen {
    fn input(name: &str) -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/looks/inputs/").to_owned() + name;
        let picture = image::open(path).unwrap().to_rgba8();
        let size = picture.dimensions();
        let pixels = picture.into_raw();
        let tracker = TrackerConfig { sequence: Sequence::Stills, ..Default::default() };
        let mut try_on = TryOn::new(TryOnConfig { tracker, ..Default::default() }).unwrap();
        let frame = Frame::new(&pixels, PixelFormat::Rgba8, size.0, size.1).unwrap();
        let observation = try_on.observe(&frame).unwrap();
        let (faces, light) = (observation.faces().to_vec(), observation.light().clone());
        Self { pixels, size, faces, light }
    }

    fn scene<'a>(&'a self, look: &'a Look) -> Scene<'a> {
        let frame = Frame::new(&self.pixels, PixelFormat::Rgba8, self.size.0, self.size.1).unwrap();
        Scene::new(frame, &self.faces, &self.light, look)
    }
}

#[test]
fn a_frame_beyond_the_device_is_refused_by_name() {
    let (device, queue) = device();
    let limit = device.limits().max_texture_dimension_2d;
    let data = vec![0; limit as usize * 4 + 4];
    let frame = Frame::new(&data, PixelFormat::Rgba8, limit + 1, 1).unwrap();
    let (light, look) = (Light::default(), Look::bare());
    let scene = Scene::new(frame, &[], &light, &look);
    let error = Offscreen::new(&device, &queue).unwrap().render(&scene, &mut Vec::new()).unwrap_err();
    assert!(matches!(error, RenderError::TooLarge { .. }) && error.to_string().contains("smaller"));
}
