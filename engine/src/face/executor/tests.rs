//! The executor against tract, on the same bytes and pictures.

mod random;

use std::path::Path;

use carmine_models::{ModelId, VerifiedModel};
use glam::Vec2;

use super::barrier::SpinBarrier;
use super::{Executor, Graph, InstructionSet, Node, Operator};
use crate::face::crop::{Border, ValueRange, crop};
use crate::face::model::{InputTensor, Model};
use crate::face::roi::Roi;
use crate::face::tract_model::{TractModel, lowered_graph};
use crate::face::{FaceTracker, Sequence, TrackerConfig};
use crate::frame::{Frame, PixelFormat};

/// A small, repeatable source of numbers in [0, 1): a linear congruential generator with Knuth's MMIX constants.
struct Random(u64);

impl Random {
    fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1 << 24) as f32
    }

    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }
}

/// 200 pictures of `side` pixels in [0, 1]: crops around the faces of photos, as a tracker that is a bit off would take
/// them, and noise of any contrast.
fn pictures(side: usize) -> Vec<Vec<f32>> {
    let mut random = Random(1);
    let mut pictures = Vec::new();
    let mut tracker =
        FaceTracker::new(TrackerConfig { max_faces: 1, sequence: Sequence::Stills, ..TrackerConfig::default() })
            .unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/looks/inputs");
    for name in ["light_skin.png", "dark_skin.png", "glasses.png", "open_mouth.jpg", "turned.jpg", "closed_eyes.jpg"] {
        let photo = image::open(folder.join(name)).unwrap().to_rgb8();
        let frame = Frame::new(photo.as_raw(), PixelFormat::Rgb8, photo.width(), photo.height()).unwrap();
        let face = Roi::around_landmarks(&tracker.track(&frame).unwrap().faces[0].landmarks_px).unwrap();
        for _ in 0..25 {
            let roi = Roi {
                centre_px: face.centre_px
                    + face.size_px * Vec2::new(random.between(-0.1, 0.1), random.between(-0.1, 0.1)),
                size_px: face.size_px * random.between(0.8, 1.4),
                rotation_rad: face.rotation_rad + random.between(-0.4, 0.4),
            };
            let mut values = vec![0.0; side * side * 3];
            let input = InputTensor { values: &mut values, row_stride: side * 3 };
            crop(&frame, &roi, side, Border::Replicate, ValueRange::UNIT, input);
            pictures.push(values);
        }
    }
    while pictures.len() < 200 {
        let (middle, contrast) = (random.unit(), random.unit());
        pictures
            .push((0..side * side * 3).map(|_| (middle + (random.unit() - 0.5) * contrast).clamp(0.0, 1.0)).collect());
    }
    pictures
}

/// Largest difference between tract and any set of instructions over all outputs: of pictures in which `has_face` sees
/// a face by tract's outputs, and of the others.
fn largest_differences(id: ModelId, side: usize, range: ValueRange, has_face: fn(&dyn Model) -> bool) -> [f32; 2] {
    let model = VerifiedModel::embedded(id).unwrap();
    let mut reference = TractModel::load(&model).unwrap();
    let graph = lowered_graph(&model).unwrap();
    let mut executors: Vec<_> =
        InstructionSet::all().into_iter().map(|instructions| Executor::new(&graph, instructions, 1).unwrap()).collect();
    executors.push(Executor::new(&graph, InstructionSet::best(), 2).unwrap());
    let (mut worst, mut faces) = ([0.0_f32; 2], 0);
    for mut picture in pictures(side) {
        picture.iter_mut().for_each(|value| *value = range.black + *value * (range.white - range.black));
        reference.input().unwrap().values.copy_from_slice(&picture);
        reference.run().unwrap();
        let face = has_face(&reference);
        faces += usize::from(face);
        let worst = &mut worst[usize::from(!face)];
        for executor in &mut executors {
            let (values, row_stride) = executor.input();
            for (to, from) in values.chunks_mut(row_stride).zip(picture.chunks_exact(side * 3)) {
                to[..side * 3].copy_from_slice(from);
            }
            assert!(executor.run());
            for output in 0..model.spec().outputs.len() {
                let (found, expected) = (executor.output(output), reference.output(output));
                assert_eq!(found.len(), expected.len());
                for (found, expected) in found.iter().zip(expected) {
                    // `max` would let a NaN pass.
                    let difference = (found - expected).abs();
                    *worst = if difference.is_nan() { f32::INFINITY } else { worst.max(difference) };
                }
            }
        }
    }
    assert!((100..200).contains(&faces), "{faces} of the pictures hold a face");
    worst
}

// Where there is no face the landmarks are noise, which rounding moves a little more: tract is as far from the result
// in f64 as the executor is, up to 1.4e-3 px each.

#[test]
fn landmarks_are_tracts_to_a_thousandth_of_a_pixel() {
    let presence = |model: &dyn Model| model.output(1)[0] > 0.0;
    let [face, none] = largest_differences(ModelId::FaceLandmarks, 256, ValueRange::UNIT, presence);
    assert!(face <= 1e-3 && none <= 4e-3, "{face} with a face, {none} without");
}

