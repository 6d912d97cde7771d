//! A turned head: make-up on surfaces that face away fades, and nothing smears.

use carmine::face::{Camera, FaceFitter, FaceId, Faces, FittedFace, Landmarks, TrackedFace};
use carmine::look::Category;
use carmine::models::CanonicalFace;
use glam::{EulerRot, Mat3, Vec3};
use image::RgbaImage;

use crate::fixture::Observed;
use crate::products::Product;
use crate::regions::{self, changed};

/// The canonical face, 45 cm away, turned by `yaw_deg` to its left, as the fitter sees it.
fn turned_face(yaw_deg: f32) -> FittedFace {
    let canonical = CanonicalFace::embedded().unwrap();
    let rotation = Mat3::from_euler(EulerRot::YXZ, yaw_deg.to_radians(), 0.0, 0.0);
    let (width, height) = (640.0, 480.0);
    let focal = height / 2.0 / (Camera::default().vertical_fov_rad / 2.0).tan();
    let mut points: Vec<Vec3> = canonical.vertices_cm.iter().map(|&vertex| Vec3::from(vertex)).collect();
    // Irises between the lids.
    for (upper, lower, side) in [(159, 145, -1.0), (386, 374, 1.0)] {
        let centre = points[upper].midpoint(points[lower]);
        let way = [Vec3::ZERO, Vec3::NEG_X * side, Vec3::Y, Vec3::X * side, Vec3::NEG_Y];
        points.extend(way.map(|way| centre + way * 0.585));
    }
    let mut landmarks_px = Landmarks::default();
    for (to, point) in landmarks_px.iter_mut().zip(points) {
        let camera = rotation * point + Vec3::new(0.0, 0.0, -45.0);
        let scale = focal / -camera.z;
        *to = Vec3::new(
            camera.x * scale + width / 2.0,
            height / 2.0 - camera.y * scale,
            (-camera.z - 45.0) * focal / 45.0,
        );
    }
    let tracked = TrackedFace { id: FaceId(1), presence: 1.0, landmarks_px };
    let faces = Faces { faces: vec![tracked], ..Default::default() };
    FaceFitter::new().unwrap().fit(&faces, 640, 480, &Camera::default())[0].clone()
}

fn turned(yaw_deg: f32) -> Observed {
    let picture = RgbaImage::from_pixel(640, 480, image::Rgba([190, 140, 120, 255]));
    Observed::new(picture, vec![turned_face(yaw_deg)])
}

#[test]
fn past_sixty_degrees_the_product_ends_where_the_face_turns_away() {
    for yaw_deg in [65.0, 75.0, -75.0, 85.0] {
        let seen = turned(yaw_deg);
        let face = seen.face();
        // Triangles with a corner in sight, and nothing else.
        let canonical = CanonicalFace::embedded().unwrap();
        let in_sight = |&i: &u16| face.visibility[usize::from(i)] > 0.0;
        let triangles = canonical.triangles.iter().filter(|corners| corners.iter().any(in_sight));
        let polygons = triangles.map(|corners| regions::ring(face, corners)).collect();
        let seen_part = regions::Region { polygons, reach_px: 1.5 };
        for category in Category::ALL {
            let worn = seen.wearing(&Product::of(category).coverage(0.95).look());
            let changed = changed(&seen.picture, &worn);
            let strays: Vec<_> = changed.iter().filter(|&&at| !seen_part.contains(at)).collect();
            assert!(strays.is_empty(), "{category:?} at {yaw_deg}°: {} of {}: {strays:?}", strays.len(), changed.len());
            // Of the eyes little or nothing is in sight.
            assert!(category == Category::Lens || changed.len() > 4, "{category:?} at {yaw_deg}°: {}", changed.len());
        }
    }
}

#[test]
fn the_far_cheek_fades_before_it_is_gone() {
    let product = Product::of(Category::Foundation).coverage(0.95).with_finish("matte").look();
    // The pixel at a vertex, as far as it differs from the bare picture.
    let strength = |yaw_deg: f32, vertex: usize| {
        let seen = turned(yaw_deg);
        let worn = seen.wearing(&product);
        let at = seen.face().landmarks_px[vertex].round();
        let pixel = |picture: &RgbaImage| f32::from(picture.get_pixel(at.x as u32, at.y as u32)[1]);
        pixel(&seen.picture) - pixel(&worn)
    };
    // Of the two cheeks, the one that turns away; farther on the nose hides it.
    let far = if strength(40.0, 50) < strength(40.0, 280) { 50 } else { 280 };
    let steps = [0.0, 10.0, 20.0, 30.0, 40.0].map(|yaw_deg| strength(yaw_deg, far));
    assert!(steps[0] > 20.0 && steps[4] < 0.3 * steps[0], "{steps:?}");
    assert!(steps.windows(2).all(|two| two[1] <= two[0] + 2.0), "{steps:?}");
}
