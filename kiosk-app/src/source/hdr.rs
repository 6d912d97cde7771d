//! High dynamic range as sRGB: what a picture for a screen of 1000 cd/m² looks like on one that ends at white.
//!
//! In: R'G'B' of 16 bits in PQ or HLG (ITU-R BT.2100), and the matrix from its primaries to sRGB's. Out: sRGB of 8
//! bits.
//!
//! 1. Light, with 1 for the white of print and of a user interface: 203 cd/m² (ITU-R BT.2408).
//! 2. The primaries become sRGB's.
//! 3. Up to `KNEE` the brightest of red, green and blue stays as it is; above it a curve without a kink takes the
//!    rest up to 1000 cd/m² below white. All three are scaled alike, so that a highlight keeps its hue.

/// Where highlights begin to be compressed.
const KNEE: f32 = 0.75;
/// The brightest light that is told from more, over white's.
const PEAK: f32 = 1000.0 / 203.0;
/// Steps of the table from code values to light.
const STEPS: usize = 4096;

/// How light is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hdr {
    /// Perceptual quantiser (SMPTE ST 2084).
    Pq,
    /// Hybrid log-gamma (ARIB STD-B67).
    Hlg,
}

impl Hdr {
    /// Of a number of ITU-T H.273, table 3; `None` for standard dynamic range.
    pub fn of(transfer: u8) -> Option<Self> {
        match transfer {
            16 => Some(Self::Pq),
            18 => Some(Self::Hlg),
            _ => None,
        }
    }

    /// Its light over white's; of HLG the scene's, from 0 to 1.
    fn light(self, code: f32) -> f32 {
        match self {
            Self::Pq => {
                const M1: f32 = 0.159_301_76;
                const M2: f32 = 78.843_75;
                const C1: f32 = 0.835_937_5;
                const C2: f32 = 18.851_563;
                const C3: f32 = 18.6875;
                let root = code.powf(1.0 / M2);
                10_000.0 / 203.0 * ((root - C1).max(0.0) / (C2 - C3 * root)).powf(1.0 / M1)
            }
            Self::Hlg => {
                const A: f32 = 0.178_832_77;
                const B: f32 = 0.284_668_92;
                const C: f32 = 0.559_910_7;
                if code <= 0.5 { code * code / 3.0 } else { (((code - C) / A).exp() + B) / 12.0 }
            }
        }
    }
}

/// Ready to convert.
pub struct ToneMap {
    hdr: Hdr,
    light: Vec<f32>,
    srgb_from_source: [[f32; 3]; 3],
}

impl ToneMap {
    /// With the matrix from linear light over the source's primaries to linear light over sRGB's.
    pub fn new(hdr: Hdr, srgb_from_source: &[[f64; 3]; 3]) -> Self {
        let light = (0..=STEPS).map(|step| hdr.light(step as f32 / STEPS as f32)).collect();
        Self { hdr, light, srgb_from_source: srgb_from_source.map(|row| row.map(|cell| cell as f32)) }
    }

    /// ITU-R BT.2020's primaries, which clips have.
    pub fn bt2020(hdr: Hdr) -> Self {
        // ITU-R BT.2087, the inverse of table 2's matrix.
        Self::new(
            hdr,
            &[
                [1.660_491, -0.587_641, -0.072_850],
                [-0.124_550, 1.132_900, -0.008_349],
                [-0.018_151, -0.100_579, 1.118_730],
            ],
        )
    }

    /// One pixel.
    pub fn srgb(&self, code: [u16; 3]) -> [u8; 3] {
        let mut light = code.map(|value| self.looked_up(value));
        if self.hdr == Hdr::Hlg {
            // The system gamma of a screen of 1000 cd/m² (ITU-R BT.2100, table 5).
            let luminance = 0.2627 * light[0] + 0.6780 * light[1] + 0.0593 * light[2];
            let gain = PEAK * luminance.max(0.0).powf(0.2);
            light = light.map(|value| value * gain);
        }
        let linear =
            self.srgb_from_source.map(|row| row.iter().zip(light).map(|(cell, value)| cell * value).sum::<f32>());
        let brightest = linear.iter().fold(0.0_f32, |most, value| most.max(*value));
        let scale = if brightest > KNEE { below_white(brightest) / brightest } else { 1.0 };
        linear.map(|value| encoded(value * scale))
    }

    fn looked_up(&self, code: u16) -> f32 {
        let place = f32::from(code) / 65535.0 * STEPS as f32;
        let step = (place as usize).min(STEPS - 1);
        let (low, high) = (self.light[step], self.light[step + 1]);
        low + (high - low) * (place - step as f32)
    }
}

/// Reinhard's curve with a white point, begun at the knee with slope 1.
fn below_white(light: f32) -> f32 {
    let room = 1.0 - KNEE;
    let over = (light.min(PEAK) - KNEE) / room;
    let most = (PEAK - KNEE) / room;
    KNEE + room * over * (1.0 + over / (most * most)) / (1.0 + over)
}

/// sRGB's own curve (IEC 61966-2-1).
fn encoded(light: f32) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let code = if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (code * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sixteen(code: f32) -> u16 {
        (code * 65535.0).round() as u16
    }

    #[test]
    fn black_white_and_the_brightest_are_where_they_should_be() {
        // Codes of 0, 26, 203 and 1000 cd/m² (ITU-R BT.2408, table 1, and annex 1).
        for (hdr, [grey, white, peak]) in [(Hdr::Pq, [0.38, 0.5807, 0.7518]), (Hdr::Hlg, [0.38, 0.75, 1.0])] {
            let map = ToneMap::bt2020(hdr);
            let of = |code: f32| map.srgb([sixteen(code); 3]);
            assert_eq!(of(0.0), [0; 3], "{hdr:?}");
            assert!(of(peak).iter().all(|value| *value >= 254), "{hdr:?} {:?}", of(peak));
            assert!(of(white).iter().all(|value| (235..=245).contains(value)), "{hdr:?} {:?}", of(white));
            // 18 % grey, which sRGB writes as 118.
            assert!(of(grey).iter().all(|value| (90..=130).contains(value)), "{hdr:?} {:?}", of(grey));
            let greys: Vec<_> = (0..=100).map(|step| of(step as f32 / 100.0)).collect();
            assert!(
                greys.iter().all(|[r, g, b]| r.abs_diff(*g) <= 1 && g.abs_diff(*b) <= 1),
                "{hdr:?}: greys stay grey"
            );
            assert!(greys.windows(2).all(|pair| pair[0][1] <= pair[1][1]), "{hdr:?}: brighter stays brighter");
        }
    }

    #[test]
    fn a_bright_colour_keeps_its_hue() {
        let map = ToneMap::bt2020(Hdr::Pq);
        let [r, g, b] = map.srgb([0.70, 0.62, 0.60].map(sixteen));
        assert!(r > 245 && g < r - 20 && b < g, "{r} {g} {b}");
    }
}
