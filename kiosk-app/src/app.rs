//! The mirror: stages on threads of their own, and the window that shows their newest picture.

pub mod capture;
pub mod displays;
pub mod gpu;
pub mod headless;
// pub mod kiosk;
pub mod pipeline;
pub mod player;
pub mod stats;
pub mod surface;
// pub mod window;
