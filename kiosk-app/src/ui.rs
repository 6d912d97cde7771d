//! What the shopper sees and touches. Layout and input are egui's; every word is shaped in [`crate::text`].

pub mod canvas;
pub mod context;
pub mod kit;
pub mod screens;
pub mod stage;
mod tap_guard;
pub mod theme;
pub mod touch;

pub use self::canvas::Canvas;
pub use self::context::{fit_to, new_context, renewed_context};
pub use self::screens::{Screens, Shown};
