//! Several looks on the same face, side by side with their names.
//!
//! In: one photo and looks. Out: one picture with a cell for each look.
//! 1. Each look is rendered; the first picture decides what part of it the cells show.
//! 2. The grid is chosen whose shape comes nearest to a screen's with few places left empty.
//! 3. The cells' width follows from what was asked for, all other lengths from it.
//! 4. Each picture is cut, scaled into its cell, and its look's name written below.

use std::ops::RangeInclusive;

use carmine::Frame;
use carmine::face::Sequence;
use carmine::look::Look;
use image::imageops::{self, FilterType};
use image::{Rgb, Rgba, RgbaImage};

use super::crop::{self, Cut};
use super::place::Place;
use super::{LookRenderer, png};
use crate::catalogue::{self, CatalogueError};
use crate::choices::LightChoice;
use crate::choices::Size;
use crate::cli::RenderArgs;
use crate::commands::input::Warnings;
use crate::commands::progress::Progress;
use crate::error::AppError;
use crate::models::Models;
use crate::source::{self, Picture};
use crate::text::Voice;
use crate::text::lettering::{Anchor, Ink, Lettering};

/// Without hue, so that it shifts no colour beside it; light, as a shop is.
const PAPER: Rgba<u8> = Rgba([0xEE, 0xEE, 0xEE, 0xFF]);
const NAME: Rgb<u8> = Rgb([0x1C, 0x1C, 0x1C]);
const NOTE: Rgb<u8> = Rgb([0x5E, 0x5E, 0x5E]);
/// Cells are as wide as what they show, within these, in pixels.
const CELL_WIDTH: RangeInclusive<u32> = 360..=640;
/// Width over height that the grid tries for: a screen's or a page's.
const SHEET_SHAPE: f32 = 1.5;

/// Renders the sheet.
pub fn run(args: &RenderArgs) -> Result<(), AppError> {
    let looks = looks(args)?;
    let mut input = source::open(&args.input)?;
    if !input.info().is_still() {
        let why = format!("a sheet is made of one photo: give a PNG or JPEG instead of {}", args.input.display());
        return Err(AppError::Usage(why));
    }
    Warnings::default().tell(input.as_ref());
    let mut place = Place::of(args, true)?;
    let models = Models::open(args.models.as_deref())?;
    let mut renderer = LookRenderer::new(&models, Sequence::Stills, args)?;
    let mut picture = Picture::default();
    input.next_frame(&mut picture)?;

    let mut progress = Progress::new("rendering", Some(looks.len()));
    let mut sheet: Option<ContactSheet> = None;
    let mut done = 0;
    renderer.wear(&picture, &looks, |faces, image| {
        let sheet = sheet.get_or_insert_with(|| {
            let (width, height) = image.dimensions();
            let cut = match faces {
                [face] if !args.whole => crop::around(face, width, height),
                _ => Cut { x: 0, y: 0, width, height },
            };
            ContactSheet::new(looks.len(), cut, args.size, args.light)
        });
        sheet.put(done, &looks[done].name, &image);
        done += 1;
        progress.step(done);
    })?;
    drop(progress);
    sheet.map_or(Ok(()), |sheet| place.put(0, &png(&sheet.paper)?))?;
    renderer.faces.conclude()
}

/// The bare face, then what was asked for: every bundled look if nothing was.
fn looks(args: &RenderArgs) -> Result<Vec<Look>, CatalogueError> {
    let mut looks = vec![Look { name: "Bare".into(), ..Look::bare() }];
    if args.looks.is_empty() {
        looks.extend(catalogue::looks()?.into_iter().map(|(_, look)| look));
    }
    for name in &args.looks {
        looks.push(catalogue::find(name)?);
    }
    Ok(looks)
}

/// Every length follows from the width of a cell, so that a sheet has the same proportions in any size.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Layout {
    columns: u32,
    rows: u32,
    cell: (u32, u32),
    margin: u32,
    gap: u32,
    /// Height of a name below its cell.
    name: u32,
    /// Height of the note above all cells, 0 if there is none.
    note: u32,
}

impl Layout {
    /// The grid for so many cells of this shape (width over height) that comes nearest to [`SHEET_SHAPE`] with few
    /// places left empty.
    fn grid(count: usize, shape: f32) -> (u32, u32) {
        let count = u32::try_from(count).unwrap_or(u32::MAX).max(1);
        let cost = |columns: u32| {
            let rows = count.div_ceil(columns);
            let empty = (columns * rows - count) as f32 / count as f32;
            (columns as f32 * shape / (rows as f32 * SHEET_SHAPE)).ln().abs() + 1.5 * empty
        };
        let columns = (1..=count.min(64)).min_by(|a, b| cost(*a).total_cmp(&cost(*b))).unwrap_or(1);
        (columns, count.div_ceil(columns))
    }

    fn new((columns, rows): (u32, u32), shape: f32, cell_width: f32, noted: bool) -> Self {
        let part = |part: f32| (part * cell_width).round() as u32;
        Self {
            columns,
            rows,
            cell: (part(1.0).max(1), part(1.0 / shape).max(1)),
            margin: part(0.12),
            gap: part(0.06),
            name: part(0.15),
            note: if noted { part(0.12) } else { 0 },
        }
    }

