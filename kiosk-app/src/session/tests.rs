//! What must hold whatever is touched, in whatever order.

use proptest::prelude::*;

use carmine::look::Category;

use super::idle::IdleTimeouts;
use super::measure::Measure;
use super::wardrobe::Wardrobe;
use super::*;
use crate::catalogue::tests::{BOW, Shop};
use crate::catalogue::{Catalogue, MaskHash, ProductHash};
use crate::scanner::Scanned;
use crate::take_home::code::{self, CodedLayer};

fn catalogue() -> &'static Catalogue {
    static CATALOGUE: std::sync::OnceLock<Catalogue> = std::sync::OnceLock::new();
    CATALOGUE.get_or_init(|| Catalogue::bundled().unwrap())
}

fn rules() -> Rules {
    Rules {
        idle: IdleTimeouts { warn_after: Duration::from_secs(40), grace: Duration::from_secs(15) },
        pin_sha256: Some([7; 32]),
        photo: true,
        print: true,
        ..crate::settings::Settings::default().rules()
    }
}

fn session() -> Session {
    Session::new(rules(), Duration::ZERO)
}

fn actions() -> impl Strategy<Value = Action> {
    let items = catalogue().items();
    let id = (0..items.len()).prop_map(move |index| Arc::clone(&items[index].id));
    let gtin = (0..items.len()).prop_filter_map("it has a barcode", move |index| items[index].card.gtin);
    let category = (0..Category::ALL.len()).prop_map(|index| Category::ALL[index]);
    let screen = (0..Screen::ALL.len()).prop_map(|index| Screen::ALL[index]);
    prop_oneof![
        2 => Just(Action::Begin),
        1 => Just(Action::Agree),
        4 => screen.prop_map(Action::Go),
        2 => Just(Action::Back),
        1 => Just(Action::TryModel("mannequin-5".into())),
        1 => Just(Action::End),
        1 => (0..5_usize).prop_map(|index| Action::Speak(Language::ALL[index])),
        3 => id.clone().prop_map(Action::Wear),
        1 => id.clone().prop_map(Action::Keep),
        1 => id.clone().prop_map(Action::CompareToggle),
        1 => id.clone().prop_map(Action::Favourite),
        1 => id.prop_map(Action::Card),
        2 => (category.clone(), -1.0_f32..3.0).prop_map(|(category, coats)| Action::Amount(category, coats)),
        1 => category.clone().prop_map(Action::TakeOff),
        1 => category.prop_map(Action::Browse),
        2 => Just(Action::Undo),
        1 => Just(Action::Clear),
        1 => Just(Action::Measure),
        1 => any::<bool>().prop_map(Action::Suggest),
        1 => Just(Action::OfferPhoto),
        1 => Just(Action::Print { with_photo: true }),
        1 => gtin.prop_map(|gtin| Action::Scanned(Scanned::Gtin(gtin))),
        1 => Just(Action::Scanned(Scanned::Unknown("?".into()))),
        1 => Just(Action::Staff),
        1 => Just(Action::PinDigit('3')),
        1 => any::<f32>().prop_map(|at| Action::Split(Some(at))),
        1 => reports().prop_map(Action::Report),
    ]
}

fn reports() -> impl Strategy<Value = Report> {
    prop_oneof![
        (0..3_u32).prop_map(|count| Report::Faces((0..count).map(|id| seen(id, 50.0, id as f32 * 0.3)).collect())),
        Just(Report::Tone(None)),
        Just(Report::NoCamera("mirror-camera-missing")),
        Just(Report::ModelUnreadable),
        Just(Report::Explained(Changed::default())),
        Just(Report::Photo(PhotoHandOver::Taken)),
        Just(Report::Printed),
        Just(Report::Saved("carmine.png".into())),
        Just(Report::Rules(rules())),
        Just(Report::Catalogue),
        Just(Report::ShopError("?".into())),
    ]
}

