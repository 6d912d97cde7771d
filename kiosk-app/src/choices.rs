//! Values that the command line and the settings file write with the same words: a camera, a size, a light.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

/// Which camera.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameraChoice {
    /// The first that opens.
    Auto,
    /// The one with this number.
    Index(u32),
    /// No camera.
    None,
    /// A clip or photo in a camera's place.
    Clip(PathBuf),
}

impl FromStr for CameraChoice {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "none" => Ok(Self::None),
            _ => match text.parse() {
                Ok(index) => Ok(Self::Index(index)),
                Err(_) if text.contains(['.', '/', '\\']) => Ok(Self::Clip(text.into())),
                Err(_) => Err("give auto, none, a number that `carmine doctor` lists, or a clip's file".to_owned()),
            },
        }
    }
}

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl FromStr for Size {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let mend = "give WIDTHxHEIGHT from 1x1 to 8192x8192, such as 1280x800";
        let (width, height) = text.split_once(['x', 'X', '×']).ok_or(mend)?;
        let side = |text: &str| match text.parse::<u32>() {
            Ok(side @ 1..=carmine::Frame::MAX_SIDE_PX) => Ok(side),
            _ => Err(mend.to_owned()),
        };
        Ok(Self { width: side(width)?, height: side(height)? })
    }
}

/// The light that the products' colours are shown in, which may be another than the room's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LightChoice {
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

impl From<LightChoice> for carmine::light::PreviewLight {
    fn from(choice: LightChoice) -> Self {
        match choice {
            LightChoice::Off => Self::Off,
            LightChoice::Store => Self::Store,
            LightChoice::Daylight => Self::Daylight,
            LightChoice::Evening => Self::Evening,
        }
    }
}

impl LightChoice {
    /// The label shown beside such a picture, so that it is not taken for the room's light.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Off => None,
            Self::Store => Some("Preview: store light"),
            Self::Daylight => Some("Preview: daylight"),
            Self::Evening => Some("Preview: evening light"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_cameras() {
        assert_eq!("1280x800".parse(), Ok(Size { width: 1280, height: 800 }));
        for bad in ["", "1280", "0x5", "9000x5", "axb", "5x"] {
            assert!(bad.parse::<Size>().is_err(), "{bad}");
        }
        assert_eq!("3".parse(), Ok(CameraChoice::Index(3)));
        assert_eq!("a/clip.avi".parse(), Ok(CameraChoice::Clip("a/clip.avi".into())));
        assert!("first".parse::<CameraChoice>().is_err());
    }
}
