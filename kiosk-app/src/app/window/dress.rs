//! What every face of the newest picture wears, and the engine's picture of it.

use std::sync::Arc;
use std::time::Duration;

use carmine::Scene;
use carmine::light::ToneReading;
use carmine::look::{Category, Layer, Look, Mask};
use carmine::render::{ContentFit, View, WornSpan};

use super::{Mirror, Opened};
use crate::app::framing::FaceBox;
use crate::app::seen::Seen;
use crate::app::surface::Region;
use crate::error::AppError;
use crate::session::{FaceSeen, JAW, Report, Screen, Session};
use crate::source::showing::Showing;
use crate::ui::stage::FaceOnScreen;

/// Faces that the renderer dresses.
const FACES: usize = carmine::MAX_FACES;
/// How long a new look takes to be drawn over the attract screen's model.
const REVEAL: Duration = Duration::from_millis(900);
/// Masks of the jaw's swatches.
const JAW_MASKS: [&str; JAW] = ["jaw-1", "jaw-2", "jaw-3"];

/// All that the prepared picture depends on.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    serial: u64,
    looks: [Option<Arc<Look>>; FACES],
    region: Region,
    crop: Option<[f32; 4]>,
    worn: Option<[f32; 2]>,
}

impl PartialEq for Prepared {
    /// Looks are compared by their boxes: every change makes a new one.
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): (&Option<Arc<Look>>, &Option<Arc<Look>>)| match (a, b) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() == b.is_none(),
        };
        (self.serial, self.region, self.crop, self.worn) == (other.serial, other.region, other.crop, other.worn)
            && self.looks.iter().zip(&other.looks).all(same)
    }
}

/// What is worn just now.
struct Worn {
    looks: [Option<Arc<Look>>; FACES],
    span: Option<WornSpan>,
    animating: bool,
}

impl Mirror {
    /// Tells the session who is in the newest picture.
    pub(super) fn tell_session(&mut self, now: Duration) -> Result<(), AppError> {
        let Some(seen) = &self.current else { return Ok(()) };
        let frame = seen.shot.picture.upright().map(|side| side as f32);
        let faces = seen.observation.faces().iter().map(|face| {
            let centre = FaceBox::of(face).centre;
            let distance_cm = -face.camera_from_face.w_axis.z;
            FaceSeen { id: face.id.0, distance_cm, centre: [centre[0] / frame[0], centre[1] / frame[1]] }
        });
        self.report(Report::Faces(faces.collect()), now)?;
        if self.session.reads_tone() {
            self.report(Report::Tone(self.leading_tone()), now)?;
        }
        let Some(seen) = &self.current else { return Ok(()) };
        let hint = match seen.shot.showing {
            Showing::Camera => self.framer.hint(frame, self.leading(seen), now),
            _ => None,
        };
        (self.live.framing, self.live.showing) = (hint, seen.shot.showing);
        Ok(())
    }

    /// What the newest picture tells of the leader's skin.
    fn leading_tone(&self) -> Option<ToneReading> {
        let (seen, id) = (self.current.as_ref()?, self.session.people().leading_face()?);
        seen.observation.light().faces.iter().find(|face| face.id.0 == id).map(|face| face.tone)
    }

    fn leading(&self, seen: &Seen) -> Option<FaceBox> {
        let id = self.session.people().leading_face();
        let face = seen.observation.faces().iter().find(|face| Some(face.id.0) == id).or(seen.observation.faces().first());
        face.map(FaceBox::of)
    }

    /// What the mirror should show: the leading face; of several, all of them where the region has room.
    fn framed(&self, seen: &Seen, frame: [f32; 2], shape: f32) -> Option<FaceBox> {
        let lead = self.leading(seen)?;
        let (mut low, mut high) = (f32::MAX, f32::MIN);
        for face in seen.observation.faces().iter().map(FaceBox::of) {
            (low, high) = (low.min(face.centre[0] - face.height / 2.0), high.max(face.centre[0] + face.height / 2.0));
        }
        let widest = frame[1].min(frame[0] / shape) * shape;
        if seen.observation.faces().len() < 2 || high - low > widest {
            return Some(lead);
        }
        // As tall as it takes for their width, but no closer than the leader alone would be shown.
        let height = lead.height.max((high - low) / shape * FaceBox::PART);
        Some(FaceBox { centre: [(low + high) / 2.0, lead.centre[1]], height })
    }

