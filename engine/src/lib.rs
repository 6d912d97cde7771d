//! Carmine: offline, physically based AR make-up try-on.
//!
//! A frame walks through plain stations, each a call with plain data:
//! [`FaceTracker::track`](face::FaceTracker::track) → [`FaceFitter::fit`](face::FaceFitter::fit) →
//! [`OcclusionEstimator::estimate`](face::OcclusionEstimator::estimate) →
//! [`LightEstimator::estimate`](light::LightEstimator::estimate) → [`Scene::new`] →
//! [`Renderer::prepare`](render::Renderer::prepare) and [`Renderer::draw`](render::Renderer::draw).
//! [`TryOn`] is that chain up to the scene, and an [`Observation`] is what it knows of a frame. Where there is not time for
//! all of that for every frame, a [`Follower`] decides what each frame gets; `examples/live_loop.rs` shows a host's loop.
//!
//! ```no_run
//! use carmine::frame::PixelFormat;
//! use carmine::look::Look;
//! use carmine::render::{Renderer, View};
//! use carmine::{Error, Frame, TryOn, TryOnConfig};
//!
//! # fn host(device: wgpu::Device, queue: wgpu::Queue, pass: &mut wgpu::RenderPass<'_>, pixels: &[u8]) -> Result<(), Error> {
//! let look = Look::from_toml("my look", "name = \"Bare\"", &mut |_part, _name| None)?;
//! let mut try_on = TryOn::new(TryOnConfig::default())?;
//! let mut renderer = Renderer::new(&device, &queue, wgpu::TextureFormat::Bgra8Unorm)?;
//!
//! // For every camera picture:
//! let frame = Frame::new(pixels, PixelFormat::Rgba8, 1280, 720)?;
//! let scene = try_on.scene(frame, &look)?;
//! renderer.prepare(&scene, &View::same_size(1280, 720))?;
//! renderer.draw(pass);
//! # Ok(())
//! # }
//! ```
//!
//! The engine takes bytes and borrows: it opens no file, socket, camera, window or process of its own.

mod cholesky;
mod dress;
mod error;
pub mod face;
mod follower;
pub mod frame;
pub mod governor;
pub mod light;
pub mod look;
pub mod matching;
mod noise;
mod observation;
mod observer;
mod polygon;
mod prediction;
pub mod render;
mod scene;
pub mod space;
mod srgb;
mod statistics;
#[doc(hidden)]
pub mod steps;
pub mod swatch;
mod try_on;
mod zeroize;

pub use error::Error;
pub use follower::{Errand, Followed, Follower};
pub use frame::Frame;
pub use observation::Observation;
pub use observer::{Scope, StationTimes};
pub use scene::{MAX_FACES, Scene};
pub use try_on::{TryOn, TryOnConfig};

pub use carmine_models as models;
