//! Small pictures of the models, drawn on a thread of their own: the attract screen does not wait for them.

use std::sync::mpsc::{Receiver, channel};

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::app::still_renderer::picture;
use crate::tryable::Tryable;
use crate::ui::stage::PictureTexture;

/// Side of a thumbnail, in pixels.
const SIDE_PX: u32 = 360;

/// Those that were drawn, in the order of the models. They outlive sessions, for they show no shopper.
#[derive(Default)]
pub(super) struct Thumbnails {
    drawn: Vec<Option<TextureHandle>>,
    /// What the thread draws.
    coming: Option<Receiver<(usize, ColorImage)>>,
}

impl Thumbnails {
    /// Begins to draw them all; `wake` is called for each.
    pub(super) fn start(models: &[Tryable], wake: impl Fn() + Send + 'static) -> Self {
        let (sender, receiver) = channel();
        let drawn = vec![None; models.len()];
        let models = models.to_vec();
        let work = move || {
            for (index, model) in models.iter().enumerate() {
                match model.thumbnail(SIDE_PX, None) {
                    Ok(image) => {
                        let size = [image.width() as usize, image.height() as usize];
                        if sender.send((index, ColorImage::from_rgba_unmultiplied(size, image.as_raw()))).is_err() {
                            return;
                        }
                        wake();
                    }
                    Err(error) => log::warn!("{error}"),
                }
            }
        };
        let started = std::thread::Builder::new().name("thumbnails".into()).spawn(work).is_ok();
        Self { drawn, coming: started.then_some(receiver) }
    }

    /// Makes a texture of one that was drawn since the last call, if one was.
    pub(super) fn take(&mut self, context: &Context) -> bool {
        let Some((index, image)) = self.coming.as_ref().and_then(|coming| coming.try_recv().ok()) else {
            return false;
        };
        if let Some(slot) = self.drawn.get_mut(index) {
            *slot = Some(context.load_texture(format!("model {index}"), image, TextureOptions::LINEAR));
        }
        true
    }

    /// For the screens.
    pub(super) fn pictures(&self) -> Vec<Option<PictureTexture>> {
        self.drawn.iter().map(|texture| texture.as_ref().map(picture)).collect()
    }
}
