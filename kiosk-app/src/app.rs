//! The kiosk: stages on threads of their own, and the window that shows their newest picture.

pub mod attract;
pub mod capture;
pub mod crop;
pub mod follow;
pub mod framing;
pub mod light_hint;
pub mod pipeline;
pub mod player;
pub mod printing;
pub mod pulse;
pub mod seen;
pub mod shop;
pub mod stage_limits;
pub mod stats;
pub mod still_renderer;
pub mod surface;
pub mod wake;
pub mod window;
