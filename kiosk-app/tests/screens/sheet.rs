//! Many pictures on one.

use image::imageops::{self, FilterType};
use image::{Rgba, RgbaImage};

/// Height of a picture on the sheet, and between two.
const HEIGHT: u32 = 640;
const GAP: u32 = 16;
/// Widest sheet.
const WIDTH: u32 = 3200;

/// The pictures in the order of their names, in rows.
pub fn of(pictures: &[(String, RgbaImage)]) -> RgbaImage {
    let small: Vec<RgbaImage> = pictures
        .iter()
        .map(|(_, picture)| {
            let width = picture.width() * HEIGHT / picture.height();
            imageops::resize(picture, width, HEIGHT, FilterType::Triangle)
        })
        .collect();
    let (mut places, mut x, mut y) = (Vec::new(), GAP, GAP);
    for picture in &small {
        if x + picture.width() + GAP > WIDTH && x > GAP {
            (x, y) = (GAP, y + HEIGHT + GAP);
        }
        places.push((x, y));
        x += picture.width() + GAP;
    }
    let mut sheet = RgbaImage::from_pixel(WIDTH, y + HEIGHT + GAP, Rgba([120, 116, 114, 255]));
    for (picture, (x, y)) in small.iter().zip(places) {
        imageops::replace(&mut sheet, picture, i64::from(x), i64::from(y));
    }
    sheet
}
