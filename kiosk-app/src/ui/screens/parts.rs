//! Where the parts of the attract screen's poster lie. The curtain is composed by the same measures, so that nothing
//! moves where one takes the other's place.
//!
//! In: the screen, and how wide the languages' names are. Out: places in points.

use egui::{Pos2, Rect, Vec2};

use super::wrap;
use crate::l10n::Language;
use crate::text::{Style, Voice};
use crate::ui::kit::Flow;
use crate::ui::theme::{Theme, space};

/// The brand's name, for those who pass: larger than anything that is read at arm's length.
const MASTHEAD: f32 = 148.0;
const MASTHEAD_HIGH: f32 = 216.0;
/// The brand's logo is not higher.
const LOGO_HIGH: f32 = 180.0;
/// The invitation, for those who pass too.
pub const INVITATION: f32 = 112.0;
/// The panel beside the picture, where the screen is wide.
const PANEL: f32 = 0.42;
const PANEL_WIDE: f32 = 840.0;
/// The band's part of such a panel: at least, and, however small the screen is, at most.
const FOOT: f32 = 0.56;
const FOOT_MOST: f32 = 0.7;

/// The parts of the poster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parts {
    /// The brand's field.
    pub masthead: Rect,
    /// The model.
    pub picture: Rect,
    /// The band in the accent's colour.
    pub foot: Rect,
    /// The invitation, upright in the middle.
    pub invitation: Rect,
    /// That the camera is off.
    pub camera: Rect,
    /// The languages' names.
    pub languages: Rect,
}

impl Parts {
    /// On this screen, with [`languages_high`].
    pub fn of(theme: &Theme, flow: Flow, screen: Rect, languages: f32) -> Self {
        let lines = if theme.portrait { 1.0 } else { 2.0 };
        let invitation = lines * theme.line(Style { voice: Voice::Display, size: INVITATION });
        let camera = theme.line(theme.body());
        let high = space::XXL + invitation + space::L + camera + space::XL + languages + space::L;
        let mut row = flow.row(screen, 0.0);
        let panel = row.take_end(panel_wide(theme, screen));
        let least = if theme.portrait { 0.0 } else { panel.height() * FOOT };
        let high = high.max(least).min(panel.height() * FOOT_MOST);
        let foot = Rect::from_min_max(Pos2::new(panel.left(), panel.bottom() - high), panel.max);
        let mut masthead = Rect::from_min_max(panel.min, foot.right_top());
        let mut picture = row.rest();
        if theme.portrait {
            masthead.max.y = masthead.max.y.min(panel.top() + MASTHEAD_HIGH);
            picture = Rect::from_min_max(masthead.left_bottom(), foot.right_top());
        }
        let mut column = flow.column(foot.shrink2(Vec2::new(space::XXL, 0.0)), 0.0);
        column.take_bottom(space::L);
        let languages = column.take_bottom(languages);
        column.take_bottom(space::XL);
        let camera = column.take_bottom(camera);
        column.take_bottom(space::L);
        let invitation = column.take_bottom(invitation + space::XXL);
        Self { masthead, picture, foot, invitation, camera, languages }
    }

    /// In pixels, where there are so many in a point.
    pub fn scaled(&self, point: f32) -> Self {
        let Self { masthead, picture, foot, invitation, camera, languages } = *self;
        let [masthead, picture, foot] = [masthead, picture, foot].map(|part| part * point);
        let [invitation, camera, languages] = [invitation, camera, languages].map(|part| part * point);
        Self { masthead, picture, foot, invitation, camera, languages }
    }

    /// Within the masthead's margins.
    pub fn brand(&self) -> Rect {
        self.masthead.shrink2(Vec2::new(space::XXL, space::L))
    }

    /// The size of the brand's name, unless it is too wide.
    pub fn name_size(&self, theme: &Theme) -> f32 {
        let style = Style { voice: Voice::Display, size: MASTHEAD };
        MASTHEAD * (self.masthead.height() / theme.line(style)).clamp(0.0, 1.0)
    }

    /// A logo of this size, whole.
    pub fn logo(&self, size: Vec2) -> Rect {
        let place = self.brand();
        let scale = (place.width() / size.x).min(LOGO_HIGH.min(place.height()) / size.y);
        Rect::from_center_size(place.center(), size * scale)
    }

    /// How high the invitation's lines may be together.
    pub fn invitation_high(&self) -> f32 {
        2.0 * (self.invitation.center().y - self.foot.top()) - space::S
    }
}

fn panel_wide(theme: &Theme, screen: Rect) -> f32 {
    if theme.portrait { screen.width() } else { (screen.width() * PANEL).min(PANEL_WIDE) }
}

/// How wide each language's name is to touch; `wide` measures a word.
pub fn language_widths(theme: &Theme, languages: &[Language], wide: impl FnMut(&str) -> f32) -> Vec<f32> {
    let widths = languages.iter().map(|one| one.endonym()).map(wide);
    widths.map(|wide| (wide + 2.0 * space::M).max(theme.touch)).collect()
}

/// How high the languages' names are. A single one is not named.
pub fn languages_high(theme: &Theme, screen: Rect, widths: &[f32]) -> f32 {
    if widths.len() < 2 {
        return 0.0;
    }
    let room = panel_wide(theme, screen) - 2.0 * space::XXL;
    wrap::height(room + 2.0 * space::M, widths, theme.touch, space::S)
}
