//! Carmine: offline, physically based AR make-up try-on.
//!
//! A frame passes through stations, each a call with plain data:
//! [`FaceTracker::track`](face::FaceTracker::track) → [`FaceFitter::fit`](face::FaceFitter::fit) →
//! [`OcclusionEstimator::estimate`](face::OcclusionEstimator::estimate) →
//! [`LightEstimator::estimate`](light::LightEstimator::estimate) → [`Scene::new`] →
//! [`Renderer::prepare`](render::Renderer::prepare) and [`Renderer::draw`](render::Renderer::draw).
//! [`TryOn`] is that chain up to the scene, and an [`Observation`] holds its results for a frame. If there is not time
//! for the whole chain on every frame, a [`Follower`] decides what each frame gets; `examples/live_loop.rs` shows a
//! host's loop.
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
//!
//! # What is exported, and why
//!
//! Only what a host names. What lies between the stations (`dress`: meshes, optics, the cache of prepared looks) is
//! private.
//!
//! **The whole chain**
//!
//! | name | a host needs it to |
//! |---|---|
//! | [`TryOn`], [`TryOnConfig`] | run stations 2 to 4 in one call and build the scene |
//! | [`Observation`], [`Scope`] | keep a frame's faces, light and occlusion; choose how much of that is estimated |
//! | [`Follower`], [`Followed`], [`Errand`] | keep pictures coming when tracking takes longer than a picture; the errand runs on the host's thread |
//! | [`StationTimes`], [`governor::Tally`], [`governor::LADDER`], [`governor::Rung`] | show what the work costs, and how far the engine stepped down |
//! | [`Scene`], [`MAX_FACES`] | bundle a frame, its faces and looks for the renderer; know how many faces are dressed |
//! | [`Error`] | handle errors; each station's own error is in its module |
//! | [`space`] | look up in which space and unit a name lies |
//! | [`glam`], [`wgpu`] | name the types in the engine's signatures, of the very version that it was built with |
//!
//! **Station 1, capture**
//!
//! | name | a host needs it to |
//! |---|---|
//! | [`Frame`], [`frame::PixelFormat`], [`frame::YuvCoding`], [`frame::Rotation`] | pass pixels without conversion:
//! layout, YUV standard, how the sensor is mounted |
//! | [`frame::FrameError`] | report why bytes and size do not fit together |
//!
//! **Stations 2 and 3, track, fit and occlude**
//!
//! | name | a host needs it to |
//! |---|---|
//! | [`face::TrackerConfig`], [`face::Sequence`], [`face::Camera`] | tune tracking; choose stream or stills; set the
//! field of view |
//! | [`face::FaceTracker`], [`face::FaceFitter`], [`face::OcclusionEstimator`], [`face::Predictor`] | run one of these stations alone |
//! | [`face::Faces`], [`face::TrackedFace`], [`face::FaceId`] | read what was tracked, and recognise a face again |
//! | [`face::Landmarks`], [`face::LANDMARK_COUNT`], [`face::MESH_VERTEX_COUNT`] | read points; how many there are, and how many of them are vertices of the mesh |
//! | [`face::FittedFace`] | place things of its own on a face, in centimetres |
//! | [`face::Occlusion`], [`face::OCCLUSION_SIDE`] | read what hides a face, texel by texel |
//! | [`face::FaceError`] | report which model could not be loaded or run |
//! | [`models`] | use its own models, verified against their manifest; name vertices of the face |
//!
//! **Station 4, light**
//!
//! | name | a host needs it to |
//! |---|---|
//! | [`light::LightEstimator`], [`light::RoomLight`] | run the station alone; use a calibrated room |
//! | [`light::Light`], [`light::FaceLight`], [`light::LipMap`], [`light::SkinMap`] | read the light; light things of its own as the face is lit |
//! | [`light::SkinTone`], [`light::ToneReading`], [`light::ToneRejection`] | show a skin tone, or why it cannot be
//! determined |
//! | [`light::ColourDoubt`] | say that colours cannot be trusted in this light, and why |
//! | [`light::MONK_SRGB`], [`light::ita_deg`] | show a tone on the Monk scale, and as individual typology angle |
//! | [`light::PreviewLight`] | show products in another light than the room's |
//!
//! **Station 5, dress**
//!
//! | name | a host needs it to |
//! |---|---|
//! | [`look::Look`], [`look::Layer`], [`look::Product`], [`look::MAX_LAYERS`] | read looks and products, and put looks together |
//! | [`look::Category`], [`look::Finish`], [`look::Shade`], [`look::Wing`] | sort, filter and change what is worn |
//! | [`look::Mask`], [`look::Chart`] | read masks, list those that are built in, and draw them for their artist |
//! | [`look::Part`], [`look::LookError`] | find the files that a look names; say where a file is wrong |
//! | [`matching::match_foundations`], [`matching::Match`], [`matching::Depth`], [`matching::Undertone`] | recommend a foundation, and say how it differs from the skin |
//! | [`swatch::paint`] | show a product before it is worn |
//!
//! **Station 6, render**
//!
//! | name | a host needs it to |
//! |---|---|
//! | [`render::Renderer`], [`render::Pipelines`] | draw into its own pass; share compiled pipelines between renderers |
//! | [`render::View`], [`render::ContentFit`], [`render::CropPx`], [`render::WornSpan`] | say how the frame lands in the target, and which part of it is worn |
//! | [`render::Offscreen`], [`render::read_texture`] | get pixels instead of a window |
//! | [`render::RenderError`] | report that a GPU is missing, too small or lost |

mod catmull_rom;
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

/// Models as verified bytes, the canonical face and the names of its vertices.
pub use carmine_models as models;
/// Vectors and matrices, which the engine's signatures hold.
pub use glam;
/// The GPU interface, which the renderer's signatures hold.
pub use wgpu;
