//! The picture of the mannequins: `cargo run -p carmine-kiosk --example mannequins -- assets/readme/mannequins.jpg`.
//!
//! Ten tones in the three lights, every other one made up.
#![allow(clippy::print_stdout, reason = "a program that tells what it wrote")]

use std::error::Error;
use std::io::BufWriter;
use std::time::Duration;

use carmine::frame::PixelFormat;
use carmine::render::Offscreen;
use carmine::{Frame, TryOn, TryOnConfig};
use carmine_kiosk::{catalogue, gpu};
use carmine_mannequin::{Attitude, ShopMannequin, StudioLight, Viewport};
use image::imageops::{self, FilterType};
use image::{DynamicImage, RgbImage, RgbaImage};

const VIEW: Viewport = Viewport { width: 720, height: 960 };
/// Of a cell, px, and what it shows of a picture: x, y, width, height.
const CELL: (u32, u32) = (300, 360);
const SHOWN: [u32; 4] = [60, 95, 600, 720];
const COLUMNS: u32 = 5;
const GAP: u32 = 6;
/// Per tone: the light, when (s), and what is worn.
const SITTINGS: [(StudioLight, f32, Option<&str>); 10] = [
    (StudioLight::Daylight, 0.0, None),
    (StudioLight::Daylight, 8.0, Some("everyday-rose")),
    (StudioLight::Store, 0.0, Some("city-rose")),
    (StudioLight::Daylight, 0.0, Some("tender-coral")),
    (StudioLight::Evening, 17.0, Some("evening-plum")),
    (StudioLight::Daylight, 0.0, None),
    (StudioLight::Store, 17.0, Some("bronze-hour")),
    (StudioLight::Daylight, 0.0, Some("berry-and-gold")),
    (StudioLight::Evening, 0.0, Some("golden-midnight")),
    (StudioLight::Daylight, 8.0, Some("classic-red")),
];

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name the .jpg to write")?;
    let device = gpu::headless()?;
    let mut offscreen = Offscreen::new(&device.device, &device.queue)?;
    let config = TryOnConfig {
        tracker: carmine::face::TrackerConfig {
            max_faces: 1,
            sequence: carmine::face::Sequence::Stills,
            ..Default::default()
        },
        ..Default::default()
    };
    let mut try_on = TryOn::new(config)?;
    let rows = SITTINGS.len() as u32 / COLUMNS;
    let size = [COLUMNS * (CELL.0 + GAP) - GAP, rows * (CELL.1 + GAP) - GAP];
    let mut sheet = RgbImage::from_pixel(size[0], size[1], image::Rgb([0xF4, 0xF1, 0xEE]));
    let mut pixels = vec![0; (VIEW.width * VIEW.height * 4) as usize];
    for (index, (light, seconds, look)) in SITTINGS.into_iter().enumerate() {
        let mut mannequin = ShopMannequin::new(index as u8 + 1, light, VIEW)?;
        mannequin.draw(Attitude::at(Duration::from_secs_f32(seconds)), &mut pixels);
        let mut shown = pixels.clone();
        if let Some(look) = look {
            let look = catalogue::find(look)?;
            let frame = Frame::new(&pixels, PixelFormat::Rgba8, VIEW.width, VIEW.height)?;
            offscreen.render(&try_on.scene(frame, &look)?, &mut shown)?;
        }
        let whole = RgbaImage::from_raw(VIEW.width, VIEW.height, shown).ok_or("a picture of another size")?;
        let [x, y, width, height] = SHOWN;
        let part = imageops::crop_imm(&whole, x, y, width, height).to_image();
        let cell = imageops::resize(&part, CELL.0, CELL.1, FilterType::Lanczos3);
        let (column, row) = (index as u32 % COLUMNS, index as u32 / COLUMNS);
        let cell = DynamicImage::ImageRgba8(cell).into_rgb8();
        imageops::replace(&mut sheet, &cell, i64::from(column * (CELL.0 + GAP)), i64::from(row * (CELL.1 + GAP)));
        if let Some(folder) = std::env::args().nth(2) {
            whole.save(std::path::Path::new(&folder).join(format!("{}.png", index + 1)))?;
        }
    }
    let file = BufWriter::new(std::fs::File::create(&path)?);
    image::codecs::jpeg::JpegEncoder::new_with_quality(file, 88).encode_image(&sheet)?;
    println!("{path}: {} × {} px on {}", size[0], size[1], device.adapter.get_info().name);
    Ok(())
}
