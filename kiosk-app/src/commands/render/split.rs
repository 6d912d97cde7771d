//! Before and after in one picture, divided down the middle of the face.
//!
//! In: a picture and a look. Out: the bare picture on the left and the dressed one on the right, with a line and a word
//! on each side.

use carmine::look::Look;
use image::{Rgba, RgbaImage, imageops};

use super::{LookRenderer, crop, fit_into};
use crate::choices::LightChoice;
use crate::choices::Size;
use crate::error::AppError;
use crate::source::Picture;
use crate::text::lettering::{Anchor, Lettering};

/// Makes split pictures.
pub struct Splitter {
    lettering: Lettering,
    preview: LightChoice,
}

impl Splitter {
    /// For pictures in this light.
    pub fn new(preview: LightChoice) -> Self {
        Self { lettering: Lettering::default(), preview }
    }

    /// The bare face on the left, `look` on the right, in the input's size or fitted into `fit`. A picture without a
    /// face is not divided: there is no "after".
    pub fn picture(
        &mut self,
        renderer: &mut LookRenderer,
        picture: &Picture,
        look: &Look,
        fit: Option<Size>,
    ) -> Result<RgbaImage, AppError> {
        let (mut both, mut middle, mut anybody) = (Vec::with_capacity(2), 0, false);
        renderer.wear(picture, [look, &Look::bare()], |faces, image| {
            (middle, anybody) = (crop::midline(faces, image.width()), !faces.is_empty());
            both.push(image);
        })?;
        let (Some(before), Some(mut after)) = (both.pop(), both.pop()) else { return Ok(RgbaImage::default()) };
        if !anybody {
            return Ok(fit_into(before, fit));
        }
        let full_width = after.width();
        let left = imageops::crop_imm(&before, 0, 0, middle, before.height());
        imageops::replace(&mut after, &*left, 0, 0);
        let mut image = fit_into(after, fit);
        self.mark(&mut image, middle as f32 / full_width.max(1) as f32);
        Ok(image)
    }

    /// The divider and the words.
    fn mark(&mut self, image: &mut RgbaImage, middle: f32) {
        let (width, height) = (image.width() as f32, image.height() as f32);
        let size_px = size_px(image);
        let thin = (width.max(height) / 500.0).round().max(2.0);
        let left = (middle * width - 0.5 * thin).round().max(0.0) as u32;
        for x in left..(left + thin as u32).min(image.width()) {
            for y in 0..image.height() {
                image.put_pixel(x, y, Rgba([255; 4]));
            }
        }
        let margin = (1.3 * size_px).round();
        let low = height - margin;
        self.lettering.label(image, "Before", size_px, Anchor::Left, (margin, low));
        self.lettering.label(image, "After", size_px, Anchor::Right, (width - margin, low));
        label_preview(&mut self.lettering, image, self.preview);
    }
}

/// Says in the upper right corner that the products' colours are not shown in the room's light.
pub fn label_preview(lettering: &mut Lettering, image: &mut RgbaImage, preview: LightChoice) {
    let Some(label) = preview.label() else { return };
    let size_px = size_px(image);
    let margin = (1.3 * size_px).round();
    let high = margin + (2.0 * size_px).round();
    let right = image.width() as f32 - margin;
    lettering.label(image, label, size_px, Anchor::Right, (right, high));
}

/// Of words on a picture.
fn size_px(image: &RgbaImage) -> f32 {
    (0.030 * image.width().min(image.height()) as f32).clamp(11.0, 44.0)
}
