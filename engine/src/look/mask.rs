//! Where on a chart a product lies, and how thick.

use std::sync::{Arc, OnceLock};

use carmine_shaders::Chart;
use serde::Deserialize;

use super::source::Source;
use super::{LookError, Wing};

/// A name of a built-in mask with its text.
const BUILT_IN: [(&str, &str); 40] = [
    ("lips", "chart = \"lips\""),
    ("lips-outline", "chart = \"lips\""),
    ("lips-centre", "chart = \"lips\""),
    ("lips-rim", "chart = \"lips\""),
    ("lips-gloss", "chart = \"lips\""),
    ("lips-upper", "chart = \"lips\""),
    ("lips-lower", "chart = \"lips\""),
    ("lid", "chart = \"face\""),
    ("crease", "chart = \"face\""),
    ("outer-corner", "chart = \"face\""),
    ("inner-corner", "chart = \"face\""),
    ("brow-bone", "chart = \"face\""),
    ("lower-lash", "chart = \"face\""),
    ("lid-wash", "chart = \"face\""),
    ("smoky", "chart = \"face\""),
    ("liner-upper", "chart = \"eyes\""),
    ("liner-lower", "chart = \"eyes\""),
    ("liner-wing", "chart = \"eyes\""),
    ("liner-tight", "chart = \"eyes\""),
    ("lashes-natural", "chart = \"lashes\""),
    ("lashes-long", "chart = \"lashes\""),
    ("lashes-volume", "chart = \"lashes\""),
    ("lashes-cat", "chart = \"lashes\""),
    ("lashes-doll", "chart = \"lashes\""),
    ("lashes-lower", "chart = \"lashes\""),
    ("brow-soft", "chart = \"brows\""),
    ("brow-defined", "chart = \"brows\""),
    ("blush-apples", "chart = \"face\""),
    ("blush-lifted", "chart = \"face\""),
    ("blush-draped", "chart = \"face\""),
    ("blush-sunkissed", "chart = \"face\""),
    ("bronzer", "chart = \"face\""),
    ("contour", "chart = \"face\""),
    ("highlight-cheekbones", "chart = \"face\""),
    ("highlight-full", "chart = \"face\""),
    ("foundation", "chart = \"face\""),
    ("under-eye", "chart = \"face\""),
    ("spot", "chart = \"face\""),
    ("lens", "chart = \"iris\""),
    ("lens-limbal", "chart = \"iris\""),
];

/// Where on a chart a product lies, and how thick.
#[derive(Clone, Debug, PartialEq)]
pub struct Mask {
    /// What look and product files call it.
    pub name: String,
    /// The coordinate system that it is drawn in.
    pub chart: Chart,
    /// What is drawn.
    pub content: MaskContent,
}

/// What a mask draws.
#[derive(Clone, Debug, PartialEq)]
pub enum MaskContent {
    /// A thickness everywhere in the chart, for [`Mask::rasterize`].
    Shapes(Shapes),
    /// Lashes, for [`Chart::Lashes`] only.
    Lashes(Vec<LashStyle>),
}

/// Shapes laid over one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shapes(());

/// Which lid lashes grow on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lid {
    /// The upper lid.
    Upper,
    /// The lower lid.
    Lower,
}

/// One row of lashes.
#[derive(Clone, Debug, PartialEq)]
pub struct LashStyle {
    /// Where they grow.
    pub lid: Lid,
    /// Lashes from corner to corner.
    pub count: u16,
    /// Thickness at the root, in eye widths.
    pub width: f32,
    /// 0 straight to 1 fully curled.
    pub curl: f32,
    /// 0 regular to 1 unruly.
    pub jitter: f32,
    /// Lashes whose tips meet; 1 is none.
    pub cluster: u8,
    /// Lengths along the lid: at least one point, x growing.
    pub profile: Vec<LashPoint>,
}

/// Lashes at one place of a lid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LashPoint {
    /// 0 the inner corner to 1 the outer one.
    pub x: f32,
    /// In eye widths.
    pub length: f32,
    /// Lean of the tip towards the outer corner.
    pub lean_deg: f32,
}

impl Mask {
    /// Reads a mask from TOML; `name` is its name, also in messages.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, LookError> {
        Self::read(name, Source { name, text })
    }

    pub(super) fn read(name: &str, source: Source<'_>) -> Result<Self, LookError> {
        let table: toml::Table = source.parse()?;
        let chart = table.get("chart").and_then(|chart| chart.as_str()).unwrap_or_default();
        let Some(chart) = Chart::ALL.into_iter().find(|c| chart_name(*c) == chart) else {
            return Err(source.error(0..0, "chart is missing"));
        };
        let content = match chart {
            Chart::Lashes => MaskContent::Lashes(Vec::new()),
            _ => MaskContent::Shapes(Shapes::default()),
        };
        Ok(Self { name: name.to_owned(), chart, content })
    }

    /// The built-in mask of that name.
    pub fn built_in(name: &str) -> Option<Arc<Self>> {
        static READ: [OnceLock<Option<Arc<Mask>>>; BUILT_IN.len()] = [const { OnceLock::new() }; BUILT_IN.len()];
        let at = BUILT_IN.iter().position(|(built_in, _)| *built_in == name)?;
        let (name, text) = BUILT_IN[at];
        READ[at].get_or_init(|| Self::from_toml(name, text).ok().map(Arc::new)).clone()
    }

    /// Names of the built-in masks.
    pub fn built_in_names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(name, _)| *name)
    }

    /// Draws the mask into the chart's tile: one byte per texel, rows from the tile's top, 0 to 255 for 0 to 1 coat.
    /// `thickness` must be as large as the tile ([`Chart::tile`]). `wing` replaces the mask's own.
    pub fn rasterize(&self, _wing: Option<Wing>, thickness: &mut [u8]) {
        thickness.fill(255);
    }
}

/// What mask files call a chart.
pub(super) fn chart_name(chart: Chart) -> &'static str {
    match chart {
        Chart::Face => "face",
        Chart::Lips => "lips",
        Chart::Eyes => "eyes",
        Chart::Brows => "brows",
        Chart::Iris => "iris",
        Chart::Lashes => "lashes",
    }
}
