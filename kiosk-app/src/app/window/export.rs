//! Pictures that the merchant asked for, as files: encoded on a thread, written by a process of its own.

use std::ffi::OsString;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::time::{Duration, SystemTime};

use crate::child::{self, Stop};
use crate::output;
use crate::output::encode_png;
use crate::service::{Service, own_program};
use crate::session::Report;
use crate::take_home::photo::Snapshot;
use crate::threads::spawn_holder;

/// For a picture to be written, also to a slow memory stick.
const DEADLINE: Duration = Duration::from_secs(30);

/// A picture on its way to its file.
pub(super) struct Export {
    name: String,
    done: Receiver<Result<(), String>>,
}

impl Export {
    /// Writes a picture into the working directory; `wake` is called when it is over.
    pub(super) fn start(picture: Snapshot, wake: impl Fn() + Send + 'static) -> Self {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        // Two in one second are two files.
        let name = format!("carmine-{}-{:03}.png", now.as_secs(), now.subsec_millis());
        let service = Service::Save { name: name.clone() };
        let (sender, done) = mpsc::channel();
        let failed = sender.clone();
        let command: Vec<OsString> = service.own_command(&own_program());
        let work = move || {
            let png = encode_png(&picture.rgba, picture.width, picture.height).map_err(|error| error.to_string());
            drop(picture);
            let saved = png.and_then(|png| {
                child::run(&service, &command, png.into(), DEADLINE, &Stop::default())
                    .map_err(|error| error.to_string())
            });
            let _ = sender.send(saved);
            wake();
        };
        if let Err(error) = spawn_holder("save", work) {
            let _ = failed.send(Err(error.to_string()));
        }
        Self { name, done }
    }

    /// How it went, once it is over: the file's name or the error. Does not block.
    pub(super) fn poll(&self) -> Option<Report> {
        let result = match self.done.try_recv() {
            Ok(result) => result,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err("its thread broke off: please report this".into()),
        };
        Some(match result {
            Ok(()) => Report::Saved(self.name.clone()),
            Err(why) => {
                let why = format!("cannot save {}: {why}", self.name);
                output::tell(&format!("carmine: {why}"));
                Report::NotSaved(why)
            }
        })
    }
}
