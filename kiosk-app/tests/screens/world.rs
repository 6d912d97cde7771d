//! Everything that a screen is drawn from, without a camera or a window.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use carmine_kiosk::catalogue::Catalogue;
use carmine_kiosk::l10n::{Language, Locale};
use carmine_kiosk::session::idle::IdleTimeouts;
use carmine_kiosk::session::{Action, FaceSeen, Report, Rules, Session};
use carmine_kiosk::settings::Settings;
use carmine_kiosk::source::showing::Showing;
use carmine_kiosk::tryable::Tryable;
use carmine_kiosk::ui::stage::{Live, PictureTexture, Pictures, Stage};
use carmine_kiosk::ui::{Screens, screens, theme};
use egui::{Color32, ColorImage, Shape, TextureHandle, TextureOptions, Vec2};
use egui_kittest::Harness;
use image::RgbaImage;
use sha2::{Digest, Sha256};

use super::still::{self, Still};
use super::words::Texts;

/// The merchant's.
pub const PIN: &str = "1234";

/// One moment of a session.
pub struct World {
    pub session: Session,
    pub catalogue: Catalogue,
    pub settings: Settings,
    pub locale: Locale,
    pub models: Vec<Tryable>,
    pub live: Live,
    pub pictures: Pictures,
    pub now: Duration,
}

impl World {
    /// Before the mirror, one face seen, nothing worn.
    pub fn new(language: Language) -> Self {
        let settings = Settings::default();
        let market = settings.market();
        let rules = Rules {
            market: Arc::clone(&market.id),
            consent_version: market.consent_version,
            languages: vec![Language::En, Language::ZhHans, Language::Ar, Language::Es, Language::Fr],
            idle: IdleTimeouts { warn_after: settings.idle.warn_after, grace: settings.idle.end_after },
            reach: false,
            large_text: false,
            suggestions: true,
            pin_sha256: Some(Sha256::digest(PIN).into()),
            photo: true,
            print: true,
            demo: false,
        };
        let locale = Locale::in_region(language, market.region.as_deref());
        let now = Duration::from_secs(60);
        let session = Session::new(rules, now);
        let live = Live { showing: Showing::Camera, ..Live::default() };
        let catalogue = Catalogue::bundled().unwrap();
        let (models, pictures) = (Vec::new(), Pictures::default());
        let mut world = Self { session, catalogue, settings, locale, models, live, pictures, now };
        for action in [Action::Speak(language), Action::Begin, Action::Agree] {
            world.act(action);
        }
        world.see(&[FaceSeen { id: 1, distance_cm: 60.0, centre: [0.5, 0.5] }]);
        world
    }

    /// Nobody is there: the attract screen in the same language.
    pub fn leave(&mut self) {
        let language = self.session.language();
        self.act(Action::End);
        self.act(Action::Speak(language));
    }

    /// These faces are before the mirror.
    pub fn see(&mut self, faces: &[FaceSeen]) {
        self.report(Report::Faces(faces.iter().copied().collect()));
    }

    /// Tells the session something.
    pub fn report(&mut self, report: Report) {
        self.act(Action::Report(report));
    }

    /// Does what was touched.
    pub fn act(&mut self, action: Action) {
        self.session.act(action, &self.catalogue, self.now);
    }

