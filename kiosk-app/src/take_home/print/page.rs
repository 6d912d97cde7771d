//! How the pages are laid out. Lengths are pixels of the page.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use zeroize::Zeroizing;

use super::canvas::{Area, Canvas, Side, ink};
use super::{Paper, PrintError, PrintPage, PrintedProduct};
use crate::take_home::jpeg::Wiped;
use crate::take_home::qr::{QUIET_MODULES, Qr};
use crate::ui::text::Voice;

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
    let canvas = match page.paper {
        Paper::A6 => card(page, &qr),
        Paper::Receipt => receipt(page, &qr),
    };
    let mut png = Wiped::with_capacity(1 << 20);
    let (width, height) = canvas.image.dimensions();
    PngEncoder::new(&mut png)
        .write_image(canvas.image.as_raw(), width, height, ExtendedColorType::Rgba8)
        .map_err(|error| PrintError::Draw(error.to_string()))?;
    Ok(png.0)
}

fn card(page: &PrintPage, qr: &Qr) -> Canvas {
    const SIZE: (u32, u32) = (1240, 1748);
    const MARGIN: f32 = 84.0;
    const WIDTH: f32 = SIZE.0 as f32 - 2.0 * MARGIN;
    const BOTTOM: f32 = SIZE.1 as f32 - MARGIN;
    const CODE: f32 = 344.0;
    /// Between list and code: more than the code's quiet zone.
    const GUTTER: f32 = 64.0;
    const HINT_LINE: f32 = 38.0;
    /// Of brand, title and what keeps them from picture and list.
    const HEAD: f32 = 224.0;
    let mut on = Canvas::new(SIZE.0, SIZE.1, page.is_rtl);
    let hint = on.lines(&page.hint, Voice::Body, 27.0, CODE);
    let beside = CODE + 48.0 + HINT_LINE * hint.len() as f32;
    let count = page.products.len() as f32;
    // As much as the picture leaves; the picture leaves more where there is more to tell.
    let least_picture = if page.picture.is_some() { 420.0 } else { 0.0 };
    let row = ((BOTTOM - MARGIN - HEAD - least_picture) / count.max(1.0)).clamp(30.0, most_row(page.products.len()));
    let list_height = (row * count).max(beside);
    let mut top = MARGIN;
    if let Some(picture) = &page.picture {
        let height = (BOTTOM - list_height - HEAD - top).max(least_picture);
        on.picture(picture, Area { start: MARGIN, top, width: WIDTH, height }, 28.0);
        top += height + 44.0;
    }
    let line = |top, height| Area { start: MARGIN, top, width: WIDTH, height };
    on.write(&page.brand, ink(Voice::Label, 28.0, MUTED), Side::Start, line(top, 34.0));
    on.write(&page.title, ink(Voice::Display, 78.0, BLACK), Side::Start, line(top + 36.0, 100.0));
    top += 152.0;
    on.rule(Area { start: MARGIN, top, width: WIDTH, height: 2.0 }, RULE);
    top += 28.0;
    let width = WIDTH - CODE - GUTTER;
    for (index, product) in page.products.iter().enumerate() {
        on.row(product, Area { start: MARGIN, top: top + row * index as f32, width, height: row }, BLACK, MUTED);
    }
    let start = MARGIN + WIDTH - CODE;
    let code = Area { start, top: top + 8.0, width: CODE, height: CODE };
    let side = on.code(qr, code);
    for (index, text) in hint.iter().enumerate() {
        let top = code.top + side + quiet(qr, side) + HINT_LINE * index as f32;
        on.write(text, ink(Voice::Body, 27.0, MUTED), Side::Start, Area { top, height: HINT_LINE, ..code });
    }
    on
}

/// Below a code that is `side` wide: its quiet zone.
fn quiet(qr: &Qr, side: f32) -> f32 {
    (QUIET_MODULES as f32 * side / qr.side() as f32).max(20.0)
}

/// Few products get more room each.
fn most_row(products: usize) -> f32 {
    match products {
        0..=5 => 98.0,
        6..=8 => 76.0,
        9..=12 => 58.0,
        _ => 46.0,
    }
}

fn receipt(page: &PrintPage, qr: &Qr) -> Canvas {
    const WIDTH: f32 = 576.0;
    const MARGIN: f32 = 24.0;
    const INSIDE: f32 = WIDTH - 2.0 * MARGIN;
    const PICTURE: f32 = INSIDE * 1.25;
    const CODE: f32 = 400.0;
    const ROW: f32 = 76.0;
    const HINT_LINE: f32 = 34.0;
    // A thermal head knows black and no black: nothing is muted.
    const INK: [u8; 3] = [0; 3];
    let mut measure = Canvas::new(1, 1, page.is_rtl);
    let hint = measure.lines(&page.hint, Voice::Body, 24.0, INSIDE);
    let side = (CODE as usize / qr.side()).max(1) as f32 * qr.side() as f32;
    let picture = if page.picture.is_some() { PICTURE + 32.0 } else { 0.0 };
    let list = ROW * page.products.len() as f32;
    let height = MARGIN + 150.0 + picture + list + 48.0 + side + quiet(qr, side) + HINT_LINE * hint.len() as f32 + 60.0;
    let mut on = Canvas::new(WIDTH as u32, height as u32, page.is_rtl);
    let line = |top, height| Area { start: MARGIN, top, width: INSIDE, height };
    on.write(&page.brand, ink(Voice::Label, 25.0, INK), Side::Centre, line(MARGIN, 34.0));
    on.write(&page.title, ink(Voice::Display, 54.0, INK), Side::Centre, line(MARGIN + 38.0, 76.0));
    let mut top = MARGIN + 150.0;
    if let Some(picture) = &page.picture {
        on.picture(picture, line(top, PICTURE), 0.0);
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

impl Canvas {
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
        let size = (0.56 * area.height).min(30.0);
        let width = 0.58 * text.width;
        self.write(&product.name, ink(Voice::Label, size, name), Side::Start, Area { width, ..text });
        let rest = Area { start: start + width + 16.0, width: text.width - width - 16.0, ..text };
        self.write(&product.detail, ink(Voice::Body, 0.86 * size, detail), Side::End, rest);
    }
}
