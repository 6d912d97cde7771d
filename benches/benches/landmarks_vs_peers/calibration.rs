//! The limits of one core: peak multiply-adds on registers, and reading bandwidth from each cache.

use std::any::TypeId;
use std::fs;
use std::hint::black_box;
use std::time::Instant;

use pulp::{Arch, Scalar128b, Simd, WithSimd};

/// Sums kept at once, so that none waits for the last: two units take four cycles each.
const SUMS: usize = 12;
/// Multiply-adds of each sum in one measurement; about 10 ms of them all.
const DEPTH: usize = 1 << 21;
/// Bytes of the buffers that stand for the nearest cache, the next, what lies just beyond, and far beyond.
pub const BUFFERS: [usize; 4] = [16 << 10, 1 << 20, 8 << 20, 64 << 20];
/// Bytes read in one measurement.
const READ: usize = 512 << 20;

/// One core's roofs.
#[derive(Clone, Copy, Debug)]
pub struct Roofs {
    pub gflop_per_s: f64,
    /// Reading from each of [`BUFFERS`].
    pub gb_per_s: [f64; 4],
}

/// Measures them, a moment each.
pub struct Calibration {
    arch: Arch,
    values: Vec<f32>,
}

impl Calibration {
    pub fn new() -> Self {
        // Ones: pages that were never written may all be the same one.
        Self { arch: Arch::new(), values: vec![1.0; BUFFERS[3] / 4 + 16] }
    }

    pub fn measure(&self) -> Roofs {
        let flops = 2.0 * (SUMS * DEPTH) as f64;
        let (lanes, took) = timed(|| dispatch(self.arch, MultiplyAdds));
        let gb_per_s = BUFFERS.map(|bytes| {
            // On a cache line, or every other vector would lie on two.
            let start = self.values.as_ptr().align_offset(64);
            let read = Read { values: &self.values[start..][..bytes / 4], times: READ / bytes };
            dispatch(self.arch, Read { times: 1, ..read });
            READ as f64 / timed(|| dispatch(self.arch, read)).1 / 1e9
        });
        Roofs { gflop_per_s: flops * lanes as f64 / took / 1e9, gb_per_s }
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let began = Instant::now();
    let result = work();
    (result, began.elapsed().as_secs_f64())
}

fn dispatch<W: WithSimd>(arch: Arch, work: W) -> W::Output {
    match arch {
        // As the networks' executor does.
        Arch::Scalar => work.with_simd(Scalar128b),
        arch => arch.dispatch(work),
    }
}

/// Returns how many lanes a vector has.
struct MultiplyAdds;

impl WithSimd for MultiplyAdds {
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> usize {
        let (scale, offset) = (simd.splat_f32s(black_box(0.999)), simd.splat_f32s(black_box(0.001)));
        let mut sums = [offset; SUMS];
        for _ in 0..DEPTH {
            for sum in &mut sums {
                // Portable vectors would fuse in software.
                *sum = if TypeId::of::<S>() == TypeId::of::<Scalar128b>() {
                    simd.add_f32s(simd.mul_f32s(*sum, scale), offset)
                } else {
                    simd.mul_add_e_f32s(*sum, scale, offset)
                };
            }
        }
        black_box(total(simd, sums));
        S::F32_LANES
    }
}

#[derive(Clone, Copy)]
struct Read<'a> {
    values: &'a [f32],
    times: usize,
}

impl WithSimd for Read<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let mut sums = [simd.splat_f32s(0.0); 8];
        for _ in 0..self.times {
            for vectors in S::as_simd_f32s(black_box(self.values)).0.chunks_exact(8) {
                for (sum, &vector) in sums.iter_mut().zip(vectors) {
                    *sum = simd.add_f32s(*sum, vector);
                }
            }
        }
        black_box(total(simd, sums));
    }
}

#[inline(always)]
fn total<S: Simd, const N: usize>(simd: S, sums: [S::f32s; N]) -> f32 {
    let mut total = simd.splat_f32s(0.0);
    for sum in sums {
        total = simd.add_f32s(total, sum);
    }
    simd.reduce_sum_f32s(total)
}

/// Bytes of the first core's two nearest data caches, as Linux reports them; elsewhere those of a small processor.
pub fn caches() -> [usize; 2] {
    let mut caches = [32 << 10, 512 << 10];
    for index in 0..8 {
        let tell = |what: &str| {
            fs::read_to_string(format!("/sys/devices/system/cpu/cpu0/cache/index{index}/{what}"))
                .map_or(String::new(), |text| text.trim().to_owned())
        };
        let kib = tell("size").trim_end_matches('K').parse::<usize>();
        if let (Ok(level @ 1..=2), Ok(kib), true) = (tell("level").parse::<usize>(), kib, tell("type") != "Instruction")
        {
            caches[level - 1] = kib << 10;
        }
    }
    caches
}
