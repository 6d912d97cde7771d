//! The screens that are read rather than played with: comparison, shades, what was changed, what is taken home. Each in
//! its states, in both directions, on three screens, with normal and large text, in reach mode and without.

mod faces;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use carmine::light::{SkinTone, ToneReading, Why};
use carmine_kiosk::catalogue::Catalogue;
use carmine_kiosk::l10n::{Language, Locale};
use carmine_kiosk::session::idle::Patience;
use carmine_kiosk::session::people::FaceSeen;
use carmine_kiosk::session::{Action, Changed, Photo, Rules, Screen, Session};
use carmine_kiosk::settings::Settings;
use carmine_kiosk::ui::screens::{Screens, set_up};
use carmine_kiosk::ui::stage::{Live, Picture, Pictures, Stage};
use carmine_kiosk::ui::theme::{REACH, pixels_per_point};
use egui::accesskit::Role;
use egui::{Rect, Shape, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use glam::Vec3;

const SIZES: [(u32, u32); 3] = [(1080, 1920), (1920, 1080), (1280, 800)];

/// A screen in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    CompareFour,
    CompareOne,
    ShadeIdle,
    ShadeLooking,
    ShadeFailed,
    ShadeDone,
    ShadeJaw,
    ShadeOff,
    Changed,
    ChangedBare,
    TakeHome,
    TakeHomePhoto,
    TakeHomeFailed,
    TakeHomeBare,
}

impl State {
    const ALL: [Self; 14] = [
        Self::CompareFour,
        Self::CompareOne,
        Self::ShadeIdle,
        Self::ShadeLooking,
        Self::ShadeFailed,
        Self::ShadeDone,
        Self::ShadeJaw,
        Self::ShadeOff,
        Self::Changed,
        Self::ChangedBare,
        Self::TakeHome,
        Self::TakeHomePhoto,
        Self::TakeHomeFailed,
        Self::TakeHomeBare,
    ];
}

fn rules() -> Rules {
    Rules {
        market: "eu".into(),
        consent_version: 1,
        languages: vec![Language::En, Language::Ar],
        patience: Patience { warn_after: Duration::from_secs(45), grace: Duration::from_secs(20) },
        reach: false,
        large_text: false,
        suggestions: true,
        pin_sha256: None,
        photo: true,
        print: true,
        demo: false,
    }
}

fn tone() -> SkinTone {
    SkinTone {
        lab: Vec3::new(64.0, 13.0, 19.0),
        spread_lab: Vec3::new(3.0, 1.5, 1.5),
        sigma_lab: Vec3::new(5.0, 1.5, 2.0),
        ita_deg: 36.0,
        ita_sigma_deg: 12.0,
        monk: 4,
        monk_second: 5,
        monk_probability: [0.0, 0.0, 0.1, 0.5, 0.3, 0.1, 0.0, 0.0, 0.0, 0.0],
    }
}

fn read(session: &mut Session, reading: &ToneReading, until: u64) {
    let face = FaceSeen { id: 1, distance_cm: 60.0, centre: [0.5, 0.5] };
    session.suggest = true;
    for step in 0..until {
        session.saw(&[face], |_| Some(reading.clone()), Duration::from_millis(step * 200));
    }
}

