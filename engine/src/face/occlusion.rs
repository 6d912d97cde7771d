//! What hides the face: a hand, hair, a microphone, the rim of glasses.
//!
//! No network is asked. Each frame the face is laid flat into the canonical face's uv. What is known of this face
//! from the frames before, a background model, is fitted to the frame's light by a robust slow change; cells that differ
//! from everything known beside them, in connected components that come in from the outline or the frame's edge, are
//! covered. Only clear cells are learnt. Where nothing is known (stills, first frames) the face's own skin statistics
//! decide, which see another colour than skin, or hair and rims on the upper face, but no hand.
//!
//! [`OcclusionEstimator`] runs it (`estimator` tells the steps), and an [`Occlusion`] is what it tells of a face.

mod background_model;
mod canonical_grid;
mod comparison;
mod components;
mod estimator;
mod filters;
mod grid;
mod illumination_change;
mod map;
mod skin_prior;
mod unwrap;
mod workspace;

pub use estimator::OcclusionEstimator;
pub use grid::OCCLUSION_SIDE;
pub use map::Occlusion;
