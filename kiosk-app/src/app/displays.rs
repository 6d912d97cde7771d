//! Which displays there are, asked of the window system.

use winit::application::ApplicationHandler;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, EventLoop};
use winit::window::WindowId;

/// One line a display, or why none can be opened.
pub fn list() -> Result<Vec<String>, String> {
    let event_loop = EventLoop::new().map_err(|error| reason(&error))?;
    let mut lister = Lister(Vec::new());
    event_loop.run_app(&mut lister).map_err(|error| reason(&error))?;
    Ok(lister.0)
}

/// The first line of what the window system says: the rest is for its programmers.
pub fn reason(error: &dyn std::fmt::Display) -> String {
    let missing = ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none());
    if cfg!(all(unix, not(target_os = "macos"))) && missing {
        return "neither DISPLAY nor WAYLAND_DISPLAY is set".into();
    }
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let said = line.rsplit("error at ").next().unwrap_or(line);
    format!("the display cannot be opened ({})", said.trim())
}

struct Lister(Vec<String>);

impl ApplicationHandler for Lister {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        for monitor in event_loop.available_monitors() {
            let (size, name) = (monitor.size(), monitor.name().unwrap_or_else(|| "unnamed".into()));
            let rate = monitor.refresh_rate_millihertz().map_or_else(String::new, |r| format!(", {} Hz", r / 1000));
            self.0.push(format!("{name}: {}×{} px{rate}, scale {}", size.width, size.height, monitor.scale_factor()));
        }
        event_loop.exit();
    }

    fn window_event(&mut self, _: &ActiveEventLoop, _: WindowId, _: WindowEvent) {}
}
