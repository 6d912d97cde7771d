//! The meshes round the eyes: sane on any landmarks, never folded, mirrored, and lashes that swing with the lid.

use carmine_models::CanonicalFace;
use carmine_shaders::{Chart, ChartVertex};
use glam::{EulerRot, Mat3, Vec2, Vec3};
use proptest::prelude::*;

use super::brows::BrowMesh;
use super::eye::Eye;
use super::eye_landmarks::{EYES, LID_COLUMNS};
use super::irises::IrisMesh;
use super::lashes::{LashStrokes, lash_indices};
use super::lids::{LidMesh, lid_indices};
use super::strokes::STROKE_VERTICES;
use crate::face::{Camera, FaceFitter, FaceId, Faces, FittedFace, Landmarks, TrackedFace};
use crate::look::{LashPoint, LashStyle, Lid};

/// The canonical face with open eyes, its iris in place, `distance_cm` away and turned.
fn face(distance_cm: f32, yaw_deg: f32, pitch_deg: f32) -> FittedFace {
    let canonical = CanonicalFace::embedded().unwrap();
    let rotation = Mat3::from_euler(EulerRot::YXZ, yaw_deg.to_radians(), pitch_deg.to_radians(), 0.0);
    let focal = 360.0 / (Camera::default().vertical_fov_rad / 2.0).tan();
    let mut points: Vec<Vec3> = canonical.vertices_cm.iter().map(|&vertex| Vec3::from(vertex)).collect();
    for eye in &EYES {
        let centre = points[usize::from(eye.upper[4])].midpoint(points[usize::from(eye.lower[4])]);
        let outer = points[usize::from(eye.upper[8])].x.signum();
        points.extend([Vec3::ZERO; 5].map(|_| centre));
        for (index, way) in eye.iris[1..].iter().zip([Vec3::X * outer, Vec3::Y, Vec3::NEG_X * outer, Vec3::NEG_Y]) {
            points[468 + (usize::from(*index) - 468)] = centre + way * 0.585;
        }
    }
    let mut landmarks_px = Landmarks::default();
    for (to, point) in landmarks_px.iter_mut().zip(points) {
        let camera = rotation * point + Vec3::new(0.0, 0.0, -distance_cm);
        let scale = focal / distance_cm;
        *to = Vec3::new(camera.x * scale + 640.0, 360.0 - camera.y * scale, -(camera.z + distance_cm) * scale);
    }
    let faces = vec![TrackedFace { id: FaceId(1), presence: 1.0, landmarks_px }];
    let faces = Faces { faces, ..Default::default() };
    FaceFitter::new().unwrap().fit(&faces, 1280, 720, &Camera::default())[0].clone()
}

/// The same with lids that meet, or cross by `crossing_px`.
fn closed(mut face: FittedFace, crossing_px: f32) -> FittedFace {
    for eye in &EYES {
        for (&upper, &lower) in eye.upper[1..8].iter().zip(&eye.lower[1..8]) {
            let (upper, lower) = (usize::from(upper), usize::from(lower));
            let middle = face.landmarks_px[upper].midpoint(face.landmarks_px[lower]);
            face.landmarks_px[upper] = middle + Vec3::Y * 0.5 * crossing_px;
            face.landmarks_px[lower] = middle - Vec3::Y * 0.5 * crossing_px;
        }
    }
    face
}

fn style(lid: Lid, jitter: f32) -> LashStyle {
    let point = |x, length, lean_deg| LashPoint { x, length, lean_deg };
    let profile = vec![point(0.05, 0.12, -30.0), point(0.5, 0.25, 0.0), point(0.98, 0.2, 40.0)];
    LashStyle { lid, count: 120, width: 0.008, curl: 0.5, jitter, cluster: 3, profile }
}

fn built(face: &FittedFace) -> (LidMesh, IrisMesh, BrowMesh, LashStrokes) {
    let (mut lids, mut irises, mut brows) = (LidMesh::default(), IrisMesh::default(), BrowMesh::default());
    let mut lashes = LashStrokes::default();
    lids.build(face);
    irises.build(face);
    brows.build(face, &Default::default());
    lashes.build(face, [style(Lid::Upper, 0.4), style(Lid::Lower, 0.4)].iter());
    (lids, irises, brows, lashes)
}

fn is_sane(vertex: &ChartVertex) -> bool {
    let floats: &[f32] = &bytemuck::cast_slice(bytemuck::bytes_of(vertex))[..11];
    floats.iter().all(|x| x.is_finite()) && (0.0..=1.0).contains(&vertex.visibility)
}

fn all_sane(face: &FittedFace) {
    let (lids, irises, brows, lashes) = built(face);
    let counts = [lids.vertices().len(), irises.vertices().len(), brows.vertices().len()];
    assert_eq!(counts, [LidMesh::VERTICES, IrisMesh::VERTICES, BrowMesh::VERTICES]);
    assert!(lids.vertices().iter().chain(irises.vertices()).chain(brows.vertices()).all(is_sane));
    let sane = |v: &carmine_shaders::StrokeVertex| {
        bytemuck::cast_slice::<u8, f32>(bytemuck::bytes_of(v)).iter().all(|x| x.is_finite()) && v.half_width_px > 0.0
    };
    assert!(lashes.vertices().iter().all(sane));
    assert!(lashes.vertices().len() <= LashStrokes::MAX_VERTICES);
}

