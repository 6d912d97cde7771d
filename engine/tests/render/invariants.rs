//! Bare pixels stay bit-identical, mouths stay clean, nothing lingers, nothing smears.

use carmine::dress::LipMesh;
use carmine::face::{Camera, FaceFitter, FaceId, Faces, FittedFace, Landmarks, TrackedFace, rings};
use carmine::frame::{PixelFormat, Rotation};
use carmine::light::LightEstimator;
use carmine::look::Look;
use carmine::{Frame, Scene, TryOn, TryOnConfig};
use glam::{EulerRot, Mat3, Vec2, Vec3};
use image::RgbaImage;

use crate::fixture::{face_of, frame, input, lipstick, render, try_on};

fn inside(polygon: &[Vec2], at: Vec2) -> bool {
    let mut odd = false;
    for (i, a) in polygon.iter().enumerate() {
        let b = polygon[(i + 1) % polygon.len()];
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            odd = !odd;
        }
    }
    odd
}

/// Distance from a polygon's outline.
fn distance(polygon: &[Vec2], at: Vec2) -> f32 {
    let edges = polygon.iter().zip(polygon.iter().cycle().skip(1));
    edges
        .map(|(&a, &b)| {
            let along = (at - a).dot(b - a) / (b - a).length_squared().max(1e-9);
            at.distance(a.lerp(b, along.clamp(0.0, 1.0)))
        })
        .fold(f32::MAX, f32::min)
}

/// A ring of a face, moved away from its own middle by `px` (towards it when negative).
fn ring(face: &FittedFace, ring: &[u16; 20], px: f32) -> Vec<Vec2> {
    let points: Vec<Vec2> = ring.iter().map(|&i| face.landmarks_px[usize::from(i)].truncate()).collect();
    let middle = points.iter().sum::<Vec2>() / points.len() as f32;
    points.into_iter().map(|p| p + (p - middle).normalize_or_zero() * px).collect()
}

fn changed(before: &RgbaImage, after: &RgbaImage) -> Vec<Vec2> {
    let pairs = before.enumerate_pixels().zip(after.pixels());
    pairs.filter(|((_, _, a), b)| a.0[..3] != b.0[..3]).map(|((x, y, _), _)| Vec2::new(x as f32, y as f32)).collect()
}

#[test]
fn without_a_look_every_pixel_is_the_camera_s() {
    let picture = input("glasses.png");
    let look = Look::bare();
    let seen = render(&try_on().scene(frame(&picture), &look).unwrap());
    assert_eq!(changed(&picture, &seen), []);
}

#[test]
fn pixels_outside_the_lips_are_bit_identical() {
    for name in ["light_skin.png", "dark_skin.png", "glasses.png"] {
        let picture = input(name);
        let face = face_of(&picture);
        let reach = face.landmarks_px.interocular() * 0.02 + 1.5;
        let outline = ring(&face, &rings::LIPS_OUTER, reach);
        for finish in ["matte", "gloss"] {
            let look = lipstick("#b3152a", finish, 0.9, 1.0);
            let seen = render(&try_on().scene(frame(&picture), &look).unwrap());
            let changed = changed(&picture, &seen);
            assert!(changed.len() > 200, "{name}: {} pixels", changed.len());
            let strays: Vec<_> = changed.into_iter().filter(|&at| !inside(&outline, at)).collect();
            assert!(strays.is_empty(), "{name} {finish}: {strays:?}");
        }
    }
}

#[test]
fn teeth_and_the_gap_between_the_lips_stay_untouched() {
    for name in ["light_skin.png", "dark_skin.png"] {
        let picture = input(name);
        let face = face_of(&picture);
        let opening = ring(&face, &rings::LIPS_INNER, 0.0);
        // In the corners, where the lips nearly touch, they are made to meet.
        let margin = 0.5 + 0.013 * face.landmarks_px.interocular();
        let seen = render(&try_on().scene(frame(&picture), &lipstick("#b3152a", "gloss", 0.95, 1.0)).unwrap());
        let (width, height) = picture.dimensions();
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let mouth: Vec<_> = pixels
            .filter(|&(x, y)| {
                let at = Vec2::new(x as f32, y as f32);
                inside(&opening, at) && distance(&opening, at) > margin
            })
            .collect();
        assert!(mouth.len() > 60, "{name}: the mouth is open");
        for (x, y) in mouth {
            assert_eq!(picture.get_pixel(x, y).0[..3], seen.get_pixel(x, y).0[..3], "{name} {x},{y}");
        }
    }
}

#[test]
fn every_layout_of_the_same_picture_gives_the_same_result() {
    let picture = input("light_skin.png");
    let look = lipstick("#b3152a", "satin", 0.9, 1.0);
    let expected = render(&try_on().scene(frame(&picture), &look).unwrap());
    let (width, height) = picture.dimensions();

    let rgb: Vec<u8> = picture.pixels().flat_map(|p| [p[0], p[1], p[2]]).collect();
    let bgra: Vec<u8> = picture.pixels().flat_map(|p| [p[2], p[1], p[0], 0]).collect();
    let turned = image::imageops::rotate270(&picture);
    let mut padded = Vec::new();
    for row in picture.chunks_exact(width as usize * 4) {
        padded.extend_from_slice(row);
        padded.extend_from_slice(&[9; 12]);
    }
    let frames = [
        Frame::new(&rgb, PixelFormat::Rgb8, width, height).unwrap(),
        Frame::new(&bgra, PixelFormat::Bgra8, width, height).unwrap(),
        Frame::new(&turned, PixelFormat::Rgba8, height, width).unwrap().rotated(Rotation::Cw90),
        Frame::with_stride(&padded, PixelFormat::Rgba8, width, height, width as usize * 4 + 12).unwrap(),
    ];
    for frame in frames {
        let seen = render(&try_on().scene(frame, &look).unwrap());
        assert_eq!(changed(&expected, &seen), []);
    }
}

