//! Showing a look in another light than the room's.

use clap::ValueEnum;

/// The light that the products' colours are shown in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Preview {
    /// As the room is.
    #[default]
    Off,
    /// A shop's neutral lamps.
    Store,
    /// Outdoors at noon.
    Daylight,
    /// Warm lamps at home or in a restaurant.
    Evening,
}

impl From<Preview> for carmine::light::PreviewLight {
    fn from(preview: Preview) -> Self {
        match preview {
            Preview::Off => Self::Off,
            Preview::Store => Self::Store,
            Preview::Daylight => Self::Daylight,
            Preview::Evening => Self::Evening,
        }
    }
}

impl Preview {
    /// What is said beside such a picture, so that nobody takes it for the room's light.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Off => None,
            Self::Store => Some("Preview: store light"),
            Self::Daylight => Some("Preview: daylight"),
            Self::Evening => Some("Preview: evening light"),
        }
    }
}
