//! Carmine: offline, physically based AR make-up try-on.
//!
//! A frame walks through plain stations, each a call with plain data:
//! [`FaceTracker::track`](face::FaceTracker::track) → [`FaceFitter::fit`](face::FaceFitter::fit) →
//! [`LightEstimator::estimate`](light::LightEstimator::estimate) → [`Scene::new`] →
//! [`Renderer::prepare`](render::Renderer::prepare) and [`Renderer::draw`](render::Renderer::draw).
//! [`TryOn`] is that chain up to the scene.
//!
//! The engine takes bytes and borrows: it opens no file, socket, camera, window or process of its own.

pub mod dress;
mod error;
pub mod face;
pub mod frame;
pub mod light;
pub mod look;
pub mod render;
mod scene;
pub mod space;
mod try_on;

pub use error::Error;
pub use frame::Frame;
pub use scene::Scene;
pub use try_on::{TryOn, TryOnConfig};

pub use carmine_models as models;
