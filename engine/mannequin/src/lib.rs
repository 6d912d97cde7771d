//! Rendered faces: people whose pictures nobody has to be asked for. Two kinds, both drawn on the CPU:
//!
//! * [`Mannequin`], to measure with: the canonical face on a simple head. Of its picture everything is known that a
//!   photo of a person hides: what each pixel shows, its albedo, and the light on it.
//!   [`Mannequin::new`] → [`Mannequin::posed`] → [`Posed::lit`] → [`Lit::shot`]: each step holds what the next ones
//!   share.
//! * [`ShopMannequin`], to look at: a stylised bust in a studio that turns its head and blinks, drawn fast enough to
//!   play live.
//!
//! Both have the face mesh's geometry, so that face models take them for a person. The same arguments give the same
//! picture, on every machine with the same floating-point arithmetic.
//!
//! The crate knows nothing of the engine that it helps to measure: it stands on the canonical face (`carmine-models`)
//! and on the colour formulas (`carmine-shaders`) alone.

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
