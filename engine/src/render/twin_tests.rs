//! The GPU's pixels against the CPU twin of the same formulas, fed with the very mask that the GPU drew.

use carmine_shaders::ZONE_MAP_SIDE;
use carmine_shaders::cpu::{composite, linear_from_srgb, srgb_from_linear};
use glam::{UVec2, Vec2, Vec3, Vec4};

use super::offscreen::read;
use super::{Offscreen, RenderError};
use crate::face::{FaceId, FittedFace, Landmarks, MESH_VERTEX_COUNT, rings};
use crate::frame::{Frame, PixelFormat};
use crate::light::{Light, LightEstimator, RoomLight};
use crate::look::Look;
use crate::scene::Scene;

const SIDE: u32 = 160;

fn device() -> (wgpu::Device, wgpu::Queue) {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = pollster::block_on(instance.request_adapter(&Default::default()))
        .expect("no GPU adapter: apt install mesa-vulkan-drivers");
    pollster::block_on(adapter.request_device(&wgpu::DeviceDescriptor {
        required_limits: super::Renderer::required_limits(),
        ..Default::default()
    }))
    .unwrap()
}

/// A face that is only lips: four rings of ellipses, normals bent outwards, slightly open.
fn lips() -> FittedFace {
    let mut landmarks_px = Landmarks::default();
    let mut normals_camera = Box::new([Vec3::Z; MESH_VERTEX_COUNT]);
    let rings = [rings::LIPS_OUTER, rings::LIPS_OUTER_MIDDLE, rings::LIPS_INNER_MIDDLE, rings::LIPS_INNER];
    for (row, ring) in rings.into_iter().enumerate() {
        let inwards = row as f32 / 3.0;
        let radius = Vec2::new(60.0 - 14.0 * inwards, 32.0 - 26.0 * inwards);
        for (point, vertex) in ring.into_iter().enumerate() {
            let angle = std::f32::consts::PI * (1.0 - point as f32 / 10.0);
            let spoke = Vec2::new(angle.cos(), angle.sin());
            landmarks_px[usize::from(vertex)] = (Vec2::splat(80.0) + spoke * radius).extend(0.0);
            let tilt = spoke * Vec2::new(0.5, -0.7) * (0.6 - inwards);
            normals_camera[usize::from(vertex)] = tilt.extend(1.0).normalize_or(Vec3::Z);
        }
    }
    landmarks_px[33] = Vec3::new(20.0, 10.0, 0.0);
    landmarks_px[263] = Vec3::new(140.0, 10.0, 0.0);
    FittedFace {
        id: FaceId(0),
        presence: 1.0,
        landmarks_px,
        camera_from_face: glam::Mat4::IDENTITY,
        mesh_face_cm: Box::new([Vec3::ZERO; MESH_VERTEX_COUNT]),
        normals_camera,
        visibility: Box::new([1.0; MESH_VERTEX_COUNT]),
    }
}

/// Uneven skin with highlights and grain.
fn picture() -> Vec<u8> {
    let mut seed = 7u32;
    (0..SIDE * SIDE)
        .flat_map(|i| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = (seed >> 24) as f32 / 16.0;
            let wave = ((i % SIDE) as f32 / 9.0).sin() * 40.0 + ((i / SIDE) as f32 / 5.0).cos() * 30.0;
            let glint = if i % 97 == 0 { 60.0 } else { 0.0 };
            [150.0, 95.0, 85.0].map(|base: f32| (base + wave + grain + glint).clamp(0.0, 255.0) as u8)
        })
        .collect()
}

fn look(finish: &str, shade: &str, coverage: f32, amount: f32) -> Look {
    let layer = |amount: f32, finish: &str, coverage: f32| {
        format!(
            "[[layers]]\namount = {amount}\nproduct = {{ name = \"P\", category = \"lipstick\", shade = \"{shade}\", \
             coverage = {coverage}, finish = \"{finish}\" }}\n"
        )
    };
    let text = format!("name = \"L\"\n{}{}", layer(amount, finish, coverage), layer(0.5, "gloss", 0.1));
    Look::from_toml("test", &text, &mut |_, _| None).unwrap()
}

fn read_mask(offscreen: &Offscreen) -> Result<Vec<u8>, RenderError> {
    let (device, queue) = offscreen.device();
    let mask = offscreen.renderer().mask().unwrap();
    let padded = (SIDE * 4).next_multiple_of(256);
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(padded * SIDE),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let mut encoder = device.create_command_encoder(&Default::default());
    let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(padded), rows_per_image: None };
    encoder.copy_texture_to_buffer(
        mask.as_image_copy(),
        wgpu::TexelCopyBufferInfo { buffer: &buffer, layout },
        mask.size(),
    );
    queue.submit([encoder.finish()]);
    let mut out = Vec::new();
    read(device, &buffer, padded as usize, SIDE as usize * 4, &mut out)?;
    Ok(out)
}

