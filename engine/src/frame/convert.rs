//! The whole upright picture as RGBA8, for the GPU and for files.

use super::{Frame, PixelFormat, Rotation};

impl Frame<'_> {
    /// Writes the upright picture as tightly packed opaque RGBA8 into `out`, which is resized to fit
    /// (no allocation once it has held a frame of this size).
    pub fn write_rgba(&self, out: &mut Vec<u8>) {
        let (width, height) = (self.width(), self.height());
        let row_bytes = width as usize * 4;
        out.resize(height as usize * row_bytes, 255);
        if let Some((data, stride)) = self.as_rgba() {
            for (to, from) in out.chunks_exact_mut(row_bytes).zip(data.chunks(stride)) {
                to.copy_from_slice(&from[..row_bytes]);
            }
            return;
        }
        for (y, row) in out.chunks_exact_mut(row_bytes).enumerate() {
            if self.rotation == Rotation::None && self.format.halves_chroma() {
                self.write_yuv_row(y, row);
                continue;
            }
            for (x, pixel) in (0..width).zip(row.chunks_exact_mut(4)) {
                let [r, g, b] = self.rgb_at(x, y as u32);
                pixel.copy_from_slice(&[r, g, b, 255]);
            }
        }
    }

    /// Converts a stored row of YUV to RGBA. Pairs of pixels share their chroma, so it is converted once for both.
    fn write_yuv_row(&self, y: usize, out: &mut [u8]) {
        let width = self.stored_width as usize;
        let chroma = self.stride * self.stored_height as usize;
        let row = &self.data[y * self.stride..];
        let pairs = out.chunks_exact_mut(8);
        match self.format {
            PixelFormat::Nv12 => {
                let chroma = &self.data[chroma + y / 2 * self.stride..][..width];
                let luma = row[..width].chunks_exact(2).zip(chroma.chunks_exact(2));
                pairs.zip(luma).for_each(|(to, (y, uv))| self.write_pair([y[0], y[1]], [uv[0], uv[1]], to));
            }
            PixelFormat::I420 => {
                let half = self.stride / 2;
                let u = &self.data[chroma + y / 2 * half..][..width / 2];
                let v = &self.data[chroma + (self.stored_height as usize / 2 + y / 2) * half..][..width / 2];
                let luma = row[..width].chunks_exact(2).zip(u.iter().zip(v));
                pairs.zip(luma).for_each(|(to, (y, (&u, &v)))| self.write_pair([y[0], y[1]], [u, v], to));
            }
            // Y U Y V.
            _ => {
                let packed = row[..width * 2].chunks_exact(4);
                pairs.zip(packed).for_each(|(to, p)| self.write_pair([p[0], p[2]], [p[1], p[3]], to));
            }
        }
    }

    #[inline]
    fn write_pair(&self, luma: [u8; 2], [u, v]: [u8; 2], out: &mut [u8]) {
        let chroma = self.yuv.chroma(u, v);
        let ([r0, g0, b0], [r1, g1, b1]) = (self.yuv.rgb(luma[0], chroma), self.yuv.rgb(luma[1], chroma));
        out.copy_from_slice(&[r0, g0, b0, 255, r1, g1, b1, 255]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_single_pixels_agree_in_every_format_and_rotation() {
        let (width, height, stride) = (6, 4, 28);
        let data: Vec<u8> = (0..stride * height * 2).map(|i| (i * 37 % 251) as u8).collect();
        for format in PixelFormat::ALL {
            for rotation in [Rotation::None, Rotation::Cw90] {
                let frame =
                    Frame::with_stride(&data, format, width, height as u32, stride).unwrap().with_rotation(rotation);
                let mut rgba = Vec::new();
                frame.write_rgba(&mut rgba);
                for (i, pixel) in rgba.chunks_exact(4).enumerate() {
                    let (x, y) = (i as u32 % frame.width(), i as u32 / frame.width());
                    assert_eq!(pixel[..3], frame.rgb_at(x, y), "{format:?} {rotation:?} {x},{y}");
                }
            }
        }
    }
}
