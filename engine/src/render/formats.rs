//! Formats of the textures that passes draw into and read again.

use wgpu::TextureFormat;

/// Of a film atlas: reflectance, transmittance, surface, tint.
pub(super) const FILMS: [TextureFormat; 4] =
    [TextureFormat::Rgba16Float, TextureFormat::Rgba16Float, TextureFormat::Rgba8Unorm, TextureFormat::Rgba8Unorm];
/// Of the G-buffer's meshes and curves.
pub(super) const SURFACE: TextureFormat = TextureFormat::Rgba16Uint;
/// Of the G-buffer's lashes.
pub(super) const STROKE: TextureFormat = TextureFormat::R8Unorm;
/// Of the G-buffer's depth.
pub(super) const DEPTH: TextureFormat = TextureFormat::Depth16Unorm;
/// Of the camera frame. Not an sRGB format: bare pixels are not decoded, so they stay bit-identical.
pub(super) const FRAME: TextureFormat = TextureFormat::Rgba8Unorm;
/// Of the maps of a face's bare skin and lips.
pub(super) const ZONE_MAP: TextureFormat = TextureFormat::Rgba16Float;
/// Of the maps of what hides a face.
pub(super) const OCCLUSION: TextureFormat = TextureFormat::R8Unorm;
/// Of the masks that are baked.
pub(super) const MASK: TextureFormat = TextureFormat::R8Unorm;
