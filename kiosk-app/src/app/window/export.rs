//! Pictures that the merchant asked for, as files.

use std::path::PathBuf;
use std::time::SystemTime;

use crate::error::AppError;
use crate::output;
use crate::session::Report;
use crate::source::still::encode_png;
use crate::take_home::photo::Snapshot;

/// Writes a picture into the working directory, and reports its name or the error.
pub(super) fn export(picture: &Snapshot) -> Report {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
    let path = PathBuf::from(format!("carmine-{seconds}.png"));
    let written = encode_png(&picture.rgba, picture.width, picture.height)
        .map_err(|error| AppError::Output { path: path.clone(), why: error.to_string() })
        .and_then(|png| output::write_whole(&path, &png));
    match written {
        Ok(()) => Report::Saved(path.display().to_string()),
        Err(error) => {
            output::tell(&format!("carmine: {error}"));
            Report::NotSaved(error.to_string())
        }
    }
}
