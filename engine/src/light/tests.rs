//! The station as a whole, on synthetic faces.

use std::time::Duration;

use carmine_shaders::cpu::{delta_e2000, lab_from_linear_srgb, luminance};
use glam::{Vec2, Vec3, Vec4Swizzles};
use proptest::prelude::*;

use super::spherical_harmonics::shading;
use super::synthetic::{HEIGHT, Picture, WIDTH, face};
use super::{FaceLight, LightEstimator, MONK_SRGB, RoomLight, SkinMap, ToneReading, ToneRejection};
use crate::face::{FittedFace, rings};
use crate::frame::{Frame, PixelFormat};
use crate::srgb;

const SKIN: Vec3 = Vec3::new(0.5, 0.3, 0.22);
const GREY: Vec3 = Vec3::new(0.4, 0.4, 0.4);

fn known() -> LightEstimator {
    LightEstimator::with_room(RoomLight::default())
}

fn even(_: Vec3) -> f32 {
    1.0
}

/// Albedo under white light at landmarks.
fn albedo(light: &FaceLight, face: &FittedFace, landmark: usize) -> Vec3 {
    let rect = light.skin.rect_px;
    let at = (face.landmarks_px[landmark].truncate() - rect.xy()) / rect.zw() * SkinMap::SIDE as f32;
    let texel = light.skin.map[at.y as usize * SkinMap::SIDE + at.x as usize];
    texel.xyz() / texel.w
}

fn albedos(light: &FaceLight) -> impl Iterator<Item = Vec3> {
    light.skin.map.iter().map(|texel| texel.xyz() / texel.w)
}

fn difference(a: Vec3, b: Vec3) -> f32 {
    delta_e2000(lab_from_linear_srgb(a), lab_from_linear_srgb(b))
}

#[test]
fn loud_lips_eyes_and_brows_do_not_reach_the_skin() {
    let face = face(0.0);
    let plain = Picture::flat(GREY).shaded(&face, SKIN, even);
    let loud = [
        (&rings::LIPS_OUTER[..], Vec3::new(0.9, 0.0, 0.6)),
        (&rings::RIGHT_EYE, Vec3::new(0.0, 0.9, 0.1)),
        (&rings::LEFT_EYE, Vec3::new(0.0, 0.1, 0.9)),
        (&[46, 53, 52, 65, 55, 107, 66, 105, 63, 70], Vec3::new(0.01, 0.01, 0.01)),
        (&[276, 283, 282, 295, 285, 336, 296, 334, 293, 300], Vec3::new(0.9, 0.9, 0.0)),
    ];
    let painted = loud.into_iter().fold(plain, |picture, (ring, colour)| picture.painted(&face, ring, colour));
    let light = &painted.light(known(), &face).faces[0];
    let worst = light.skin.map.iter().map(|texel| difference(texel.xyz(), SKIN)).fold(0.0, f32::max);
    assert!(worst < 1.5, "ΔE00 {worst}");
}

#[test]
fn background_and_hair_over_the_forehead_do_not_reach_the_skin() {
    let face = face(0.0);
    let brow = face.landmarks_px[105].y - 8.0;
    for hair in [Vec3::new(0.01, 0.009, 0.008), Vec3::new(0.12, 0.05, 0.02)] {
        let mut picture = Picture::flat(Vec3::new(0.0, 0.3, 0.05)).shaded(&face, SKIN, even);
        picture.each(|at, pixel| {
            // A fringe with gaps, and strands down the temples.
            if (at.y < brow - 18.0 && !(at.x as usize).is_multiple_of(17)) || (at.x - WIDTH as f32 / 2.0).abs() > 118.0
            {
                *pixel = hair;
            }
        });
        let light = &picture.light(known(), &face).faces[0];
        let worst = light.skin.map.iter().map(|texel| difference(texel.xyz(), SKIN)).fold(0.0, f32::max);
        assert!(worst < 2.0, "ΔE00 {worst} with {hair}");
    }
}

#[test]
fn a_side_light_is_shading_and_not_pigment() {
    for yaw in [0.0, -35.0] {
        let face = face(yaw);
        let key = Vec3::new(-0.8, 0.2, 0.56).normalize_or_zero();
        let shade = |normal: Vec3| 0.25 + 0.75 * normal.dot(key).max(0.0);
        let light = &Picture::flat(GREY).shaded(&face, SKIN, shade).light(known(), &face).faces[0];
        let middle = albedo(light, &face, 5);
        let worst = albedos(light).map(|other| difference(other, middle)).fold(0.0, f32::max);
        assert!(worst < 2.5, "albedo is even at yaw {yaw}: ΔE00 {worst}");

        let median = luminance(middle);
        for (near, far) in [(205, 425), (50, 280), (117, 346)] {
            let [lit, dark] = [near, far].map(|vertex: usize| shade(face.normals_camera[vertex]));
            let at = |landmark: usize| {
                let rect = light.skin.rect_px;
                let at = (face.landmarks_px[landmark].truncate() - rect.xy()) / rect.zw() * SkinMap::SIDE as f32;
                light.skin.map[at.y as usize * SkinMap::SIDE + at.x as usize].w
            };
            let (expected, seen) = (lit / dark, at(near) / at(far));
            assert!((seen / expected).ln().abs() < 0.25, "{near}/{far}: {seen} for {expected}, level {median}");
        }
    }
}

