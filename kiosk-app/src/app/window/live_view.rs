//! The live picture: which part of the newest picture is shown and what its faces wear. It is uploaded and dressed
//! again only if one of these changed.

use std::sync::Arc;
use std::time::Duration;

use carmine::Scene;
use carmine::light::ColourDoubt;
use carmine::look::Look;
use carmine::render::{ContentFit, View};

use super::worn::{FACES, JawLook, Worn};
use crate::app::framing::{FaceBox, Framer};
use crate::app::light_hint::LightHint;
use crate::app::seen::Seen;
use crate::app::shop::Shop;
use crate::app::surface::{Region, WindowSurface};
use crate::choices::LightChoice;
use crate::error::AppError;
use crate::session::{Screen, Session};
use crate::source::showing::Showing;
use crate::ui::stage::{FaceOnScreen, Framing};

/// What it keeps from frame to frame. One session's.
#[derive(Default)]
pub(super) struct LiveView {
    framer: Framer,
    light_hint: LightHint,
    jaw: JawLook,
    prepared: Option<Prepared>,
    /// The window's size that the crop was chosen for.
    window: Option<(u32, u32)>,
    /// The region of the last frame, while the screens find their places in a window of another size.
    settling: Option<Option<Region>>,
}

/// What the live picture of this moment is made from.
#[derive(Clone, Copy)]
pub(super) struct Moment<'a> {
    /// The newest picture.
    pub(super) seen: &'a Seen,
    /// Its number.
    pub(super) serial: u64,
    /// Who wears what.
    pub(super) session: &'a Session,
    /// What is sold, and how the mirror is set up.
    pub(super) shop: &'a Shop,
    /// The light that is shown.
    pub(super) light: LightChoice,
    /// Since the app's start.
    pub(super) now: Duration,
}

/// All that the prepared picture depends on.
#[derive(Clone, Debug)]
struct Prepared {
    serial: u64,
    looks: [Option<Arc<Look>>; FACES],
    region: Region,
    crop: [f32; 4],
    worn: Option<[f32; 2]>,
}

impl PartialEq for Prepared {
    /// Looks are compared by their `Arc`: every change makes a new one.
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Option<Arc<Look>>, &Option<Arc<Look>>)| match (a, b) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() == b.is_none(),
        };
        (self.serial, self.region, self.crop, self.worn) == (other.serial, other.region, other.crop, other.worn)
            && self.looks.iter().zip(&other.looks).all(same)
    }
}

impl LiveView {
    /// Whether there is a picture to draw.
    pub(super) fn is_prepared(&self) -> bool {
        self.prepared.is_some()
    }

    /// The prepared picture is lost with its device.
    pub(super) fn forget_prepared(&mut self) {
        self.prepared = None;
    }

    /// Another input is shown from now on.
    pub(super) fn reset(&mut self) {
        self.prepared = None;
        self.framer.reset();
        self.light_hint = LightHint::default();
    }

    /// The region is laid out for a window of this size. In one of another size the crop is at once what suits it: only a
    /// face is followed slowly.
    pub(super) fn fit_to(&mut self, window: (u32, u32)) {
        if self.window.replace(window) != Some(window) {
            self.settling = Some(None);
        }
    }

    /// The hint for a better position; for a camera's pictures only.
    pub(super) fn hint(&mut self, seen: &Seen, session: &Session, now: Duration) -> Option<Framing> {
        match seen.shot.showing {
            Showing::Camera => self.framer.hint(frame_px(seen), leading(seen, session), now),
            Showing::File | Showing::Model | Showing::Demo(_) => None,
        }
    }

    /// Why colours cannot be trusted, in pictures of a camera or of a shopper's file: models are as they are.
    pub(super) fn doubt(&mut self, seen: &Seen, session: &Session, now: Duration) -> Option<ColourDoubt> {
        let doubt = match seen.shot.showing {
            Showing::Camera | Showing::File => seen.doubt(session.people().leading_face()),
            Showing::Model | Showing::Demo(_) => None,
        };
        self.light_hint.see(doubt, now)
    }

    /// The same while no other picture comes.
    pub(super) fn doubt_at(&mut self, now: Duration) -> Option<ColourDoubt> {
        self.light_hint.at(now)
    }

    /// When a hint that is true now will be shown, or one of the light will go.
    pub(super) fn next_hint(&self, now: Duration) -> Option<Duration> {
        let hints = [self.framer.next_hint(), self.light_hint.next()];
        hints.into_iter().flatten().filter(|due| *due > now).min()
    }