    /// Uploads and dresses the newest picture, if anything changed since. True while something moves by itself.
    pub(super) fn prepare(&mut self, region: Region, now: Duration) -> Result<bool, AppError> {
        let Some(seen) = &self.current else { return Ok(false) };
        let frame = seen.shot.picture.upright().map(|side| side as f32);
        let shape = region.width as f32 / region.height as f32;
        let lead = self.framed(seen, frame, shape);
        let mirrored = seen.shot.showing == Showing::Camera && self.shop.settings.camera.mirror;
        let worn = self.worn(seen, now);
        let crop = self.framer.crop(frame, shape, lead, mirrored, now);
        let view = View {
            crop_px: crop,
            worn: worn.span,
            mirrored,
            fit: ContentFit::Cover,
            ..View::same_size(region.width, region.height)
        };
        self.place_faces(region, &view);
        let prepared = Prepared {
            serial: self.serial,
            looks: worn.looks,
            region,
            crop: crop.map(|crop| [crop.min.x, crop.min.y, crop.max.x, crop.max.y]),
            worn: worn.span.map(|span| [span.from, span.to]),
        };
        let Some(Opened { screen: Some(screen), prepared: last, .. }) = &mut self.window else { return Ok(false) };
        let Some(seen) = &self.current else { return Ok(false) };
        if last.as_ref() != Some(&prepared) {
            let bare = Look::bare();
            let looks: [&Look; FACES] = std::array::from_fn(|i| prepared.looks[i].as_deref().unwrap_or(&bare));
            let scene = Scene::of(seen.shot.picture.frame()?, &seen.observation, &bare)
                .with_looks(&looks[..seen.observation.faces().len().min(FACES)])
                .with_preview(self.config.light.into());
            screen.prepare(&scene, &view)?;
            *last = Some(prepared);
        }
        Ok(worn.animating)
    }

    /// What each face wears on this screen.
    fn worn(&self, seen: &Seen, now: Duration) -> Worn {
        let mut looks: [Option<Arc<Look>>; FACES] = Default::default();
        if self.session.screen() == Screen::Attract {
            let (look, since) = self.shop.attract_look(now);
            looks.fill(look);
            let part = (since.as_secs_f32() / REVEAL.as_secs_f32()).min(1.0);
            let eased = part * part * (3.0 - 2.0 * part);
            return Worn { looks, span: Some(WornSpan { from: 0.0, to: eased }), animating: part < 1.0 };
        }
        let jaw = (self.session.screen() == Screen::Shade && self.session.jaw()).then(|| self.jaw_look()).flatten();
        let leading = self.session.people().leading_face();
        for (look, face) in looks.iter_mut().zip(seen.observation.faces().iter()) {
            let id = face.id.0;
            *look = match &jaw {
                Some(jaw) if leading == Some(id) => Some(Arc::clone(jaw)),
                _ => self.session.look_of(id),
            };
        }
        let span = self.session.split().map(|from| WornSpan { from, to: 1.0 });
        Worn { looks, span, animating: false }
    }

    /// Looks for the faces of a frozen picture, in their order; the leader's is `lead` if given.
    pub(super) fn looks_for(session: &Session, seen: &Seen, lead: Option<&Look>) -> Vec<Arc<Look>> {
        let leading = session.people().leading_face().or(seen.observation.faces().first().map(|face| face.id.0));
        let look = |id: u32| match lead {
            Some(lead) if Some(id) == leading => Arc::new(lead.clone()),
            _ => session.look_of(id).unwrap_or_default(),
        };
        seen.observation.faces().iter().map(|face| look(face.id.0)).collect()
    }

    /// The three best foundations on the jaw line, on otherwise bare skin.
    fn jaw_look(&self) -> Option<Arc<Look>> {
        let best = self.session.matches().iter().take(JAW).map(|(id, _)| id);
        let known =
            self.jaw.borrow().as_ref().filter(|(ids, _)| ids.iter().eq(best.clone())).map(|(_, l)| Arc::clone(l));
        if known.is_some() {
            return known;
        }
        let mut layers = Vec::with_capacity(JAW);
        for ((id, _), mask) in self.session.matches().iter().zip(JAW_MASKS) {
            let product = self.shop.catalogue.item(id)?.product.clone();
            layers.push(Layer { product, amount: 1.0, mask: Mask::built_in(mask)?, wing: None });
        }
        debug_assert!(layers.iter().all(|layer| layer.product.category == Category::Foundation));
        let look = Arc::new(Look { name: String::new(), layers });
        *self.jaw.borrow_mut() = Some((best.cloned().collect(), Arc::clone(&look)));
        Some(look)
    }

    /// Where the faces are on the screen, in points.
    fn place_faces(&mut self, region: Region, view: &View) {
        let Some(seen) = &self.current else { return };
        let scale = self.context.pixels_per_point();
        let frame = seen.shot.picture.upright().map(|side| side as f32).into();
        let leading = self.session.people().leading_face();
        self.live.faces.clear();
        for face in seen.observation.faces().iter() {
            let mut rect = egui::Rect::NOTHING;
            for point in face.landmarks_px.iter() {
                let at = view.target_from_frame_px(frame, [point.x, point.y].into());
                let at = egui::pos2(at.x + region.x as f32, at.y + region.y as f32);
                rect.extend_with(at / scale);
            }
            self.live.faces.push(FaceOnScreen { id: face.id.0, rect, leads: leading == Some(face.id.0) });
        }
    }

    /// When the attract screen's look changes.
    pub(super) fn attract_due(&self, now: Duration) -> Option<Duration> {
        (self.session.screen() == Screen::Attract).then(|| self.shop.attract_due(now))
    }
}
