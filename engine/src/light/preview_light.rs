//! Lights other than the room's to look at make-up in, by the CIE's standard illuminants (CIE 015:2018).

use glam::{Vec2, Vec3};

use super::chromatic_adaptation::XYZ_FROM_RGB;

/// A light to look at make-up in that is not the one in the room. Data only; nothing uses it by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PreviewLight {
    /// The room's own light.
    #[default]
    Off,
    /// White LEDs over a counter: CIE LED-B3, 4103 K (CIE 015:2018).
    Store,
    /// An overcast day: CIE D65, 6504 K.
    Daylight,
    /// Warm lamps at home: CIE LED-B1, 2733 K (CIE 015:2018).
    Evening,
}

impl PreviewLight {
    /// In the order of a menu.
    pub const ALL: [Self; 4] = [Self::Off, Self::Store, Self::Daylight, Self::Evening];

    /// Linear sRGB (D65) of a white surface in this light, luminance 1, for an eye that is adapted to D65; `None` for
    /// [`PreviewLight::Off`].
    pub fn white_linear(self) -> Option<Vec3> {
        self.chromaticity().map(linear_from_xy)
    }

    /// How bright that surface looks beside one in daylight, with an eye (or a camera) that has adapted most of the
    /// way: a choice of taste, not a measurement, as lamps at home give a hundredth of an overcast day's light.
    pub fn relative_level(self) -> f32 {
        match self {
            Self::Off | Self::Store | Self::Daylight => 1.0,
            Self::Evening => 0.7,
        }
    }

    /// CIE 1931 x, y, 2° observer.
    fn chromaticity(self) -> Option<Vec2> {
        match self {
            Self::Off => None,
            Self::Store => Some(Vec2::new(0.3756, 0.3723)),
            Self::Daylight => Some(Vec2::new(0.312_72, 0.329_03)),
            Self::Evening => Some(Vec2::new(0.4560, 0.4078)),
        }
    }
}

/// Linear sRGB of luminance 1 with the given chromaticity.
fn linear_from_xy(xy: Vec2) -> Vec3 {
    XYZ_FROM_RGB.inverse() * Vec3::new(xy.x / xy.y, 1.0, (1.0 - xy.x - xy.y) / xy.y)
}

#[cfg(test)]
mod tests {
    use carmine_shaders::cpu::luminance;

    use super::*;

    #[test]
    fn warmer_lights_have_more_red_and_less_blue() {
        assert_eq!(PreviewLight::Off.white_linear(), None);
        let [store, daylight, evening] = [PreviewLight::Store, PreviewLight::Daylight, PreviewLight::Evening]
            .map(|light| light.white_linear().unwrap());
        assert!(daylight.abs_diff_eq(Vec3::ONE, 2e-3), "{daylight}");
        assert!(evening.x > store.x && store.x > 1.1 && evening.z < store.z && store.z < 0.8, "{store} {evening}");
        for white in [store, daylight, evening] {
            assert!((luminance(white) - 1.0).abs() < 2e-3 && white.min_element() > 0.0, "{white}");
        }
    }
}
