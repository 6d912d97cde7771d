//! Touches are not counted twice: window systems send each again as an emulated mouse, which is dropped here.

use std::time::{Duration, Instant};

use winit::event::WindowEvent;

/// Remembers the last touch.
#[derive(Debug, Default)]
pub struct OneHand {
    touched: Option<Instant>,
}

/// Emulated mouse events follow their touch within this time.
const ECHO: Duration = Duration::from_millis(700);

impl OneHand {
    /// Whether the event is a hand's own rather than an echo.
    pub fn accepts(&mut self, event: &WindowEvent) -> bool {
        self.accepts_at(event, Instant::now())
    }

    fn accepts_at(&mut self, event: &WindowEvent, now: Instant) -> bool {
        match event {
            WindowEvent::Touch(_) => {
                self.touched = Some(now);
                true
            }
            WindowEvent::CursorMoved { .. }
            | WindowEvent::MouseInput { .. }
            | WindowEvent::CursorEntered { .. }
            | WindowEvent::CursorLeft { .. } => self.touched.is_none_or(|at| now - at > ECHO),
            _ => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use winit::dpi::PhysicalPosition;
    use winit::event::{DeviceId, Touch, TouchPhase};

    #[test]
    fn the_mouse_works_until_touch_and_again_later() {
        let mut hand = OneHand::default();
        let start = Instant::now();
        let device_id = DeviceId::dummy();
        let position = PhysicalPosition::new(1.0, 1.0);
        let moved = WindowEvent::CursorMoved { device_id, position };
        let touch = Touch { device_id, phase: TouchPhase::Started, location: position, force: None, id: 1 };
        assert!(hand.accepts_at(&moved, start));
        assert!(hand.accepts_at(&WindowEvent::Touch(touch), start));
        assert!(!hand.accepts_at(&moved, start + Duration::from_millis(30)));
        assert!(hand.accepts_at(&moved, start + Duration::from_secs(1)));
    }
}
