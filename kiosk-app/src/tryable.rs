//! Models to try make-up on: for who would rather not use the camera, and where there is none.

mod thumbnail;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use carmine_mannequin::StudioLight;

use crate::limited_read::{self, Patience, within};
use crate::source::folder::natural;
use crate::source::mannequin::MannequinSource;
use crate::source::open::open_within;
use crate::source::still::Still;
use crate::source::{FrameSource, Picture, SourceError, clip, endings};

pub use thumbnail::Finder;

/// How long a photo's drive may take: a shopper waits meanwhile.
const PATIENCE: Patience = Patience { silence: Duration::from_secs(2), whole: Duration::from_secs(4) };
/// Most entries of a merchant's folder that are looked at.
const MAX_FILES: usize = 5000;

/// One face to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Tryable {
    /// Lasting name: `mannequin-5`, `astronaut`, or a merchant's file without its ending.
    pub id: Arc<str>,
    /// Where its pictures come from.
    pub source: TryableSource,
    /// The Monk tone, 1 (lightest) to 10 (darkest), if known: for putting those first that are near a shopper's.
    pub tone: Option<u8>,
}

/// Where a model's pictures come from.
#[derive(Clone, Debug, PartialEq)]
pub enum TryableSource {
    /// A photo that is built in.
    Photo(BuiltInPhoto),
    /// A merchant's photo.
    File(PathBuf),
    /// A rendered mannequin.
    Mannequin {
        /// Monk tone, 1 to 10.
        tone: u8,
        /// What it stands in.
        light: StudioLight,
    },
    /// The moving portrait that is built in.
    Clip,
}

/// A photo that is built in, and the part of it that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltInPhoto {
    /// PNG or JPEG.
    pub bytes: &'static [u8],
    /// The part that is shown, upright 3 : 4: x, y, width, height in pixels.
    crop: [u32; 4],
    /// How much that part is enlarged, in percent.
    percent: u32,
    /// The face's square in the part: x, y, side, in thousandths of the part's width.
    face: [u32; 3],
}

/// Both are works of the United States government and in the public domain; see `assets/stills/LICENSE.md`.
const ASTRONAUT: BuiltInPhoto = BuiltInPhoto {
    bytes: include_bytes!("../../assets/stills/astronaut.png"),
    crop: [90, 0, 276, 368],
    percent: 250,
    face: [200, 20, 590],
};
const ADMIRAL: BuiltInPhoto = BuiltInPhoto {
    bytes: include_bytes!("../../assets/stills/grace_hopper.jpg"),
    crop: [40, 0, 450, 600],
    percent: 160,
    face: [165, 120, 700],
};

impl Tryable {
    /// The models that are built in: photos, the clip, and a mannequin of every tone.
    pub fn bundled() -> Vec<Self> {
        let new = |id: &str, source, tone| Self { id: id.into(), source, tone };
        let mut models = vec![
            new("astronaut", TryableSource::Photo(ASTRONAUT), Some(3)),
            new("admiral", TryableSource::Photo(ADMIRAL), Some(3)),
            new("portrait", TryableSource::Clip, Some(3)),
        ];
        models.extend((1..=10).map(|tone| Self::mannequin(tone, StudioLight::default())));
        models
    }

    /// A mannequin of a Monk tone (1 to 10). In daylight it is called `mannequin-5`, else `mannequin-5-evening`.
    pub fn mannequin(tone: u8, light: StudioLight) -> Self {
        let id = if light == StudioLight::default() {
            format!("mannequin-{tone}")
        } else {
            format!("mannequin-{tone}-{}", light.name())
        };
        Self { id: id.into(), source: TryableSource::Mannequin { tone, light }, tone: Some(tone) }
    }

    /// The mannequin that has this id, in any light.
    pub fn mannequin_of(id: &str) -> Option<Self> {
        let lights =
            StudioLight::ALL.into_iter().flat_map(|light| (1..=10).map(move |tone| Self::mannequin(tone, light)));
        lights.into_iter().find(|model| &*model.id == id)
    }

    /// A merchant's own photos: every picture of a folder that can be read and shows a face, in natural order.
    /// `tell` gets one line for each other.
    pub fn from_folder(folder: &Path, tell: &mut dyn FnMut(&str)) -> Result<Vec<Self>, SourceError> {
        let read = |error| SourceError::Read { path: folder.into(), error };
        let mut files = Vec::new();
        let owned = folder.to_owned();
        let listed = within(folder, PATIENCE, move || limited_read::list(&owned, MAX_FILES))?;
        for file in listed.map_err(read)? {
            if endings::is_read(&file) {
                files.push(file);
            }
        }
        files.sort_by(|a, b| natural(&a.to_string_lossy(), &b.to_string_lossy()));
        let mut models: Vec<Self> = Vec::with_capacity(files.len());
        // Without it no photo's face could be dressed; the mirror tells so when it loads the models itself.
        let mut finder = if files.is_empty() { None } else { Finder::new().ok() };
        for file in files {
            let id: Arc<str> = file.file_stem().unwrap_or_default().to_string_lossy().into();
            // Read once now, so that a shopper never meets a broken one.
            match open_within(&file, PATIENCE) {
                Ok(_) if models.iter().any(|model| model.id == id) => {
                    tell(&format!("{} is left out: another photo has the name '{id}'; rename it", file.display()));
                }
                Ok(mut opened) if opened.info().is_still() => match shows_face(opened.as_mut(), finder.as_mut()) {
                    Ok(true) => models.push(Self { id, source: TryableSource::File(file), tone: None }),
                    Ok(false) => tell(&format!(
                        "{} is left out: no face was found in it; give a photo of somebody who faces the camera",
                        file.display()
                    )),
                    Err(error) => tell(&format!("{} is left out: {error}", file.display())),
                },
                Err(late @ SourceError::Unanswered(_)) => {
                    tell(&format!("{} and the photos after it are left out: {late}", file.display()));
                    break;
                }
                Ok(_) => tell(&format!("{} is left out: it is not a photo; give PNG or JPEG", file.display())),
                Err(error) => tell(&format!("{} is left out: {error}", file.display())),
            }
        }
        Ok(models)
    }

    /// Its pictures, for the mirror.
    pub fn open(&self) -> Result<Box<dyn FrameSource>, SourceError> {
        match &self.source {
            TryableSource::Photo(photo) => {
                let still = Still::from_bytes(&self.id, photo.bytes)?;
                Ok(Box::new(still.cropped(photo.crop, photo.percent as f32 / 100.0)))
            }
            TryableSource::File(path) => open_within(path, PATIENCE),
            TryableSource::Mannequin { tone, light } => Ok(Box::new(MannequinSource::new(*tone, *light)?)),
            TryableSource::Clip => clip::bundled(),
        }
    }
}

/// Whether there is somebody in the photo to put make-up on. Every photo passes where there is no `finder`.
fn shows_face(photo: &mut dyn FrameSource, finder: Option<&mut Finder>) -> Result<bool, SourceError> {
    let mut picture = Picture::default();
    photo.next_frame(&mut picture)?;
    Ok(finder.is_none_or(|finder| finder.face(&picture).is_some()))
}

#[cfg(test)]
mod tests;
