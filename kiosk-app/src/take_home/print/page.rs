//! How the pages are laid out. Lengths are pixels of the page.
//!
//! In: what is on the page, and the paper. Out: the page as PNG.
//!
//! 1. The look's link becomes a QR code; each module is a whole number of pixels.
//! 2. The card has title and code beside the picture and the list below, or without a picture the list beside the code.
//!    The receipt has everything below each other, and is as long as that takes.
//! 3. The list takes one column, or two where that gives each product more room.
//! 4. The pixels are encoded into a buffer that is overwritten wherever it grew.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use zeroize::Zeroizing;

use super::raster::{Area, PageRaster, Side, ink};
use super::{Paper, PrintError, PrintPage, PrintedProduct};
use crate::take_home::jpeg::Wiped;
use crate::take_home::photo::Snapshot;
use crate::take_home::qr::{QUIET_MODULES, Qr};
use crate::text::Voice;

const BLACK: [u8; 3] = [0x2B, 0x1A, 0x1B];
const MUTED: [u8; 3] = [0x6B, 0x55, 0x57];
const RULE: [u8; 3] = [0xDD, 0xCF, 0xC9];
/// Rows this high have two lines of text.
const TWO_LINES: f32 = 72.0;

/// The page as PNG.
pub fn compose(page: &PrintPage) -> Result<Zeroizing<Vec<u8>>, PrintError> {
    let qr = Qr::new(&page.link)?;
    if let Some(picture) = &page.picture
        && (picture.rgba.len() != picture.width as usize * picture.height as usize * 4 || picture.rgba.is_empty())
    {
        return Err(PrintError::Draw("the picture has another size than was said; please report this".into()));
    }
    let raster = match page.paper {
        Paper::A6 => card(page, &qr),
        Paper::Receipt => receipt(page, &qr),
    };
    let mut png = Wiped::with_capacity(1 << 20);
    let (width, height) = raster.image.dimensions();
    PngEncoder::new(&mut png)
        .write_image(raster.image.as_raw(), width, height, ExtendedColorType::Rgba8)
        .map_err(|error| PrintError::Draw(error.to_string()))?;
    Ok(png.0)
}

/// The card: A6 at 300 dots an inch.
const CARD_WIDTH: u32 = 1240;
const CARD_HEIGHT: u32 = 1748;
const MARGIN: f32 = 84.0;
/// Between the card's margins.
const WIDTH: f32 = CARD_WIDTH as f32 - 2.0 * MARGIN;
/// The lower margin's upper end.
const BOTTOM: f32 = CARD_HEIGHT as f32 - MARGIN;
/// Most that a side of the QR code takes.
const CODE: f32 = 352.0;
/// Height of a line of the hint.
const HINT_LINE: f32 = 38.0;

fn card(page: &PrintPage, qr: &Qr) -> PageRaster {
    let mut on = PageRaster::new(CARD_WIDTH, CARD_HEIGHT, page.is_rtl);
    match &page.picture {
        Some(picture) => with_picture(&mut on, page, picture, qr),
        None => without_picture(&mut on, page, qr),
    }
    on
}

