use super::Frame;

impl Frame<'_> {
    /// Writes the upright picture as tightly packed opaque RGBA8 into `out`, which is resized to fit
    /// (no allocation once it has held a frame of this size).
    pub fn write_rgba(&self, out: &mut Vec<u8>) {
        let (width, height) = (self.width(), self.height());
        out.resize(width as usize * height as usize * 4, 255);
        let row_bytes = width as usize * 4;
        if let Some((data, stride)) = self.as_rgba() {
            for (to, from) in out.chunks_exact_mut(row_bytes).zip(data.chunks(stride)) {
                to.copy_from_slice(&from[..row_bytes]);
            }
            return;
        }
        for (y, row) in (0..height).zip(out.chunks_exact_mut(row_bytes)) {
            for (x, pixel) in (0..width).zip(row.chunks_exact_mut(4)) {
                let [r, g, b] = self.rgb_at(x, y);
                pixel.copy_from_slice(&[r, g, b, 255]);
            }
        }
    }
}
