//! A page on paper: her picture if she wants it there, the products by name and swatch, and the look's QR code.
//! Composed and handed to the store's print command on a thread of its own; nothing touches the disk.

mod page;
mod raster;

use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use thiserror::Error;

use super::photo::Snapshot;
use super::qr::QrError;
use crate::child::{self, ChildError, Stop};
use crate::service::Service;
use crate::threads::holders;
pub use page::compose;

/// For the print command to take the page.
const DEADLINE: Duration = Duration::from_secs(20);

/// Why nothing was printed.
#[derive(Debug, Error)]
pub enum PrintError {
    /// The command did not take it.
    #[error("the page was not printed: {0}")]
    Command(#[from] ChildError),
    /// The look's link has no QR code.
    #[error(transparent)]
    Qr(#[from] QrError),
    /// The page could not be drawn.
    #[error("the page cannot be drawn: {0}")]
    Draw(String),
}

/// What is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 105 × 148 mm at 300 dots an inch: 1240 × 1748 pixels.
    #[default]
    A6,
    /// A roll 80 mm wide of which 72 mm print, at 203 dots an inch: 576 pixels, as long as it takes.
    Receipt,
}

/// How a product looks.
#[derive(Clone, Debug, PartialEq)]
pub enum Swatch {
    /// sRGB.
    Colour([u8; 3]),
    /// A square of straight RGBA8; a disc is cut out of it.
    Picture {
        /// Rows from the top.
        rgba: Arc<[u8]>,
        /// Pixels along a side.
        side_px: usize,
    },
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedProduct {
    /// In the shopper's language.
    pub name: String,
    /// Beside or below it: category, shade's number, price.
    pub detail: String,
    /// Before it.
    pub swatch: Swatch,
}

/// What is on the page, in the shopper's language.
pub struct PrintPage {
    /// What is printed on.
    pub paper: Paper,
    /// Her picture, if she asked for it.
    pub picture: Option<Snapshot>,
    /// The middle of the face in the picture, 0 to 1 from its left and top: what is cut off is far from there.
    pub face: [f32; 2],
    /// Above the title.
    pub brand: String,
    /// The look's name.
    pub title: String,
    /// In the order of the look.
    pub products: Vec<PrintedProduct>,
    /// What the QR code says: the look's link.
    pub link: String,
    /// Beside the QR code.
    pub hint: String,
    /// Whether it is read from right to left.
    pub is_rtl: bool,
}

/// A page on its way to the printer. Dropping it cancels printing: the command is killed and the page wiped, within
/// moments.
pub struct PrintJob {
    stop: Stop,
    thread: Option<JoinHandle<Result<(), PrintError>>>,
}

impl PrintJob {
    /// Prints with `command` (`["lp", "-"]`), which gets the page as PNG on its standard input.
    pub fn start(page: PrintPage, command: &[String]) -> Result<Self, PrintError> {
        let stop = Stop::default();
        let command: Vec<OsString> = command.iter().map(OsString::from).collect();
        let stopped = stop.clone();
        // Until the page is handed over; what follows is waiting for paper.
        let holder = holders::enter("print");
        let work = move || {
            let png = compose(&page)?;
            drop(page);
            let printing = child::start(&Service::Print, &command, png)?;
            drop(holder);
            Ok(printing.wait(DEADLINE, &stopped)?)
        };
        let thread = thread::Builder::new().name("print".into()).spawn(work);
        let thread = thread.map_err(|error| PrintError::Draw(format!("the system has no thread for it ({error})")))?;
        Ok(Self { stop, thread: Some(thread) })
    }

    /// How it ended, once; `None` before and after.
    pub fn poll(&mut self) -> Option<Result<(), PrintError>> {
        let done = self.thread.take_if(|thread| thread.is_finished())?;
        Some(done.join().unwrap_or_else(|_| Err(PrintError::Draw("a fault in Carmine: please report this".into()))))
    }
}

impl Drop for PrintJob {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
    }
}

#[cfg(test)]
#[path = "print/tests.rs"]
mod tests;
