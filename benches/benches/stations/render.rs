//! Stations 5 and 6, each waited for until the GPU is done.

use carmine::face::FittedFace;
use carmine::light::{Light, LightEstimator};
use carmine::look::Look;
use carmine::render::{Offscreen, Pipelines, Renderer};
use carmine::steps::Dresser;
use carmine::{Frame, Scene};
use carmine_benches::clip::{Clip, SIZES, Size};
use carmine_benches::gpu::{Gpu, Screen};
use carmine_benches::look;
use divan::Bencher;

use super::{fitted, tracked};

/// What the renderers that are made are for.
const TARGET: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// All that a scene borrows.
struct Wearer {
    frame: Frame<'static>,
    faces: Vec<FittedFace>,
    light: Light,
    look: Look,
}

impl Wearer {
    fn new(size: Size) -> Self {
        let frame = Clip::at(size).unwrap().frame(0);
        let faces = fitted(&tracked(size)[0], size);
        let light = LightEstimator::default().estimate(&frame, &faces).clone();
        Self { frame, faces, light, look: look().unwrap() }
    }

    fn scene(&self) -> Scene<'_> {
        Scene::new(self.frame, &self.faces, &self.light, &self.look)
    }
}

/// Mesh and optics of what the face wears.
#[divan::bench]
fn dress(bencher: Bencher<'_, '_>) {
    let wearer = Wearer::new(SIZES[0]);
    let mut dresser = Dresser::new().unwrap();
    dresser.prepare_looks(&wearer.scene());
    bencher.bench_local(|| assert_eq!(dresser.dress(&wearer.scene()), 1));
}

/// A renderer with pipelines of its own, which are compiled for it.
#[divan::bench(sample_count = 20)]
fn first_renderer(bencher: Bencher<'_, '_>) {
    let gpu = Gpu::shared().unwrap();
    bencher.bench_local(|| Renderer::new(&gpu.device, &gpu.queue, TARGET).unwrap());
}

/// Another one with the same pipelines.
#[divan::bench(sample_count = 20)]
fn further_renderer(bencher: Bencher<'_, '_>) {
    let gpu = Gpu::shared().unwrap();
    let pipelines = Pipelines::new(&gpu.device).unwrap();
    Renderer::with_pipelines(&pipelines, &gpu.queue, TARGET).unwrap();
    bencher.bench_local(|| Renderer::with_pipelines(&pipelines, &gpu.queue, TARGET).unwrap());
}

/// The frame to the GPU, nothing else.
#[divan::bench(args = SIZES)]
fn upload(bencher: Bencher<'_, '_>, size: Size) {
    let gpu = Gpu::shared().unwrap();
    let mut screen = Screen::new(gpu, size).unwrap();
    let worn = Wearer::new(size);
    let nobody = Scene::new(worn.frame, &[], &worn.light, &worn.look);
    bencher.bench_local(|| {
        screen.prepare(&nobody).unwrap();
        gpu.finish().unwrap();
    });
}

/// The frame to the GPU and, without make-up, on to the target.
#[divan::bench(args = SIZES)]
fn bare(bencher: Bencher<'_, '_>, size: Size) {
    let gpu = Gpu::shared().unwrap();
    let mut screen = Screen::new(gpu, size).unwrap();
    let worn = Wearer::new(size);
    let nobody = Scene::new(worn.frame, &[], &worn.light, &worn.look);
    bencher.bench_local(|| {
        screen.prepare(&nobody).unwrap();
        screen.draw(gpu);
        gpu.finish().unwrap();
    });
}

/// Dress, upload, mask, frame and composite.
#[divan::bench(args = SIZES)]
fn render(bencher: Bencher<'_, '_>, size: Size) {
    let gpu = Gpu::shared().unwrap();
    let mut screen = Screen::new(gpu, size).unwrap();
    let worn = Wearer::new(size);
    bencher.bench_local(|| {
        screen.prepare(&worn.scene()).unwrap();
        screen.draw(gpu);
        gpu.finish().unwrap();
    });
}

/// The same, read back into memory.
#[divan::bench(args = SIZES)]
fn render_to_memory(bencher: Bencher<'_, '_>, size: Size) {
    let gpu = Gpu::shared().unwrap();
    let mut offscreen = Offscreen::new(&gpu.device, &gpu.queue).unwrap();
    let worn = Wearer::new(size);
    let mut out = Vec::new();
    bencher.bench_local(|| offscreen.render(&worn.scene(), &mut out).unwrap());
}
