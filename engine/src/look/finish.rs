//! Finishes: how a product's surface reflects light, a row of five numbers each.
//!
//! The numbers are the project's own. They go to the shaders in the uniforms of every layer (`dress/optics.rs`);
//! `shaders/wgsl/shared/composite.wgsl` applies them to a pixel. A new finish is a row here and a golden case.

use serde::Deserialize;

/// A finish's five numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FinishOptics {
    /// The bare skin's own reflection is scaled by this; 1 leaves it as it is.
    pub gain: f32,
    /// Strength of a broad lobe round the key light's mirror image.
    pub soft: f32,
    /// Strength of a tight lobe, as of a wet surface.
    pub sharp: f32,
    /// Density of flakes, 0–1. With flakes, all reflections take the product's own colour.
    pub flakes: f32,
    /// Coarseness of the flakes, from 0, a glow, to 1, single points.
    pub coarse: f32,
}

/// One row a finish: its documentation, variant and name in product files, then the numbers.
macro_rules! finishes {
    ($(
        $(#[$doc:meta])*
        $variant:ident $name:literal: $gain:literal, $soft:literal, $sharp:literal, $flakes:literal, $coarse:literal;
    )*) => {
        /// What a product does with reflected light.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
        pub enum Finish {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Finish {
            /// Every finish.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// The name in product files.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// Its numbers.
            pub(crate) fn optics(self) -> FinishOptics {
                let [gain, soft, sharp, flakes, coarse] = match self {
                    $(Self::$variant => [$gain, $soft, $sharp, $flakes, $coarse],)*
                };
                FinishOptics { gain, soft, sharp, flakes, coarse }
            }
        }
    };
}

finishes! {
    //                      gain, soft,  sharp, flakes, coarse
    /// Powdery: most of the skin's own reflection is gone.
    Matte "matte":          0.18, 0.0,   0.0,   0.0,    0.0;
    /// The skin's own reflection stays, with a soft lobe.
    Satin "satin":          0.85, 0.025, 0.0,   0.0,    0.0;
    /// Emollient: a broad, dewy lobe over a softened skin.
    Cream "cream":          0.9,  0.05,  0.02,  0.0,    0.0;
    /// Wet: sharp, strong highlights.
    Gloss "gloss":          1.7,  0.01,  0.36,  0.0,    0.0;
    /// Foil: a strong, finely grained reflection in the shade's own colour.
    Metallic "metallic":    1.3,  1.0,   0.4,   0.6,    0.0;
    /// Fine flakes that melt into a glow.
    Shimmer "shimmer":      0.8,  0.22,  0.0,   0.6,    0.0;
    /// Coarse flakes that glint one by one.
    Glitter "glitter":      0.8,  0.08,  0.0,   0.75,   1.0;
    /// A breath of colour: the skin reflects as if bare.
    Sheer "sheer":          1.0,  0.0,   0.0,   0.0,    0.0;
}

impl Finish {
    /// Whether it glints with flakes.
    pub fn has_flakes(self) -> bool {
        self.optics().flakes > 0.0
    }
}
