//! Courses of an invented face, carried on.

use proptest::prelude::*;

use super::*;

/// A face of `size_px` whose points lie on a spiral, as deep as half its size.
fn face(size_px: f32) -> Landmarks {
    let mut face = Landmarks::default();
    for (index, point) in face.iter_mut().enumerate() {
        let (angle, radius) = (index as f32 * 2.4, (index as f32 / 478.0).sqrt() * size_px / 2.0);
        *point = (Vec2::from_angle(angle) * radius).extend((radius * 7.0 + angle).sin() * size_px / 4.0);
    }
    face
}

/// The face shifted, grown and turned about its middle, as it stands after `time_s` at constant speeds.
fn at(face: &Landmarks, (shift_px, growth, turn): (Vec2, f32, f32), time_s: f32) -> Landmarks {
    let middle = (face.iter().sum::<Vec3>() / LANDMARK_COUNT as f32).truncate();
    let growth = (growth * time_s).exp();
    let factor = Vec2::from_angle(turn * time_s) * growth;
    let mut moved = face.clone();
    for point in moved.iter_mut() {
        let off = point.truncate() - middle;
        *point = (middle + shift_px * time_s + factor.rotate(off)).extend(point.z * growth);
    }
    moved
}

fn farthest(a: &Landmarks, b: &Landmarks) -> f32 {
    a.iter().zip(b.iter()).map(|(a, b)| a.distance(*b)).fold(0.0, f32::max)
}

/// What is known after these points, each `step_s` after the one before, and where it carries the last.
fn carried(course: &[Landmarks], step_s: f32, ahead_s: f32) -> Landmarks {
    let mut motion = Motion::resting(&course[0]);
    for pair in course.windows(2) {
        motion.moved(&pair[0], &pair[1], step_s);
    }
    let last = &course[course.len() - 1];
    let mut carried = face(1.0);
    motion.carry(last, ahead_s, &mut carried);
    carried
}

#[test]
fn points_in_one_place_and_points_nowhere_are_survived() {
    let flat = |value: f32| {
        let mut points = Landmarks::default();
        points.fill(Vec3::splat(value));
        points
    };
    for course in
        [[flat(0.0), flat(0.0), flat(0.0)], [face(100.0), flat(5.0), face(100.0)], [flat(7.0), face(9.0), flat(8.0)]]
    {
        for (step_s, ahead_s) in [(0.03, 0.1), (0.0, 0.1), (1e-9, 0.15), (1e9, 0.0)] {
            assert!(carried(&course, step_s, ahead_s).iter().all(|point| point.is_finite()));
        }
    }
    let far = flat(f32::MAX);
    let lost = carried(&[face(10.0), far.clone(), far], 0.03, 0.1);
    assert!(lost.iter().all(|point| !point.is_nan()));
}

#[test]
fn a_long_pause_is_a_rest() {
    let course = [face(100.0), at(&face(100.0), (Vec2::X * 300.0, 0.0, 0.0), 0.1)];
    assert!(carried(&course, 0.6, 0.1) == course[1]);
}

#[test]
fn a_face_that_stops_is_hardly_carried_past_its_place() {
    // 300 px a second, then none: the last full step is what was seen, then half of it, then none.
    let place = |x: f32| at(&face(200.0), (Vec2::X, 0.0, 0.0), x);
    let past = |course: &[f32]| {
        let course: Vec<_> = course.iter().map(|x| place(*x)).collect();
        let last = &course[course.len() - 1];
        carried(&course, 0.033, 0.033)[7].x - last[7].x
    };
    assert!((past(&[0.0, 10.0, 20.0]) - 10.0).abs() < 0.01);
    assert!((0.0..3.0).contains(&past(&[0.0, 10.0, 15.0])));
    assert_eq!(past(&[0.0, 10.0, 20.0, 20.0]), 0.0);
    // Trembling: forth and back.
    assert!(past(&[0.0, 1.0, 0.0, 1.0]).abs() < 0.6);
}

#[test]
fn a_blink_is_not_carried_on() {
    let open = face(200.0);
    let mut course = vec![open.clone(), open.clone(), open.clone()];
    for (index, face) in course.iter_mut().enumerate() {
        for point in 40..72 {
            face[point].y += index as f32 * 5.0;
        }
    }
    let carried = carried(&course, 0.033, 0.066);
    // Ten pixels more if it went on.
    assert!(farthest(&carried, &course[2]) < 2.0, "{}", farthest(&carried, &course[2]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_constant_speed_is_carried_on_exactly(
        x in -300.0_f32..300.0, y in -300.0_f32..300.0, growth in -0.5_f32..0.5, turn in -1.5_f32..1.5,
        size in 40.0_f32..400.0, step in 0.02_f32..0.1, ahead in 0.0_f32..0.06,
    ) {
        let motion = (Vec2::new(x, y) * size / 400.0, growth, turn);
        let course: Vec<_> = (0..3).map(|index| at(&face(size), motion, index as f32 * step)).collect();
        let wanted = at(&face(size), motion, 2.0 * step + ahead);
        let off = farthest(&carried(&course, step, ahead), &wanted);
        prop_assert!(off < size * 2e-4, "{off} px of {size}");
    }

    #[test]
    fn a_head_that_turns_aside_is_carried_on_by_its_depth(turn in -1.0_f32..1.0, size in 60.0_f32..300.0) {
        // About the upright axis: x changes by depth, not alike for all.
        let turned = |angle: f32| {
            let mut points = face(size);
            for point in points.iter_mut() {
                let (sin, cos) = angle.sin_cos();
                *point = Vec3::new(point.x * cos + point.z * sin, point.y, point.z * cos - point.x * sin);
            }
            points
        };
        let course: Vec<_> = (0..3).map(|index| turned(turn * 0.033 * index as f32)).collect();
        let wanted = turned(turn * 0.033 * 3.0);
        let off = |points: &Landmarks| {
            points.iter().zip(wanted.iter()).map(|(a, b)| a.truncate().distance(b.truncate())).sum::<f32>()
        };
        prop_assert!(off(&carried(&course, 0.033, 0.033)) <= 0.25 * off(&course[2]) + 1.0);
    }

    #[test]
    fn who_stands_still_stays_still(size in 30.0_f32..500.0, step in 0.0_f32..1.0, ahead in 0.0_f32..0.15) {
        let still = face(size);
        let off = farthest(&carried(&[still.clone(), still.clone(), still.clone()], step, ahead), &still);
        prop_assert!(off < size * 1e-6, "{off} px of {size}");
    }

    #[test]
    fn nothing_is_carried_far(
        seed in proptest::array::uniform4(-1e4_f32..1e4), step in 0.0_f32..0.2, ahead in 0.0_f32..0.15,
    ) {
        let base = face(100.0);
        let course: Vec<_> = seed.iter().map(|shift| at(&base, (Vec2::splat(*shift), 0.1, *shift / 1e3), 1.0)).collect();
        let carried = carried(&course, step, ahead);
        prop_assert!(carried.iter().all(|point| point.is_finite()));
        prop_assert!(farthest(&carried, &course[3]) < 2.0 * 100.0);
    }
}
