//! What winit tells the app.

use std::time::Instant;

use egui_winit::accesskit_winit;
use winit::application::ApplicationHandler;
use winit::event::{ElementState, KeyEvent, StartCause, WindowEvent};
use winit::event_loop::ActiveEventLoop;
use winit::keyboard::{Key, NamedKey};
use winit::window::{Fullscreen, WindowId};

use super::Mirror;
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::scanner::ScanKey;
use crate::session::Action;

impl Mirror {
    fn key(&mut self, event_loop: &ActiveEventLoop, event: &KeyEvent) -> Result<(), AppError> {
        match &event.logical_key {
            Key::Named(NamedKey::F3) => self.act(Action::ToggleTimings, self.now())?,
            Key::Named(NamedKey::F11) => {
                if let Some(opened) = &self.window {
                    let next = opened.window.fullscreen().is_none().then_some(Fullscreen::Borderless(None));
                    opened.window.set_fullscreen(next);
                }
            }
            // A shopper must not be able to end a kiosk.
            Key::Named(NamedKey::Escape) => {
                // On every other screen it leads back: the screens hear it themselves.
                if self.session.has_no_way_back() && !self.config.kiosk {
                    event_loop.exit();
                }
            }
            _ => return self.scan(event),
        }
        self.request_redraw();
        Ok(())
    }

    /// A barcode scanner types.
    fn scan(&mut self, event: &KeyEvent) -> Result<(), AppError> {
        let at = Instant::now();
        let key = match &event.logical_key {
            Key::Named(NamedKey::Enter | NamedKey::Tab) => Some(ScanKey::End),
            _ => None,
        };
        let mut scanned = None;
        match (key, &event.text) {
            (Some(key), _) => scanned = self.scanner.key(key, at),
            (None, Some(text)) => {
                for character in text.chars() {
                    scanned = self.scanner.key(ScanKey::Character(character), at);
                }
            }
            (None, None) => {}
        }
        match scanned {
            Some(scanned) => {
                self.request_redraw();
                self.act(Action::Scanned(scanned), self.now())
            }
            None => Ok(()),
        }
    }
}

impl ApplicationHandler<Wake> for Mirror {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.window.is_none() {
            let done = self.open(event_loop);
            self.check(event_loop, done);
        }
    }

    fn new_events(&mut self, _: &ActiveEventLoop, cause: StartCause) {
        if matches!(cause, StartCause::ResumeTimeReached { .. }) {
            self.request_redraw();
        }
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, wake: Wake) {
        match wake {
            Wake::Frame | Wake::Shop => self.request_redraw(),
            Wake::Last => {
                self.last = true;
                self.request_redraw();
            }
            Wake::Failed(error) => self.check(event_loop, Err(error)),
            Wake::Access(event) => {
                if let Some(opened) = &mut self.window {
                    match event {
                        accesskit_winit::WindowEvent::InitialTreeRequested => {
                            self.access = true;
                            self.context.enable_accesskit();
                        }
                        accesskit_winit::WindowEvent::ActionRequested(request) => {
                            opened.egui.on_accesskit_action_request(request);
                        }
                        accesskit_winit::WindowEvent::AccessibilityDeactivated => {
                            self.access = false;
                            self.context.disable_accesskit();
                        }
                    }
                }
                self.request_redraw();
            }
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        if !self.hand.accepts(&event) {
            return;
        }
        let Some(opened) = &mut self.window else { return };
        if event == WindowEvent::RedrawRequested {
            let done = self.redraw(event_loop);
            self.check(event_loop, done);
            return;
        }
        // What a scanner types is for nobody else: its Enter would press the button that has the focus.
        let typed = matches!(&event, WindowEvent::KeyboardInput { .. }) && self.scanner.is_scanning(Instant::now());
        if !typed && opened.egui.on_window_event(&opened.window, &event).repaint {
            opened.window.request_redraw();
        }
        match event {
            WindowEvent::CloseRequested => event_loop.exit(),
            WindowEvent::Resized(_) | WindowEvent::Occluded(false) => self.request_redraw(),
            WindowEvent::Touch(_) | WindowEvent::MouseInput { state: ElementState::Pressed, .. } => {
                let done = self.act(Action::StillHere, self.now());
                self.check(event_loop, done);
            }
            WindowEvent::KeyboardInput { event, .. } if event.state == ElementState::Pressed && !event.repeat => {
                let done = self.act(Action::StillHere, self.now()).and_then(|()| self.key(event_loop, &event));
                self.check(event_loop, done);
            }
            _ => {}
        }
    }
}
