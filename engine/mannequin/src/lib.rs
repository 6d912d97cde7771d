//! Rendered faces: pictures of people that need nobody's permission. Two kinds, both drawn on the CPU:
//!
//! * [`Mannequin`], to measure with: the canonical face on a simple head. Its pictures come with exact ground truth:
//!   what each pixel shows, its albedo, and the light on it.
//!   [`Mannequin::new`] → [`Mannequin::posed`] → [`Posed::lit`] → [`Lit::shot`]: each step holds what the next ones
//!   share.
//! * [`ShopMannequin`], to look at: a stylised bust in a studio that turns its head and blinks, drawn fast enough to
//!   play live.
//!
//! Both have the face mesh's geometry, so that face models detect them. The same arguments give the same picture, on
//! every machine with the same floating-point arithmetic.
//!
//! The crate does not depend on the engine, which it helps to test: only on the canonical face (`carmine-models`) and
//! the colour formulas (`carmine-shaders`).

mod black_body;
mod bust;
mod camera;
mod face;
mod g_buffer;
mod hairline;
mod illumination;
mod light_rig;
mod mannequin;
mod mesh;
mod noise;
mod paint;
mod palette;
mod raster;
mod shop;
mod subdivision;

pub use camera::{Pose, Viewport};
pub use carmine_models::ModelError;
pub use carmine_shaders::cpu::MONK_SRGB;
pub use illumination::{Lit, Shot};
pub use light_rig::LightRig;
pub use mannequin::{Mannequin, Posed};
pub use paint::{LidPlace, Zone};
pub use shop::{Attitude, ShopMannequin, StudioLight};
