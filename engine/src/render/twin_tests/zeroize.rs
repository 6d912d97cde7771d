//! What is left of a person when a session ends.

use super::read_back::bytes;
use super::{Seen, look_of, offscreen};
use crate::dress::DressedFace;
use crate::face::{OCCLUSION_SIDE, Occlusion};
use crate::look::Finish;
use crate::render::Offscreen;

/// What each texture and each buffer that held anything of a frame holds now.
fn held(offscreen: &Offscreen) -> Vec<(String, Vec<u8>)> {
    let (device, queue) = offscreen.device();
    let (mut textures, mut buffers) = offscreen.renderer().held();
    let sized = offscreen.sized().unwrap();
    textures.push(&sized.texture);
    buffers.push(&sized.readback);
    let of_textures = textures.into_iter().map(|texture| (format!("{texture:?}"), bytes(offscreen, texture, 0)));
    let of_buffers = buffers.into_iter().map(|buffer| {
        let is_mappable = buffer.usage().contains(wgpu::BufferUsages::MAP_READ);
        let copy = device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: buffer.size(),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let mut encoder = device.create_command_encoder(&Default::default());
        if !is_mappable {
            encoder.copy_buffer_to_buffer(buffer, 0, &copy, 0, buffer.size());
        }
        queue.submit([encoder.finish()]);
        let (mut out, size) = (Vec::new(), buffer.size() as usize);
        crate::render::offscreen::read(device, if is_mappable { buffer } else { &copy }, size, size, &mut out).unwrap();
        (format!("{buffer:?}"), out)
    });
    of_textures.chain(of_buffers.collect::<Vec<_>>()).collect()
}

#[test]
fn a_renderer_that_forgot_holds_zeros_and_draws_as_before() {
    let mut offscreen = offscreen();
    let (seen, look) = (Seen::input("light_skin.png"), look_of(Finish::Satin, 1.0));
    let occlusion = [Occlusion { map: Box::new([7; OCCLUSION_SIDE * OCCLUSION_SIDE]), ..Default::default() }];
    let scene = seen.scene(&look).with_occlusion(&occlusion);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    offscreen.render(&scene, &mut before).unwrap();
    let something = held(&offscreen);
    assert!(something.len() > 10, "{}", something.len());
    for (what, bytes) in something {
        assert!(bytes.iter().any(|&byte| byte != 0), "{what} held nothing to overwrite");
    }

    let staged = offscreen.renderer().staging().held();
    assert!(!staged.is_empty() && staged.iter().all(|bytes| bytes.iter().any(|&byte| byte != 0)));

    offscreen.zeroize();
    let staged = offscreen.renderer().staging().held();
    assert!(!staged.is_empty() && staged.iter().all(|bytes| bytes.iter().all(|&byte| byte == 0)));
    for (what, bytes) in held(&offscreen) {
        assert!(bytes.iter().all(|&byte| byte == 0), "{what}");
    }
    let renderer = offscreen.renderer();
    let dressed = format!("{:?}", renderer.dressed());
    assert!(dressed.contains(&format!("faces: [{:?}]", DressedFace::default())));
    assert!(bytemuck::bytes_of(renderer.scene_uniforms()).iter().all(|&byte| byte == 0));

    offscreen.render(&scene, &mut after).unwrap();
    assert_eq!(before, after);
}