#[test]
fn the_light_is_found_where_it_is() {
    for yaw in [0.0, 20.0] {
        let face = face(yaw);
        for key in [(0.6, 0.4, 0.7), (-0.7, 0.3, 0.6), (0.0, 0.8, 0.6), (0.0, -0.5, 0.85), (0.3, 0.0, 0.95)] {
            let key = Vec3::from(key).normalize_or_zero();
            let shade = |normal: Vec3| 0.3 + 0.7 * normal.dot(key).max(0.0);
            let mut picture = Picture::flat(GREY).shaded(&face, SKIN * 0.9, shade);
            // Sheen on nose and forehead must not drag the fit.
            for spot in [4, 151, 50] {
                let centre = face.landmarks_px[spot].truncate();
                picture.each(|at, pixel| *pixel += 0.5 * (-at.distance_squared(centre) / 60.0).exp());
            }
            let light = &picture.light(known(), &face).faces[0];
            let off = light.key_direction_camera.angle_between(key).to_degrees();
            assert!(off < 15.0, "{off}° from {key} at yaw {yaw}: {}", light.key_direction_camera);
            assert!((0.5..0.9).contains(&light.key_strength), "{}", light.key_strength);
            let ratio = shading(&light.sh, Vec3::Z) / shading(&light.sh, key);
            assert!((ratio / (shade(Vec3::Z) / shade(key)) - 1.0).abs() < 0.2, "harmonics follow the light: {ratio}");
        }
    }
}

#[test]
fn even_light_stays_sane() {
    let light = &Picture::flat(SKIN).light(known(), &face(0.0)).faces[0];
    assert!(light.key_strength <= 0.45 && light.key_direction_camera.z > 0.2, "{light:?}");
    let around = [Vec3::Z, Vec3::new(0.6, 0.0, 0.8), Vec3::new(0.0, 0.6, 0.8), Vec3::new(-0.5, -0.5, 0.7)];
    for normal in around {
        let shown = shading(&light.sh, normal.normalize_or_zero());
        // Light is expected from above and sheen on every skin: where there is neither, a little is missed.
        assert!((shown - 1.0).abs() < 0.1, "{shown} at {normal}");
    }
}

