//! What must hold on the mirror in every language and size.

use carmine::look::Category;
use carmine_kiosk::l10n::Language;
use carmine_kiosk::session::Action;
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
