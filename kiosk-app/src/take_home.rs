//! What a shopper takes home, if she asks: the look as a link and its QR code, her picture once, or a printed page.

pub mod base;
pub mod code;
pub mod jpeg;
pub mod look_up;
mod mangled;
pub mod photo;
pub mod print;
pub mod qr;
