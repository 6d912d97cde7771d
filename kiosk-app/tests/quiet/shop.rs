//! The screens in egui's harness, with the pictures that the app would have rendered for them.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use carmine_kiosk::catalogue::Catalogue;
use carmine_kiosk::l10n::{Language, Locale};
use carmine_kiosk::session::Action;
use carmine_kiosk::settings::Settings;
use carmine_kiosk::ui::context::set_up;
use carmine_kiosk::ui::screens::Screens;
use carmine_kiosk::ui::stage::{Live, PictureTexture, Pictures, Stage};
use carmine_kiosk::ui::theme::pixels_per_point;
use egui::{Rect, Shape, Vec2};
use egui_kittest::Harness;

use crate::states::{State, session};
use crate::words::Texts;

/// What a shopper sees it on.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub language: Language,
    pub size: (u32, u32),
    pub large: bool,
    pub reach: bool,
}

#[derive(Default)]
pub struct Textures {
    pub pictures: Pictures,
    pub live: Option<PictureTexture>,
}

pub struct Shop {
    pub catalogue: Catalogue,
    pub settings: Settings,
    /// What the last harness showed.
    pub texts: Rc<RefCell<Texts>>,
}

impl Shop {
    pub fn new() -> Self {
        Self { catalogue: Catalogue::bundled().unwrap(), settings: Settings::default(), texts: Rc::default() }
    }

    pub fn harness<'a>(
        &'a self,
        state: State,
        setting: Setting,
        renders: bool,
        textures: impl Fn(&egui::Context) -> Textures + 'a,
    ) -> Harness<'a, Vec<Action>> {
        let mut session = session(state, &self.catalogue);
        for action in [Action::Speak(setting.language), Action::LargeText(setting.large), Action::Reach(setting.reach)]
        {
            session.act(action, &self.catalogue, Duration::ZERO);
        }
        let locale = Locale::new(setting.language);
        let bare = matches!(state, State::TakeHomeBare | State::ChangedBare);
        let look_url = (!bare).then(|| "https://look.example/#1AwCRqbqGZFmz9Yx3kQpTn4vLw2RzBc7HdA".to_owned());
        let live = Live { look_url, ..Live::default() };
        let (width, height) = setting.size;
        let scale = pixels_per_point(width, height);
        let mut screens = Screens::default();
        let mut ready = None;
        let texts = Rc::clone(&self.texts);
        *texts.borrow_mut() = Texts::default();
        let app = move |ui: &mut egui::Ui, actions: &mut Vec<Action>| {
            let context = ui.ctx().clone();
            let textures = ready.get_or_insert_with(|| textures(&context));
            let stage = Stage {
                session: &session,
                catalogue: &self.catalogue,
                settings: &self.settings,
                locale: &locale,
                models: &[],
                live: &live,
                pictures: &textures.pictures,
                now: Duration::ZERO,
            };
            let below = ui.painter().add(Shape::Noop);
            let shown = screens.show(ui, &stage);
            if let (Some(rect), Some(picture)) = (shown.picture, textures.live) {
                let scale = (rect.width() / picture.size.x).max(rect.height() / picture.size.y);
                let part = rect.size() / (picture.size * scale);
                let uv = Rect::from_center_size(egui::pos2(0.5, 0.36_f32.max(part.y / 2.0)), part);
                let mut mesh = egui::Mesh::with_texture(picture.texture);
                mesh.add_rect_with_uv(rect, uv, egui::Color32::WHITE);
                ui.painter().set(below, Shape::mesh(mesh));
            }
            actions.extend(shown.actions);
            texts.borrow_mut().note(&screens);
        };
        let builder = Harness::builder()
            .with_size(Vec2::new(width as f32, height as f32) / scale)
            .with_pixels_per_point(scale)
            .with_max_steps(400)
            .with_context_setup(set_up);
        let builder = if renders { builder.wgpu() } else { builder };
        let mut harness = builder.build_ui_state(app, Vec::new());
        // Swatches are drawn a few in a frame, and what moves comes to rest.
        harness.run_steps(if renders { 30 } else { 8 });
        harness
    }
}
