//! A mask's TOML file, and how it is read into a [`Mask`].

use carmine_shaders::Chart;
use serde::Deserialize;
use toml::Spanned;

use super::lash_file::LashesFile;
use super::shape::Shapes;
use super::shape_file::ShapeFile;
use super::{Mask, MaskContent, raster};
use crate::look::LookError;
use crate::look::source::Source;

/// Shapes of one mask.
const SHAPES_MAX: usize = 64;
/// What drawing it may cost, in texels that are filled evenly: less than a tenth of a second. The built-in masks take less
/// than half of that.
pub(super) const COST_MAX: usize = 1 << 24;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MaskFile {
    #[serde(with = "ChartName")]
    chart: Chart,
    mirror: Option<Spanned<bool>>,
    shapes: Option<Vec<Spanned<ShapeFile>>>,
    lashes: Option<Vec<Spanned<LashesFile>>>,
}

/// What the file calls the charts.
#[derive(Deserialize)]
#[serde(remote = "Chart", rename_all = "kebab-case")]
enum ChartName {
    Face,
    Lips,
    Eyes,
    Brows,
    Iris,
    Lashes,
}

impl Mask {
    pub(in crate::look) fn read(name: &str, source: Source<'_>) -> Result<Self, LookError> {
        let file: MaskFile = source.parse()?;
        let chart = file.chart;
        let content = if chart == Chart::Lashes {
            if let Some(shape) = file.shapes.iter().flatten().next() {
                return Err(source.error(shape.span(), "the lashes chart has no shapes: give [[lashes]] instead"));
            }
            MaskContent::Lashes(source.lashes(file.lashes.unwrap_or_default())?)
        } else {
            if let Some(lashes) = file.lashes.iter().flatten().next() {
                return Err(
                    source.error(lashes.span(), "lashes grow in the lashes chart only: give [[shapes]] instead")
                );
            }
            MaskContent::Shapes(source.shapes(chart, file.shapes.unwrap_or_default())?)
        };
        let mut mask = Self { name: name.to_owned(), chart, content };
        if let (MaskContent::Shapes(shapes), Some(mirror)) = (&mut mask.content, file.mirror) {
            if *mirror.get_ref() && !matches!(chart, Chart::Face | Chart::Lips | Chart::Iris) {
                let message = "this chart has no middle to mirror at (both eyes get the same): leave it out";
                return Err(source.error(mirror.span(), message));
            }
            shapes.is_mirrored = *mirror.get_ref();
        }
        if let MaskContent::Shapes(shapes) = &mask.content
            && raster::cost(shapes, chart) > COST_MAX
        {
            return Err(source.error(0..0, "it takes too long to draw: give fewer points, or narrower feathers"));
        }
        Ok(mask)
    }
}

impl Source<'_> {
    fn shapes(self, chart: Chart, files: Vec<Spanned<ShapeFile>>) -> Result<Shapes, LookError> {
        if files.is_empty() {
            return Err(self.error(0..0, "the mask draws nothing: add [[shapes]]"));
        }
        if let Some(one_too_many) = files.get(SHAPES_MAX) {
            let message = format!("a mask has at most {SHAPES_MAX} shapes: leave some out");
            return Err(self.error(one_too_many.span(), message));
        }
        let list: Result<_, _> = files.into_iter().map(|file| self.shape(chart, file)).collect();
        Ok(Shapes { is_mirrored: false, list: list? })
    }
}