    /// Uploads and dresses the newest picture, if anything changed since; computes where its faces are on the screen.
    /// True while an animation runs.
    pub(super) fn prepare(
        &mut self,
        surface: &mut WindowSurface,
        moment: &Moment<'_>,
        region: Region,
        faces: &mut FacePlaces<'_>,
    ) -> Result<bool, AppError> {
        let Moment { seen, serial, session, shop, light, now } = *moment;
        let shape = region.width as f32 / region.height as f32;
        if let Some(last) = self.settling {
            self.framer.jump();
            self.settling = (last != Some(region)).then_some(Some(region));
        }
        let mirrored = seen.shot.showing == Showing::Camera && shop.settings.camera.mirror;
        let worn = match session.screen() {
            Screen::Attract => Worn::on_attract(shop, now),
            _ => Worn::in_session(session, seen, &mut self.jaw, &shop.catalogue),
        };
        let crop = self.framer.crop(frame_px(seen), shape, framed(seen, session, shape), mirrored, now);
        let view = View {
            crop_px: Some(crop),
            worn: worn.span,
            mirrored,
            fit: ContentFit::Cover,
            ..View::same_size(region.width, region.height)
        };
        faces.place(seen, session, region, &view);
        let prepared = Prepared {
            serial,
            looks: worn.looks,
            region,
            crop: [crop.min.x, crop.min.y, crop.max.x, crop.max.y],
            worn: worn.span.map(|span| [span.from, span.to]),
        };
        if self.prepared.as_ref() != Some(&prepared) {
            let bare = Look::bare();
            let looks: [&Look; FACES] = std::array::from_fn(|i| prepared.looks[i].as_deref().unwrap_or(&bare));
            let scene = Scene::of(seen.shot.picture.frame()?, &seen.observation, &bare)
                .with_looks(&looks[..seen.observation.faces().len().min(FACES)])
                .with_preview(light.into());
            surface.prepare(&scene, &view)?;
            self.prepared = Some(prepared);
        }
        Ok(worn.animating)
    }
}

/// Where the newest picture's faces are on the screen, in points.
pub(super) struct FacePlaces<'a> {
    /// The places; kept from frame to frame.
    pub(super) faces: &'a mut Vec<FaceOnScreen>,
    /// Physical pixels for a point.
    pub(super) pixels_per_point: f32,
}

impl FacePlaces<'_> {
    fn place(&mut self, seen: &Seen, session: &Session, region: Region, view: &View) {
        let leading = session.people().leading_face();
        self.faces.clear();
        for face in seen.observation.faces().iter() {
            let mut rect = egui::Rect::NOTHING;
            for point in face.landmarks_px.iter() {
                let at = view.target_from_frame_px(frame_px(seen).into(), [point.x, point.y].into());
                let at = egui::pos2(at.x + region.x as f32, at.y + region.y as f32);
                rect.extend_with(at / self.pixels_per_point);
            }
            self.faces.push(FaceOnScreen { id: face.id.0, rect, leads: leading == Some(face.id.0) });
        }
    }
}

/// Width and height of the upright picture, in pixels.
pub(super) fn frame_px(seen: &Seen) -> [f32; 2] {
    seen.shot.picture.upright().map(|side| side as f32)
}

fn leading(seen: &Seen, session: &Session) -> Option<FaceBox> {
    seen.face_or_first(session.people().leading_face()).map(FaceBox::of)
}

/// What the mirror should show: the leading face; of several, all of them where a region of this shape (width over
/// height) has room.
fn framed(seen: &Seen, session: &Session, shape: f32) -> Option<FaceBox> {
    let frame = frame_px(seen);
    let lead = leading(seen, session)?;
    let (mut low, mut high) = (f32::MAX, f32::MIN);
    for face in seen.observation.faces().iter().map(FaceBox::of) {
        (low, high) = (low.min(face.centre[0] - face.height / 2.0), high.max(face.centre[0] + face.height / 2.0));
    }
    let widest = frame[1].min(frame[0] / shape) * shape;
    if seen.observation.faces().len() < 2 || high - low > widest {
        return Some(lead);
    }
    // High enough for their width, but no closer than the leader alone would be shown.
    let height = lead.height.max((high - low) / shape * FaceBox::PART);
    Some(FaceBox { centre: [(low + high) / 2.0, lead.centre[1]], height })
}
