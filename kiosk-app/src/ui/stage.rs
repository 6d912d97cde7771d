//! All that a screen is drawn from, as borrows: screens keep no state of their own but what moves.

use std::time::Duration;

use carmine::light::ColourDoubt;
use egui::{Rect, TextureId, Vec2};

use crate::catalogue::Catalogue;
use crate::l10n::Locale;
use crate::session::{Rules, Session};
use crate::settings::Settings;
use crate::source::showing::Showing;
use crate::tryable::Tryable;

/// What the screens read.
#[derive(Clone, Copy)]
pub struct Stage<'a> {
    /// The session's state.
    pub session: &'a Session,
    /// What can be worn.
    pub catalogue: &'a Catalogue,
    /// The shop.
    pub settings: &'a Settings,
    /// The language that is spoken.
    pub locale: &'a Locale,
    /// Faces to try on.
    pub models: &'a [Tryable],
    /// What the newest picture shows.
    pub live: &'a Live,
    /// Pictures that the engine rendered for the screens.
    pub pictures: &'a Pictures,
    /// Since the app's start.
    pub now: Duration,
}

impl Stage<'_> {
    /// The shop's decisions.
    pub fn rules(&self) -> &Rules {
        self.session.rules()
    }
}

/// The newest picture, as far as a screen needs to know.
#[derive(Clone, Debug, Default)]
pub struct Live {
    /// Where it is from.
    pub showing: Showing,
    /// It is too old to be shown, or there is none, though there should be.
    pub no_picture: bool,
    /// Its faces, where they are on the screen.
    pub faces: Vec<FaceOnScreen>,
    /// How she stands, if not well; of the leading face, or of none.
    pub framing: Option<Framing>,
    /// Why colours cannot be trusted in this light, if that is to be said.
    pub doubt: Option<ColourDoubt>,
    /// The name of the look that the attract screen's model wears.
    pub look_name: Option<String>,
    /// What is wrong with the merchant's newest catalogue or settings file: one line, what, where, mend. The last good
    /// one is used meanwhile.
    pub shop_error: Option<String>,
    /// How many agreed today, where the shop counts it.
    pub agreed_today: Option<u64>,
    /// Stage, median, 95 %, worst, for the merchant.
    pub timings: Vec<[String; 4]>,
    /// The address of the look in the shop's web, for a QR.
    pub look_url: Option<String>,
}

/// A face on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaceOnScreen {
    /// The tracker's identity.
    pub id: u32,
    /// Around its landmarks, in points.
    pub rect: Rect,
    /// Whether it is the one that is dressed.
    pub leads: bool,
}

/// What she could do to be seen better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Framing {
    /// No face is in sight.
    Nobody,
    /// Too far away.
    Closer,
    /// Too near.
    Back,
    /// Out of the middle, to the screen's left: she should move right.
    Right,
    /// To the screen's right.
    Left,
    /// Her face is at the upper edge: tilt the mirror, or sit.
    Lower,
    /// Her face is at the lower edge: seated or small.
    Higher,
}

/// A rendered picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PictureTexture {
    /// For egui.
    pub texture: TextureId,
    /// In pixels.
    pub size: Vec2,
}

/// Rendered pictures; `None` until they are there.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    /// The comparison's tiles, in the order of `Session::compare`.
    pub tiles: [Option<PictureTexture>; crate::session::TILES],
    /// The frozen face with its look.
    pub frozen: Option<PictureTexture>,
    /// The same, every pixel that was changed in the accent colour over grey.
    pub changed: Option<PictureTexture>,
    /// A thumbnail of each model, in their order.
    pub models: Vec<Option<PictureTexture>>,
    /// The brand's logo.
    pub logo: Option<PictureTexture>,
}
