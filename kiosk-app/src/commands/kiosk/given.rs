//! What the command line gives besides the shop's own files: a look, models, an input. In a kiosk what cannot be used
//! gives way to what is built in; in a window it ends the app.

use carmine::look::Look;

use crate::app::shop::Shop;
use crate::catalogue;
use crate::choices::CameraChoice;
use crate::cli::KioskArgs;
use crate::error::AppError;
use crate::models::Models;
use crate::source::{self, FrameSource};

/// What was given and can be used.
pub(super) struct Given {
    pub asked: Option<Look>,
    pub models: Models,
    pub file: Option<Box<dyn FrameSource>>,
    faults: Vec<String>,
}

impl Given {
    /// Reads all of it; in safe mode nothing.
    pub(super) fn read(args: &KioskArgs) -> Result<Self, AppError> {
        let mut given = Self { asked: None, models: Models::default(), file: None, faults: Vec::new() };
        if args.safe_mode {
            return Ok(given);
        }
        let is_kiosk = is_kiosk(args);
        let faults = &mut given.faults;
        let mut usable = |error: AppError| {
            if !is_kiosk {
                return Err(error);
            }
            faults.push(format!("{error}; what is built in is used"));
            Ok(())
        };
        match args.look.as_deref().map(catalogue::find).transpose() {
            Ok(look) => given.asked = look,
            Err(error) => usable(error.into())?,
        }
        match Models::open(args.models.as_deref()) {
            Ok(models) => given.models = models,
            Err(error) => usable(error.into())?,
        }
        match args.input.as_deref().map(source::open).transpose() {
            Ok(file) => given.file = file,
            Err(error) => usable(error.into())?,
        }
        if let Some(CameraChoice::Clip(path)) = &args.camera
            && let Err(error) = source::open(path)
        {
            // Reported now rather than after a shopper's consent.
            usable(error.into())?;
        }
        if let Some(warning) = given.file.as_ref().and_then(|file| file.warning()) {
            crate::output::tell(&format!("carmine: {warning}"));
        }
        Ok(given)
    }

    /// Lets the shop tell what could not be used.
    pub(super) fn tell_faults(&mut self, shop: &mut Shop) {
        self.faults.drain(..).for_each(|fault| shop.add_fault(fault));
    }
}

/// Whether the options are a kiosk's; its settings can say so too.
pub(super) fn is_kiosk(args: &KioskArgs) -> bool {
    args.fullscreen || args.state.is_some() || args.safe_mode
}
