//! The commands of the command line, a file each, and what only they use.

mod displays;
pub mod doctor;
mod input;
pub mod kiosk;
pub mod look;
mod progress;
pub mod render;
pub mod service;
pub mod track;