/// The picture, beside it title and code, below it the list.
fn with_picture(on: &mut PageRaster, page: &PrintPage, picture: &Snapshot, qr: &Qr) {
    const PICTURE_WIDTH: f32 = 640.0;
    const PICTURE_HEIGHT: f32 = 854.0;
    const GAP: f32 = 64.0;
    let (width, height) = (PICTURE_WIDTH, PICTURE_HEIGHT);
    on.picture(picture, page.face, Area { start: MARGIN, top: MARGIN, width, height }, 28.0);
    let beside = Area { start: MARGIN + width + GAP, top: MARGIN, width: WIDTH - width - GAP, height };
    on.write(&page.brand, ink(Voice::Label, 28.0, MUTED), Side::Start, Area { height: 34.0, ..beside });
    let (size, lines) = on.title(&page.title, beside.width);
    for (index, text) in lines.iter().enumerate() {
        let top = beside.top + 52.0 + 1.15 * size * index as f32;
        on.write(text, ink(Voice::Display, size, BLACK), Side::Start, Area { top, height: 1.15 * size, ..beside });
    }
    // Code and hint end where the picture does.
    let hint = on.lines(&page.hint, Voice::Body, 27.0, beside.width);
    let side = (CODE as usize / qr.side()).max(1) as f32 * qr.side() as f32;
    let top = MARGIN + height - side - quiet(qr, side) - HINT_LINE * hint.len() as f32;
    on.code_and_hint(qr, &hint, Area { top, ..beside });
    let top = MARGIN + height + 48.0;
    on.rule(Area { start: MARGIN, top, width: WIDTH, height: 2.0 }, RULE);
    on.list(&page.products, Area { start: MARGIN, top: top + 24.0, width: WIDTH, height: BOTTOM - top - 24.0 });
}

/// The title across, below it the list and the code.
fn without_picture(on: &mut PageRaster, page: &PrintPage, qr: &Qr) {
    /// More than the code's quiet zone.
    const GAP: f32 = 64.0;
    let line = |top, height| Area { start: MARGIN, top, width: WIDTH, height };
    on.write(&page.brand, ink(Voice::Label, 28.0, MUTED), Side::Start, line(MARGIN, 34.0));
    on.write(&page.title, ink(Voice::Display, 84.0, BLACK), Side::Start, line(MARGIN + 40.0, 104.0));
    let top = MARGIN + 172.0;
    on.rule(line(top, 2.0), RULE);
    let top = top + 32.0;
    let height = (BOTTOM - top).min(MOST_ROW * page.products.len() as f32);
    let rows = height / page.products.len().max(1) as f32;
    let width = WIDTH - CODE - GAP;
    for (index, product) in page.products.iter().enumerate() {
        let top = top + rows * index as f32;
        on.row(product, Area { start: MARGIN, top, width, height: rows }, BLACK, MUTED);
    }
    let hint = on.lines(&page.hint, Voice::Body, 27.0, CODE);
    let start = MARGIN + width + GAP;
    on.code_and_hint(qr, &hint, Area { start, top: top + 12.0, width: CODE, height: CODE });
}

/// Below a code that is `side` wide: its quiet zone.
fn quiet(qr: &Qr, side: f32) -> f32 {
    (QUIET_MODULES as f32 * side / qr.side() as f32).max(20.0)
}

/// However few the products are.
const MOST_ROW: f32 = 98.0;

fn receipt(page: &PrintPage, qr: &Qr) -> PageRaster {
    const WIDTH: f32 = 576.0;
    const MARGIN: f32 = 24.0;
    const INSIDE: f32 = WIDTH - 2.0 * MARGIN;
    const PICTURE: f32 = INSIDE * 1.25;
    const CODE: f32 = 400.0;
    const ROW: f32 = 76.0;
    const HINT_LINE: f32 = 34.0;
    // A thermal printer has no grey: nothing is muted.
    const INK: [u8; 3] = [0; 3];
    let mut measure = PageRaster::new(1, 1, page.is_rtl);
    let hint = measure.lines(&page.hint, Voice::Body, 24.0, INSIDE);
    let side = (CODE as usize / qr.side()).max(1) as f32 * qr.side() as f32;
    let picture = if page.picture.is_some() { PICTURE + 32.0 } else { 0.0 };
    let list = ROW * page.products.len() as f32;
    let height = MARGIN + 150.0 + picture + list + 48.0 + side + quiet(qr, side) + HINT_LINE * hint.len() as f32 + 60.0;
    let mut on = PageRaster::new(WIDTH as u32, height as u32, page.is_rtl);
    let line = |top, height| Area { start: MARGIN, top, width: INSIDE, height };
    on.write(&page.brand, ink(Voice::Label, 25.0, INK), Side::Centre, line(MARGIN, 34.0));
    on.write(&page.title, ink(Voice::Display, 54.0, INK), Side::Centre, line(MARGIN + 38.0, 76.0));
    let mut top = MARGIN + 150.0;
    if let Some(picture) = &page.picture {
        on.picture(picture, page.face, line(top, PICTURE), 0.0);
        top += PICTURE + 32.0;
    }
    for product in &page.products {
        on.row(product, line(top, ROW), INK, INK);
        top += ROW;
    }
    top += 48.0;
    on.code(qr, Area { start: (0.5 * (WIDTH - side)).floor(), top, width: side, height: side });
    top += side + quiet(qr, side);
    for text in &hint {
        on.write(text, ink(Voice::Body, 24.0, INK), Side::Centre, line(top, HINT_LINE));
        top += HINT_LINE;
    }
    on
}

