//! The clip that is built in: what is shown where there is no camera.

use super::avi::{self, AviError};
use super::{FrameSource, SourceError};

/// A moving public-domain portrait (see `assets/clips`).
static PORTRAIT: &[u8] = include_bytes!("../../../assets/clips/portrait.avi");

/// Opens the bundled clip.
pub fn bundled() -> Result<Box<dyn FrameSource>, SourceError> {
    match avi::from_bytes("the bundled clip", PORTRAIT) {
        Ok(clip) => Ok(Box::new(clip)),
        Err(AviError::Source(error)) => Err(error),
        Err(AviError::OtherCodec) => {
            Err(SourceError::damaged("the bundled clip".as_ref(), "it is not motion JPEG; rebuild carmine"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Picture;

    #[test]
    fn every_bundled_frame_decodes() {
        let mut clip = super::bundled().unwrap();
        let frames = clip.info().frames.unwrap();
        let mut picture = Picture::default();
        let mut read = 0;
        while clip.next_frame(&mut picture).unwrap() {
            read += 1;
        }
        assert_eq!(read, frames);
        assert!(frames > 1 && clip.warning().is_none());
    }
}
