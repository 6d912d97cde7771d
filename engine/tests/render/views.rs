//! A picture shown larger, cut or mirrored wears the same in the same places.

use std::sync::Mutex;

use carmine::Scene;
use carmine::face::FittedFace;
use carmine::look::{Category, Look};
use carmine::render::{ContentFit, Renderer, View};
use glam::Vec3;
use image::{RgbaImage, imageops};

use crate::fixture::{Observed, device, observed};
use crate::products::{Product, full_look};
use crate::regions::changed;

/// Draws into a target of its own, one scene after the other with the same renderer.
pub fn draw_all(scenes: &[Scene<'_>], view: &View, format: wgpu::TextureFormat) -> Vec<RgbaImage> {
    let (device, queue) = device();
    static SHARED: Mutex<Vec<(wgpu::TextureFormat, Renderer)>> = Mutex::new(Vec::new());
    let mut renderers = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let known = renderers.iter().position(|(of, _)| *of == format).unwrap_or_else(|| {
        renderers.push((format, Renderer::new(device, queue, format).unwrap()));
        renderers.len() - 1
    });
    let renderer = &mut renderers[known].1;
    let (width, height) = (view.target_width, view.target_height);
    let target = device.create_texture(&wgpu::TextureDescriptor {
        label: None,
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
        view_formats: &[],
    });
    let padded = (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(padded * height),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let draw = |scene: &Scene<'_>| {
        renderer.prepare(scene, view).unwrap();
        let target_view = target.create_view(&Default::default());
        let mut encoder = device.create_command_encoder(&Default::default());
        {
            let ops = wgpu::Operations { load: wgpu::LoadOp::Clear(wgpu::Color::BLACK), store: wgpu::StoreOp::Store };
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: &target_view,
                    depth_slice: None,
                    resolve_target: None,
                    ops,
                })],
                ..Default::default()
            });
            renderer.draw(&mut pass);
        }
        let layout = wgpu::TexelCopyBufferLayout { offset: 0, bytes_per_row: Some(padded), rows_per_image: None };
        let to = wgpu::TexelCopyBufferInfo { buffer: &buffer, layout };
        encoder.copy_texture_to_buffer(target.as_image_copy(), to, target.size());
        queue.submit([encoder.finish()]);
        buffer.map_async(wgpu::MapMode::Read, .., |result| result.unwrap());
        device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
        let rows: Vec<u8> = {
            let mapped = buffer.get_mapped_range(..).unwrap();
            mapped.chunks_exact(padded as usize).flat_map(|row| row[..width as usize * 4].to_vec()).collect()
        };
        buffer.unmap();
        RgbaImage::from_raw(width, height, rows).unwrap()
    };
    scenes.iter().map(draw).collect()
}

pub const PLAIN: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// Bare and worn in one view.
pub fn pair(seen: &Observed, look: &Look, view: &View) -> [RgbaImage; 2] {
    let bare = Look::bare();
    let mut both = draw_all(&[seen.scene(&bare), seen.scene(look)], view, PLAIN).into_iter();
    [both.next().unwrap(), both.next().unwrap()]
}

/// What a look adds, per channel.
fn added([bare, worn]: &[RgbaImage; 2]) -> Vec<f32> {
    bare.iter().zip(worn.iter()).map(|(a, b)| f32::from(*b) - f32::from(*a)).collect()
}

/// Averages of `times`×`times` pixels from `left`, `top` on, as many as fit.
fn reduced(picture: &RgbaImage, times: u32) -> RgbaImage {
    RgbaImage::from_fn(picture.width() / times, picture.height() / times, |x, y| {
        let mut sum = [0; 4];
        for (dx, dy) in (0..times).flat_map(|dy| (0..times).map(move |dx| (dx, dy))) {
            let pixel = picture.get_pixel(x * times + dx, y * times + dy);
            (0..4).for_each(|c| sum[c] += u32::from(pixel[c]));
        }
        image::Rgba(sum.map(|sum| ((sum + times * times / 2) / (times * times)) as u8))
    })
}

