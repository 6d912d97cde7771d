//! What the merchant's panel does: pictures of the screen and sheets of looks as files, another market.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::{Mirror, Opened};
use crate::app::studio::Studio;
use crate::error::AppError;
use crate::output;
use crate::session::Report;
use crate::source::still::encode_png;
use carmine::look::Look;

/// Columns of a sheet.
const COLUMNS: usize = 5;

impl Mirror {
    /// The next picture that is shown is saved too.
    pub(super) fn save_screenshot(&mut self) {
        self.screenshot = true;
        self.request_redraw();
    }

    /// Sells in another market.
    pub(super) fn choose_market(&mut self, id: &str, now: Duration) -> Result<(), AppError> {
        self.shop.choose_market(id);
        self.report(Report::Rules(self.shop.rules()), now)
    }

    /// Writes a picture that was asked for beside where the app was started, and says its name.
    pub(super) fn export(
        &mut self,
        now: Duration,
        draw: impl FnOnce(&mut Self) -> Result<Option<(Vec<u8>, u32, u32)>, AppError>,
    ) -> Result<(), AppError> {
        let Some((rgba, width, height)) = draw(self)? else { return Ok(()) };
        let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let path = PathBuf::from(format!("carmine-{seconds}.png"));
        let written = encode_png(&rgba, width, height)
            .map_err(|error| AppError::Output { path: path.clone(), why: error.to_string() })
            .and_then(|png| output::write_whole(&path, &png));
        let report = match written {
            Ok(()) => Report::Saved(path.display().to_string()),
            Err(error) => {
                output::tell(&format!("carmine: {error}"));
                Report::NotSaved(error.to_string())
            }
        };
        self.report(report, now)
    }

    /// Every look of the shelf on the newest picture's face.
    pub(super) fn sheet(&mut self) -> Result<Option<(Vec<u8>, u32, u32)>, AppError> {
        let looks: Vec<Look> = self.shop.catalogue.looks().iter().map(|shelf| shelf.look.clone()).collect();
        let Some(Opened { screen: Some(screen), studio, .. }) = &mut self.window else { return Ok(None) };
        let Some(seen) = &self.current else { return Ok(None) };
        let studio = match studio {
            Some(studio) => studio,
            None => {
                let (pipelines, queue) = screen.pipelines();
                studio.insert(Studio::new(pipelines, queue)?)
            }
        };
        let crop = crate::app::studio::Crop::around(seen, self.session.people().leading_face());
        let mut tiles = Vec::with_capacity(looks.len());
        for look in &looks {
            let worn: Vec<Arc<Look>> = Self::looks_for(&self.session, seen, Some(look));
            let worn: Vec<&Look> = worn.iter().map(|look| &**look).collect();
            let pixels = studio.pixels(seen, &worn, self.config.light)?.to_vec();
            tiles.push(crop.cut(pixels, seen.shot.picture.upright()[0]));
        }
        Ok(side_by_side(&tiles))
    }
}

/// Tiles of one size in rows.
fn side_by_side(tiles: &[(Vec<u8>, u32, u32)]) -> Option<(Vec<u8>, u32, u32)> {
    let (_, width, height) = tiles.first()?;
    let (width, height) = (*width as usize, *height as usize);
    let columns = tiles.len().min(COLUMNS);
    let rows = tiles.len().div_ceil(columns);
    let mut sheet = vec![255; columns * width * rows * height * 4];
    for (index, (pixels, ..)) in tiles.iter().enumerate() {
        let (left, top) = (index % columns * width, index / columns * height);
        for (row, line) in pixels.chunks_exact(width * 4).enumerate() {
            let at = ((top + row) * columns * width + left) * 4;
            sheet[at..at + width * 4].copy_from_slice(line);
        }
    }
    Some((sheet, (columns * width) as u32, (rows * height) as u32))
}
