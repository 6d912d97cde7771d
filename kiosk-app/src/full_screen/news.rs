//! What the log says of the screens: one line for each change.

use std::fmt;

use super::Screen;

/// What has changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum News {
    /// This screen is filled from now on, or has another size or place.
    Fills(Screen),
    /// There is none.
    NoScreen,
    /// The one that the settings name is not among these.
    Unknown { wanted: String, there: Vec<String> },
}

impl News {
    /// Says it in the log.
    pub(super) fn log(&self) {
        match self {
            Self::Fills(_) => log::info!("{self}"),
            Self::NoScreen | Self::Unknown { .. } => log::warn!("{self}"),
        }
    }
}

impl fmt::Display for News {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fills(Screen { name, size, place }) => {
                let (width, height) = (size.width, size.height);
                write!(f, "the screen '{name}' is filled: {width} × {height} pixels at {}, {}", place.x, place.y)
            }
            Self::NoScreen => f.write_str("no screen is on and plugged in: the first that comes is filled"),
            Self::Unknown { wanted, there } => write!(
                f,
                "screen.output: there is no screen '{wanted}', so the primary one is filled until it is there; \
                 there are {}: mend the name in the settings, or plug it in",
                there.join(", ")
            ),
        }
    }
}

/// What the log has already.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Nothing yet, no screen, or this one.
    filled: Option<Option<Screen>>,
    is_unknown: bool,
}

impl Told {
    /// These screens are there, and this one is filled. Returns what is new.
    pub(super) fn note(&mut self, screens: &[Screen], filled: Option<&Screen>, wanted: Option<&str>) -> Vec<News> {
        let mut news = Vec::new();
        // Where there is no screen at all, no name is wrong.
        if let (Some(wanted), Some(filled)) = (wanted, filled) {
            let is_unknown = filled.name != wanted;
            if is_unknown && !self.is_unknown {
                let there = screens.iter().map(|screen| screen.name.clone()).collect();
                news.push(News::Unknown { wanted: wanted.to_owned(), there });
            }
            self.is_unknown = is_unknown;
        }
        if self.filled.as_ref().is_none_or(|told| told.as_ref() != filled) {
            self.filled = Some(filled.cloned());
            news.push(filled.cloned().map_or(News::NoScreen, News::Fills));
        }
        news
    }
}

#[cfg(test)]
mod tests {
    use winit::dpi::{PhysicalPosition, PhysicalSize};

    use super::*;

    fn screen(name: &str, width: u32, x: i32) -> Screen {
        Screen { name: name.to_owned(), size: PhysicalSize::new(width, 1920), place: PhysicalPosition::new(x, 0) }
    }

    #[test]
    fn each_change_is_told_once() {
        let (first, second) = (screen("DP-1", 1080, 0), screen("HDMI-1", 1920, 1080));
        let narrow = screen("DP-1", 720, 0);
        let mut told = Told::default();
        let mut note = |screens: &[&Screen]| {
            let screens: Vec<_> = screens.iter().map(|screen| (*screen).clone()).collect();
            let news = told.note(&screens, screens.first(), None);
            assert_eq!(told.note(&screens, screens.first(), None), [], "once");
            news
        };
        assert_eq!(note(&[&first]), [News::Fills(first.clone())]);
        assert_eq!(note(&[&first, &second]), [], "another screen beside it");
        assert_eq!(note(&[&narrow, &second]), [News::Fills(narrow.clone())]);
        assert_eq!(note(&[&second, &narrow]), [News::Fills(second.clone())]);
        assert_eq!(note(&[]), [News::NoScreen]);
        assert_eq!(note(&[&second]), [News::Fills(second.clone())]);
        assert_eq!(Told::default().note(&[], None, Some("DP-1")), [News::NoScreen], "at the start, too");
    }

    #[test]
    fn a_name_that_is_not_there_is_told_once_with_those_that_are() {
        let (first, second) = (screen("DP-1", 1080, 0), screen("HDMI-1", 1080, 1080));
        let (one, both) = ([first.clone()], [first.clone(), second.clone()]);
        let mut told = Told::default();
        let news = told.note(&one, Some(&first), Some("HDMI-1"));
        let line = news[0].to_string();
        assert!(line.contains("no screen 'HDMI-1'") && line.contains("there are DP-1:"), "{line}");
        assert_eq!(news[1..], [News::Fills(first.clone())]);
        assert_eq!(told.note(&one, Some(&first), Some("HDMI-1")), []);
        assert_eq!(told.note(&both, Some(&second), Some("HDMI-1")), [News::Fills(second)]);
        assert_eq!(told.note(&[], None, Some("HDMI-1")), [News::NoScreen], "it is not the name that is wrong");
        assert_eq!(told.note(&one, Some(&first), Some("HDMI-1")).len(), 2, "unplugged, it is told again");
    }
}
