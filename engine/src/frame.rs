//! One camera picture as the host has it: borrowed bytes with their format, size, stride, rotation and time.

mod convert;
mod sample;
mod taps;
mod yuv;

pub(crate) use taps::{AnyTaps, BATCH, PixelBatch, Taps};
pub use yuv::YuvCoding;
use yuv::YuvMatrix;

use std::ops::Sub;
use std::time::Duration;

use thiserror::Error;

/// How a pixel's bytes lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PixelFormat {
    /// Red, green, blue, alpha; 8 bits each. The only format that needs no conversion on its way to the GPU.
    Rgba8,
    /// Blue, green, red, alpha; 8 bits each.
    Bgra8,
    /// Red, green, blue; 8 bits each.
    Rgb8,
    /// Y U Y V, 4 bytes for 2 pixels. Even width.
    Yuyv,
    /// A Y plane, then interleaved U and V at half size. Even sides.
    Nv12,
    /// A Y plane, then U, then V at half size (half stride). Even sides.
    I420,
}

/// The clockwise turn that makes the stored picture upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rotation {
    /// Stored upright.
    #[default]
    None,
    /// A quarter turn clockwise.
    Cw90,
    /// Half a turn.
    Cw180,
    /// A quarter turn counter-clockwise.
    Cw270,
}

/// A frame whose bytes, size and stride do not fit together.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// A side is zero or beyond [`Frame::MAX_SIDE_PX`], or odd where the format halves it.
    #[error("a {format:?} frame of {width}×{height} px is not possible: sides go from 1 to {max}, and are even where chroma is halved", max = Frame::MAX_SIDE_PX)]
    Size {
        /// Format asked for.
        format: PixelFormat,
        /// Stored width in pixels.
        width: u32,
        /// Stored height in pixels.
        height: u32,
    },
    /// Fewer bytes than the size and stride need, or a stride shorter than a row.
    #[error(
        "a {format:?} frame of {width}×{height} px with stride {stride} needs {needed} bytes, {given} given: pass whole rows"
    )]
    Bytes {
        /// Format asked for.
        format: PixelFormat,
        /// Stored width in pixels.
        width: u32,
        /// Stored height in pixels.
        height: u32,
        /// Bytes from one row to the next.
        stride: usize,
        /// Bytes needed.
        needed: usize,
        /// Bytes given.
        given: usize,
    },
}

/// Borrowed pixels with format, size, stride, rotation and monotonic time.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    data: &'a [u8],
    format: PixelFormat,
    yuv: YuvMatrix,
    stored_width: u32,
    stored_height: u32,
    stride: usize,
    rotation: Rotation,
    time: Duration,
}

impl<'a> Frame<'a> {
    /// Longest side accepted, in pixels.
    pub const MAX_SIDE_PX: u32 = 8192;

    /// A tightly packed frame at time zero, stored upright.
    pub fn new(data: &'a [u8], format: PixelFormat, width: u32, height: u32) -> Result<Self, FrameError> {
        let stride = format.bytes_per_row(width);
        Self::with_stride(data, format, width, height, stride)
    }

    /// A frame whose rows (of the first plane) start `stride` bytes apart.
    pub fn with_stride(
        data: &'a [u8],
        format: PixelFormat,
        width: u32,
        height: u32,
        stride: usize,
    ) -> Result<Self, FrameError> {
        let even = width.is_multiple_of(2) && (height.is_multiple_of(2) || format == PixelFormat::Yuyv);
        let sides = 1..=Self::MAX_SIDE_PX;
        if !sides.contains(&width) || !sides.contains(&height) || (format.halves_chroma() && !even) {
            return Err(FrameError::Size { format, width, height });
        }
        let row = format.bytes_per_row(width);
        let needed = format.bytes_needed(row, stride, height as usize);
        if stride < row || needed.is_none_or(|needed| data.len() < needed) {
            let needed = needed.unwrap_or(usize::MAX);
            return Err(FrameError::Bytes { format, width, height, stride, needed, given: data.len() });
        }
        Ok(Self {
            data,
            format,
            yuv: YuvMatrix::new(YuvCoding::default()),
            stored_width: width,
            stored_height: height,
            stride,
            rotation: Rotation::None,
            time: Duration::ZERO,
        })
    }

    /// The same pixels taken at `time` on the host's monotonic clock.
    pub fn with_time(self, time: Duration) -> Self {
        Self { time, ..self }
    }

    /// The same pixels, to be turned by `rotation` to stand upright.
    pub fn with_rotation(self, rotation: Rotation) -> Self {
        Self { rotation, ..self }
    }

    /// The same pixels with another YUV coding.
    pub fn with_yuv_coding(self, yuv: YuvCoding) -> Self {
        Self { yuv: YuvMatrix::new(yuv), ..self }
    }

    /// Width of the upright picture in pixels.
    pub fn width(&self) -> u32 {
        if self.rotation.swaps_sides() { self.stored_height } else { self.stored_width }
    }

    /// Height of the upright picture in pixels.
    pub fn height(&self) -> u32 {
        if self.rotation.swaps_sides() { self.stored_width } else { self.stored_height }
    }

    /// When the frame was taken, on the host's monotonic clock.
    pub fn time(&self) -> Duration {
        self.time
    }

    /// The pixels and their stride in bytes, if they are upright RGBA8 and can go to the GPU as they are.
    pub fn as_rgba(&self) -> Option<(&'a [u8], usize)> {
        (self.format == PixelFormat::Rgba8 && self.rotation == Rotation::None).then_some((self.data, self.stride))
    }
}

impl PixelFormat {
    /// Every format.
    pub const ALL: [Self; 6] = [Self::Rgba8, Self::Bgra8, Self::Rgb8, Self::Yuyv, Self::Nv12, Self::I420];

    fn halves_chroma(self) -> bool {
        matches!(self, Self::Yuyv | Self::Nv12 | Self::I420)
    }

    fn bytes_per_row(self, width: u32) -> usize {
        let width = width as usize;
        match self {
            Self::Rgba8 | Self::Bgra8 => width * 4,
            Self::Rgb8 => width * 3,
            Self::Yuyv => width * 2,
            Self::Nv12 | Self::I420 => width,
        }
    }

    /// `None` where a stride is beyond all memory.
    fn bytes_needed(self, row: usize, stride: usize, height: usize) -> Option<usize> {
        let rows = |stride: usize, count: usize| stride.checked_mul(count);
        match self {
            Self::Nv12 => rows(stride, height)?.checked_add(rows(stride, height / 2 - 1)?)?.checked_add(row),
            Self::I420 => rows(stride, height)?.checked_add(rows(stride / 2, height - 1)?)?.checked_add(row / 2),
            _ => rows(stride, height - 1)?.checked_add(row),
        }
    }
}

impl Rotation {
    fn swaps_sides(self) -> bool {
        matches!(self, Self::Cw90 | Self::Cw270)
    }

    /// Where a point of the upright picture lies in the stored one, whose last column and row are `right` and `bottom`.
    #[inline]
    pub(crate) fn stored_from_upright<T>(self, [x, y]: [T; 2], [right, bottom]: [T; 2]) -> [T; 2]
    where
        T: Copy + Sub<Output = T>,
    {
        match self {
            Self::None => [x, y],
            Self::Cw90 => [y, bottom - x],
            Self::Cw180 => [right - x, bottom - y],
            Self::Cw270 => [right - y, x],
        }
    }
}