#[test]
fn shown_larger_a_product_lies_in_the_same_places() {
    for category in Category::ALL {
        let seen = observed("open_mouth.jpg");
        let look = Product::of(category).with_finish("matte").look();
        let (width, height) = seen.picture.dimensions();
        let times = 2;
        let view = View { target_width: width * times, target_height: height * times, ..View::same_size(0, 0) };
        let large = pair(seen, &look, &view).map(|picture| reduced(&picture, times));
        let small = pair(seen, &look, &View::same_size(width, height));
        let (large, small) = (added(&large), added(&small));
        let total: f32 = small.iter().map(|d| d.abs()).sum();
        let off: f32 = small.iter().zip(&large).map(|(a, b)| (a - b).abs()).sum();
        // One sample a pixel at the size of the frame, an average of several when it is shown larger: they differ
        // where something is about a pixel wide.
        let fine = matches!(category, Category::Mascara | Category::Lashes | Category::Eyeliner | Category::Lens);
        let allowed = if fine { 0.4 } else { 0.12 };
        assert!(off < allowed * total, "{category:?} ×{times}: {off} of {total}");
        let sum = |added: &[f32]| added.iter().sum::<f32>();
        let (one, other) = (sum(&small), sum(&large));
        assert!((one - other).abs() < 0.12 * total, "{category:?} ×{times}: {one} {other}");
    }
}

#[test]
fn a_mirrored_view_is_the_view_mirrored() {
    let seen = observed("dark_skin.png");
    let look = full_look();
    let (width, height) = seen.picture.dimensions();
    let plain = View::same_size(width, height);
    let [_, worn] = pair(seen, &look, &plain);
    let [bare, mirrored] = pair(seen, &look, &View { mirrored: true, ..plain });
    assert_eq!(changed(&imageops::flip_horizontal(&seen.picture), &bare), []);
    // A pixel on an edge between two triangles may fall to the other one.
    let back = imageops::flip_horizontal(&mirrored);
    let off = worn.pixels().zip(back.pixels()).filter(|(a, b)| (0..3).any(|c| a[c].abs_diff(b[c]) > 2)).count();
    assert!(off * 500 < worn.pixels().len(), "{off} pixels");
}

#[test]
fn a_view_that_covers_its_target_shows_the_middle_of_the_frame() {
    let seen = observed("dark_skin.png");
    let look = full_look();
    let (width, height) = seen.picture.dimensions();
    // As high as the frame and narrower: the sides are cut.
    let cut = width / 4;
    let same = View::same_size(width, height);
    let narrow = View { target_width: width - 2 * cut, fit: ContentFit::Cover, ..same };
    let [_, whole] = pair(seen, &look, &same);
    let [_, middle] = pair(seen, &look, &narrow);
    let expected = imageops::crop_imm(&whole, cut, 0, width - 2 * cut, height).to_image();
    // Rounding: nearly all is bit-identical.
    assert!(changed(&expected, &middle).len() < 10);
    // Lower and wider: bars at the sides stay as the pass cleared them.
    let wide = View { target_width: width + 40, fit: ContentFit::Contain, ..same };
    let [_, barred] = pair(seen, &look, &wide);
    assert!(changed(&whole, &imageops::crop_imm(&barred, 20, 0, width, height).to_image()).len() < 10);
    assert!(barred.enumerate_pixels().all(|(x, _, p)| (20..width + 20).contains(&x) || p.0[..3] == [0; 3]));
}

#[test]
fn shown_smaller_nothing_smears_beyond_the_face() {
    let seen = observed("dark_skin.png");
    let look = Product::of(Category::Foundation).coverage(0.95).look();
    let (width, height) = seen.picture.dimensions();
    for times in [2, 4] {
        let view = View { target_width: width / times, target_height: height / times, ..View::same_size(0, 0) };
        let [bare, worn] = pair(seen, &look, &view);
        let hull = crate::regions::whole(seen.face());
        let face = crate::regions::Region { polygons: vec![hull], reach_px: times as f32 };
        let from_small = |at: glam::Vec2| (at + 0.5) * times as f32 - 0.5;
        let changed = changed(&bare, &worn);
        assert!(changed.len() > 100);
        let strays: Vec<_> = changed.into_iter().filter(|&at| !face.contains(from_small(at))).collect();
        assert!(strays.is_empty(), "1/{times}: {strays:?}");
    }
}