#[test]
fn an_iris_is_read_without_pupil_and_catch_light_and_a_closed_eye_keeps_its_colour() {
    let face = face(0.0);
    let (iris, sclera) = (Vec3::new(0.06, 0.14, 0.22), Vec3::splat(0.55));
    let mut picture = Picture::flat(GREY).shaded(&face, SKIN, even);
    for (ring, rim) in [(&rings::RIGHT_EYE, rings::RIGHT_IRIS), (&rings::LEFT_EYE, rings::LEFT_IRIS)] {
        let mut eye = Picture(picture.0.clone()).painted(&face, ring, sclera);
        let open = picture.painted(&face, ring, Vec3::splat(-1.0));
        let centre = face.landmarks_px[usize::from(rim[0])].truncate();
        let radius = face.landmarks_px[usize::from(rim[1])].truncate().distance(centre);
        eye.each(|at, pixel| {
            let index = at.y as usize * WIDTH + at.x as usize;
            let part = at.distance(centre) / radius;
            if open.0[index].x < 0.0 && part < 1.0 {
                let glint = at.distance(centre + Vec2::new(-0.4, -0.3) * radius) < 0.25 * radius;
                *pixel = if glint {
                    Vec3::splat(0.95)
                } else if part < 0.4 {
                    Vec3::splat(0.004)
                } else {
                    iris
                };
            }
        });
        picture = eye;
    }
    let mut estimator = known();
    let mut seen_at = |picture: &Picture, millis: u64| {
        let bytes = picture.bytes();
        let frame = Frame::new(&bytes, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
        let frame = frame.with_time(Duration::from_millis(millis));
        estimator.estimate(&frame, std::slice::from_ref(&face)).faces[0].irises_linear
    };
    for seen in seen_at(&picture, 0) {
        assert!(difference(seen, iris) < 4.0, "{seen}");
    }
    let mut closed = face.clone();
    for ring in [rings::RIGHT_EYE, rings::LEFT_EYE] {
        for index in ring {
            closed.landmarks_px[usize::from(index)].y = face.landmarks_px[usize::from(ring[0])].y;
        }
    }
    let lids = Picture::flat(SKIN).bytes();
    let frame = Frame::new(&lids, PixelFormat::Rgb8, WIDTH as u32, HEIGHT as u32).unwrap();
    let after = estimator.estimate(&frame.with_time(Duration::from_millis(40)), std::slice::from_ref(&closed)).faces[0]
        .irises_linear;
    assert!(after.iter().all(|&seen| difference(seen, iris) < 4.0), "{after:?}");
    let never = LightEstimator::default().estimate(&frame, std::slice::from_ref(&closed)).faces[0].irises_linear;
    assert!(never.iter().all(|iris| iris.x > iris.z && luminance(*iris) < 0.1), "dark brown: {never:?}");
}

#[test]
fn all_ten_monk_tones_are_told_under_a_known_light() {
    let face = face(10.0);
    for white in [Vec3::ONE, Vec3::new(0.9, 0.8, 0.6)] {
        for (tone, rgb) in (1u8..).zip(MONK_SRGB) {
            let room = RoomLight { white_linear: white / luminance(white), exposure: luminance(white) * 0.95 };
            let skin = srgb::linear(rgb);
            let picture = Picture::flat(GREY * white).shaded(&face, skin * white * 0.95, even);
            let ToneReading::Tone(read) = picture.light(LightEstimator::with_room(room), &face).faces[0].tone else {
                panic!("tone {tone} under {white}");
            };
            assert_eq!(read.monk, tone, "under {white}: {read:?}");
            let difference = delta_e2000(read.lab, lab_from_linear_srgb(skin));
            assert!(difference < 3.0, "tone {tone} under {white}: ΔE00 {difference}, {read:?}");
        }
    }
}

#[test]
fn a_tone_that_cannot_be_told_is_not_told() {
    let face = face(0.0);
    let read = |picture: Picture, estimator: LightEstimator| picture.light(estimator, &face).faces[0].tone;
    let on_face = |skin: Vec3| Picture::flat(GREY).shaded(&face, skin, even);
    assert_eq!(read(on_face(SKIN * 0.01), known()), ToneReading::CannotTell(ToneRejection::TooDark));
    assert_eq!(read(on_face(Vec3::splat(1.0)), known()), ToneReading::CannotTell(ToneRejection::TooBright));
    let red = Vec3::new(1.0, 0.15, 0.1);
    let room = RoomLight { white_linear: red / luminance(red), exposure: 1.0 };
    let in_red = || Picture::flat(GREY * red).shaded(&face, SKIN * red, even);
    assert_eq!(read(in_red(), LightEstimator::with_room(room)), ToneReading::CannotTell(ToneRejection::TooColoured));
    assert_eq!(read(in_red(), LightEstimator::default()), ToneReading::CannotTell(ToneRejection::TooColoured));
    let mut far = face.clone();
    far.landmarks_px.iter_mut().for_each(|point| *point += Vec3::new(-5000.0, 0.0, 0.0));
    assert_eq!(on_face(SKIN).light(known(), &far).faces[0].tone, ToneReading::CannotTell(ToneRejection::TooFewPixels));
    let mut blotched = on_face(SKIN);
    blotched
        .each(|at, pixel| *pixel *= if ((at.x / 14.0 + at.y / 9.0) as usize).is_multiple_of(2) { 0.55 } else { 1.3 });
    assert_eq!(read(blotched, known()), ToneReading::CannotTell(ToneRejection::TooUneven));
}

#[test]
fn a_guessed_light_gives_a_guessed_tone() {
    let face = face(0.0);
    let picture = Picture::flat(Vec3::splat(0.8)).shaded(&face, SKIN * 0.9, even);
    let [guessed, told] =
        [LightEstimator::default(), known()].map(|estimator| match picture.light(estimator, &face).faces[0].tone {
            ToneReading::Tone(tone) => tone,
            ToneReading::CannotTell(why) => panic!("{why:?}"),
        });
    assert!(guessed.sigma_lab.x > 2.5 * told.sigma_lab.x, "{guessed:?} {told:?}");
}

#[test]
fn without_skin_in_sight_the_map_is_still_finite() {
    let face = face(0.0);
    for scale in [0.0, 0.001, 50.0] {
        let mut odd = face.clone();
        odd.landmarks_px.iter_mut().for_each(|point| *point *= scale);
        let light = &Picture::flat(SKIN).light(LightEstimator::default(), &odd).faces[0];
        assert!(light.skin.map.iter().all(|texel| texel.is_finite() && texel.min_element() > 0.0), "{scale}");
        assert!(light.sh.iter().all(|x| x.is_finite()) && light.softness.is_finite());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn brightness_scales_the_shading_and_not_the_albedo(part in 0.35f32..0.95, x in -0.7f32..0.7, y in -0.3f32..0.7) {
        let face = face(0.0);
        let key = Vec3::new(x, y, 0.8).normalize_or_zero();
        let shade = |normal: Vec3| 0.4 + 0.6 * normal.dot(key).max(0.0);
        let of = |part: f32| {
            let picture = Picture::flat(Vec3::splat(0.8 * part)).shaded(&face, SKIN * part, shade);
            picture.light(LightEstimator::default(), &face)
        };
        let (full, dim) = (of(1.0), of(part));
        for (full, dim) in full.faces[0].skin.map.iter().zip(dim.faces[0].skin.map.iter()) {
            // What skin is likely to be speaks a little against any change.
            prop_assert!((dim.w / full.w / part - 1.0).abs() < 0.22, "{} for {part}", dim.w / full.w);
            prop_assert!(difference(full.xyz() / full.w, dim.xyz() / dim.w) < 6.0);
        }
    }
}
