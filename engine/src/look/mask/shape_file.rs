//! A shape in a mask's TOML file: its keys, and which kinds and charts they are for.

use std::ops::Range;

use carmine_shaders::Chart;
use serde::Deserialize;
use toml::Spanned;

use super::shape::{BandSide, MaskOp};
use crate::look::LookError;
use crate::look::source::Source;

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum KindName {
    All,
    Area,
    Landmarks,
    Ring,
    Stroke,
    Ellipse,
    Gradient,
    Wing,
    Band,
    Annulus,
    Spokes,
}

/// Every key of every kind: which of them a kind takes is in [`KindName::keys`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShapeFile {
    pub kind: Spanned<KindName>,
    #[serde(default)]
    pub op: MaskOp,
    pub strength: Option<Spanned<f32>>,
    pub texture: Option<TextureFile>,
    pub feather: Option<Spanned<Feather>>,
    pub points: Option<Spanned<Vec<Spanned<Vec<f32>>>>>,
    pub ids: Option<Spanned<Vec<Spanned<u16>>>>,
    pub ring: Option<Spanned<String>>,
    pub grow: Option<Spanned<f32>>,
    pub centre: Option<Spanned<[f32; 2]>>,
    pub radii: Option<Spanned<[f32; 2]>>,
    pub from: Option<Spanned<[f32; 2]>>,
    pub to: Option<Spanned<[f32; 2]>>,
    pub between: Option<Spanned<[f32; 2]>>,
    pub side: Option<Spanned<BandSide>>,
    pub angle_deg: Option<Spanned<f32>>,
    pub length: Option<Spanned<f32>>,
    pub width: Option<Spanned<f32>>,
    pub start: Option<Spanned<f32>>,
    pub count: Option<Spanned<u16>>,
    pub seed: Option<Spanned<u32>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(untagged, expecting = "expected a width, or widths along x and y: [0.1, 0.02]")]
pub(super) enum Feather {
    Even(f32),
    Uneven([f32; 2]),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextureFile {
    pub amount: Spanned<f32>,
    pub grain: Spanned<[f32; 2]>,
    pub angle_deg: Option<Spanned<f32>>,
    pub seed: Option<u32>,
}

impl KindName {
    /// Keys that it takes besides op, strength and texture.
    fn keys(self) -> &'static [&'static str] {
        match self {
            Self::All => &[],
            Self::Area => &["points", "feather", "grow"],
            Self::Landmarks => &["ids", "feather", "grow"],
            Self::Ring => &["ring", "feather", "grow"],
            Self::Stroke => &["points", "feather"],
            Self::Ellipse => &["centre", "radii", "feather", "angle_deg"],
            Self::Gradient => &["from", "to"],
            Self::Wing => &["angle_deg", "length", "feather", "width", "start"],
            Self::Band => &["between", "feather", "side"],
            Self::Annulus => &["radii", "feather"],
            Self::Spokes => &["count", "seed"],
        }
    }

    pub fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The charts in which it means something; none for all.
    fn charts(self) -> &'static [Chart] {
        match self {
            Self::Landmarks | Self::Ring => &[Chart::Face],
            Self::Wing => &[Chart::Eyes],
            Self::Band => &[Chart::Lips, Chart::Eyes],
            Self::Annulus | Self::Spokes => &[Chart::Iris],
            _ => &[],
        }
    }
}

impl Source<'_> {
    /// Refuses keys that the kind does not know, and kinds that the chart does not know.
    pub(super) fn check_keys(self, chart: Chart, file: &ShapeFile) -> Result<(), LookError> {
        fn at<T>(value: &Option<Spanned<T>>) -> Option<Range<usize>> {
            value.as_ref().map(Spanned::span)
        }
        let kind = *file.kind.get_ref();
        let charts = kind.charts();
        if !charts.is_empty() && !charts.contains(&chart) {
            let charts: Vec<_> = charts.iter().map(|chart| super::chart_name(*chart)).collect();
            let charts = charts.join(" or ");
            let message = format!("{} is a shape of the {charts} chart only: choose another kind", kind.name());
            return Err(self.error(file.kind.span(), message));
        }
        let given = [
            ("feather", at(&file.feather)),
            ("points", at(&file.points)),
            ("ids", at(&file.ids)),
            ("ring", at(&file.ring)),
            ("grow", at(&file.grow)),
            ("centre", at(&file.centre)),
            ("radii", at(&file.radii)),
            ("from", at(&file.from)),
            ("to", at(&file.to)),
            ("between", at(&file.between)),
            ("side", at(&file.side)),
            ("angle_deg", at(&file.angle_deg)),
            ("length", at(&file.length)),
            ("width", at(&file.width)),
            ("start", at(&file.start)),
            ("count", at(&file.count)),
            ("seed", at(&file.seed)),
        ];
        let stray = given.into_iter().find_map(|(key, at)| Some((key, at.filter(|_| !kind.keys().contains(&key))?)));
        match stray {
            Some((key, at)) => Err(self.error(at, format!("{key} means nothing to {}: leave it out", kind.name()))),
            None => Ok(()),
        }
    }
}
