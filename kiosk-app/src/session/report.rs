//! What the app tells a session: time, faces, what changed in the shop, and what became of the effects.

use std::time::Duration;

use carmine::light::ToneReading;

use super::people::FacesSeen;
use super::rules::Rules;
use super::state::{Changed, PhotoHandOver};
use super::{Effect, Screen, Session, Source};
use crate::catalogue::Catalogue;

/// What the app tells a session. It is no sign that anybody is there.
#[derive(Clone, Debug, PartialEq)]
pub enum Report {
    /// Time passed: idle, notices, readings.
    Time,
    /// The faces of the newest picture.
    Faces(FacesSeen),
    /// What the newest picture tells of the leader's skin, `None` if she is not in it; told while
    /// [`Session::reads_tone`].
    Tone(Option<ToneReading>),
    /// No camera gives a picture, a demo is shown instead; why, as a message of the locale.
    NoCamera(&'static str),
    /// A model's file cannot be read.
    ModelUnreadable,
    /// What the make-up changed in the frozen picture.
    Explained(Changed),
    /// How the hand-over of her photo stands.
    Photo(PhotoHandOver),
    /// Her page came out of the printer.
    Printed,
    /// It did not.
    PrintFailed,
    /// The merchant's picture was written to this file.
    Saved(String),
    /// It was not, and why.
    NotSaved(String),
    /// The shop decided anew.
    Rules(Rules),
    /// The catalogue was changed.
    Catalogue,
    /// A file of the shop cannot be used, and why; what was there before stays.
    ShopError(String),
}

impl Session {
    /// Takes a report in.
    pub(super) fn hear(&mut self, report: Report, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
        match report {
            Report::Time => return self.pass_time(now),
            // The attract screen's face is a model's, and nobody's to dress.
            Report::Faces(_) if self.screen == Screen::Attract => {}
            Report::Faces(faces) => self.people.see(&faces, now),
            Report::Tone(reading) => self.reader.read(reading.as_ref(), now),
            Report::NoCamera(why) => self.miss_camera(why, now),
            Report::ModelUnreadable => self.note("models-unreadable", None, now),
            Report::Explained(changed) => self.changed = Some(changed),
            Report::Photo(photo) => self.photo = photo,
            Report::Printed => {
                self.printing = false;
                self.note("takehome-printed", None, now);
            }
            Report::PrintFailed => {
                self.printing = false;
                self.note("takehome-print-failed", None, now);
            }
            Report::Saved(file) => self.note("merchant-saved", Some(file), now),
            Report::NotSaved(why) => self.note("merchant-not-saved", Some(why), now),
            Report::Rules(rules) => self.follow_rules(rules),
            Report::Catalogue => self.follow_catalogue(catalogue),
            Report::ShopError(why) if self.rules.demo => self.note("merchant-file-error", Some(why), now),
            // Only a merchant can mend it, and nobody else is to be troubled.
            Report::ShopError(_) => {}
        }
        Vec::new()
    }

    /// She agreed to a camera and sees a demo: she is told why, as long as nothing else is said.
    fn miss_camera(&mut self, why: &'static str, now: Duration) {
        if self.source == Source::Camera && self.screen == Screen::Mirror && self.notice.is_none() {
            self.note(why, None, now);
        }
    }
}
