//! Station 4: estimates the light in the room and on each face from a frame. It borrows the pixels and keeps none.
//!
//! [`LightEstimator`] runs the station (`estimator` lists its steps). Its result is a [`Light`]: the room's white point
//! and exposure, and for each face the light as spherical harmonics, maps of the bare skin and lips, the irises'
//! colours, the brows' hair, the skin tone, and whether colours can be trusted.
//! [`PreviewLight`] is a light to look at make-up in that is not the room's.

mod blown;
mod blur;
mod brow;
mod chroma;
mod chromatic_adaptation;
mod colour_doubt;
mod diffuse;
mod estimator;
mod exposure;
mod face_light;
mod face_skin;
mod illumination;
mod iris;
mod irradiance_fit;
mod key_light;
mod landmark_points;
mod lip_edges;
mod lip_map;
mod map_rect;
mod pixel;
mod preview_light;
mod push_pull;
mod ranked_colours;
mod room_estimate;
mod room_light;
mod sclera;
mod shading_plane;
mod skin_colour;
mod skin_map;
mod skin_mesh;
mod skin_samples;
mod specular;
mod spherical_harmonics;
#[cfg(test)]
pub(crate) mod synthetic;
#[cfg(test)]
mod tests;
mod texels;
mod tone;
mod tone_reader;
mod white_point;

pub(crate) use brow::BrowHair;
pub use carmine_shaders::cpu::MONK_SRGB;
pub(crate) use chromatic_adaptation::light_from_neutral;
pub use colour_doubt::ColourDoubt;
pub use estimator::LightEstimator;
pub use face_light::{FaceLight, Light};
pub(crate) use lip_edges::LipEdges;
pub use lip_map::LipMap;
pub use preview_light::PreviewLight;
pub use room_light::RoomLight;
pub use skin_map::SkinMap;
pub use tone::{SkinTone, ToneReading, ToneRejection, ita_deg};