impl PageRaster {
    /// The largest size at which the title needs at most three lines and breaks no word, and its lines there.
    fn title(&mut self, title: &str, room: f32) -> (f32, Vec<String>) {
        const LEAST: f32 = 44.0;
        for size in [76.0, 66.0, 56.0, LEAST] {
            let lines = self.lines(title, Voice::Display, size, room);
            if size == LEAST || (lines.len() <= 3 && lines.join(" ") == title) {
                return (size, lines.into_iter().take(4).collect());
            }
        }
        (LEAST, Vec::new())
    }

    /// In one column, or two where that gives each more room.
    fn list(&mut self, products: &[PrintedProduct], area: Area) {
        const GAP: f32 = 56.0;
        let columns = if area.height >= TWO_LINES * products.len() as f32 { 1 } else { 2 };
        let rows = products.len().div_ceil(columns).max(1);
        let height = (area.height / rows as f32).min(MOST_ROW);
        let width = (area.width - GAP * (columns - 1) as f32) / columns as f32;
        for (index, product) in products.iter().enumerate() {
            let start = area.start + (width + GAP) * (index / rows) as f32;
            let top = area.top + height * (index % rows) as f32;
            self.row(product, Area { start, top, width, height }, BLACK, MUTED);
        }
    }

    /// The code, and what it is for below it.
    fn code_and_hint(&mut self, qr: &Qr, hint: &[String], area: Area) {
        let side = self.code(qr, Area { width: CODE, height: CODE, ..area });
        for (index, text) in hint.iter().enumerate() {
            let top = area.top + side + quiet(qr, side) + HINT_LINE * index as f32;
            self.write(text, ink(Voice::Body, 27.0, MUTED), Side::Start, Area { top, height: HINT_LINE, ..area });
        }
    }

    /// Swatch, name and detail of a product.
    fn row(&mut self, product: &PrintedProduct, area: Area, name: [u8; 3], detail: [u8; 3]) {
        let dot = (0.72 * area.height).min(64.0).floor();
        let dot_top = area.top + 0.5 * (area.height - dot);
        self.swatch(&product.swatch, Area { start: area.start, top: dot_top, width: dot, height: dot });
        let start = area.start + dot + (0.3 * area.height).min(24.0);
        let text = Area { start, width: area.start + area.width - start, ..area };
        if area.height >= TWO_LINES {
            let half = 0.42 * area.height.min(90.0);
            let top = area.top + 0.5 * area.height - half;
            let part = |top| Area { top, height: half, ..text };
            self.write(&product.name, ink(Voice::Label, 32.0, name), Side::Start, part(top));
            self.write(&product.detail, ink(Voice::Body, 26.0, detail), Side::Start, part(top + half));
            return;
        }
        let size = (0.52 * area.height).min(28.0);
        let wanted = self.width(&product.detail, Voice::Body, 0.86 * size) + 2.0;
        let rest = wanted.min(0.6 * text.width);
        let width = text.width - rest - 16.0;
        self.write(&product.name, ink(Voice::Label, size, name), Side::Start, Area { width, ..text });
        let rest = Area { start: start + width + 16.0, width: rest, ..text };
        self.write(&product.detail, ink(Voice::Body, 0.86 * size, detail), Side::End, rest);
    }
}