/// Tells the session something.
fn report(session: &mut Session, report: Report, now: Duration) -> Vec<Effect> {
    session.act(Action::Report(report), catalogue(), now)
}

fn tick(session: &mut Session, seconds: u64) -> Vec<Effect> {
    report(session, Report::Time, Duration::from_secs(seconds))
}

fn see(session: &mut Session, faces: &[FaceSeen]) {
    report(session, Report::Faces(faces.iter().copied().collect()), Duration::ZERO);
}

proptest! {
    /// No path reaches the camera without a yes on the consent screen of this very session.
    #[test]
    fn the_camera_opens_only_by_consent(steps in prop::collection::vec((actions(), 0_u64..30), 1..60)) {
        let mut session = session();
        let mut now = Duration::ZERO;
        for (action, seconds) in steps {
            now += Duration::from_secs(seconds);
            let mut effects = report(&mut session, Report::Time, now);
            let asked = session.screen == Screen::Consent && action == Action::Agree;
            prop_assert!(!effects.iter().any(|effect| matches!(effect, Effect::OpenCamera(_))), "time opens no camera");
            effects = session.act(action.clone(), catalogue(), now);
            let opened = effects.iter().any(|effect| matches!(effect, Effect::OpenCamera(_)));
            prop_assert_eq!(opened, asked, "{:?} on {:?}", action, session.screen);
            prop_assert_eq!(session.source == Source::Camera, session.agreed && session.source == Source::Camera);
            let shown = !session.screen.needs_face() || session.source != Source::None;
            prop_assert!(shown, "{:?} without a face", session.screen);
        }
    }

    /// The end of a session leaves nothing of it, and what begins is what began at first.
    #[test]
    fn the_end_leaves_nothing(steps in prop::collection::vec(actions(), 0..40)) {
        let mut session = session();
        for action in steps {
            session.act(action, catalogue(), Duration::from_secs(1));
        }
        let effects = session.act(Action::End, catalogue(), Duration::from_secs(2));
        prop_assert!(effects.contains(&Effect::Zeroize));
        let fresh = Session::new(rules(), Duration::from_secs(2));
        prop_assert_eq!(format!("{session:?}"), format!("{fresh:?}"));
    }

    /// Undo leads back through everything that was put on.
    #[test]
    fn undo_leads_back(steps in prop::collection::vec(0..110_usize, 1..30)) {
        let items = catalogue().items();
        let mut wardrobe = Wardrobe::default();
        let mut past = Vec::new();
        for step in steps {
            past.push(wardrobe.outfit().clone());
            match step % 7 {
                0 => wardrobe.wear_look(&catalogue().looks()[step % catalogue().looks().len()], catalogue()),
                _ => drop(wardrobe.wear(&items[step % items.len()])),
            }
            prop_assert_eq!(wardrobe.look().layers.len(), wardrobe.outfit().layers.len());
        }
        while let Some(before) = past.pop() {
            wardrobe.undo();
            prop_assert_eq!(wardrobe.outfit(), &before);
        }
        prop_assert!(!wardrobe.has_past());
    }
}

fn agreed() -> Session {
    let mut session = session();
    session.act(Action::Begin, catalogue(), Duration::ZERO);
    let effects = session.act(Action::Agree, catalogue(), Duration::ZERO);
    assert!(matches!(&effects[..], [Effect::OpenCamera(consent)] if consent.version() == rules().consent_version));
    session
}

#[test]
fn one_drag_is_one_step() {
    let mut session = agreed();
    let id = Arc::clone(&catalogue().items_of(Category::Lipstick).next().unwrap().id);
    session.act(Action::Wear(id), catalogue(), Duration::ZERO);
    for step in 0..20 {
        session.act(Action::Amount(Category::Lipstick, step as f32 * 0.1), catalogue(), Duration::ZERO);
    }
    session.act(Action::Undo, catalogue(), Duration::ZERO);
    assert_eq!(session.people.leader().of(Category::Lipstick).unwrap().amount, 1.0);
    session.act(Action::Undo, catalogue(), Duration::ZERO);
    assert!(session.people.leader().is_bare());
}