#[test]
fn a_target_that_encodes_srgb_shows_the_same() {
    let seen = observed("light_skin.png");
    let look = full_look();
    let (width, height) = seen.picture.dimensions();
    let view = View::same_size(width, height);
    let draw = |format| draw_all(&[seen.scene(&look)], &view, format).remove(0);
    let (plain, encoded) = (draw(PLAIN), draw(wgpu::TextureFormat::Rgba8UnormSrgb));
    let worst = plain.iter().zip(encoded.iter()).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    assert!(worst <= 1, "{worst}");
}

pub fn moved(face: &FittedFace, by: Vec3) -> FittedFace {
    let mut face = face.clone();
    face.landmarks_px.iter_mut().for_each(|point| *point += by);
    face
}

#[test]
fn a_face_that_leaves_the_shown_part_leaves_nothing_behind() {
    let seen = observed("dark_skin.png");
    let look = full_look();
    // A frame with the face to the left, shown so narrow that only the middle or less is seen.
    let mut wide = RgbaImage::from_pixel(1000, 288, image::Rgba([90, 100, 110, 255]));
    imageops::replace(&mut wide, &seen.picture, 372, 0);
    let here = Observed::new(wide.clone(), vec![moved(seen.face(), Vec3::X * 372.0)]);
    let gone = Observed::new(wide, vec![moved(seen.face(), Vec3::X * 5.0)]);
    let view = View { fit: ContentFit::Cover, ..View::same_size(300, 288) };
    let bare = Look::bare();
    let drawn = draw_all(&[here.scene(&bare), here.scene(&look), gone.scene(&look)], &view, PLAIN);
    assert!(changed(&drawn[0], &drawn[1]).len() > 4000);
    assert_eq!(changed(&drawn[0], &drawn[2]), []);
}

#[test]
fn each_face_wears_its_own_light_and_occlusion() {
    let seen = observed("light_skin.png");
    let look = full_look();
    let outside = moved(seen.face(), Vec3::X * 5000.0);
    let mut two = seen.clone();
    two.faces.insert(0, outside);
    two.light.faces.insert(0, seen.light.faces[0].clone());
    assert_eq!(changed(&seen.wearing(&look), &two.wearing(&look)), []);

    // Twins side by side look alike.
    let (width, height) = seen.picture.dimensions();
    let twins = side_by_side(seen);
    let worn = twins.wearing(&look);
    let half = |left: u32| imageops::crop_imm(&worn, left, 0, width, height).to_image();
    let (one, other) = (half(0), half(width));
    assert!(changed(&seen.wearing(&look), &one).len() < 20);
    let worst = one.iter().zip(other.iter()).filter(|(a, b)| a.abs_diff(**b) > 2).count();
    assert!(worst < 40, "{worst} channels differ between twins");
}

/// The picture twice, with a face in either half.
pub fn side_by_side(seen: &Observed) -> Observed {
    let (width, height) = seen.picture.dimensions();
    let mut both = RgbaImage::new(2 * width, height);
    imageops::replace(&mut both, &seen.picture, 0, 0);
    imageops::replace(&mut both, &seen.picture, i64::from(width), 0);
    let by = Vec3::X * width as f32;
    let mut twins =
        Observed { picture: both, faces: vec![seen.face().clone(), moved(seen.face(), by)], ..seen.clone() };
    let mut light = seen.light.faces[0].clone();
    (light.skin.rect_px.x, light.lips.rect_px.x) = (light.skin.rect_px.x + by.x, light.lips.rect_px.x + by.x);
    twins.light.faces.push(light);
    twins
}
