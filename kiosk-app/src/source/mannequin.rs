//! Mannequins that the engine renders: models to try on, and a picture where there is no camera.

use std::path::Path;
use std::time::Duration;

use carmine::frame::PixelFormat;
use carmine_mannequin::{Attitude, ShopMannequin, StudioLight, Viewport};

use super::{FrameSource, Picture, SourceError, SourceInfo};

/// What a mannequin's name begins with.
const SCHEME: &str = "mannequin:";
/// Frames a second.
const FPS: u32 = 20;
/// Its pictures' size.
const VIEW: Viewport = Viewport { width: 720, height: 960 };

/// A mannequin that slowly turns its head and blinks. It never ends; frame by frame it is the same every time.
pub struct MannequinSource {
    mannequin: ShopMannequin,
    next: usize,
}

impl MannequinSource {
    /// A mannequin of a Monk tone, 1 (lightest) to 10 (darkest).
    pub fn new(tone: u8, light: StudioLight) -> Result<Self, SourceError> {
        Self::sized(tone, light, VIEW)
    }

    fn sized(tone: u8, light: StudioLight, view: Viewport) -> Result<Self, SourceError> {
        let broken = |error| SourceError::damaged(Path::new("the built-in mannequin"), format!("{error}"));
        Ok(Self { mannequin: ShopMannequin::new(tone, light, view).map_err(broken)?, next: 0 })
    }

    /// Opens `mannequin:TONE` or `mannequin:TONE:LIGHT`; `None` if the name does not begin so.
    pub fn named(name: &Path) -> Option<Result<Self, SourceError>> {
        let name = name.to_str()?;
        let wanted = name.strip_prefix(SCHEME)?;
        Some(match parse(wanted) {
            Ok((tone, light)) => Self::new(tone, light),
            Err(why) => Err(SourceError::Mannequin { name: name.into(), why }),
        })
    }
}

fn parse(wanted: &str) -> Result<(u8, StudioLight), &'static str> {
    let (tone, light) = match wanted.split_once(':') {
        Some((tone, light)) => (tone, Some(light)),
        None => (wanted, None),
    };
    let tone = tone.parse().ok().filter(|tone| (1..=10).contains(tone)).ok_or("its tone is not one of 1 to 10")?;
    let light = match light {
        None => StudioLight::default(),
        Some(name) => {
            StudioLight::ALL.into_iter().find(|light| light.name() == name).ok_or("there is no such light")?
        }
    };
    Ok((tone, light))
}

impl FrameSource for MannequinSource {
    fn info(&self) -> SourceInfo {
        let Viewport { width, height } = self.mannequin.viewport();
        SourceInfo { width, height, fps: Some(f64::from(FPS)), frames: None }
    }

    fn next_frame(&mut self, into: &mut Picture) -> Result<bool, SourceError> {
        let Viewport { width, height } = self.mannequin.viewport();
        into.time = self.info().time_of(self.next);
        let rgba = into.shape(PixelFormat::Rgba8, width, height);
        // Whole frames of whole milliseconds: the same on every machine.
        let at = Duration::from_millis(self.next as u64 * u64::from(1000 / FPS));
        self.mannequin.draw(Attitude::at(at), rgba);
        self.next += 1;
        Ok(true)
    }

    fn skip_frame(&mut self, _scratch: &mut Picture) -> Result<bool, SourceError> {
        self.next += 1;
        Ok(true)
    }

    fn rewind(&mut self) -> Result<(), SourceError> {
        self.next = 0;
        Ok(())
    }

    fn is_endless(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_open_or_tell_what_is_wrong() {
        let opened = |name: &str| MannequinSource::named(name.as_ref());
        assert!(opened("me.jpg").is_none() && opened("a/mannequin:5").is_none());
        for good in ["mannequin:1", "mannequin:10", "mannequin:5:evening", "mannequin:7:store", "mannequin:3:daylight"]
        {
            let info = opened(good).unwrap().unwrap().info();
            assert_eq!((info.width, info.height, info.fps, info.frames), (720, 960, Some(20.0), None), "{good}");
        }
        for bad in ["mannequin:", "mannequin:0", "mannequin:11", "mannequin:five", "mannequin:5:noon", "mannequin:5:"] {
            let error = opened(bad).unwrap().err().unwrap().to_string();
            assert!(error.contains(bad) && error.contains("mannequin:5:evening") && !error.contains('\n'), "{error}");
        }
    }

    #[test]
    fn it_moves_without_an_end_and_the_same_every_time() {
        let small = Viewport { width: 180, height: 240 };
        let mut source = MannequinSource::sized(6, StudioLight::Store, small).unwrap();
        let mut other = MannequinSource::sized(6, StudioLight::Store, small).unwrap();
        let (mut first, mut later, mut again) = <(Picture, Picture, Picture)>::default();
        assert!(source.next_frame(&mut first).unwrap());
        for _ in 0..149 {
            assert!(source.skip_frame(&mut later).unwrap());
        }
        assert!(source.next_frame(&mut later).unwrap());
        assert_eq!(later.time, Duration::from_millis(7500));
        assert_ne!(first.data, later.data, "it turns");
        source.rewind().unwrap();
        assert!(source.next_frame(&mut again).unwrap() && again.data == first.data && again.time.is_zero());
        // What was drawn before leaves no trace.
        (0..150).for_each(|_| assert!(other.skip_frame(&mut again).unwrap()));
        assert!(other.next_frame(&mut again).unwrap() && again.data == later.data);
        // A whole loop later it stands as before.
        (0..449).for_each(|_| assert!(other.skip_frame(&mut again).unwrap()));
        assert!(other.next_frame(&mut again).unwrap());
        let most = first.data.iter().zip(&again.data).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(most < Some(3), "{most:?}");
        assert!(source.is_endless());
    }
}