#[test]
fn idle_warns_in_two_senses_and_then_wipes() {
    let mut session = agreed();
    assert!(tick(&mut session, 39).is_empty());
    let effects = tick(&mut session, 40);
    assert_eq!(effects, [Effect::Chime, Effect::Say("idle-spoken")]);
    assert!(session.warning.is_some());
    session.act(Action::StillHere, catalogue(), Duration::from_secs(45));
    assert!(session.warning.is_none());
    tick(&mut session, 85);
    assert_eq!(tick(&mut session, 100), [Effect::Zeroize]);
    assert_eq!((session.screen, &session.source), (Screen::Attract, &Source::None));
}

#[test]
fn a_report_is_no_touch() {
    let mut session = agreed();
    see(&mut session, &[]);
    report(&mut session, Report::NoCamera("mirror-camera-lost"), Duration::from_secs(30));
    assert_eq!(session.notice.as_ref().map(|notice| notice.message), Some("mirror-camera-lost"));
    assert_eq!(tick(&mut session, 40), [Effect::Chime, Effect::Say("idle-spoken")]);
    report(&mut session, Report::Printed, Duration::from_secs(41));
    assert!(session.warning.is_some());
    assert_eq!(tick(&mut session, 55), [Effect::Zeroize]);
}

fn seen(id: u32, distance_cm: f32, x: f32) -> FaceSeen {
    FaceSeen { id, distance_cm, centre: [x, 0.5] }
}

#[test]
fn two_people_keep_their_looks_and_the_nearest_leads() {
    let mut session = agreed();
    let mut lips = catalogue().items_of(Category::Lipstick).map(|item| Arc::clone(&item.id));
    let (red, rose) = (lips.next().unwrap(), lips.next().unwrap());
    see(&mut session, &[seen(1, 60.0, 0.3)]);
    session.act(Action::Wear(Arc::clone(&red)), catalogue(), Duration::ZERO);
    see(&mut session, &[seen(1, 60.0, 0.3), seen(2, 58.0, 0.7)]);
    assert_eq!(session.people.leading_face(), Some(1), "a little nearer is not enough");
    see(&mut session, &[seen(1, 60.0, 0.3), seen(2, 45.0, 0.7)]);
    assert_eq!(session.people.leading_face(), Some(2));
    session.act(Action::Wear(Arc::clone(&rose)), catalogue(), Duration::ZERO);
    assert!(session.people.of(1).unwrap().wears(&red) && session.people.of(2).unwrap().wears(&rose));
    // They are lost and come back as other faces of the tracker, at their places.
    see(&mut session, &[]);
    see(&mut session, &[seen(8, 50.0, 0.71), seen(9, 60.0, 0.31)]);
    assert!(session.people.of(8).unwrap().wears(&rose) && session.people.of(9).unwrap().wears(&red));
    session.act(Action::Dress(Some(9)), catalogue(), Duration::ZERO);
    assert_eq!(session.people.leading_face(), Some(9), "chosen by a touch");
}

#[test]
fn a_scan_opens_the_product_on_the_face() {
    let item = catalogue().items().iter().find(|item| item.card.gtin.is_some()).unwrap();
    let gtin = item.card.gtin.unwrap();
    let mut session = agreed();
    session.act(Action::Go(Screen::Compare), catalogue(), Duration::ZERO);
    session.act(Action::Scanned(Scanned::Gtin(gtin)), catalogue(), Duration::ZERO);
    assert_eq!((session.screen, &session.overlay), (Screen::Mirror, &Overlay::Card(Arc::clone(&item.id))));
    assert!(session.people.leader().wears(&item.id));
    session.act(Action::Scanned(Scanned::Unknown("hello".into())), catalogue(), Duration::ZERO);
    assert_eq!(session.notice.as_ref().unwrap().message, "scan-unknown");
    // Before consent it waits: nothing is shown of anybody.
    let mut early = self::session();
    let effects = early.act(Action::Scanned(Scanned::Gtin(gtin)), catalogue(), Duration::ZERO);
    assert_eq!((early.screen, effects.is_empty()), (Screen::Consent, true));
}

