//! Mannequins for a shop's screen: a calm, stylised bust in a studio, in every skin tone, that turns its head and
//! blinks.
//!
//! Nothing here is measured: pictures with a known truth come from [`Mannequin`](crate::Mannequin). Places, widths and
//! colours were set by eye.

mod albedo;
mod figure;
mod lamps;
mod motion;
mod sculpt;
mod shade;
mod shop_mannequin;
mod skin_texture;
mod tone_curve;
mod transfer;
mod visibility_buffer;

pub use lamps::StudioLight;
pub use motion::Attitude;
pub use shop_mannequin::ShopMannequin;
