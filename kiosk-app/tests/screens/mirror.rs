//! What must hold on the mirror in every language and size.

use carmine::light::ColourDoubt;
use carmine::look::Category;
use carmine_kiosk::l10n::Language;
use carmine_kiosk::session::Action;
use carmine_kiosk::ui::stage::Framing;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

use super::SIZES;
use super::world::World;

/// Roles of what is tapped.
const TOUCHED: [Role; 5] = [Role::Button, Role::RadioButton, Role::Tab, Role::Switch, Role::Slider];

#[test]
fn a_tap_on_a_swatch_wears_it_in_that_very_frame() {
    let mut world = World::new(Language::En);
    world.act(Action::Browse(Category::Lipstick));
    let mut shown = Vec::new();
    let mut harness = world.harness(SIZES[0], &mut shown);
    harness.run_steps(2);
    harness.get_by_label("Velvet Rose").click();
    harness.run_steps(2);
    drop(harness);
    let asked: Vec<&Action> = shown.iter().flat_map(|frame| &frame.actions).collect();
    assert_eq!(asked, [&Action::Wear("velvet-rose".into())]);
}

#[test]
fn the_picture_is_more_than_half_of_the_screen_and_no_control_lies_on_the_face() {
    for (size, reach) in SIZES.into_iter().flat_map(|size| [(size, false), (size, true)]) {
        let mut world = World::new(Language::Ar);
        world.act(Action::Browse(Category::Lipstick));
        world.act(Action::Wear("velvet-rose".into()));
        world.act(Action::Reach(reach));
        let mut shown = Vec::new();
        let mut harness = world.harness(size, &mut shown);
        harness.run_steps(2);
        let screen = harness.ctx.content_rect();
        let controls: Vec<egui::Rect> =
            harness.get_all_by(|node| TOUCHED.contains(&node.role())).map(|node| node.rect()).collect();
        drop(harness);
        let picture = shown[1].picture.unwrap();
        let part = picture.area() / screen.area();
        assert!(part > 0.5, "{size:?}: {part}");
        // The framing keeps a face within these parts of the picture.
        let face = egui::Rect::from_center_size(
            picture.lerp_inside(egui::vec2(0.5, 0.47)),
            egui::vec2(picture.height() * 0.36, picture.height() * 0.5),
        );
        assert!(controls.len() > 12, "{}", controls.len());
        for control in controls {
            assert!(!control.intersects(face), "{size:?}: {control:?} on {face:?}");
            if reach && size[1] > size[0] {
                assert!(control.top() >= screen.height() * 0.55 - 0.5, "{control:?}");
            }
        }
    }
}

/// Which of the words about the light are said.
fn said_of_light(world: &World) -> Vec<&'static str> {
    let mut shown = Vec::new();
    let mut harness = world.harness(SIZES[0], &mut shown);
    harness.run_steps(2);
    let words = ["mirror-light-coloured", "mirror-light-bright"];
    words.into_iter().filter(|id| harness.query_by_label(&world.locale.text(id)).is_some()).collect()
}

#[test]
fn in_light_that_falsifies_colours_the_mirror_says_so_and_in_good_light_nothing() {
    for language in [Language::En, Language::ZhHans, Language::Ar, Language::Es, Language::Fr] {
        let mut world = World::new(language);
        assert_eq!(said_of_light(&world), [""; 0], "{language}: in good light");
        world.live.doubt = Some(ColourDoubt::ColouredLight);
        assert_eq!(said_of_light(&world), ["mirror-light-coloured"], "{language}");
        world.live.doubt = Some(ColourDoubt::Overexposed);
        assert_eq!(said_of_light(&world), ["mirror-light-bright"], "{language}");
        world.live.framing = Some(Framing::Closer);
        assert_eq!(said_of_light(&world), [""; 0], "{language}: where to stand comes first");
        (world.live.framing, world.live.doubt) = (None, None);
        assert_eq!(said_of_light(&world), [""; 0], "{language}: the light is good again");
    }
}