    fn size(&self) -> (u32, u32) {
        let width = 2 * self.margin + self.columns * self.cell.0 + (self.columns - 1) * self.gap;
        let row = self.cell.1 + self.name;
        // The last names' own room is most of the lower margin.
        let lower = self.margin.saturating_sub(self.name / 3);
        (width, self.margin + self.note + self.rows * row + (self.rows - 1) * (self.gap / 2) + lower)
    }

    /// Upper left corner of a cell.
    fn place(&self, index: u32) -> (u32, u32) {
        let (column, row) = (index % self.columns, index / self.columns);
        let x = self.margin + column * (self.cell.0 + self.gap);
        (x, self.margin + self.note + row * (self.cell.1 + self.name + self.gap / 2))
    }
}

/// A sheet being filled.
struct ContactSheet {
    layout: Layout,
    cut: Cut,
    lettering: Lettering,
    paper: RgbaImage,
}

impl ContactSheet {
    /// For `count` cells that show `cut`; fitted into `fit`, and never larger than a frame may be.
    fn new(count: usize, cut: Cut, fit: Option<Size>, preview: LightChoice) -> Self {
        let shape = cut.width as f32 / cut.height as f32;
        let grid = Layout::grid(count, shape);
        let lay = |cell_width: f32| Layout::new(grid, shape, cell_width, preview.label().is_some());
        let usual = cut.width.clamp(*CELL_WIDTH.start(), *CELL_WIDTH.end()) as f32;
        let (width, height) = lay(usual).size();
        let scale = |most: Size| (most.width as f32 / width as f32).min(most.height as f32 / height as f32);
        let most = Size { width: Frame::MAX_SIDE_PX, height: Frame::MAX_SIDE_PX };
        let wanted = usual * fit.map_or(scale(most).min(1.0), scale);
        // Rounding may have added some pixels.
        let fits = |layout: &Layout| {
            let (limit, size) = (fit.unwrap_or(most), layout.size());
            size.0 <= limit.width && size.1 <= limit.height
        };
        let mut candidates = (0..64).map(|less| lay((wanted - less as f32 * 0.5).max(1.0)));
        let layout = candidates.find(fits).unwrap_or_else(|| lay(wanted.max(1.0)));
        let (width, height) = layout.size();
        let mut lettering = Lettering::default();
        let mut paper = RgbaImage::from_pixel(width, height, PAPER);
        if let Some(label) = preview.label() {
            let ink = Ink { voice: Voice::Body, size_px: 0.06 * layout.cell.0 as f32, color: NOTE };
            let at = (layout.margin as f32, layout.margin as f32 + 0.25 * layout.note as f32);
            lettering.write(&mut paper, label, ink, Anchor::Left, at, (width - layout.margin) as f32);
        }
        Self { layout, cut, lettering, paper }
    }

    /// Puts the picture of a look and its name into cell `index`.
    fn put(&mut self, index: usize, name: &str, image: &RgbaImage) {
        let (x, y) = self.layout.place(u32::try_from(index).unwrap_or(0));
        let (width, height) = self.layout.cell;
        let Cut { x: left, y: top, width: wide, height: high } = self.cut;
        let part = imageops::crop_imm(image, left, top, wide, high);
        let cell = imageops::resize(&*part, width, height, FilterType::CatmullRom);
        imageops::replace(&mut self.paper, &cell, i64::from(x), i64::from(y));
        let ink = Ink { voice: Voice::Label, size_px: 0.062 * width as f32, color: NAME };
        let at = (x as f32 + 0.5 * width as f32, (y + height) as f32 + 0.5 * self.layout.name as f32);
        self.lettering.write(&mut self.paper, name, ink, Anchor::Centre, at, width as f32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_suit_a_screen_and_leave_few_holes() {
        for (count, grid) in
            [(1, (1, 1)), (2, (2, 1)), (3, (3, 1)), (4, (2, 2)), (6, (3, 2)), (16, (6, 3)), (20, (7, 3))]
        {
            assert_eq!(Layout::grid(count, crop::SHAPE), grid, "{count}");
        }
        for count in 1..200 {
            let (columns, rows) = Layout::grid(count, 16.0 / 9.0);
            assert!(columns * rows >= count as u32 && columns * (rows - 1) < count as u32, "{count}");
        }
    }

    #[test]
    fn a_sheet_keeps_within_its_limits() {
        let cut = Cut { x: 0, y: 0, width: 400, height: 500 };
        for fit in
            [Size { width: 900, height: 5000 }, Size { width: 4000, height: 333 }, Size { width: 30, height: 30 }]
        {
            let size = ContactSheet::new(7, cut, Some(fit), LightChoice::Evening).paper.dimensions();
            assert!(size.0 <= fit.width && size.1 <= fit.height, "{size:?} in {fit:?}");
            assert!(size.0 + 30 > fit.width || size.1 + 30 > fit.height, "{size:?} fills {fit:?}");
        }
        let many = Layout::grid(300, crop::SHAPE);
        assert!(many.0 > 10);
        let (width, height) = ContactSheet::new(300, cut, None, LightChoice::Off).paper.dimensions();
        assert!(width <= Frame::MAX_SIDE_PX && height <= Frame::MAX_SIDE_PX, "{width}×{height}");
    }
}