fn zone_at(map: &[Vec4], rect: Vec4, at: Vec2) -> Vec4 {
    let last = (ZONE_MAP_SIDE - 1) as f32;
    let texel = (at - Vec2::new(rect.x, rect.y)) / Vec2::new(rect.z, rect.w) * ZONE_MAP_SIDE as f32 - 0.5;
    let texel = texel.clamp(Vec2::ZERO, Vec2::splat(last));
    let low = texel.as_uvec2();
    let high = (low + 1).min(UVec2::splat(last as u32));
    let part = texel - low.as_vec2();
    let get = |x: u32, y: u32| map[y as usize * ZONE_MAP_SIDE + x as usize];
    let row = |y: u32| get(low.x, y).lerp(get(high.x, y), part.x);
    row(low.y).lerp(row(high.y), part.y)
}

#[test]
fn every_finish_equals_its_cpu_twin_within_one_of_255() {
    let (device, queue) = device();
    let mut offscreen = Offscreen::new(&device, &queue).unwrap();
    let pixels = picture();
    let frame = Frame::new(&pixels, PixelFormat::Rgb8, SIDE, SIDE).unwrap();
    let faces = [lips()];
    let rooms = [None, Some(RoomLight { white_linear: Vec3::new(1.1, 0.98, 0.85), exposure: 0.7 })];
    for (finish, room) in ["matte", "satin", "gloss"].into_iter().flat_map(|f| rooms.map(|r| (f, r))) {
        for (shade, coverage, amount) in [("#b3152a", 0.97, 1.0), ("#4f1730", 0.985, 2.0), ("#f0c8b8", 0.4, 0.7)] {
            let look = look(finish, shade, coverage, amount);
            let mut estimator = room.map_or_else(LightEstimator::default, LightEstimator::calibrated);
            let light = estimator.estimate(&frame, &faces);
            let mut gpu = Vec::new();
            offscreen.render(&Scene::new(frame, &faces, light, &look), &mut gpu).unwrap();
            let mask = read_mask(&offscreen).unwrap();

            let dressed = &offscreen.renderer().dressed().faces()[0];
            let linear = |x: i32, y: i32| {
                let edge = |v: i32| v.clamp(0, SIDE as i32 - 1) as u32;
                linear_from_srgb(Vec3::from(frame.rgb_at(edge(x), edge(y)).map(f32::from)) / 255.0)
            };
            let mut worn = 0;
            for (index, (mask, seen)) in mask.chunks_exact(4).zip(gpu.chunks_exact(4)).enumerate() {
                let (x, y) = ((index as u32 % SIDE) as i32, (index as u32 / SIDE) as i32);
                let bare = frame.rgb_at(x as u32, y as u32);
                if mask[3] == 0 {
                    assert_eq!(seen[..3], bare, "bare pixel {x},{y}");
                    continue;
                }
                worn += 1;
                let mask = Vec4::from_array(std::array::from_fn(|c| f32::from(mask[c]))) / 255.0;
                let at = Vec2::new(x as f32, y as f32);
                let zone = zone_at(&dressed.lips_light[..], dressed.face.map_rect_px, at);
                let pixel = linear(x, y);
                let beside = [(1, 0), (-1, 0), (0, 1), (0, -1)].map(|(dx, dy)| linear(x + dx, y + dy));
                let around = 0.5 * pixel + 0.125 * beside.into_iter().sum::<Vec3>();
                let twin = (srgb_from_linear(composite(pixel, around, mask, zone, &dressed.face)) * 255.0).round();
                let seen = Vec3::new(f32::from(seen[0]), f32::from(seen[1]), f32::from(seen[2]));
                assert!(
                    (twin - seen).abs().max_element() <= 1.0,
                    "{finish} {shade} at {x},{y}: GPU {seen}, CPU {twin}, mask {mask}"
                );
            }
            assert!(worn > 2000, "only {worn} pixels wear something");
        }
    }
}

#[test]
fn a_frame_beyond_the_device_is_refused_by_name() {
    let (device, queue) = device();
    let limit = device.limits().max_texture_dimension_2d;
    let data = vec![0; limit as usize * 4 + 4];
    let frame = Frame::new(&data, PixelFormat::Rgba8, limit + 1, 1).unwrap();
    let (light, look) = (Light::default(), Look::bare());
    let scene = Scene::new(frame, &[], &light, &look);
    let error = Offscreen::new(&device, &queue).unwrap().render(&scene, &mut Vec::new()).unwrap_err();
    assert!(matches!(error, RenderError::TooLarge { .. }) && error.to_string().contains("smaller"));
}
