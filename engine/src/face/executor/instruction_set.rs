//! The SIMD instruction sets that the kernels are compiled for; one is chosen at run time, through `pulp`.

use std::any::TypeId;
use std::fmt;

#[cfg(target_arch = "x86_64")]
use pulp::x86;
use pulp::{Scalar128b, Simd, WithSimd};

/// Instructions that an executor runs on.
#[derive(Clone, Copy)]
pub(in crate::face) enum InstructionSet {
    /// Four floats at a time, as the compiler sees fit.
    Portable,
    #[cfg(target_arch = "x86_64")]
    Sse42(x86::V2),
    /// AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2(x86::V3),
    #[cfg(target_arch = "x86_64")]
    Avx512(x86::V4),
    #[cfg(target_arch = "aarch64")]
    Neon(pulp::aarch64::Neon),
}

impl InstructionSet {
    /// The widest that this processor has.
    pub fn best() -> Self {
        Self::all().last().copied().unwrap_or(Self::Portable)
    }

    /// All that this processor has, slowest first.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(x86::V2::try_new().map(Self::Sse42));
            all.extend(x86::V3::try_new().map(Self::Avx2));
            all.extend(x86::V4::try_new().map(Self::Avx512));
        }
        #[cfg(target_arch = "aarch64")]
        all.extend(pulp::aarch64::Neon::try_new().map(Self::Neon));
        all
    }

    /// Runs a kernel compiled for these instructions.
    pub(super) fn dispatch<K: WithSimd>(self, kernel: K) -> K::Output {
        match self {
            Self::Portable => kernel.with_simd(Scalar128b),
            #[cfg(target_arch = "x86_64")]
            Self::Sse42(simd) => Simd::vectorize(simd, kernel),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(simd) => Simd::vectorize(simd, kernel),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(simd) => Simd::vectorize(simd, kernel),
            #[cfg(target_arch = "aarch64")]
            Self::Neon(simd) => Simd::vectorize(simd, kernel),
        }
    }

    /// How the microkernels share out these instructions' registers.
    pub(super) fn register_blocking(self) -> RegisterBlocking {
        self.dispatch(ReadBlocking)
    }
}

impl fmt::Debug for InstructionSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Self::Sse42(_) => "SSE4.2",
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(_) => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(_) => "AVX-512",
            #[cfg(target_arch = "aarch64")]
            Self::Neon(_) => "NEON",
        })
    }
}

/// How many output channels a microkernel keeps in registers: weights are packed to fit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RegisterBlocking {
    /// Floats in a vector.
    pub lanes: usize,
    /// Most vectors of output channels in a panel of weights.
    pub panel_vectors: usize,
}

impl RegisterBlocking {
    /// Channels rounded up to whole vectors.
    pub fn round_up(self, channels: usize) -> usize {
        channels.next_multiple_of(self.lanes)
    }
}

struct ReadBlocking;

impl WithSimd for ReadBlocking {
    type Output = RegisterBlocking;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> RegisterBlocking {
        let panel_vectors = if S::REGISTER_COUNT > 16 { 4 } else { 3 };
        RegisterBlocking { lanes: S::F32_LANES, panel_vectors }
    }
}

/// Whether the instructions have a fused multiply-add. Where they do not, `pulp` emulates one in software, a thousand
/// times as slowly.
#[inline(always)]
fn has_fma<S: Simd>() -> bool {
    let this = TypeId::of::<S>();
    #[cfg(target_arch = "x86_64")]
    if this == TypeId::of::<x86::V2>() {
        return false;
    }
    this != TypeId::of::<Scalar128b>()
}

/// `a · b + c`, fused where the instructions have that.
#[inline(always)]
pub(super) fn multiply_add<S: Simd>(simd: S, a: S::f32s, b: S::f32s, c: S::f32s) -> S::f32s {
    if has_fma::<S>() { simd.mul_add_e_f32s(a, b, c) } else { simd.add_f32s(simd.mul_f32s(a, b), c) }
}
