//! Handles winit's events.

use std::time::{Duration, Instant};

use winit::application::ApplicationHandler;
use winit::event::{ElementState, KeyEvent, StartCause, WindowEvent};
use winit::event_loop::{ActiveEventLoop, ControlFlow};
use winit::keyboard::{Key, NamedKey};
use winit::window::WindowId;

use super::Mirror;
use crate::app::wake::Wake;
use crate::error::AppError;
use crate::session::Action;

/// How often the session is looked after while the display asks for no frame.
const UNASKED: Duration = Duration::from_secs(1);

impl Mirror {
    fn key(&mut self, event_loop: &ActiveEventLoop, event: &KeyEvent) -> Result<(), AppError> {
        match &event.logical_key {
            Key::Named(NamedKey::F3) => self.act(Action::ToggleTimings, self.now())?,
            Key::Named(NamedKey::F11) => self.display.toggle_fullscreen(),
            // A shopper must not be able to end a kiosk.
            Key::Named(NamedKey::Escape) => {
                // On every other screen Escape goes back: the screens handle it themselves.
                if self.session.has_no_way_back() && !self.options.window.kiosk {
                    event_loop.exit();
                }
            }
            _ => {
                let Some(scanned) = self.hands.scan(event) else { return Ok(()) };
                self.act(Action::Scanned(scanned), self.now())?;
            }
        }
        self.display.request_redraw();
        Ok(())
    }

    fn hear(&mut self, event_loop: &ActiveEventLoop, event: &WindowEvent) -> Result<(), AppError> {
        match event {
            WindowEvent::CloseRequested => event_loop.exit(),
            WindowEvent::Resized(_) => self.display.request_redraw(),
            WindowEvent::Occluded(hidden) => {
                self.display.set_hidden(*hidden);
                self.display.request_redraw();
            }
            WindowEvent::Touch(_) | WindowEvent::MouseInput { state: ElementState::Pressed, .. } => {
                self.act(Action::StillHere, self.now())?;
            }
            WindowEvent::KeyboardInput { event, .. } if event.state == ElementState::Pressed && !event.repeat => {
                self.act(Action::StillHere, self.now())?;
                self.key(event_loop, event)?;
            }
            _ => {}
        }
        Ok(())
    }
}

impl ApplicationHandler<Wake> for Mirror {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if !self.display.is_open() {
            let done = self.open(event_loop);
            self.check(event_loop, done);
        }
    }

    fn new_events(&mut self, event_loop: &ActiveEventLoop, cause: StartCause) {
        if matches!(cause, StartCause::ResumeTimeReached { .. }) && self.alarm.is_redraw_due(Instant::now()) {
            self.display.request_redraw();
            // The redraw sets it anew, once the display asks for one.
            event_loop.set_control_flow(ControlFlow::wait_duration(UNASKED));
        }
        let done = if self.display.draws_unasked() {
            self.redraw(event_loop)
        } else if self.display.waits_for(UNASKED) {
            self.tick(self.now())
        } else {
            Ok(())
        };
        self.check(event_loop, done);
    }

    fn user_event(&mut self, event_loop: &ActiveEventLoop, wake: Wake) {
        match wake {
            Wake::Frame | Wake::Shop | Wake::Outside => self.display.request_redraw(),
            Wake::Last => {
                self.feed.note_last();
                self.display.request_redraw();
            }
            Wake::Broken { pipeline, stage, why } if self.feed.is_of(pipeline) => {
                let done = self.restart_stage(stage, &why, Instant::now());
                self.check(event_loop, done);
            }
            // It was given up before.
            Wake::Broken { .. } => {}
            Wake::Failed(error) => self.check(event_loop, Err(error)),
            Wake::Beat => self.give_sign(),
            Wake::Access(event) => self.display.on_access(event),
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        let done = self.keep_watch(event_loop);
        self.check(event_loop, done);
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        if !self.hands.accepts(&event) || !self.display.is_open() {
            return;
        }
        let done = if event == WindowEvent::RedrawRequested {
            self.display.note_asked();
            self.redraw(event_loop)
        } else {
            if self.hands.is_for_screens(&event) {
                self.display.on_window_event(&event);
            }
            self.hear(event_loop, &event)
        };
        self.check(event_loop, done);
    }
}
