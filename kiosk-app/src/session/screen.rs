//! The screens of the shopper's way.

/// A screen of the shopper's way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// A model wears looks; the camera is off.
    #[default]
    Attract,
    /// What the camera would do, and yes or no.
    Consent,
    /// Faces to try on instead of one's own.
    Models,
    /// The face, and everything to put on it.
    Mirror,
    /// Up to four shades on one frozen face.
    Compare,
    /// The skin tone read, and foundations for it.
    Shade,
    /// What the engine changed in the picture, and which data drove a suggestion.
    Changed,
    /// The look as a QR, a photo, a print.
    TakeHome,
    /// The merchant's panel.
    Merchant,
}

impl Screen {
    /// Every screen, in the order in which a shopper meets them.
    pub const ALL: [Self; 9] = [
        Self::Attract,
        Self::Consent,
        Self::Models,
        Self::Mirror,
        Self::Compare,
        Self::Shade,
        Self::Changed,
        Self::TakeHome,
        Self::Merchant,
    ];

    /// Screens that need a face before them: the camera's or a model's.
    pub fn needs_face(self) -> bool {
        match self {
            Self::Mirror | Self::Compare | Self::Shade | Self::Changed | Self::TakeHome => true,
            Self::Attract | Self::Consent | Self::Models | Self::Merchant => false,
        }
    }

    /// Screens that show one still picture of the face instead of the live one.
    pub(super) fn is_frozen(self) -> bool {
        match self {
            Self::Compare | Self::Changed | Self::TakeHome => true,
            Self::Attract | Self::Consent | Self::Models | Self::Mirror | Self::Shade | Self::Merchant => false,
        }
    }
}