#[test]
fn detections_are_tracts_to_a_thousandth_of_a_pixel() {
    let seen = |model: &dyn Model| model.output(1).iter().any(|&logit| logit > 0.0);
    let [face, none] = largest_differences(ModelId::FaceDetector, 128, ValueRange::SIGNED, seen);
    assert!(face <= 1e-3 && none <= 1e-3, "{face} with a face, {none} without");
}

#[test]
fn nothing_of_a_picture_is_left_over() {
    let graph = lowered_graph(&VerifiedModel::embedded(ModelId::FaceLandmarks).unwrap()).unwrap();
    for (instructions, threads) in InstructionSet::all().into_iter().zip([2, 1].into_iter().cycle()) {
        let mut executor = Executor::new(&graph, instructions, threads).unwrap();
        let show = |executor: &mut Executor, value: f32| {
            let (values, row_stride) = executor.input();
            values.chunks_mut(row_stride).take(256).for_each(|row| row[..768].fill(value));
            assert!(executor.run());
            executor.output(0).to_vec()
        };
        let first = show(&mut executor, 0.3);
        show(&mut executor, 0.9);
        assert_eq!(show(&mut executor, 0.3), first, "{instructions:?}");
        executor.zeroize();
        assert!(executor.output(0).iter().all(|&value| value == 0.0));
        assert!(executor.input().0.iter().all(|&value| value == 0.0));
        assert_eq!(show(&mut executor, 0.3), first, "{instructions:?}");
    }
}

/// What keeps a graph from being fused is named, and a graph that is not of this family is not run.
#[test]
fn a_foreign_graph_is_refused_by_operator() {
    let refused = |change: &dyn Fn(&mut Graph)| {
        let mut graph = lowered_graph(&VerifiedModel::embedded(ModelId::FaceLandmarks).unwrap()).unwrap();
        change(&mut graph);
        Executor::new(&graph, InstructionSet::best(), 1).unwrap_err()
    };
    let at = |graph: &Graph, wanted: fn(&Operator) -> bool| {
        graph.nodes.iter().position(|node: &Node| wanted(&node.operator)).unwrap()
    };
    let pool = refused(&|graph| {
        let pool = at(graph, |operator| matches!(operator, Operator::MaxPool2));
        graph.nodes[pool].operator = Operator::Other("AveragePool".into());
    });
    assert!(pool.contains("AveragePool"), "{pool}");
    let slope = refused(&|graph| {
        let product = at(graph, |operator| matches!(operator, Operator::Mul));
        let slope = graph.nodes[product].inputs[1];
        let Operator::Constant(values) = &mut graph.nodes[slope].operator else { unreachable!() };
        values[0] += 0.1;
    });
    assert!(slope.contains("end of a block"), "{slope}");
    let spread = refused(&|graph| {
        let (skip, sum) = (
            at(graph, |operator| matches!(operator, Operator::MaxPool2)),
            at(graph, |operator| matches!(operator, Operator::PadChannels)),
        );
        // One channel, which an addition would spread over all.
        graph.nodes[skip].shape[1] = 1;
        graph.nodes[sum].operator = Operator::Reshape;
    });
    assert!(spread.contains("block"), "{spread}");
    let dilated = refused(&|graph| {
        let conv = at(graph, |operator| matches!(operator, Operator::Conv(conv) if conv.groups > 1));
        let Operator::Conv(conv) = &mut graph.nodes[conv].operator else { unreachable!() };
        conv.strides = [3, 3];
    });
    assert!(dilated.contains("depthwise"), "{dilated}");
}

#[test]
fn strips_are_the_whole_to_the_last_bit() {
    for (id, side) in [(ModelId::FaceDetector, 128), (ModelId::FaceLandmarks, 256)] {
        let graph = lowered_graph(&VerifiedModel::embedded(id).unwrap()).unwrap();
        let mut random = Random(2);
        let picture: Vec<f32> = (0..side * side * 3).map(|_| random.unit()).collect();
        let outputs = |threads| {
            let mut executor = Executor::new(&graph, InstructionSet::best(), threads).unwrap();
            let (values, row_stride) = executor.input();
            for (to, from) in values.chunks_mut(row_stride).zip(picture.chunks_exact(side * 3)) {
                to[..side * 3].copy_from_slice(from);
            }
            // Again and again, since threads interleave differently each time.
            (0..20).map(|_| assert!(executor.run())).count();
            (0..graph.outputs.len()).map(|output| executor.output(output).to_vec()).collect::<Vec<_>>()
        };
        let whole = outputs(1);
        for threads in 2..5 {
            assert!(outputs(threads) == whole, "{id}, {threads} threads");
        }
    }
}

#[test]
fn nobody_waits_for_a_thread_that_broke_off() {
    let barrier = SpinBarrier::new(2);
    std::thread::scope(|scope| {
        scope.spawn(|| barrier.poison());
        barrier.wait();
    });
    assert!(barrier.is_poisoned());
}
