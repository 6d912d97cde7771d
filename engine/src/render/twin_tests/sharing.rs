//! Several renderers on one device: pipelines shared, pictures the same; and one submission in place of two.

use super::{Seen, device, look_of, offscreen};
use crate::look::{Finish, Look};
use crate::render::{Offscreen, Pipelines, Renderer, View, read_texture};
use crate::scene::Scene;

const BGRA: wgpu::TextureFormat = wgpu::TextureFormat::Bgra8Unorm;
const RGBA: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

#[test]
fn renderers_with_shared_pipelines_compile_each_of_them_once() {
    let (device, queue) = device();
    let pipelines = Pipelines::new(&device).unwrap();
    let renderer = |format| Renderer::with_pipelines(&pipelines, &queue, format).unwrap();
    let (mirror, studio) = (renderer(BGRA), Offscreen::with_pipelines(&pipelines, &queue).unwrap());
    let (other, alone) = (renderer(BGRA), Renderer::new(&device, &queue, BGRA).unwrap());
    let independent = |renderer: &Renderer| {
        let (pipelines, _) = renderer.pipelines();
        let (bake, geometry) = (pipelines.bake(), pipelines.geometry());
        [&bake.bake, &bake.downsample, &geometry.mesh, &geometry.curve, &geometry.stroke].map(Clone::clone)
    };
    let composite = |renderer: &Renderer| {
        let (_, composite) = renderer.pipelines();
        [&composite.frame, &composite.skin, &composite.features].map(Clone::clone)
    };
    // What no target's format matters to is shared by all, the rest by those that have the same format.
    assert_eq!(independent(&mirror), independent(studio.renderer()));
    assert_eq!(composite(&mirror), composite(&other));
    assert!(composite(&mirror).iter().zip(&composite(studio.renderer())).all(|(bgra, rgba)| bgra != rgba));
    assert!(independent(&mirror).iter().zip(&independent(&alone)).all(|(shared, own)| shared != own));
}

#[test]
fn renderers_with_shared_pipelines_draw_the_same_side_by_side() {
    let seen = Seen::input("light_skin.png");
    let (satin, gloss) = (look_of(Finish::Satin, 1.0), look_of(Finish::Gloss, 0.7));
    let render = |offscreen: &mut Offscreen, look: &Look| {
        let mut out = Vec::new();
        offscreen.render(&seen.scene(look), &mut out).unwrap();
        out
    };
    let expected = [&satin, &gloss].map(|look| render(&mut offscreen(), look));
    let (device, queue) = device();
    let pipelines = Pipelines::new(&device).unwrap();
    let mut both = [&satin, &gloss].map(|_| Offscreen::with_pipelines(&pipelines, &queue).unwrap());
    for _ in 0..2 {
        for ((offscreen, look), expected) in both.iter_mut().zip([&satin, &gloss]).zip(&expected) {
            assert!(render(offscreen, look) == *expected, "{}", look.name);
        }
    }
}

/// How a frame's passes get to the queue.
#[derive(Clone, Copy, PartialEq)]
enum By {
    /// Submitted by the renderer, before the pass that shows it.
    Preparing,
    /// In the encoder of that pass.
    Recording,
    /// All frames in one encoder.
    RecordingTogether,
}

/// Draws scenes one after the other with one renderer, each into a target of its own.
fn draw(seen: &Seen, scenes: &[Scene<'_>], by: By) -> Vec<Vec<u8>> {
    let (device, queue) = device();
    let mut renderer = Renderer::new(&device, &queue, RGBA).unwrap();
    let view = View::same_size(seen.size.0, seen.size.1);
    let mut encoder = device.create_command_encoder(&Default::default());
    let mut targets = Vec::new();
    for scene in scenes {
        let target = device.create_texture(&wgpu::TextureDescriptor {
            label: None,
            size: wgpu::Extent3d { width: seen.size.0, height: seen.size.1, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: RGBA,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        match by {
            By::Preparing => renderer.prepare(scene, &view).unwrap(),
            By::Recording | By::RecordingTogether => renderer.record(&mut encoder, scene, &view).unwrap(),
        }
        {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &target.create_view(&Default::default()),
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations::default(),
                })],
                ..Default::default()
            });
            renderer.draw(&mut pass);
        }
        if by != By::RecordingTogether {
            let recorded = std::mem::replace(&mut encoder, device.create_command_encoder(&Default::default()));
            queue.submit([recorded.finish()]);
        }
        targets.push(target);
    }
    queue.submit([encoder.finish()]);
    let pixels = targets.iter().map(|target| {
        let mut out = Vec::new();
        read_texture(&device, &queue, target, &mut out).unwrap();
        out
    });
    pixels.collect()
}

#[test]
fn recording_into_the_hosts_encoder_draws_what_preparing_draws() {
    let mut seen = Seen::input("light_skin.png");
    // Two faces in looks that are new in the same frame, so that both are baked in one submission.
    seen.faces.push(seen.faces[0].clone());
    seen.light.faces.push(seen.light.faces[0].clone());
    seen.faces[1].landmarks_px.iter_mut().for_each(|point| point.x += 40.0);
    let (satin, glitter, bare) = (look_of(Finish::Satin, 1.0), look_of(Finish::Glitter, 0.8), Look::bare());
    let looks = [[&satin, &glitter], [&glitter, &satin], [&bare, &bare]];
    let scenes = looks.each_ref().map(|looks| seen.scene(&bare).with_looks(looks));
    let prepared = draw(&seen, &scenes, By::Preparing);
    assert!(prepared[0] != prepared[1] && prepared[1] != prepared[2]);
    assert_eq!(prepared[2], seen.pixels);
    for by in [By::Recording, By::RecordingTogether] {
        for (index, (prepared, recorded)) in prepared.iter().zip(draw(&seen, &scenes, by)).enumerate() {
            assert!(*prepared == recorded, "scene {index}");
        }
    }
}
