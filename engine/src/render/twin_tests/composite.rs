//! The picture: every pixel of it from what the GPU drew into its buffers.

use carmine_shaders::cpu::{linear_from_srgb, srgb_from_linear};
use glam::Vec3;

use super::worn_pixel::Inputs;
use super::{Seen, look_of, offscreen};
use crate::face::{OCCLUSION_SIDE, Occlusion};
use crate::frame::{Frame, PixelFormat};
use crate::light::{LightEstimator, PreviewLight, RoomLight};
use crate::look::Finish;
use crate::render::Offscreen;
use crate::scene::Scene;

/// Share of worn pixels that may be off by more: films are sampled with weights of about 8 bits, which shows where an
/// edge of a mask is steep, and a flake's cell can end in the very middle of a pixel. By two of 255, flakes by more.
const OUTLIERS: f32 = 0.001;

/// The same of a blown-out face: the light on it multiplies the error of a film's sample by up to six.
const OUTLIERS_BLOWN: f32 = 0.01;

/// Compares every pixel; counts those that wear something.
fn compare(offscreen: &mut Offscreen, scene: &Scene<'_>, what: &str) {
    compare_within(OUTLIERS, offscreen, scene, what);
}

fn compare_within(outliers: f32, offscreen: &mut Offscreen, scene: &Scene<'_>, what: &str) {
    let mut gpu = Vec::new();
    offscreen.render(scene, &mut gpu).unwrap();
    let inputs = Inputs::of(offscreen, scene);
    let (width, (pixels, _)) = (scene.frame.width() as usize, scene.frame.as_rgba().unwrap());
    let (mut worn, mut off) = (0, Vec::new());
    for (index, (seen, bare)) in gpu.chunks_exact(4).zip(pixels.chunks_exact(4)).enumerate() {
        let (x, y) = (index % width, index / width);
        let rgb = |pixel: &[u8]| Vec3::new(f32::from(pixel[0]), f32::from(pixel[1]), f32::from(pixel[2]));
        let twin = inputs.worn(x, y);
        worn += usize::from(twin.is_some());
        let seen = rgb(seen);
        if !twin.as_ref().map_or(seen == rgb(bare), |twin| twin.is(seen)) {
            let twin = twin.map_or(rgb(bare), |twin| twin.exact());
            off.push(format!("{x},{y}: GPU {seen}, CPU {twin}"));
        }
    }
    assert!(worn > 4000, "{what}: only {worn} pixels wear something");
    assert!(off.len() as f32 <= outliers * worn as f32, "{what}: {} of {worn} pixels: {off:?}", off.len());
}

#[test]
fn every_finish_equals_its_cpu_twin_within_one_of_255() {
    let mut offscreen = offscreen();
    for name in ["light_skin.png", "dark_skin.png"] {
        let seen = Seen::input(name);
        let finishes = if name == "light_skin.png" { &Finish::ALL[..] } else { &[Finish::Gloss, Finish::Shimmer] };
        for &finish in finishes {
            let look = look_of(finish, 1.0);
            compare(&mut offscreen, &seen.scene(&look), &format!("{name} {}", finish.name()));
        }
    }
}

#[test]
fn a_blown_out_face_and_one_in_strong_red_light_equal_their_cpu_twin() {
    let mut offscreen = offscreen();
    for light in [Vec3::splat(2.0), Vec3::splat(4.0), Vec3::new(1.4, 0.2, 0.15)] {
        let mut seen = Seen::input("light_skin.png");
        for pixel in seen.pixels.chunks_exact_mut(4) {
            let linear = linear_from_srgb(Vec3::from([pixel[0], pixel[1], pixel[2]].map(f32::from)) / 255.0);
            let bytes = (srgb_from_linear(linear * light) * 255.0 + 0.5).to_array().map(|value| value as u8);
            pixel[..3].copy_from_slice(&bytes);
        }
        let frame = Frame::new(&seen.pixels, PixelFormat::Rgba8, seen.size.0, seen.size.1).unwrap();
        seen.light = LightEstimator::default().estimate(&frame, &seen.faces).clone();
        let look = look_of(Finish::Satin, 0.7);
        compare_within(OUTLIERS_BLOWN, &mut offscreen, &seen.scene(&look), &format!("in {light}"));
    }
}

#[test]
fn a_coloured_room_and_what_covers_the_face_equal_their_cpu_twin() {
    let mut offscreen = offscreen();
    let mut seen = Seen::input("light_skin.png");
    let room = RoomLight { white_linear: Vec3::new(1.15, 0.97, 0.72), exposure: 0.7 };
    let frame = Frame::new(&seen.pixels, PixelFormat::Rgba8, seen.size.0, seen.size.1).unwrap();
    seen.light = LightEstimator::with_room(room).estimate(&frame, &seen.faces).clone();
    // Waves from clear to covered and back.
    let mut map = Box::new([0; OCCLUSION_SIDE * OCCLUSION_SIDE]);
    for (index, covered) in map.iter_mut().enumerate() {
        let wave = (index % OCCLUSION_SIDE) as f32 * 0.4 + (index / OCCLUSION_SIDE) as f32 * 0.3;
        *covered = (wave.sin() * 200.0 + 100.0).clamp(0.0, 255.0) as u8;
    }
    let occlusion = [Occlusion { map, ..Default::default() }];
    for (finish, preview) in [(Finish::Satin, PreviewLight::Off), (Finish::Glitter, PreviewLight::Evening)] {
        let look = look_of(finish, 0.7);
        let scene = seen.scene(&look).with_preview(preview).with_occlusion(&occlusion);
        compare(&mut offscreen, &scene, &format!("coloured room, {preview:?}, {}", finish.name()));
    }
}