/// A session that shows `state`.
fn session(state: State, catalogue: &Catalogue) -> Session {
    let mut session = Session::new(rules(), Duration::ZERO);
    session.show_file();
    let act = |session: &mut Session, action| {
        session.act(action, catalogue, Duration::ZERO);
    };
    if !matches!(state, State::TakeHomeBare | State::ChangedBare) {
        let look = Arc::clone(&catalogue.looks()[2].id);
        act(&mut session, Action::WearLook(look));
        act(&mut session, Action::Wear("velvet-rose".into()));
    }
    let screen = match state {
        State::CompareFour | State::CompareOne => Screen::Compare,
        State::Changed | State::ChangedBare => Screen::Changed,
        State::TakeHome | State::TakeHomePhoto | State::TakeHomeFailed | State::TakeHomeBare => Screen::TakeHome,
        _ => Screen::Shade,
    };
    act(&mut session, Action::Go(screen));
    match state {
        State::CompareOne => session.compare.truncate(1),
        State::CompareFour => {
            session.compare =
                ["velvet-rose", "vermilion", "ripe-berry", "cocoa-nude"].into_iter().map(Into::into).collect();
        }
        State::ShadeLooking => {
            act(&mut session, Action::Measure);
            read(&mut session, &ToneReading::Tone(tone()), 6);
            read(&mut session, &ToneReading::CannotTell(Why::TooUneven), 1);
        }
        State::ShadeFailed => {
            act(&mut session, Action::Measure);
            read(&mut session, &ToneReading::CannotTell(Why::TooDark), 40);
        }
        State::ShadeDone | State::ShadeJaw => {
            act(&mut session, Action::Measure);
            read(&mut session, &ToneReading::Tone(tone()), 20);
            session.match_shades(catalogue);
            session.jaw = state == State::ShadeJaw;
        }
        State::ShadeOff => act(&mut session, Action::Suggest(false)),
        State::Changed => session.changed = Some(Changed { pixels: 0.083, elsewhere: Some(0) }),
        State::ChangedBare => session.changed = Some(Changed { pixels: 0.0, elsewhere: None }),
        State::TakeHomePhoto => {
            let url = "http://192.168.10.20:8080/p/9Yx3kQpTn4vLw2RzBc7HdA".to_owned();
            session.photo = Photo::Offered { url, until: Duration::from_secs(272) };
        }
        State::TakeHomeFailed => session.photo = Photo::Failed("no network".into()),
        _ => {}
    }
    session
}

/// What a shopper sees it on.
#[derive(Clone, Copy, Debug)]
struct Setting {
    language: Language,
    size: (u32, u32),
    large: bool,
    reach: bool,
}

#[derive(Default)]
struct Textures {
    pictures: Pictures,
    live: Option<Picture>,
}

struct Shop {
    catalogue: Catalogue,
    settings: Settings,
}

impl Shop {
    fn new() -> Self {
        Self { catalogue: Catalogue::bundled().unwrap(), settings: Settings::default() }
    }

    fn harness<'a>(
        &'a self,
        state: State,
        setting: Setting,
        renders: bool,
        textures: impl Fn(&egui::Context) -> Textures + 'a,
    ) -> Harness<'a, Vec<Action>> {
        let mut session = session(state, &self.catalogue);
        (session.language, session.large_text, session.reach) = (setting.language, setting.large, setting.reach);
        let locale = Locale::new(setting.language);
        let bare = matches!(state, State::TakeHomeBare | State::ChangedBare);
        let look_url = (!bare).then(|| "https://look.example/#1AwCRqbqGZFmz9Yx3kQpTn4vLw2RzBc7HdA".to_owned());
        let live = Live { look_url, ..Live::default() };
        let (width, height) = setting.size;
        let scale = pixels_per_point(width, height);
        let mut screens = Screens::default();
        let mut ready = None;
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
        };
        let builder = Harness::builder()
            .with_size(Vec2::new(width as f32, height as f32) / scale)
            .with_pixels_per_point(scale)
            .with_max_steps(400)
            .with_context_setup(set_up);
        let builder = if renders { builder.wgpu() } else { builder };
        let mut harness = builder.build_ui_state(app, Vec::new());
        // Swatches are drawn a few in a frame, and what moves comes to rest.
        harness.run_steps(30);
        harness
    }
}

/// Every combination that a shop can meet.
fn settings() -> impl Iterator<Item = Setting> {
    [Language::En, Language::Ar].into_iter().flat_map(|language| {
        SIZES.into_iter().flat_map(move |size| {
            [(false, false), (true, false), (false, true), (true, true)]
                .into_iter()
                .map(move |(large, reach)| Setting { language, size, large, reach })
        })
    })
}

