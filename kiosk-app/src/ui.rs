//! What the shopper sees and touches. Layout and input are egui's; every word is shaped in [`text`].

pub mod chips;
pub mod compare;
pub mod kit;
pub mod mirror;
pub mod notice;
pub mod overlay;
pub mod shade;
pub mod stage;
pub mod text;
pub mod theme;
pub mod touch;