#[test]
fn nothing_shows_once_the_face_is_gone() {
    let picture = input("light_skin.png");
    let empty = RgbaImage::from_pixel(picture.width(), picture.height(), image::Rgba([120, 110, 100, 255]));
    let look = lipstick("#b3152a", "satin", 0.9, 1.0);
    let mut following = TryOn::new(TryOnConfig::default()).unwrap();
    let at = |millis| std::time::Duration::from_millis(millis);
    let worn = render(&following.scene(frame(&picture).at(at(0)), &look).unwrap());
    assert_ne!(changed(&picture, &worn), []);
    let gone = render(&following.scene(frame(&empty).at(at(33)), &look).unwrap());
    assert_eq!(changed(&empty, &gone), []);
}

/// The canonical face, 45 cm away, turned by `yaw_deg` to its left, as the fitter sees it.
fn turned_face(yaw_deg: f32) -> FittedFace {
    let canonical = carmine::models::CanonicalFace::embedded().unwrap();
    let rotation = Mat3::from_euler(EulerRot::YXZ, yaw_deg.to_radians(), 0.0, 0.0);
    let (width, height) = (640.0, 480.0);
    let focal = height / 2.0 / (Camera::default().vertical_fov_rad / 2.0).tan();
    let mut landmarks_px = Landmarks::default();
    for (point, vertex) in landmarks_px.iter_mut().zip(&canonical.vertices_cm) {
        let camera = rotation * Vec3::from(*vertex) + Vec3::new(0.0, 0.0, -45.0);
        let scale = focal / -camera.z;
        *point = Vec3::new(
            camera.x * scale + width / 2.0,
            height / 2.0 - camera.y * scale,
            (-camera.z - 45.0) * focal / 45.0,
        );
    }
    let tracked = TrackedFace { id: FaceId(1), presence: 1.0, landmarks_px };
    let faces = Faces { faces: vec![tracked], ..Default::default() };
    FaceFitter::new().unwrap().fit(&faces, 640, 480, &Camera::default())[0].clone()
}

#[test]
fn a_turned_head_fades_its_far_side() {
    let visibility_of = |yaw_deg: f32| {
        let face = turned_face(yaw_deg);
        let mut mesh = LipMesh::default();
        mesh.build(&face);
        let columns = mesh.vertices().len() / 8;
        // Outer edge of the lower lip, from the person's right corner to the left one.
        let row: Vec<f32> = (0..columns).map(|column| mesh.vertices()[column * 4].visibility).collect();
        (row[1], row[columns / 2], row[columns - 2])
    };
    let (right, middle, left) = visibility_of(0.0);
    assert!(right > 0.95 && middle > 0.95 && left > 0.95, "{right} {middle} {left}");
    let (right, _, left) = visibility_of(75.0);
    let (far, near) = (right.min(left), right.max(left));
    assert!(far < 0.05, "the far corner is out of sight: {far}");
    assert!(near > 0.9, "the near corner is not: {near}");
}

#[test]
fn past_sixty_degrees_the_product_ends_where_the_lips_turn_away() {
    let face = turned_face(75.0);
    let lips = [rings::LIPS_OUTER, rings::LIPS_OUTER_MIDDLE, rings::LIPS_INNER_MIDDLE, rings::LIPS_INNER].concat();
    let seen = lips.iter().map(|&v| usize::from(v)).filter(|&v| face.visibility[v] > 0.05);
    let seen: Vec<Vec2> = seen.map(|v| face.landmarks_px[v].truncate()).collect();
    assert!((10..70).contains(&seen.len()), "a part of the lips is in sight: {} of 80 points", seen.len());
    let low = seen.iter().fold(Vec2::MAX, |low, at| low.min(*at)) - 3.0;
    let high = seen.iter().fold(Vec2::MIN, |high, at| high.max(*at)) + 3.0;

    let picture = RgbaImage::from_pixel(640, 480, image::Rgba([190, 140, 120, 255]));
    let faces = [face];
    let mut light = LightEstimator::default();
    let light = light.estimate(&frame(&picture), &faces);
    let worn = render(&Scene::new(frame(&picture), &faces, light, &lipstick("#4f1730", "matte", 0.95, 1.0)));
    let changed = changed(&picture, &worn);
    assert!(changed.len() > 50, "the near side wears the product: {} pixels", changed.len());
    let strays: Vec<_> = changed.iter().filter(|at| at.cmplt(low).any() || at.cmpgt(high).any()).collect();
    assert!(strays.is_empty(), "{strays:?} outside {low}–{high}");
}

#[test]
fn faces_at_the_border_and_degenerate_ones_draw_without_harm() {
    let picture = input("light_skin.png");
    let face = face_of(&picture);
    let look = lipstick("#b3152a", "gloss", 0.9, 1.0);
    let moved = |by: Vec3, scale: f32| {
        let mut face = face.clone();
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
        let light = light.estimate(&frame(&picture), &faces);
        assert!(light.faces[0].exposure.is_finite() && light.faces[0].lips.map.iter().all(|texel| texel.is_finite()));
        let seen = render(&Scene::new(frame(&picture), &faces, light, &look));
        assert_eq!(seen.dimensions(), picture.dimensions());
    }
}