/// What can be acted on.
fn is_control(role: Role) -> bool {
    matches!(role, Role::Button | Role::RadioButton | Role::Switch | Role::Slider | Role::CheckBox)
}

/// A QR code, a ring and every text are told too, so nothing on these screens is without a name.
#[test]
fn everything_is_named_and_large_enough_and_in_reach() {
    let shop = Shop::new();
    let mut faults = Vec::new();
    for state in State::ALL {
        for setting in settings() {
            let harness = shop.harness(state, setting, false, |_| Textures::default());
            let screen = harness.ctx.content_rect();
            let mut fault = |what: String| faults.push(format!("{state:?} {setting:?}: {what}"));
            let mut controls: Vec<(String, Rect)> = Vec::new();
            for node in harness.query_all_by(|node| is_control(node.role())) {
                let name = node.accesskit_node().label().unwrap_or_default();
                let rect = node.rect();
                if name.trim().is_empty() {
                    fault(format!("a control without a name at {rect:?}"));
                }
                if name.contains("shade-") || name.contains("takehome-") || name.contains("compare-") {
                    fault(format!("a message's id instead of words: {name}"));
                }
                controls.push((name, rect));
            }
            if controls.is_empty() {
                fault("no control at all".into());
            }
            for (name, rect) in &controls {
                // What is scrolled out of sight in a rail is still told, and lies outside of the screen.
                if rect.right() <= screen.left() || rect.left() >= screen.right() {
                    continue;
                }
                if rect.top() < screen.top() || rect.bottom() > screen.bottom() + 0.5 {
                    fault(format!("'{name}' reaches out of the screen: {rect:?}"));
                }
                if rect.height() < 64.0 {
                    fault(format!("'{name}' is {:.0} points high", rect.height()));
                }
                let low = screen.top() + screen.height() * REACH - 1.0;
                if setting.reach && screen.height() > screen.width() && rect.top() < low {
                    fault(format!("'{name}' is above the band: {:.0} < {low:.0}", rect.top()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Every button does what it says.
#[test]
fn taps_ask_for_what_the_words_say() {
    let shop = Shop::new();
    let setting = Setting { language: Language::En, size: SIZES[0], large: false, reach: false };
    let cases: [(State, &str, Action); 9] = [
        (State::CompareFour, "Wear Vermilion and go back to the mirror", Action::Keep("vermilion".into())),
        (State::CompareOne, "Back", Action::Back),
        (State::ShadeIdle, "Read my skin tone", Action::Measure),
        (State::ShadeFailed, "Read again", Action::Measure),
        (State::ShadeDone, "Try 1, 2, 3 on my jaw line", Action::JawSwatches(true)),
        (State::ShadeOff, "Suggest shades from my picture", Action::Suggest(true)),
        (State::Changed, "Suggest shades from my picture", Action::Suggest(false)),
        (State::TakeHomePhoto, "Take it back", Action::WithdrawPhoto),
        (State::TakeHomeBare, "I’m done. Wipe my picture and all my choices", Action::End),
    ];
    for (state, name, action) in cases {
        let mut harness = shop.harness(state, setting, false, |_| Textures::default());
        let node = harness.query_all_by(|node| is_control(node.role()) && node.label().as_deref() == Some(name));
        let at = node.last().unwrap_or_else(|| panic!("{state:?} has no '{name}'")).rect().center();
        tap(&mut harness, at);
        assert_eq!(harness.state(), &[action], "{state:?} '{name}'");
    }
}

/// The photo is explained before it is offered.
#[test]
fn a_photo_takes_two_taps_and_an_explanation() {
    let shop = Shop::new();
    let setting = Setting { language: Language::En, size: SIZES[0], large: false, reach: false };
    let mut harness = shop.harness(State::TakeHome, setting, false, |_| Textures::default());
    let at = harness.get_by_label("Add my photo").rect().center();
    tap(&mut harness, at);
    assert!(harness.state().is_empty(), "nothing is offered yet");
    assert!(harness.query_by_label_contains("own network").is_some(), "it is explained");
    let at = harness.get_by_label("Offer my photo").rect().center();
    tap(&mut harness, at);
    assert_eq!(harness.state(), &[Action::OfferPhoto]);
}

fn tap(harness: &mut Harness<'_, Vec<Action>>, at: egui::Pos2) {
    for pressed in [true, false] {
        harness.event(egui::Event::PointerMoved(at));
        harness.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: egui::Modifiers::NONE,
        });
        harness.run_steps(2);
    }
    harness.run_steps(20);
}

/// Pictures to look at: `CARMINE_SCREENS=folder cargo test -p carmine-kiosk --test quiet -- --ignored`, and as much as
/// `CARMINE_SCREENS_OF` names of states (`ShadeDone`).
#[test]
#[ignore = "writes pictures for people to look at"]
fn pictures() {
    let Some(folder) = std::env::var_os("CARMINE_SCREENS").map(PathBuf::from) else { return };
    let wanted = std::env::var("CARMINE_SCREENS_OF").unwrap_or_default();
    std::fs::create_dir_all(&folder).unwrap();
    let shop = Shop::new();
    let full = session(State::CompareFour, &shop.catalogue);
    let bare = Arc::new(carmine::look::Look::bare());
    let mut looks = vec![Arc::clone(&bare), Arc::clone(full.people.leader().look())];
    let tiles = full.compare.iter().map(|id| full.people.leader().look_with(shop.catalogue.item(id).unwrap()));
    looks.extend(tiles);
    let looks: Vec<_> = looks.iter().map(|look| &**look).collect();
    let (rendered, tone) = faces::render("astronaut.png", &looks);
    println!("tone of the still: {tone:?}");
    let (whole, height) = (&rendered[0], rendered[0].height);
    let side = height * 46 / 100;
    let crop = [whole.width * 41 / 100 - side * 3 / 8, height * 2 / 100, side * 3 / 4, side];
    let (map, part) = rendered[1].changed_from(&rendered[0], [0xA3, 0x12, 0x2F]);
    println!("changed: {part}");
    let textures = |context: &egui::Context| {
        let keep = |rendered: &faces::Rendered, name: &str| {
            let texture = rendered.texture(context, name);
            let picture = Picture { texture: texture.id(), size: texture.size_vec2() };
            context.data_mut(|data| data.insert_temp(egui::Id::unique(name), texture));
            Some(picture)
        };
        let mut pictures = Pictures {
            frozen: keep(&rendered[1].crop(crop), "frozen"),
            changed: keep(&map.crop(crop), "changed"),
            ..Pictures::default()
        };
        for (index, name) in ["one", "two", "three", "four"].into_iter().enumerate() {
            pictures.tiles[index] = keep(&rendered[index + 2].crop(crop), name);
        }
        Textures { pictures, live: keep(&rendered[1], "live") }
    };
    for state in State::ALL {
        let name = format!("{state:?}");
        if !wanted.is_empty() && !wanted.split(',').any(|one| one == name) {
            continue;
        }
        for (language, size, large, reach) in [
            (Language::En, SIZES[0], false, false),
            (Language::Ar, SIZES[0], false, false),
            (Language::En, SIZES[1], false, false),
            (Language::Ar, SIZES[2], false, false),
            (Language::En, SIZES[0], true, true),
            (Language::En, SIZES[2], true, false),
        ] {
            let setting = Setting { language, size, large, reach };
            let mut harness = shop.harness(state, setting, true, textures);
            let code = language.code();
            let marks = format!("{}{}", if large { "-large" } else { "" }, if reach { "-reach" } else { "" });
            let path = folder.join(format!("{name}-{code}-{}x{}{marks}.png", size.0, size.1));
            harness.render().unwrap().save(path).unwrap();
        }
    }
}
