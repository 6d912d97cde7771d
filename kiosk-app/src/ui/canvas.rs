//! What a screen draws on: the kit, the language, and the actions that it asks for.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use egui::Ui;

use super::kit::Kit;
use crate::l10n::{Locale, Value};
use crate::session::Action;

/// A screen's canvas. The kit's widgets are its own.
pub struct Canvas<'a> {
    /// The widgets.
    pub kit: Kit<'a>,
    /// The language that is spoken.
    pub locale: &'a Locale,
    /// What is asked of the session, in order.
    pub actions: &'a mut Vec<Action>,
}

impl<'a> Deref for Canvas<'a> {
    type Target = Kit<'a>;

    fn deref(&self) -> &Self::Target {
        &self.kit
    }
}

impl DerefMut for Canvas<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.kit
    }
}

impl Canvas<'_> {
    /// Asks for an action.
    pub fn act(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// A message in the language that is spoken.
    pub fn say(&self, id: &'static str) -> Arc<str> {
        self.locale.text(id)
    }

    /// A message about something.
    pub fn say_with(&self, id: &'static str, args: &[(&'static str, Value<'_>)]) -> String {
        self.locale.text_with(id, args)
    }

    /// The same canvas on another ui.
    pub fn with_ui<R>(&mut self, ui: &mut Ui, draw: impl FnOnce(&mut Canvas<'_>) -> R) -> R {
        let mut canvas = Canvas { kit: self.kit.on(ui), locale: self.locale, actions: self.actions };
        draw(&mut canvas)
    }
}
