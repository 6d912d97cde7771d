use serde::Deserialize;

/// What a product does with reflected light.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finish {
    /// Powdery: most of the skin's own reflection is gone.
    Matte,
    /// The skin's own reflection stays, with a soft lobe.
    Satin,
    /// Emollient: a broad, dewy lobe over a softened skin.
    Cream,
    /// Wet: sharp, strong highlights.
    Gloss,
    /// Foil: a strong, finely grained reflection in the shade's own colour.
    Metallic,
    /// Fine flakes that melt into a glow.
    Shimmer,
    /// Coarse flakes that glint one by one.
    Glitter,
    /// A breath of colour: the skin reflects as if bare.
    Sheer,
}

impl Finish {
    /// Every finish, by [`shader_id`](Self::shader_id).
    pub const ALL: [Self; 8] =
        [Self::Matte, Self::Satin, Self::Cream, Self::Gloss, Self::Metallic, Self::Shimmer, Self::Glitter, Self::Sheer];

    /// The number that the shaders know it by.
    pub fn shader_id(self) -> u32 {
        self as u32
    }

    /// The name in product files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Matte => "matte",
            Self::Satin => "satin",
            Self::Cream => "cream",
            Self::Gloss => "gloss",
            Self::Metallic => "metallic",
            Self::Shimmer => "shimmer",
            Self::Glitter => "glitter",
            Self::Sheer => "sheer",
        }
    }

    /// Whether it glints with flakes.
    pub fn has_flakes(self) -> bool {
        matches!(self, Self::Metallic | Self::Shimmer | Self::Glitter)
    }
}
