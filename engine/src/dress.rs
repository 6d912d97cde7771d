//! Station 5: which product lies where, how thick, and what its layer does to light. Plain data for the renderer.
//!
//! A face's landmarks carry flat coordinate systems, the charts. Each file here lays one of them on a face
//! (`face_mesh`, `lips`, `lids`, `irises`, `brows`, `lashes`); `optics` turns a product into numbers, `prepared_look` a
//! look; `dressed` puts it all together.

mod brows;
mod chart_grid;
mod contour;
mod curves;
mod dressed;
mod dressed_face;
mod eye;
mod eye_frame;
mod eye_landmarks;
#[cfg(test)]
mod eye_tests;
mod face_mesh;
mod irises;
mod lashes;
mod lids;
mod lips;
mod look_cache;
mod optics;
mod outline;
mod prepared_look;
mod relief;
mod strokes;

pub use dressed::Dressed;
pub use dressed_face::{DressedFace, MapTexel};
pub use lashes::{LashStrokes, lash_indices};
pub use look_cache::LookCache;
pub use optics::{k_over_s, product_optics};
pub use prepared_look::{LayerMask, PreparedLook};
