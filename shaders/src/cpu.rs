//! The shaders' formulas on the CPU, with the shaders' names. Tests hold the two together.

mod colour;
mod composite;
mod finish;
mod kubelka_munk;
mod lighting;

pub use colour::{
    delta_e2000, lab_from_linear_srgb, linear_from_srgb, linear_srgb_from_lab, luminance, srgb_from_linear,
};
pub use composite::composite;
pub use finish::{Surface, finish_specular};
pub use kubelka_munk::{Film, film, k_over_s_from_masstone, over, stack};
pub use lighting::{Parts, lobe, parts};
