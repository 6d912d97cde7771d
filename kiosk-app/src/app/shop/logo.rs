//! The brand's logo: read and decoded on a thread of its own, since no file may keep a screen waiting.
//!
//! In: the settings' path. Out: a texture for the screens, or why there is none; they show the brand's name then.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use crate::app::still_renderer::picture;
use crate::logo::decode;
use crate::ui::stage::PictureTexture;

/// The logo that the settings name. It outlives sessions, for it shows no shopper.
pub(super) struct Logo {
    path: Option<PathBuf>,
    wake: Arc<dyn Fn() + Send + Sync>,
    coming: Option<Receiver<Result<ColorImage, String>>>,
    /// Kept for the next graphics device.
    image: Option<Arc<ColorImage>>,
    texture: Option<TextureHandle>,
}

impl Logo {
    /// Begins to read it; `wake` is called when that is done.
    pub(super) fn read(path: Option<&Path>, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let mut logo = Self { path: path.map(Path::to_owned), wake, coming: None, image: None, texture: None };
        let Some(path) = logo.path.clone() else { return logo };
        let (sender, receiver) = channel();
        let wake = Arc::clone(&logo.wake);
        let work = move || {
            let told = sender.send(decode(&path).map_err(|why| {
                format!("brand.logo: cannot read {}: {why}; the brand's name is shown", path.display())
            }));
            // Nobody listens where the settings have another one by now.
            if told.is_ok() {
                wake();
            }
        };
        let started = std::thread::Builder::new().name("logo".into()).spawn(work).is_ok();
        logo.coming = started.then_some(receiver);
        logo
    }

    /// Reads the one that newer settings name, if it is another.
    pub(super) fn follow(&mut self, path: Option<&Path>) {
        if self.path.as_deref() != path {
            *self = Self::read(path, Arc::clone(&self.wake));
        }
    }

    /// Takes in what was read since the last call. Fails once if it cannot be used. Does not block.
    pub(super) fn receive(&mut self) -> Result<(), String> {
        let Some(read) = self.coming.as_ref().and_then(|coming| coming.try_recv().ok()) else { return Ok(()) };
        self.coming = None;
        self.image = Some(Arc::new(read?));
        Ok(())
    }

    /// For the screens; makes a texture where there is none yet.
    pub(super) fn picture(&mut self, context: &Context) -> Option<PictureTexture> {
        let image = self.image.as_ref()?;
        let load = || context.load_texture("logo", Arc::clone(image), TextureOptions::LINEAR);
        Some(picture(self.texture.get_or_insert_with(load)))
    }

    /// The context with its texture is gone.
    pub(super) fn forget_texture(&mut self) {
        self.texture = None;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]
mod tests {
    use std::io::Cursor;

    use egui::Color32;
    use image::ImageFormat;

    use super::*;
    use crate::logo::MOST_BYTES;

    struct File(PathBuf);

    impl File {
        fn new(name: &str, bytes: &[u8]) -> Self {
            let path = std::env::temp_dir().join(format!("carmine-logo-{}-{name}", std::process::id()));
            std::fs::write(&path, bytes).unwrap();
            Self(path)
        }
    }

    impl Drop for File {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    fn png(width: u32, height: u32) -> Vec<u8> {
        let image =
            image::RgbaImage::from_fn(width, height, |x, _| image::Rgba([200, 0, 90, if x == 0 { 0 } else { 255 }]));
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    fn read(path: &Path) -> (Logo, Result<(), String>) {
        let (sender, woken) = channel();
        let sender = std::sync::Mutex::new(sender);
        let wake = move || sender.lock().unwrap().send(()).unwrap();
        let mut logo = Logo::read(Some(path), Arc::new(wake));
        woken.recv_timeout(std::time::Duration::from_secs(60)).unwrap();
        let received = logo.receive();
        (logo, received)
    }

    #[test]
    fn a_clear_background_stays_clear_and_a_large_logo_gets_smaller() {
        let file = File::new("small.png", &png(4, 2));
        let (mut logo, received) = read(&file.0);
        received.unwrap();
        let image = logo.image.clone().unwrap();
        assert_eq!(
            (image.size, image.pixels[0], image.pixels[1]),
            ([4, 2], Color32::TRANSPARENT, Color32::from_rgb(200, 0, 90))
        );
        let context = Context::default();
        let first = logo.picture(&context).unwrap();
        assert_eq!(logo.picture(&context).map(|again| again.texture), Some(first.texture), "made once");
        logo.follow(None);
        assert!(logo.picture(&context).is_none(), "the settings name none any more");
        let file = File::new("large.png", &png(3000, 300));
        let (logo, received) = read(&file.0);
        received.unwrap();
        assert_eq!(logo.image.unwrap().size, [1024, 102]);
    }

    #[test]
    fn what_is_no_logo_is_told_once_with_the_mend() {
        for (name, bytes, why) in [
            ("text.png", b"GIF89a".to_vec(), "export it again, as a PNG"),
            ("cut.png", png(64, 64)[..100].to_vec(), "export it again, as a PNG"),
            ("vast.png", vec![0; (MOST_BYTES + 1) as usize], "larger than 8 MiB"),
        ] {
            let file = File::new(name, &bytes);
            let (mut logo, received) = read(&file.0);
            let said = received.unwrap_err();
            assert!(said.starts_with("brand.logo: ") && said.contains(name) && said.contains(why), "{said}");
            assert_eq!((logo.receive(), logo.picture(&Context::default()).is_none()), (Ok(()), true));
        }
    }
}
