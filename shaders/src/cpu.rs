//! The shaders' formulas on the CPU, with the shaders' names. Tests check that both agree.

mod coat;
mod colour;
mod composite;
mod flakes;
mod kubelka_munk;
mod lighting;
mod reflection;
mod smoothstep;

pub use coat::{Coat, coat, coat_in_part, coat_over};
pub use colour::{
    MONK_SRGB, delta_e2000, lab_from_linear_srgb, linear_from_srgb, linear_from_srgb_roughly, linear_srgb_from_lab,
    luminance, srgb_from_linear,
};
pub use composite::{Skin, composite};
pub use flakes::{Flakes, local_cells, sparkle};
pub use kubelka_munk::{Film, film, k_over_s_from_masstone, over, stack};
pub use lighting::{Parts, half_vector, lobe, parts, unclipped};
pub use reflection::Reflection;
pub use smoothstep::smoothstep;
