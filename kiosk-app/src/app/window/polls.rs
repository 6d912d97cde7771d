//! Reports to the session what happened since the last frame: a new picture, a photo, a print, changed files of the
//! shop. Everything is polled; nothing blocks.

use std::time::{Duration, Instant};

use carmine::light::ToneReading;

use super::Mirror;
use super::live_view::frame_px;
use crate::app::framing::FaceBox;
use crate::app::seen::Seen;
use crate::error::AppError;
use crate::output;
use crate::session::{FaceSeen, FacesSeen, Report};
use crate::source::showing::{NoCamera, Showing};

impl Mirror {
    /// Takes the newest picture of the shown input, and reports its faces to the session.
    pub(super) fn take_newest(&mut self, now: Duration) -> Result<(), AppError> {
        if !self.feed.take_newest() {
            self.live.doubt = self.live_view.doubt_at(now);
            return Ok(());
        }
        self.recovery.note_picture(Instant::now());
        let Some(faces) = self.feed.current().map(faces_in) else { return Ok(()) };
        self.report(Report::Faces(faces), now)?;
        if self.session.reads_tone() {
            self.report(Report::Tone(self.leading_tone()), now)?;
        }
        if let Some(seen) = self.feed.current() {
            self.live.framing = self.live_view.hint(seen, &self.session, now);
            self.live.doubt = self.live_view.doubt(seen, &self.session, now);
            self.live.showing = seen.shot.showing;
        }
        Ok(())
    }

    /// The tone reading of the leader's skin in the newest picture.
    fn leading_tone(&self) -> Option<ToneReading> {
        let (seen, id) = (self.feed.current()?, self.session.people().leading_face()?);
        seen.observation.light().faces.iter().find(|face| face.id.0 == id).map(|face| face.tone)
    }

    /// Polls photo, print, camera and the shop's files.
    pub(super) fn poll(&mut self, now: Duration) -> Result<(), AppError> {
        if let Some(photo) = self.outside.photo(self.epoch).filter(|photo| photo != self.session.photo()) {
            self.report(Report::Photo(photo), now)?;
        }
        if let Some(report) = self.outside.printed() {
            self.report(report, now)?;
        }
        while let Some(report) = self.outside.saved() {
            self.report(report, now)?;
        }
        self.poll_shop(now)?;
        if let Showing::Demo(why) = self.live.showing {
            self.report(Report::NoCamera(camera_words(why)), now)?;
        }
        Ok(())
    }

    fn poll_shop(&mut self, now: Duration) -> Result<(), AppError> {
        let changed = self.shop.poll();
        if changed.settings {
            self.report(Report::Rules(self.shop.rules()), now)?;
            self.outside.renew(&self.shop);
        }
        if changed.catalogue {
            self.report(Report::Catalogue, now)?;
            self.screens.clear_swatches();
        }
        if changed.catalogue || changed.settings || !changed.errors.is_empty() {
            self.live.shop_error = self.shop.fault();
        }
        if !changed.errors.is_empty() {
            changed.errors.iter().for_each(|error| output::tell(&format!("carmine: {error}")));
            self.report(Report::ShopError(changed.errors.join("; ")), now)?;
        }
        if self.shop.take_thumbnail(self.display.context()) {
            self.stills.set_thumbnails(self.shop.thumbnails());
        }
        let logo = self.shop.logo(self.display.context());
        self.stills.set_logo(logo);
        Ok(())
    }
}

/// The faces of a picture as the session needs them.
fn faces_in(seen: &Seen) -> FacesSeen {
    let [width, height] = frame_px(seen);
    let faces = seen.observation.faces().iter().map(|face| {
        let [x, y] = FaceBox::of(face).centre;
        let distance_cm = -face.camera_from_face.w_axis.z;
        FaceSeen { id: face.id.0, distance_cm, centre: [x / width, y / height] }
    });
    faces.collect()
}

fn camera_words(why: NoCamera) -> &'static str {
    match why {
        NoCamera::NotFound => "mirror-camera-missing",
        NoCamera::Busy => "mirror-camera-busy",
        NoCamera::Lost => "mirror-camera-lost",
        NoCamera::Frozen => "mirror-camera-frozen",
        NoCamera::Black => "mirror-camera-black",
        NoCamera::Off => "mirror-camera-off",
    }
}
