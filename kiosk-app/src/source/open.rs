//! Opens whatever a path leads to.

use std::io::{Error, ErrorKind};
use std::path::Path;
use std::time::Duration;

use super::avi::{self, AviError};
use super::ffmpeg::Ffmpeg;
use super::folder::FrameFolder;
use super::kind::{FileKind, PictureKind};
use super::mannequin::MannequinSource;
use super::still::{Still, head_of};
use super::whole::WholePictures;
use super::y4m::{self, Y4mFile};
use super::{FrameSource, SourceError, jpeg_stream};
use crate::limited_read::{Patience, note, within};

/// Opening a clip walks over the whole file, and decodes a picture. An ffmpeg that is silent is ended before that.
const PATIENCE: Patience = Patience { silence: Duration::from_secs(15), whole: Duration::from_secs(60) };

/// Opens a photo, clip or folder of frames, or a mannequin by its name (`mannequin:5`, `mannequin:5:evening`). A file
/// of such a name can be given as `./mannequin:5`.
pub fn open(path: &Path) -> Result<Box<dyn FrameSource>, SourceError> {
    open_within(path, PATIENCE)
}

/// The same, with as long as a drive may take.
pub fn open_within(path: &Path, patience: Patience) -> Result<Box<dyn FrameSource>, SourceError> {
    if let Some(mannequin) = MannequinSource::named(path) {
        return Ok(Box::new(mannequin?));
    }
    if path.as_os_str() == "-" && !path.exists() {
        let why = "it stands for a pipe; save what comes through that as a file, and give its name";
        return Err(SourceError::Read { path: path.into(), error: Error::new(ErrorKind::InvalidInput, why) });
    }
    let owned = path.to_owned();
    let source = within(path, patience, move || open_file(&owned))??;
    Ok(if source.info().is_still() { source } else { Box::new(WholePictures::of(source)) })
}

fn open_file(path: &Path) -> Result<Box<dyn FrameSource>, SourceError> {
    note(path);
    if std::fs::metadata(path).map_err(|error| SourceError::Read { path: path.into(), error })?.is_dir() {
        return Ok(Box::new(FrameFolder::open(path)?));
    }
    let head = head_of(path)?;
    let kind = FileKind::of(&head);
    if let Some(error) = kind.refusal(path) {
        return Err(error);
    }
    match kind {
        FileKind::Still(PictureKind::Jpeg) => match jpeg_stream::open(path)? {
            Some(clip) => Ok(Box::new(clip)),
            None => Ok(Box::new(Still::open(path, PictureKind::Jpeg)?)),
        },
        FileKind::Still(kind) => Ok(Box::new(Still::open(path, kind)?)),
        FileKind::Y4m if y4m::is_plain(&head) => Ok(Box::new(Y4mFile::open(path)?)),
        FileKind::Y4m => match Ffmpeg::open(path) {
            Ok(clip) => Ok(Box::new(clip)),
            // It reads part of them too, and says what is wrong with the others.
            Err(SourceError::NoFfmpeg { .. }) => Ok(Box::new(Y4mFile::open(path)?)),
            Err(error) => Err(error),
        },
        FileKind::Avi => match avi::open(path) {
            Ok(clip) => Ok(Box::new(clip)),
            Err(AviError::OtherCodec) => Ok(Box::new(Ffmpeg::open(path)?)),
            Err(AviError::Source(error)) => Err(error),
        },
        // ffmpeg reads more than the feature does, and makes pixels square.
        #[cfg(feature = "mp4")]
        FileKind::Mp4 => match Ffmpeg::open(path) {
            Ok(clip) => Ok(Box::new(clip)),
            Err(SourceError::NoFfmpeg { .. }) => Ok(Box::new(super::mp4::Mp4::open(path)?)),
            Err(error) => Err(error),
        },
        _ => Ok(Box::new(Ffmpeg::open(path)?)),
    }
}
