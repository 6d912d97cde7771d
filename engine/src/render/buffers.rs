use glam::{UVec2, Vec2, Vec4};

use super::View;
use super::textures::{Spec, view_of};

/// Buffers grow in steps of this, so that a face coming nearer does not make new ones for every frame.
const STEP: u32 = 128;
/// The longest side: what the smallest devices allow. A larger face is drawn coarser.
const SIDE_MAX: u32 = 2048;

pub(super) const PLACE_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Uint;
pub(super) const STROKE_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::R8Unorm;
pub(super) const DEPTH_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Depth16Unorm;

/// Where on the faces each pixel of the target's worn part lies.
#[derive(Debug)]
pub(super) struct ChartBuffers {
    pub mesh: wgpu::Texture,
    pub mesh_view: wgpu::TextureView,
    pub curve_view: wgpu::TextureView,
    pub stroke_view: wgpu::TextureView,
    pub depth_view: wgpu::TextureView,
}

impl ChartBuffers {
    pub fn new(device: &wgpu::Device, size: UVec2) -> Self {
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC;
        let create = |label, format, usage| {
            Spec { label, width: size.x, height: size.y, layers: 1, levels: 1, format, usage }.create(device)
        };
        let mesh = create("carmine face places", PLACE_FORMAT, usage);
        let curve = create("carmine curve places", PLACE_FORMAT, usage);
        let stroke = create("carmine strokes", STROKE_FORMAT, usage);
        let depth = create("carmine depth", DEPTH_FORMAT, wgpu::TextureUsages::RENDER_ATTACHMENT);
        Self {
            mesh_view: view_of(&mesh, false),
            curve_view: view_of(&curve, false),
            stroke_view: view_of(&stroke, false),
            depth_view: view_of(&depth, false),
            mesh,
        }
    }

    pub fn size(&self) -> UVec2 {
        UVec2::new(self.mesh.width(), self.mesh.height())
    }
}

/// The part of the target that buffers cover.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    low_px: Vec2,
    size_px: Vec2,
    target_px: Vec2,
}

impl Window {
    /// Around rectangles in `frame_px`; `None` if nothing of them is inside the target.
    pub fn around(rects_px: impl Iterator<Item = Vec4>, frame_size_px: Vec2, view: &View) -> Option<Self> {
        let target_px = view.target_px();
        let target_from_frame = |position_px: Vec2| view.target_from_frame_px(frame_size_px, position_px);
        let (low, high) = rects_px.fold((Vec2::MAX, Vec2::MIN), |(low, high), rect| {
            let one = target_from_frame(Vec2::new(rect.x, rect.y));
            let two = target_from_frame(Vec2::new(rect.x + rect.z, rect.y + rect.w));
            (low.min(one).min(two), high.max(one).max(two))
        });
        let (low_px, high_px) = (low.floor().max(Vec2::ZERO), high.ceil().min(target_px));
        low_px.cmplt(high_px).all().then(|| Self { low_px, size_px: high_px - low_px, target_px })
    }

    /// Size of the buffers for this window: at least what `old` had, for faces move back and forth.
    pub fn buffer_size(&self, old: UVec2) -> UVec2 {
        let wanted = self.size_px.as_uvec2().map(|side| side.next_multiple_of(STEP));
        let fits = |side: u32, old: u32| if old >= side && old <= 2 * side + STEP { old } else { side };
        UVec2::new(fits(wanted.x, old.x), fits(wanted.y, old.y)).min(UVec2::splat(SIDE_MAX))
    }

    /// Scale and offset from the target's clip space to that of buffers of `buffer_size` texels, one to a pixel of the
    /// target as long as the window is not larger.
    pub fn buffer_from_clip(&self, buffer_size: UVec2) -> (Vec2, Vec2) {
        let texels_per_px = (buffer_size.as_vec2() / self.size_px).min(Vec2::ONE);
        let covered_px = buffer_size.as_vec2() / texels_per_px;
        // x: target pixel = (clip + 1) / 2 · target, buffer clip = (pixel − low) / covered · 2 − 1; y runs the other way.
        let scale = self.target_px / covered_px;
        let offset = (self.target_px - 2.0 * self.low_px) / covered_px - 1.0;
        (scale, offset * Vec2::new(1.0, -1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Fit;

    #[test]
    fn a_target_pixel_falls_on_its_texel() {
        let view = View { fit: Fit::Cover, mirrored: true, ..View::same_size(1080, 1920) };
        let frame = Vec2::new(1280.0, 720.0);
        let window = Window::around([Vec4::new(500.0, 200.0, 200.0, 300.0)].into_iter(), frame, &view).unwrap();
        let size = window.buffer_size(UVec2::ZERO);
        let (scale, offset) = window.buffer_from_clip(size);
        let texel_of = |target_px: Vec2| {
            let clip = target_px / window.target_px * Vec2::new(2.0, -2.0) + Vec2::new(-1.0, 1.0);
            let buffer = clip * scale + offset;
            (buffer * Vec2::new(0.5, -0.5) + 0.5) * size.as_vec2()
        };
        for at in [Vec2::new(0.5, 0.5), Vec2::new(100.5, 31.5)] {
            assert!(texel_of(window.low_px + at).abs_diff_eq(at, 1e-2), "{}", texel_of(window.low_px + at));
        }
    }

    #[test]
    fn buffers_stay_while_faces_move_and_shrink_when_they_leave() {
        let window =
            |side: f32| Window { low_px: Vec2::ZERO, size_px: Vec2::splat(side), target_px: Vec2::splat(4000.0) };
        let size = window(500.0).buffer_size(UVec2::ZERO);
        assert_eq!(size, UVec2::splat(512));
        assert_eq!(window(400.0).buffer_size(size), size);
        assert_eq!(window(100.0).buffer_size(size), UVec2::splat(128));
        assert_eq!(window(3000.0).buffer_size(size), UVec2::splat(2048));
    }

    #[test]
    fn nothing_in_sight_needs_no_buffers() {
        let view = View::same_size(640, 480);
        let beyond = [Vec4::new(700.0, 10.0, 50.0, 50.0)];
        assert_eq!(Window::around(beyond.into_iter(), Vec2::new(640.0, 480.0), &view), None);
    }
}
