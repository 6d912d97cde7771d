//! Classifies the window's input events: touch, scanner or keyboard.

use std::time::Instant;

use winit::event::{KeyEvent, WindowEvent};
use winit::keyboard::{Key, NamedKey};

use crate::scanner::{ScanKey, Scanned, Scanner};
use crate::ui::touch::OneHand;

/// What was touched and typed last.
#[derive(Default)]
pub(super) struct Hands {
    hand: OneHand,
    scanner: Scanner,
}

impl Hands {
    /// Whether the event is handled: mouse events that the system emulates after a touch are not.
    pub(super) fn accepts(&mut self, event: &WindowEvent) -> bool {
        self.hand.accepts(event)
    }

    /// Whether the screens get the event. They do not get a scanner's keys: its Enter would press the focused button.
    pub(super) fn is_for_screens(&self, event: &WindowEvent) -> bool {
        !matches!(event, WindowEvent::KeyboardInput { .. }) || !self.scanner.is_scanning(Instant::now())
    }

    /// A key that may be a scanner's; returns the code that it ends.
    pub(super) fn scan(&mut self, event: &KeyEvent) -> Option<Scanned> {
        let at = Instant::now();
        if matches!(event.logical_key, Key::Named(NamedKey::Enter | NamedKey::Tab)) {
            return self.scanner.key(ScanKey::End, at);
        }
        let mut scanned = None;
        for character in event.text.as_deref().unwrap_or_default().chars() {
            scanned = self.scanner.key(ScanKey::Character(character), at);
        }
        scanned
    }

    /// Forgets a code that was begun.
    pub(super) fn reset(&mut self) {
        self.scanner = Scanner::default();
    }
}