#[test]
fn a_look_comes_back_from_its_link() {
    let shelf = &catalogue().looks()[1];
    let mut session = agreed();
    session.act(Action::WearLook(Arc::clone(&shelf.id)), catalogue(), Duration::ZERO);
    let layers = session.people.leader().outfit().layers.clone();
    let link = code::encode("https://look.example/", layers.iter().filter_map(CodedLayer::of)).unwrap();
    let mut other = agreed();
    other.act(Action::Scanned(Scanned::Look(link)), catalogue(), Duration::ZERO);
    let back = &other.people.leader().outfit().layers;
    assert_eq!(back.len(), layers.len());
    for (back, worn) in back.iter().zip(&layers) {
        assert_eq!((&back.product_id, &back.mask), (&worn.product_id, &worn.mask));
        assert!((back.amount - worn.amount).abs() <= 0.011, "{:?}", back.product_id);
    }
    assert_eq!(other.notice.as_ref().unwrap().message, "scan-look");
}

#[test]
fn a_merchants_own_mask_comes_back_from_a_scan() {
    let look = "name = \"L\"\n[[layers]]\nproduct = \"rose\"\nmask = \"bow\"\n";
    let shop = Shop::new("scan").product("rose").with("masks/bow.toml", BOW).with("looks/bow.toml", look);
    let theirs = shop.open().unwrap();
    let mut session = agreed();
    session.act(Action::WearLook("bow".into()), &theirs, Duration::ZERO);
    let layers = session.people.leader().outfit().layers.clone();
    let link = code::encode("https://look.example/", layers.iter().filter_map(CodedLayer::of)).unwrap();
    let mut other = agreed();
    other.act(Action::Scanned(crate::scanner::read(&link)), &theirs, Duration::ZERO);
    assert_eq!(other.people.leader().outfit().layers, layers);
    assert_eq!((layers[0].mask.name.as_str(), other.notice.as_ref().unwrap().message), ("bow", "scan-look"));
}

#[test]
fn a_scanned_look_says_what_is_unknown_here() {
    let coded = |id: &str, mask: Option<&str>| CodedLayer {
        product: ProductHash::of(id),
        amount: 1.0,
        mask: mask.map(MaskHash::of),
        wing: None,
    };
    let rose = coded("velvet-rose", None);
    let bowed = coded("velvet-rose", Some("bow"));
    let foreign = coded("from-elsewhere", Some("bow"));
    let cases: [(&[CodedLayer], &str, usize); 5] = [
        (&[rose], "scan-look", 1),
        (&[rose, foreign], "scan-look-without-products", 1),
        (&[bowed], "scan-look-without-masks", 1),
        (&[bowed, foreign], "scan-look-without-both", 1),
        (&[foreign], "scan-look-none", 0),
    ];
    for (layers, message, worn) in cases {
        let link = code::encode("https://look.example/", layers.iter().copied()).unwrap();
        let mut session = agreed();
        session.act(Action::Scanned(crate::scanner::read(&link)), catalogue(), Duration::ZERO);
        assert_eq!(session.notice.as_ref().unwrap().message, message);
        assert_eq!(session.people.leader().outfit().layers.len(), worn, "{message}");
        for language in Language::ALL {
            assert_ne!(&*crate::l10n::Locale::new(language).text(message), message, "{language} has no words for it");
        }
    }
}

#[test]
fn suggestions_can_be_switched_off() {
    let mut session = agreed();
    session.act(Action::Suggest(false), catalogue(), Duration::ZERO);
    session.act(Action::Measure, catalogue(), Duration::ZERO);
    assert_eq!(session.measure(), &Measure::Idle);
}
