//! Pages keep their margins and codes in every layout, and reach the printer's command.

use image::RgbaImage;
use zeroize::Zeroizing;

use super::*;
use crate::catalogue::{MaskHash, ProductHash};
use crate::take_home::code::{self, CodedLayer};

/// A picture with something to see: a smooth oval.
fn picture(width: u32, height: u32) -> Snapshot {
    let pixel = |at: u32| {
        let (x, y) = ((at % width) as f32 / width as f32 - 0.5, (at / width) as f32 / height as f32 - 0.42);
        let inside = (1.0 - (x / 0.32).hypot(y / 0.30)).clamp(0.0, 0.12) / 0.12;
        let mix = |a: f32, b: f32| (a + (b - a) * inside - 40.0 * y) as u8;
        [mix(196.0, 214.0), mix(188.0, 160.0), mix(184.0, 138.0), 255]
    };
    Snapshot { rgba: Zeroizing::new((0..width * height).flat_map(pixel).collect()), width, height }
}

fn page(paper: Paper, products: usize, with_picture: bool, is_rtl: bool) -> PrintPage {
    let names = ["Velvet Rose", "Ink Black", "Champagne Light", "Sienna Liner", "Black Mascara", "Apricot Flush"];
    let arabic = ["وردة مخملية", "أسود حبري", "ضوء الشمبانيا", "محدد سيينا", "ماسكارا سوداء", "تورد المشمش"];
    let words = if is_rtl { arabic } else { names };
    let product = |index: usize| PrintedProduct {
        name: words[index % 6].to_owned(),
        detail: if is_rtl { "أحمر شفاه · ٢٤٫٠٠ د.إ".into() } else { "Lipstick · €24.00".into() },
        swatch: match index % 2 {
            0 => Swatch::Colour([160 - 5 * index as u8, 40 + 6 * index as u8, 60]),
            _ => Swatch::Picture {
                rgba: [[120, 30, 70, 255], [220, 160, 130, 255]].concat().repeat(8).into(),
                side_px: 4,
            },
        },
    };
    let worn = (0..products.min(24)).map(|n| CodedLayer {
        product: ProductHash::of(&format!("product-{n}")),
        amount: 0.7,
        mask: Some(MaskHash::of("spot")),
        wing: None,
    });
    let (title, hint) = match is_rtl {
        true => ("وردة المدينة", "امسحي الرمز لتجدي إطلالتك مرة أخرى. لا يحتوي على أي صورة لوجهك."),
        false => (
            "City Rose",
            "Scan to find this look again. The code holds products and amounts, and nothing of your face.",
        ),
    };
    PrintPage {
        paper,
        picture: with_picture.then(|| picture(540, 960)),
        face: [0.5, 0.42],
        brand: "Maison Carmine".into(),
        title: title.into(),
        products: (0..products).map(product).collect(),
        link: code::encode("https://example.com/look", worn).unwrap(),
        hint: hint.into(),
        is_rtl,
    }
}

fn draw(page: &PrintPage) -> RgbaImage {
    let png = compose(page).unwrap();
    image::load_from_memory_with_format(&png, image::ImageFormat::Png).unwrap().into_rgba8()
}

fn codes(image: &RgbaImage) -> Vec<String> {
    let luma = |x: usize, y: usize| image[(x as u32, y as u32)].0[1];
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(image.width() as usize, image.height() as usize, luma);
    prepared.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
}

/// Whether anything but white stands in a band at the page's edges.
fn margin_is_white(image: &RgbaImage, band: u32) -> bool {
    let (width, height) = image.dimensions();
    image.enumerate_pixels().all(|(x, y, pixel)| {
        let inside = (band..width - band).contains(&x) && (band..height - band).contains(&y);
        inside || pixel.0 == [255; 4]
    })
}

