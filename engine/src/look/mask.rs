//! Masks: where on a chart a product lies, and how thick. `masks/README.md` explains to artists how to draw one.

mod brush;
mod built_in;
mod file;
mod lash_file;
mod lashes;
mod outline;
mod raster;
mod shape;
mod shape_file;
mod shape_read;
mod texture;
mod tile;

use std::sync::{Arc, OnceLock};

use carmine_shaders::Chart;
pub(crate) use lashes::{LashPoint, LashStyle, Lid};
use shape::Shapes;

use super::source::Source;
use super::{LookError, Wing};
use built_in::BUILT_IN;

/// Where on a chart a product lies, and how thick.
#[derive(Clone, Debug, PartialEq)]
pub struct Mask {
    /// What look and product files call it.
    pub name: String,
    /// The coordinate system that it is drawn in.
    pub chart: Chart,
    /// What is drawn.
    pub(crate) content: MaskContent,
}

/// What a mask draws.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MaskContent {
    /// A thickness everywhere in the chart, for [`Mask::rasterize`].
    Shapes(Shapes),
    /// Rows of lashes, at least one; for [`Chart::Lashes`] only.
    Lashes(Vec<LashStyle>),
}

impl Mask {
    /// Reads a mask from TOML; `name` is its name, also in messages.
    pub fn from_toml(name: &str, text: &str) -> Result<Self, LookError> {
        Self::read(name, Source { name, text })
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

    /// Whether a layer's [`Wing`] changes anything.
    pub fn has_wing(&self) -> bool {
        matches!(&self.content, MaskContent::Shapes(shapes) if shapes.has_wing())
    }

    /// Draws the mask into the chart's tile: one byte per texel, rows from the tile's top, 0 to 255 for 0 to 1 coat.
    /// `thickness` is as long as the tile has texels ([`Chart::tile`]). `wing` replaces the mask's own. Lashes fill
    /// their tile: all of them share one film.
    pub fn rasterize(&self, wing: Option<Wing>, thickness: &mut [u8]) {
        debug_assert_eq!(thickness.len(), self.chart.tile().1.element_product() as usize);
        match &self.content {
            MaskContent::Lashes(_) => thickness.fill(u8::MAX),
            MaskContent::Shapes(shapes) => {
                for (byte, coat) in thickness.iter_mut().zip(raster::draw(shapes, self.chart, wing)) {
                    *byte = (coat * 255.0).round() as u8;
                }
            }
        }
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

#[cfg(test)]
mod tests;
