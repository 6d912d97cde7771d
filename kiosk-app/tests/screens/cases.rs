//! What the screens are shown with: a name and how the world is arranged for it.

use std::sync::Arc;

use carmine::light::ColourDoubt;
use carmine::look::Category;
use carmine_kiosk::session::{Action, FaceSeen};
use carmine_kiosk::source::showing::{NoCamera, Showing};
use carmine_kiosk::ui::stage::Framing;

use super::world::World;

/// A name, and what is touched until it shows.
pub type Case = (&'static str, fn(&mut World));

/// Every case.
pub const ALL: &[Case] = &[
    ("mirror-bare", |_| {}),
    ("mirror-looks", |world| world.act(Action::WearLook("berry-and-gold".into()))),
    ("mirror-lips", lips),
    ("mirror-eyes", |world| {
        world.act(Action::WearLook("golden-midnight".into()));
        world.act(Action::Browse(Category::Eyeshadow));
    }),
    ("mirror-wipe", |world| {
        lips(world);
        world.act(Action::Split(Some(0.5)));
    }),
    ("mirror-large", |world| {
        lips(world);
        world.act(Action::LargeText(true));
    }),
    ("mirror-reach", |world| {
        lips(world);
        world.act(Action::Reach(true));
    }),
    ("mirror-large-reach", |world| {
        lips(world);
        world.act(Action::Reach(true));
        world.act(Action::LargeText(true));
        world.act(Action::Split(Some(0.5)));
    }),
    ("mirror-saved-none", |world| world.act(Action::BrowseFavourites)),
    ("mirror-saved", |world| {
        for id in ["velvet-rose", "black-cherry", "ink-black", "sand-warm", "star-dust"] {
            world.act(Action::Favourite(id.into()));
        }
        world.act(Action::Wear("velvet-rose".into()));
        world.act(Action::BrowseFavourites);
    }),
    ("mirror-two", |world| {
        lips(world);
        let face = |id, x| FaceSeen { id, distance_cm: 60.0, centre: [x, 0.5] };
        world.see(&[face(1, 0.3), face(2, 0.7)]);
        world.live.showing = Showing::Demo(NoCamera::NotFound);
    }),
    ("mirror-framing", |world| world.live.framing = Some(Framing::Nobody)),
    ("mirror-light-coloured", |world| world.live.doubt = Some(ColourDoubt::ColouredLight)),
    ("mirror-light-bright", |world| {
        lips(world);
        world.act(Action::LargeText(true));
        world.live.doubt = Some(ColourDoubt::Overexposed);
    }),
    ("mirror-away", |world| {
        lips(world);
        world.live.no_picture = true;
    }),
    ("mirror-away-reach", |world| {
        lips(world);
        world.act(Action::Reach(true));
        world.act(Action::LargeText(true));
        world.live.no_picture = true;
    }),
    ("mirror-frozen", |world| world.live.showing = Showing::Demo(NoCamera::Frozen)),
    ("mirror-black", |world| world.live.showing = Showing::Demo(NoCamera::Black)),
    ("card", |world| {
        lips(world);
        world.act(Action::Card("velvet-rose".into()));
    }),
    ("card-large", |world| {
        world.act(Action::LargeText(true));
        world.act(Action::Card("star-dust".into()));
    }),
];

fn lips(world: &mut World) {
    world.act(Action::WearLook("bare-light".into()));
    world.act(Action::Browse(Category::Lipstick));
    world.act(Action::Wear("velvet-rose".into()));
    world.act(Action::Favourite("velvet-rose".into()));
    world.act(Action::Amount(Category::Lipstick, 1.2));
    if let Some(line) = world.catalogue.line_of("velvet-rose").map(|line| Arc::clone(&line.id)) {
        world.act(Action::Line(line));
    }
}
