//! Stands in for the live picture: the bundled portrait wearing a look, framed as the mirror frames a face, or a
//! gradient.

use std::sync::OnceLock;

use carmine::face::{Sequence, TrackerConfig};
use carmine::frame::PixelFormat;
use carmine::look::Look;
use carmine::render::{Offscreen, Renderer};
use carmine::{Frame, TryOn, TryOnConfig};
use egui::{Pos2, Rect, Vec2};
use image::RgbaImage;

/// A picture and the face in it.
#[derive(Clone)]
pub struct Still {
    pub image: RgbaImage,
    /// Around the face, in pixels.
    pub face: Rect,
}

/// Part of the shown height that the face fills, where its middle lies, and the most that a picture is enlarged: the
/// mirror's own numbers.
const FACE: f32 = 0.44;
const LEVEL: f32 = 0.47;

/// The portrait in a look. The bare one, of which most cases need no more, is tracked once.
pub fn wearing(look: &Look) -> Still {
    static BARE: OnceLock<Still> = OnceLock::new();
    if look.layers.is_empty() { BARE.get_or_init(|| drawn(look)).clone() } else { drawn(look) }
}

/// A soft gradient in a picture's place, where what matters is the screen around it.
pub fn calm() -> Still {
    let image = RgbaImage::from_fn(64, 64, |x, y| image::Rgba([200 - y as u8, 170 - x as u8, 150 - y as u8, 255]));
    Still { image, face: Rect::from_center_size(Pos2::new(32.0, 30.0), Vec2::splat(28.0)) }
}

/// Drawn by the engine.
fn drawn(look: &Look) -> Still {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../assets/stills/astronaut.png");
    let mut image = image::open(path).unwrap().to_rgba8();
    let frame = Frame::new(&image, PixelFormat::Rgba8, image.width(), image.height()).unwrap();
    let tracker = TrackerConfig { sequence: Sequence::Stills, ..Default::default() };
    let mut try_on = TryOn::new(TryOnConfig { tracker, ..Default::default() }).unwrap();
    let scene = try_on.scene(frame, look).unwrap();
    let mut face = Rect::NOTHING;
    for point in scene.faces[0].landmarks_px.iter() {
        face.extend_with(Pos2::new(point.x, point.y));
    }
    if !look.layers.is_empty() {
        let (device, queue) = device();
        let mut pixels = Vec::new();
        Offscreen::new(&device, &queue).unwrap().render(&scene, &mut pixels).unwrap();
        image.copy_from_slice(&pixels);
    }
    Still { image, face }
}

fn device() -> (wgpu::Device, wgpu::Queue) {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = pollster::block_on(instance.request_adapter(&Default::default())).unwrap();
    let descriptor = wgpu::DeviceDescriptor {
        required_limits: Renderer::required_limits().using_resolution(adapter.limits()),
        ..Default::default()
    };
    pollster::block_on(adapter.request_device(&descriptor)).unwrap()
}

impl Still {
    /// The part of the picture to show in a place of this shape.
    pub fn framed(&self, place: Rect) -> Rect {
        let size = Vec2::new(self.image.width() as f32, self.image.height() as f32);
        let shape = place.width() / place.height();
        let mut height = (self.face.height() / FACE).min(size.y);
        height = height.min(size.x / shape);
        let shown = Vec2::new(height * shape, height);
        let min = self.face.center() - Vec2::new(shown.x * 0.5, shown.y * LEVEL);
        let min = Pos2::new(min.x.clamp(0.0, size.x - shown.x), min.y.clamp(0.0, size.y - shown.y));
        Rect::from_min_max((min.to_vec2() / size).to_pos2(), ((min + shown).to_vec2() / size).to_pos2())
    }
}
