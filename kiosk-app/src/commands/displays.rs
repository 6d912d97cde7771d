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

/// The window system's message, without its source location.
pub fn reason(error: &dyn std::fmt::Display) -> String {
    let missing = ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none());
    if cfg!(all(unix, not(target_os = "macos"))) && missing {
        return "neither DISPLAY nor WAYLAND_DISPLAY is set".into();
    }
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    format!("the display cannot be opened ({})", human(line))
}

/// The part for people: after the last colon.
fn human(line: &str) -> &str {
    line.rsplit(": ").map(str::trim).find(|part| !part.is_empty()).unwrap_or("no reason given")
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

#[cfg(test)]
mod tests {
    use super::human;

    #[test]
    fn no_build_path_is_told() {
        let said = "os error at /root/.cargo/winit/src/platform_impl/linux/mod.rs:764: failed to open display";
        assert_eq!(human(said), "failed to open display");
        assert_eq!(human("refused"), "refused");
        assert_eq!(human(": "), "no reason given");
    }
}
