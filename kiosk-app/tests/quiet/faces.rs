//! The engine's own pictures of a bundled still, as the app would hand them to the screens.

use std::path::Path;

use carmine::face::{Sequence, TrackerConfig};
use carmine::light::{SkinTone, ToneReading};
use carmine::look::Look;
use carmine::render::Offscreen;
use carmine::{Scene, TryOnConfig};
use carmine_kiosk::gpu;
use carmine_kiosk::models::Models;
use carmine_kiosk::source::{self, Picture as Frame};
use egui::{ColorImage, Context, TextureHandle, TextureOptions};

/// A rendered picture in memory.
pub struct Rendered {
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<u8>,
}

impl Rendered {
    /// Part of it.
    pub fn crop(&self, [x, y, width, height]: [usize; 4]) -> Self {
        let rows = self.rgba.chunks_exact(self.width * 4).skip(y).take(height);
        let rgba = rows.flat_map(|row| row[x * 4..(x + width) * 4].iter().copied()).collect();
        Self { width, height, rgba }
    }

    pub fn texture(&self, context: &Context, name: &str) -> TextureHandle {
        let image = ColorImage::from_rgba_unmultiplied([self.width, self.height], &self.rgba);
        context.load_texture(name, image, TextureOptions::LINEAR)
    }

    /// Every pixel that differs from `bare` in colour over grey, as the app shows it, and their part.
    pub fn changed_from(&self, bare: &Self, colour: [u8; 3]) -> (Self, f32) {
        let mut count = 0;
        let mut rgba = self.rgba.clone();
        for (pixel, bare) in rgba.chunks_exact_mut(4).zip(bare.rgba.chunks_exact(4)) {
            let change = (0..3).map(|c| pixel[c].abs_diff(bare[c])).max().unwrap();
            count += usize::from(change > 0);
            let grey = (f32::from(bare[0]) + f32::from(bare[1]) + f32::from(bare[2])) / 3.0;
            let share = if change == 0 { 0.0 } else { 0.35 + 0.5 * (f32::from(change) / 48.0).min(1.0) };
            for c in 0..3 {
                let base = 70.0 + grey * 0.62;
                pixel[c] = (base + (f32::from(colour[c]) - base) * share) as u8;
            }
        }
        let part = count as f32 / (rgba.len() / 4) as f32;
        (Self { rgba, ..*self }, part)
    }
}

/// A still in several looks, and the tone of its skin where that can be told.
pub fn render(still: &str, looks: &[&Look]) -> (Vec<Rendered>, Option<SkinTone>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/stills").join(still);
    let mut source = source::open(&path).unwrap();
    let mut frame = Frame::default();
    source.next_frame(&mut frame).unwrap();
    let frame = frame.frame().unwrap();
    let models = Models::open(None).unwrap();
    let tracker = TrackerConfig { sequence: Sequence::Stills, ..TrackerConfig::default() };
    let mut try_on = models.try_on(TryOnConfig { tracker, ..TryOnConfig::default() }).unwrap();
    let seen = try_on.observe(&frame).unwrap();
    let tone = seen.light().faces.first().and_then(|face| match &face.tone {
        ToneReading::Tone(tone) => Some(*tone),
        ToneReading::CannotTell(_) => None,
    });
    let gpu = gpu::headless().unwrap();
    let mut offscreen = Offscreen::new(&gpu.device, &gpu.queue).unwrap();
    let rendered = looks.iter().map(|look| {
        let mut rgba = Vec::new();
        offscreen.render(&Scene::of(frame, seen, look), &mut rgba).unwrap();
        Rendered { width: frame.width() as usize, height: frame.height() as usize, rgba }
    });
    (rendered.collect(), tone)
}
