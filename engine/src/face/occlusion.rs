//! What hides the face: a hand, hair, a microphone, the rim of glasses.
//!
//! No network is used. Each frame the face is unwrapped into the canonical face's uv. A background model of this face
//! from earlier frames is fitted to the frame's light by a robust, spatially slow change. Cells that differ from all
//! that is known around them are covered, if they form connected components that reach in from the outline or the
//! frame's edge. Only clear cells are learnt. Where nothing is known (stills, first frames), one picture decides: a model
//! of this face's own skin shows things of other colours that end in a sharp outline, and what a thing of skin's colour
//! hides (a mouth without lips, an eye without an eye) shows that one.
//!
//! [`OcclusionEstimator`] runs it (`estimator` lists the steps); an [`Occlusion`] is its result for a face. The method
//! and its constants are this project's own, built from the standard parts that each file names.

mod background_model;
mod canonical_grid;
mod comparison;
mod components;
mod estimator;
mod eye_test;
mod filters;
mod grid;
mod illumination_change;
mod map;
mod missing_features;
mod own_skin;
mod samples;
mod scored_face;
mod skin_outliers;
mod skin_prior;
mod thing_growth;
mod thing_test;
mod unlike_skin;
mod unwrap;
mod workspace;

pub use estimator::OcclusionEstimator;
pub use grid::OCCLUSION_SIDE;
pub use map::Occlusion;
