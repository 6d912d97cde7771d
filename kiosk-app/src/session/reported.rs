//! What each report does to a session.

use std::time::Duration;

use super::{Effect, Report, Rules, Screen, Session, Source};
use crate::catalogue::Catalogue;

impl Session {
    /// Applies a report.
    pub(super) fn hear(&mut self, report: Report, catalogue: &Catalogue, now: Duration) -> Vec<Effect> {
        match report {
            Report::Time => return self.pass_time(now),
            // The face on the attract screen is a model's: it is not one of the session's people.
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
            Report::PictureLost => self.note("merchant-picture-lost", None, now),
            Report::NotSaved(why) => self.note("merchant-not-saved", Some(why), now),
            Report::Rules(rules) => self.follow_rules(rules),
            Report::Catalogue => self.follow_catalogue(catalogue),
            Report::ShopError(why) if self.rules.demo => self.note("merchant-file-error", Some(why), now),
            // Only the merchant can fix it, so shoppers are not told.
            Report::ShopError(_) => {}
        }
        Vec::new()
    }

    /// The shopper agreed to the camera but sees a demo: shows why, unless another notice is shown.
    fn miss_camera(&mut self, why: &'static str, now: Duration) {
        if self.source == Source::Camera && self.screen == Screen::Mirror && self.notice.is_none() {
            self.note(why, None, now);
        }
    }

    /// Applies new rules of the shop; the shopper's own choices stay.
    fn follow_rules(&mut self, rules: Rules) {
        if self.screen == Screen::Attract || !rules.languages.contains(&self.language) {
            self.language = rules.first_language();
        }
        if self.screen == Screen::Attract {
            (self.reach, self.large_text) = (rules.reach, rules.large_text);
        }
        self.suggest &= rules.suggestions;
        self.rules = rules;
    }
}
