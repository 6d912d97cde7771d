//! Product categories: the order of make-up, and the charts and default mask of each category.

use carmine_shaders::Chart;
use serde::Deserialize;

/// Where a product goes. In the order in which make-up is put on, whatever the order in a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Evens the whole face.
    Foundation,
    /// Hides shadows and redness.
    Concealer,
    /// Shadows that carve the face.
    Contour,
    /// Warmth where the sun would fall.
    Bronzer,
    /// Colour on the cheeks.
    Blush,
    /// Light on what stands out.
    Highlighter,
    /// Round the eyes.
    Eyeshadow,
    /// Along the lashes.
    Eyeliner,
    /// In the brows.
    Brow,
    /// On the irises.
    Lens,
    /// On the lips' edge.
    LipLiner,
    /// On the lips.
    Lipstick,
    /// Over the lipstick.
    LipGloss,
    /// On the person's own lashes.
    Mascara,
    /// False lashes.
    Lashes,
}

impl Category {
    /// Every category, next to the skin first.
    pub const ALL: [Self; 15] = [
        Self::Foundation,
        Self::Concealer,
        Self::Contour,
        Self::Bronzer,
        Self::Blush,
        Self::Highlighter,
        Self::Eyeshadow,
        Self::Eyeliner,
        Self::Brow,
        Self::Lens,
        Self::LipLiner,
        Self::Lipstick,
        Self::LipGloss,
        Self::Mascara,
        Self::Lashes,
    ];

    /// Place in the stack: the smallest lies next to the skin.
    pub fn order(self) -> u8 {
        self as u8
    }

    /// The name in look and product files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Foundation => "foundation",
            Self::Concealer => "concealer",
            Self::Contour => "contour",
            Self::Bronzer => "bronzer",
            Self::Blush => "blush",
            Self::Highlighter => "highlighter",
            Self::Eyeshadow => "eyeshadow",
            Self::Eyeliner => "eyeliner",
            Self::Brow => "brow",
            Self::Lens => "lens",
            Self::LipLiner => "lip-liner",
            Self::Lipstick => "lipstick",
            Self::LipGloss => "lip-gloss",
            Self::Mascara => "mascara",
            Self::Lashes => "lashes",
        }
    }

    /// Charts that its masks may be drawn in.
    pub fn charts(self) -> &'static [Chart] {
        match self {
            Self::Foundation | Self::Concealer | Self::Contour | Self::Bronzer | Self::Blush | Self::Highlighter => {
                &[Chart::Face]
            }
            Self::Eyeshadow => &[Chart::Face, Chart::Eyes],
            Self::Eyeliner => &[Chart::Eyes],
            Self::Brow => &[Chart::Brows],
            Self::Lens => &[Chart::Iris],
            Self::LipLiner | Self::Lipstick | Self::LipGloss => &[Chart::Lips],
            Self::Mascara | Self::Lashes => &[Chart::Lashes],
        }
    }

    /// Name of the built-in mask that a product without one gets.
    pub fn default_mask(self) -> &'static str {
        match self {
            Self::Foundation => "foundation",
            Self::Concealer => "under-eye",
            Self::Contour => "contour",
            Self::Bronzer => "bronzer",
            Self::Blush => "blush-apples",
            Self::Highlighter => "highlight-cheekbones",
            Self::Eyeshadow => "lid",
            Self::Eyeliner => "liner-upper",
            Self::Brow => "brow-soft",
            Self::Lens => "lens",
            Self::LipLiner => "lips-outline",
            Self::Lipstick => "lips",
            Self::LipGloss => "lips-gloss",
            Self::Mascara => "lashes-natural",
            Self::Lashes => "lashes-volume",
        }
    }
}
