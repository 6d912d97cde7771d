//! What winit tells the mirror.

use winit::application::ApplicationHandler;
use winit::event::{ElementState, StartCause, WindowEvent};
use winit::event_loop::ActiveEventLoop;
use winit::keyboard::{Key, NamedKey};
use winit::window::{Fullscreen, WindowId};

use super::Mirror;
use crate::app::pipeline::Wake;

impl Mirror {
    fn key(&mut self, event_loop: &ActiveEventLoop, key: &Key) {
        let Some(opened) = &self.window else { return };
        match key {
            Key::Named(NamedKey::F3) => self.ui.toggle_overlay(),
            Key::Named(NamedKey::F11) => {
                let next = opened.window.fullscreen().is_none().then_some(Fullscreen::Borderless(None));
                opened.window.set_fullscreen(next);
            }
            // A shopper must not be able to end a kiosk.
            Key::Named(NamedKey::Escape) if !self.config.kiosk => event_loop.exit(),
            _ => return,
        }
        self.request_redraw();
    }
}

impl ApplicationHandler<Wake> for Mirror {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.window.is_none()
            && let Err(error) = self.open(event_loop)
        {
            self.fail(event_loop, error);
        }
    }

    fn new_events(&mut self, _: &ActiveEventLoop, cause: StartCause) {
        if matches!(cause, StartCause::ResumeTimeReached { .. }) {
            self.request_redraw();
        }
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, wake: Wake) {
        match wake {
            Wake::Frame => self.request_redraw(),
            Wake::Last => {
                self.last = true;
                self.request_redraw();
            }
            Wake::Failed(error) => self.fail(event_loop, error),
        }
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        if !self.hand.accepts(&event) {
            return;
        }
        let Some(opened) = &mut self.window else { return };
        if event == WindowEvent::RedrawRequested {
            if let Err(error) = self.redraw(event_loop) {
                self.fail(event_loop, error);
            }
            return;
        }
        if opened.egui.on_window_event(&opened.window, &event).repaint {
            opened.window.request_redraw();
        }
        match event {
            WindowEvent::CloseRequested => event_loop.exit(),
            WindowEvent::Resized(_) | WindowEvent::Occluded(false) => self.request_redraw(),
            WindowEvent::KeyboardInput { event, .. } if event.state == ElementState::Pressed && !event.repeat => {
                self.key(event_loop, &event.logical_key);
            }
            _ => {}
        }
    }
}
