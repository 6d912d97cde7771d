//! Faces at and beyond the frame's edge.

use carmine::light::LightEstimator;
use carmine::look::Look;
use carmine::{Frame, Scene};
use glam::{Vec2, Vec3};
use image::imageops;

use crate::fixture::{Observed, frame, observed, render};
use crate::products::full_look;
use crate::regions::changed;

/// What remains of a picture from `left`, `top` on, its face and its light where they were.
fn cut(seen: &Observed, [left, top, width, height]: [u32; 4]) -> Observed {
    let by = Vec2::new(left as f32, top as f32);
    let mut part = seen.clone();
    part.picture = imageops::crop_imm(&seen.picture, left, top, width, height).to_image();
    part.faces[0].landmarks_px.iter_mut().for_each(|point| *point -= by.extend(0.0));
    let light = &mut part.light.faces[0];
    for rect in [&mut light.skin.rect_px, &mut light.lips.rect_px] {
        (rect.x, rect.y) = (rect.x - by.x, rect.y - by.y);
    }
    part
}

#[test]
fn a_face_cut_by_the_edge_is_what_it_would_be_uncut() {
    let seen = observed("dark_skin.png");
    let look = full_look();
    let whole = seen.wearing(&look);
    let (width, height) = seen.picture.dimensions();
    let eye = seen.face().landmarks_px[159];
    let mouth = seen.face().landmarks_px[13];
    let (x, y) = (eye.x as u32, mouth.y as u32);
    let cuts = [
        [x, 0, width - x, height],
        [0, 0, x, height],
        [0, y, width, height - y],
        [0, 0, width, y],
        [x, y - 40, 50, 50],
    ];
    for rect in cuts {
        let part = cut(seen, rect).wearing(&look);
        let expected = imageops::crop_imm(&whole, rect[0], rect[1], rect[2], rect[3]).to_image();
        // Next to the edge the neighbourhood of a pixel ends.
        let inner = |x: u32, y: u32| x > 0 && y > 0 && x + 1 < rect[2] && y + 1 < rect[3];
        let off = part.enumerate_pixels().zip(expected.pixels());
        let off = off.filter(|((x, y, a), b)| inner(*x, *y) && (0..3).any(|c| a[c].abs_diff(b[c]) > 1));
        let off: Vec<_> = off.map(|((x, y, _), _)| (x, y)).collect();
        // Corners fall on other places between pixels: a pixel on an edge of the mesh may fall to its neighbour.
        assert!(off.len() * 1000 <= part.pixels().len(), "{rect:?}: {} pixels, {off:?}", off.len());
        let bare = cut(seen, rect);
        assert!(changed(&bare.picture, &part).len() > 300, "{rect:?}");
    }
}

#[test]
fn degenerate_faces_draw_without_harm() {
    let seen = observed("light_skin.png");
    let look = full_look();
    let moved = |by: Vec3, scale: f32| {
        let mut face = seen.face().clone();
        face.landmarks_px.iter_mut().for_each(|p| *p = *p * scale + by);
        face
    };
    for face in [
        moved(Vec3::new(-100.0, 0.0, 0.0), 1.0),
        moved(Vec3::new(60.0, 80.0, 0.0), 1.0),
        moved(Vec3::new(5000.0, 0.0, 0.0), 1.0),
        moved(Vec3::new(50.0, 50.0, 0.0), 0.0),
        moved(Vec3::ZERO, 40.0),
    ] {
        let faces = [face];
        let mut light = LightEstimator::default();
        let light = light.estimate(&frame(&seen.picture), &faces);
        assert!(light.faces[0].exposure.is_finite() && light.faces[0].lips.map.iter().all(|texel| texel.is_finite()));
        let worn = render(&Scene::new(frame(&seen.picture), &faces, light, &look));
        assert_eq!(worn.dimensions(), seen.picture.dimensions());
    }
}

#[test]
fn a_frame_of_one_pixel_is_drawn() {
    let faces = [observed("light_skin.png").face().clone()];
    let pixel = [10, 20, 30, 255];
    let frame = Frame::new(&pixel, carmine::frame::PixelFormat::Rgba8, 1, 1).unwrap();
    let mut light = LightEstimator::default();
    let light = light.estimate(&frame, &faces);
    assert_eq!(render(&Scene::new(frame, &faces, light, &Look::bare())).into_raw(), pixel);
    assert_eq!(render(&Scene::new(frame, &faces, light, &full_look())).dimensions(), (1, 1));
}