#[test]
fn degenerate_faces_give_finite_vertices() {
    let fine = face(45.0, 0.0, 0.0);
    let changed = |change: &dyn Fn(Vec3) -> Vec3| {
        let mut face = fine.clone();
        face.landmarks_px.iter_mut().for_each(|point| *point = change(*point));
        all_sane(&face);
    };
    changed(&|_| Vec3::ZERO);
    changed(&|p| Vec3::new(p.x, 300.0, 0.0));
    changed(&|p| Vec3::new(500.0, p.y, 0.0));
    changed(&|p| Vec3::new(500.0, 300.0, p.z));
    changed(&|p| p * 1e4);
    changed(&|p| p * 0.01);
    changed(&|p| p * Vec3::new(-1.0, 1.0, 1.0));
    changed(&|p| p * Vec3::new(1.0, -1.0, 1.0));
    for (yaw, pitch) in [(90.0, 0.0), (0.0, 90.0), (180.0, 0.0), (-75.0, 40.0)] {
        all_sane(&face(45.0, yaw, pitch));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn noise_harms_nothing(seed in prop::collection::vec(-30f32..30.0, 97), yaw in -80f32..80.0) {
        let mut face = face(60.0, yaw, 0.0);
        for (index, point) in face.landmarks_px.iter_mut().enumerate() {
            *point += Vec3::new(seed[index % 97], seed[(index * 7 + 1) % 97], seed[(index * 3 + 2) % 97]);
        }
        all_sane(&face);
    }
}

#[test]
fn the_eyes_chart_runs_along_the_lid_and_never_folds() {
    for (yaw, pitch) in [(0.0, 0.0), (25.0, 0.0), (-40.0, 10.0), (0.0, 25.0), (10.0, -25.0)] {
        for face in [face(45.0, yaw, pitch), closed(face(45.0, yaw, pitch), 1.0)] {
            let mut mesh = LidMesh::default();
            mesh.build(&face);
            let vertices = mesh.vertices();
            let rows = (vertices.len() / 2 - 8 * 13) / 2 / LID_COLUMNS;
            for lid in vertices[..vertices.len() / 2].chunks(rows * LID_COLUMNS).take(2) {
                for pair in lid.chunks(rows).collect::<Vec<_>>().windows(2) {
                    assert!(pair[0][0].chart_position.x < pair[1][0].chart_position.x);
                }
            }
            for triangle in lid_indices().chunks(3) {
                let [a, b, c] = [0, 1, 2].map(|corner| &vertices[usize::from(triangle[corner])]);
                let area = |f: &dyn Fn(&ChartVertex) -> Vec2| (f(b) - f(a)).perp_dot(f(c) - f(a));
                let (chart, frame) = (area(&|v| v.chart_position), area(&|v| v.position_px));
                // The chart's y is up; the left eye's x runs to the frame's right, the right eye's to its left.
                let mirrored = if usize::from(triangle[0]) < LidMesh::VERTICES / 2 { 1.0 } else { -1.0 };
                let seen = a.visibility.min(b.visibility).min(c.visibility) > 0.5;
                assert!(!seen || frame * chart * mirrored >= -1e-4, "yaw {yaw} pitch {pitch}: {a:?} {b:?} {c:?}");
            }
        }
    }
}

#[test]
fn closed_lids_meet_however_the_landmarks_cross() {
    for crossing_px in [0.0, 0.7, 2.0] {
        let face = closed(face(45.0, 0.0, 0.0), crossing_px);
        let (lids, irises, ..) = built(&face);
        let lid_vertices = (LidMesh::VERTICES / 2 - 8 * 13) / 2;
        let rows = lid_vertices / LID_COLUMNS;
        for column in 0..LID_COLUMNS {
            let (upper, lower) = (&lids.vertices()[column * rows], &lids.vertices()[lid_vertices + column * rows]);
            assert!(upper.position_px.distance(lower.position_px) < 0.6, "{upper:?} {lower:?}");
            assert!(upper.edge_distance.x >= 1.0 && lower.edge_distance.x >= 1.0, "no rim where they touch");
        }
        assert!(irises.vertices().iter().all(|vertex| vertex.visibility == 0.0));
    }
}

#[test]
fn the_opening_is_left_bare_but_for_the_rim() {
    for distance_cm in [30.0, 60.0, 150.0] {
        let face = face(distance_cm, 15.0, 0.0);
        let mut mesh = LidMesh::default();
        mesh.build(&face);
        for (side, vertices) in mesh.vertices().chunks(LidMesh::VERTICES / 2).enumerate() {
            let eye = Eye::new(&face, side).unwrap();
            let outline: Vec<Vec2> =
                eye.lids[0].line.iter().chain(eye.lids[1].line.iter().rev()).map(|p| p.truncate()).collect();
            for vertex in vertices {
                let at = vertex.position_px;
                let edges = || outline.iter().zip(outline.iter().cycle().skip(1));
                let crossings = edges().filter(|(a, b)| {
                    (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
                });
                let distance = edges().map(|(&a, &b)| {
                    let along = (at - a).dot(b - a) / (b - a).length_squared().max(1e-9);
                    at.distance(a.lerp(b, along.clamp(0.0, 1.0)))
                });
                let inside = crossings.count() % 2 == 1;
                assert!(!inside || distance.fold(f32::MAX, f32::min) < 0.55, "{vertex:?} lies on the eye");
            }
        }
    }
}

#[test]
fn beyond_the_outer_corner_the_chart_is_a_plane() {
    let face = face(45.0, 0.0, 0.0);
    let mut mesh = LidMesh::default();
    mesh.build(&face);
    let right = &mesh.vertices()[..LidMesh::VERTICES / 2];
    let beyond: Vec<_> = right.iter().filter(|vertex| vertex.chart_position.x >= 1.0).collect();
    let (outer, inner) = (face.landmarks_px[33].truncate(), face.landmarks_px[133].truncate());
    let across = outer - inner;
    for vertex in &beyond {
        let chart = vertex.chart_position;
        let expected = outer + across * (chart.x - 1.0) + across.perp() * chart.y;
        // A lift of the skin shifts it a little, since no eye lies in the middle of the picture.
        assert!(vertex.position_px.distance(expected) < 0.1 * across.length(), "{vertex:?} {expected}");
    }
}

#[test]
fn a_symmetric_face_gives_mirrored_meshes() {
    let face = face(45.0, 0.0, 0.0);
    let (lids, irises, brows, _) = built(&face);
    for vertices in [lids.vertices(), irises.vertices(), brows.vertices()] {
        let (right, left) = vertices.split_at(vertices.len() / 2);
        for (right, left) in right.iter().zip(left) {
            let mirrored = Vec2::new(1280.0 - left.position_px.x, left.position_px.y);
            assert!(right.position_px.distance(mirrored) < 0.5, "{right:?} {left:?}");
            assert!(right.chart_position.distance(left.chart_position) < 0.02, "{right:?} {left:?}");
        }
    }
}

#[test]
fn charts_hold_what_is_drawn() {
    let face = face(45.0, 20.0, 0.0);
    let (lids, irises, brows, _) = built(&face);
    for (chart, vertices) in
        [(Chart::Eyes, lids.vertices()), (Chart::Iris, irises.vertices()), (Chart::Brows, brows.vertices())]
    {
        assert!(vertices.iter().any(|vertex| vertex.visibility > 0.9));
        for vertex in vertices {
            let (least, most) = chart.bounds();
            let within = vertex.chart_position.cmpge(least).all() && vertex.chart_position.cmple(most).all();
            assert!(within || chart == Chart::Iris, "{vertex:?}");
        }
    }
}

#[test]
fn upper_lashes_point_up_from_an_open_eye_and_down_from_a_closed_one() {
    let mean_rise_px = |face: &FittedFace| {
        let mut lashes = LashStrokes::default();
        lashes.build(face, [style(Lid::Upper, 0.0)].iter());
        let strokes = lashes.vertices().chunks(STROKE_VERTICES);
        let rises: Vec<f32> = strokes.map(|stroke| stroke[0].position_px.y - stroke[10].position_px.y).collect();
        rises.iter().sum::<f32>() / rises.len() as f32
    };
    let open = face(45.0, 0.0, 0.0);
    assert!(mean_rise_px(&open) > 2.0, "{}", mean_rise_px(&open));
    assert!(mean_rise_px(&closed(open.clone(), 0.0)) < -1.0);
}

#[test]
fn far_eyes_wear_a_line_and_lashes_never_outgrow_their_room() {
    let (near, far) = (face(45.0, 0.0, 0.0), face(220.0, 0.0, 0.0));
    let mut lashes = LashStrokes::default();
    let styles = [style(Lid::Upper, 0.4), style(Lid::Lower, 0.4)];
    lashes.build(&near, styles.iter());
    let (room, many) = (lashes.vertices().as_ptr(), lashes.vertices().len());
    lashes.build(&far, styles.iter());
    let few = lashes.vertices().len();
    assert!(few > 0 && few < many / 8, "{few} of {many}");
    lashes.build(&near, styles.iter().cycle().take(40));
    assert_eq!(lashes.vertices().as_ptr(), room, "no allocation");
    assert!(lashes.vertices().len() <= LashStrokes::MAX_VERTICES);
    assert!(lashes.index_count() as usize <= lash_indices().len());
    let mut none = style(Lid::Upper, 0.4);
    none.profile.clear();
    lashes.build(&near, [none].iter());
    assert!(lashes.vertices().iter().all(|vertex| vertex.position_px.is_finite()));
}