    /// What the screens read.
    pub fn stage(&self) -> Stage<'_> {
        Stage {
            session: &self.session,
            catalogue: &self.catalogue,
            settings: &self.settings,
            locale: &self.locale,
            models: &self.models,
            live: &self.live,
            pictures: &self.pictures,
            now: self.now,
        }
    }

    /// The bundled portrait in the look that is worn.
    pub fn still(&self) -> Still {
        still::wearing(&self.session.look_of(1).unwrap_or_default())
    }

    /// The screen of this size in pixels, with `still` in the place of the live picture.
    pub fn picture(&self, size: [u32; 2], still: &Still) -> RgbaImage {
        let mut shown = Vec::new();
        let faces = self.models.iter().map(|model| model.thumbnail(320, None).unwrap()).collect();
        let mut harness = self.harness_with(size, still.clone(), &mut shown, faces);
        // Enough frames for every swatch, and for what glides to be at rest.
        harness.run_steps(16);
        let mut picture = harness.render().unwrap();
        for pixel in picture.pixels_mut() {
            pixel.0[3] = 255;
        }
        picture
    }

    /// What is wrong with the words on a screen of this size.
    pub fn faults_of_words(&self, size: [u32; 2]) -> Vec<String> {
        let scale = theme::pixels_per_point(size[0], size[1]);
        let (mut screens, texts) = (Screens::default(), Rc::new(RefCell::new(Texts::default())));
        let noted = Rc::clone(&texts);
        let mut harness = Harness::builder()
            .with_size(Vec2::new(size[0] as f32, size[1] as f32) / scale)
            .with_pixels_per_point(scale)
            .allow_missing_glyphs()
            .with_context_setup(carmine_kiosk::ui::context::set_up)
            .build_ui(move |ui| {
                screens.show(ui, &self.stage());
                noted.borrow_mut().note(&screens);
            });
        // What glides comes to rest.
        harness.run_steps(4);
        // No real language has words as long as the made-up one; there it is enough that they end in an ellipsis.
        let is_made_up = self.locale.language() == Language::Pseudo;
        let names: Vec<&str> = self.catalogue.items().iter().map(|item| &*item.product.name).collect();
        texts
            .borrow()
            .faults(harness.ctx.content_rect(), &harness.output().shapes, |text| is_made_up || names.contains(&text))
    }

    /// The screen in egui's harness; what each frame asked for is appended to `shown`.
    pub fn harness<'a>(&'a self, size: [u32; 2], shown: &'a mut Vec<screens::Shown>) -> Harness<'a> {
        self.harness_with(size, still::calm(), shown, Vec::new())
    }

    /// The same with the models' thumbnails.
    fn harness_with<'a>(
        &'a self,
        size: [u32; 2],
        still: Still,
        shown: &'a mut Vec<screens::Shown>,
        thumbnails: Vec<RgbaImage>,
    ) -> Harness<'a> {
        let scale = theme::pixels_per_point(size[0], size[1]);
        let mut screens = Screens::default();
        let mut texture: Option<TextureHandle> = None;
        let mut faces: Vec<TextureHandle> = Vec::new();
        Harness::builder()
            .with_size(Vec2::new(size[0] as f32, size[1] as f32) / scale)
            .with_pixels_per_point(scale)
            .with_theme(egui::Theme::Light)
            .with_render_cursor(false)
            .allow_missing_glyphs()
            .with_context_setup(carmine_kiosk::ui::context::set_up)
            .wgpu()
            .build_ui(move |ui| {
                let below = ui.painter().add(Shape::Noop);
                if faces.is_empty() {
                    faces.extend(thumbnails.iter().map(|face| load(ui.ctx(), face)));
                }
                let mut pictures = self.pictures.clone();
                let picture = |face: &TextureHandle| PictureTexture { texture: face.id(), size: face.size_vec2() };
                pictures.models.extend(faces.iter().map(|face| Some(picture(face))));
                let frame = screens.show(ui, &Stage { pictures: &pictures, ..self.stage() });
                if let Some(place) = frame.picture {
                    let texture = texture.get_or_insert_with(|| load(ui.ctx(), &still.image));
                    ui.painter().set(below, Shape::image(texture.id(), place, still.framed(place), Color32::WHITE));
                }
                shown.push(frame);
            })
    }
}

fn load(context: &egui::Context, image: &RgbaImage) -> TextureHandle {
    let size = [image.width() as usize, image.height() as usize];
    let image = ColorImage::from_rgba_unmultiplied(size, image);
    context.load_texture("picture", image, TextureOptions::LINEAR)
}