#[test]
fn every_page_holds_its_code_and_keeps_its_margin() {
    for (paper, margin) in [(Paper::A6, 80), (Paper::Receipt, 20)] {
        for (products, with_picture, is_rtl) in [
            (0, true, false),
            (1, false, true),
            (6, true, false),
            (7, true, true),
            (14, true, false),
            (24, true, true),
            (24, false, false),
        ] {
            let page = page(paper, products, with_picture, is_rtl);
            let image = draw(&page);
            let what = format!("{paper:?} {products} {with_picture} {is_rtl}");
            assert_eq!(codes(&image), [page.link.as_str()], "{what}");
            assert!(margin_is_white(&image, margin), "{what}");
            match paper {
                Paper::A6 => assert_eq!(image.dimensions(), (1240, 1748), "{what}"),
                Paper::Receipt => assert_eq!(image.width(), 576, "{what}"),
            }
            if let Ok(folder) = std::env::var("CARMINE_PRINT_TO") {
                image.save(format!("{folder}/{paper:?}-{products}-{with_picture}-{is_rtl}.png")).unwrap();
            }
        }
    }
}

#[test]
fn a_page_read_from_the_right_is_mirrored() {
    let ink = |is_rtl: bool| {
        let image = draw(&page(Paper::A6, 5, false, is_rtl));
        let dark = |x: std::ops::Range<u32>| {
            x.flat_map(|x| (0..1748).map(move |y| (x, y))).filter(|at| image[*at].0 == [0, 0, 0, 255]).count()
        };
        (dark(0..620), dark(620..1240))
    };
    // The code is the only thing in pure black.
    let ((a, b), (c, d)) = (ink(false), ink(true));
    assert!(a == 0 && b > 20_000 && c > 20_000 && d == 0, "{a} {b} {c} {d}");
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let mut wrong = page(Paper::A6, 1, true, false);
    wrong.picture.as_mut().unwrap().width += 1;
    assert!(matches!(compose(&wrong), Err(PrintError::Draw(_))));
    wrong.link = "x".repeat(4000);
    assert!(matches!(compose(&wrong), Err(PrintError::Qr(_))));
}

#[cfg(unix)]
mod printer {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::child::tests::{ProgramFolder, is_gone, until};

    fn print(command: &[String]) -> Result<(), PrintError> {
        let mut job = PrintJob::start(page(Paper::Receipt, 2, true, false), command).unwrap();
        let mut end = None;
        until("it ends", || {
            end = job.poll();
            end.is_some()
        });
        assert!(job.poll().is_none());
        end.unwrap()
    }

    #[test]
    fn the_printer_gets_the_page() {
        let folder = ProgramFolder::new("print-page");
        print(&folder.program("lp", "cat > \"$(dirname \"$0\")/paper.png\"")).unwrap();
        let paper = std::fs::read(folder.path("paper.png")).unwrap();
        let image = image::load_from_memory_with_format(&paper, image::ImageFormat::Png).unwrap().into_rgba8();
        assert_eq!(codes(&image).len(), 1);
    }

    #[test]
    fn what_the_printer_says_is_told() {
        let folder = ProgramFolder::new("print-fail");
        let error =
            print(&folder.program("lp", "echo 'lp: The printer is out of ink.' >&2; exit 1")).unwrap_err().to_string();
        assert!(error.contains("not printed") && error.contains("out of ink") && !error.contains('\n'), "{error}");
        assert!(print(&["no-such-lp".into()]).unwrap_err().to_string().contains("no-such-lp"));
        assert!(print(&[]).unwrap_err().to_string().contains("no program is configured"));
    }

    #[test]
    fn a_job_that_is_dropped_is_given_up_without_waiting() {
        let folder = ProgramFolder::new("print-drop");
        let command = folder.program("lp", "echo $$ > \"$(dirname \"$0\")/pid\"; exec sleep 600");
        let mut took = Vec::new();
        // A busy machine may hold any one of them up, but hardly all.
        while took.len() < 20 && took.iter().all(|time| *time >= Duration::from_millis(100)) {
            let page = page(Paper::A6, 8, true, false);
            let begun = Instant::now();
            let job = PrintJob::start(page, &command).unwrap();
            let start = begun.elapsed();
            until("it prints", || std::fs::read_to_string(folder.path("pid")).is_ok_and(|pid| pid.ends_with('\n')));
            let begun = Instant::now();
            drop(job);
            took.push(start.max(begun.elapsed()));
            until("it is given up", || is_gone(&folder.path("pid")));
            std::fs::remove_file(folder.path("pid")).unwrap();
        }
        assert!(took.len() < 20, "{took:?}");
    }
}
