//! Whether make-up is as good on one skin as on another: mannequins of the ten Monk tones in three lights and poses
//! wear fixed shades, and since everything about their pictures is known, what the engine made of them is measured
//! exactly.

mod measure;
mod region;
mod report;
mod studio;

pub use measure::Worn;
pub use region::Place;
pub use report::{Report, Spread};
pub use studio::Studio;

use std::fmt;

use carmine::look::Look;
use carmine_shaders::cpu::linear_from_srgb;
use glam::Vec3;

use crate::Fault;
use carmine_mannequin::{Pose, Viewport};

/// The size of every picture.
pub const VIEW: Viewport = Viewport { width: 480, height: 600 };

/// The poses that fairness is measured in.
pub const POSES: [Pose; 3] = [
    Pose { yaw_deg: -30.0, pitch_deg: 6.0 },
    Pose { yaw_deg: 0.0, pitch_deg: 0.0 },
    Pose { yaw_deg: 30.0, pitch_deg: -6.0 },
];

/// One product of the fixed set.
#[derive(Clone, Copy, Debug)]
pub struct Wear {
    /// How reports call it.
    pub name: &'static str,
    /// As in a look file.
    pub category: &'static str,
    /// As in a look file: sRGB hex.
    pub shade: &'static str,
    /// As in a look file.
    pub finish: &'static str,
    /// As in a look file.
    pub coverage: f32,
    /// Coats.
    pub amount: f32,
    /// Where it belongs.
    pub place: Place,
}

/// The fixed set: a row per product.
pub const WEARS: [Wear; 8] = [
    Wear::new("matte red", "lipstick", "#b3152a", "matte", 1.0, 2.0, Place::Lips),
    Wear::new("matte plum", "lipstick", "#5a1f3a", "matte", 1.0, 2.0, Place::Lips),
    Wear::new("matte nude", "lipstick", "#b5796a", "matte", 1.0, 2.0, Place::Lips),
    Wear::new("sheer rose", "lipstick", "#c24a5e", "satin", 0.25, 1.0, Place::Lips),
    Wear::new("full foundation", "foundation", "#b98d6a", "matte", 1.0, 2.0, Place::Face),
    Wear::new("plum shadow", "eyeshadow", "#6a2f52", "matte", 0.8, 1.0, Place::Lids),
    Wear::new("cobalt liner", "eyeliner", "#2440a0", "matte", 0.95, 1.0, Place::LashLine),
    Wear::new("rose blush", "blush", "#c8405c", "satin", 0.2, 1.0, Place::Cheeks),
];

impl Wear {
    const fn new(
        name: &'static str,
        category: &'static str,
        shade: &'static str,
        finish: &'static str,
        coverage: f32,
        amount: f32,
        place: Place,
    ) -> Self {
        Self { name, category, shade, finish, coverage, amount, place }
    }

    /// Whether nothing of the skin's colour should be left: only then is there a masstone to compare with. Masks other
    /// than those of lips and foundation thin out everywhere.
    pub fn is_opaque(&self) -> bool {
        self.coverage >= 0.99 && self.finish == "matte" && matches!(self.place, Place::Lips | Place::Face)
    }

    /// Whether it is worn to be seen: a foundation of the skin's own colour is not.
    pub fn is_to_be_seen(&self) -> bool {
        self.place != Place::Face
    }

    /// Linear sRGB.
    fn masstone_linear(&self) -> Vec3 {
        let digits = u32::from_str_radix(self.shade.trim_start_matches('#'), 16).unwrap_or_default();
        let [_, r, g, b] = digits.to_be_bytes().map(f32::from);
        linear_from_srgb(Vec3::new(r, g, b) / 255.0)
    }

    fn look(&self) -> Result<Look, Fault> {
        let Self { name, category, shade, finish, coverage, amount, .. } = self;
        let text = format!(
            "name = \"{name}\"\n[[layers]]\namount = {amount:?}\nproduct = {{ name = \"{name}\", category = \
             \"{category}\", shade = \"{shade}\", coverage = {coverage:?}, finish = \"{finish}\" }}\n"
        );
        Ok(Look::from_toml(name, &text, &mut |_, _| None)?)
    }
}

/// Whether the engine guesses the light from the picture or is told it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As in a kiosk.
    Estimated,
    /// As after a calibration with a white card held where the face is.
    Calibrated,
}

/// One picture.
#[derive(Clone, Debug, Default)]
pub struct Sitting {
    /// 1 to 10.
    pub tone: usize,
    /// The light's name.
    pub light: &'static str,
    /// How the mannequin was turned.
    pub pose: Pose,
    /// Mean distance of the 468 landmarks to the truth, over the interocular distance; `None` without a face.
    pub landmark_error: Option<f32>,
    /// Estimated exposure over the true one; `None` without a face.
    pub exposure_ratio: Option<f32>,
    /// ΔE00 between the estimated white and the true one, both brought to luminance 1.
    pub white_error: f32,
    /// One per product and mode.
    pub worn: Vec<Worn>,
}

impl fmt::Display for Sitting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tone {}, {}, yaw {}°", self.tone, self.light, self.pose.yaw_deg)
    }
}

/// A picture before and after, handed to whoever wants to look at it.
pub struct Seen<'a> {
    /// What is measured.
    pub sitting: &'a Sitting,
    /// Its product.
    pub wear: &'a Wear,
    /// Where the light was from.
    pub mode: Mode,
    /// RGBA.
    pub before: &'a [u8],
    /// RGBA.
    pub after: &'a [u8],
}
