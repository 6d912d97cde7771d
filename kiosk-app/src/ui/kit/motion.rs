//! Animations, scroll positions and open menus: all state of the screens that is not the session's.

use std::collections::HashMap;

use egui::{Context, Id};

use crate::ui::theme::time;

/// Scrolled rails and open menus. Dropped with the session, since it reveals what a shopper did.
#[derive(Debug, Default)]
pub struct Motion {
    scrolls: HashMap<Id, Scroll>,
    open: Option<Id>,
    opened: u64,
}

/// How far a rail is scrolled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scroll {
    /// Where it goes to, in points from the reading start.
    pub target: f32,
    /// What was brought into sight last, and the room that it was done for.
    pub revealed: Option<(u64, i32)>,
    /// Points per second, after a swipe.
    pub speed: f32,
    /// Whether a finger holds it.
    pub held: bool,
}

impl Motion {
    /// The scroll of a rail.
    pub fn scroll(&mut self, id: Id) -> &mut Scroll {
        self.scrolls.entry(id).or_default()
    }

    /// Where a rail is now: it glides to its target, but follows a finger at once.
    pub fn scrolled(&mut self, context: &Context, id: Id) -> f32 {
        let Scroll { target, held, speed, .. } = *self.scroll(id);
        let seconds = if held || speed != 0.0 { 0.0 } else { time::CALM };
        context.animate_value_with_time(id.with("scroll"), target, seconds)
    }

    /// Whether this menu is open.
    pub fn is_open(&self, menu: Id) -> bool {
        self.open == Some(menu)
    }

    /// Whether any menu is.
    pub fn any_open(&self) -> bool {
        self.open.is_some()
    }

    /// The open menu.
    pub fn open_menu(&self) -> Option<Id> {
        self.open
    }

    /// Takes back what a tap that does not count has opened or closed.
    pub fn set_open_menu(&mut self, menu: Option<Id>) {
        self.open = menu;
    }

    /// Opens a menu, or closes it if it is open.
    pub fn toggle(&mut self, menu: Id, pass: u64) {
        self.open = if self.is_open(menu) { None } else { Some(menu) };
        self.opened = pass;
    }

    /// Whether the open menu was opened in this pass or the one before: the tap that did it does not close it.
    pub fn opened_in(&self, pass: u64) -> bool {
        pass <= self.opened + 1
    }

    /// Closes the open menu.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Forgets everything, as a session ends.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}
