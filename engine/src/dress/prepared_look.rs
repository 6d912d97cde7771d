//! A look prepared for the renderer, independent of the face.
//!
//! In: a look and the preview light. Out: the optics of every layer that shows, in the order of make-up, and the masks
//! to draw.
//!
//! 1. Layers of no amount or coverage are left out; the rest is sorted by category.
//! 2. In a preview light, products get the part of its colour cast that an adapted eye still sees.

use std::sync::Arc;

use carmine_shaders::{LookUniforms, MAX_LAYERS};
use glam::{Mat3, Vec3};

use super::optics::layer_optics;
use crate::light::{PreviewLight, light_from_neutral};
use crate::look::{Chart, LashStyle, Layer, Look, Mask, MaskContent, Wing};

/// Part of a lamp's cast that remains after the eye has adapted: incomplete adaptation, as in CIECAM02 (CIE 159:2004;
/// degree of adaptation D of 0.6 to 0.9 at home).
const UNADAPTED: f32 = 0.35;

/// Where a layer lies.
#[derive(Clone, Debug)]
pub struct LayerMask {
    /// What is drawn.
    pub mask: Arc<Mask>,
    /// An eyeliner's wing instead of the mask's own.
    pub wing: Option<Wing>,
}

/// What a look asks of the renderer. It changes only with the look or the preview light.
#[derive(Debug, Default)]
pub struct PreparedLook {
    look: Look,
    preview: PreviewLight,
    layers: Box<LookUniforms>,
    masks: Vec<LayerMask>,
}

impl PreparedLook {
    /// Prepares `look` for the light of `preview`. Returns whether anything changed.
    pub fn prepare(&mut self, look: &Look, preview: PreviewLight) -> bool {
        if self.is_of(look, preview) {
            return false;
        }
        self.look.clone_from(look);
        self.preview = preview;
        // The picture around the product stays as it is: only the cast that an adapted eye still sees is shown.
        let cast = |white| light_from_neutral(Vec3::ONE.lerp(white, UNADAPTED));
        let shown = preview.white_linear().map_or(Mat3::IDENTITY, cast) * preview.relative_level();
        self.masks.clear();
        *self.layers = LookUniforms::default();
        let mut layers: [Option<&Layer>; MAX_LAYERS] = [None; MAX_LAYERS];
        let worn = look.layers.iter().filter(|layer| shows(layer));
        for (slot, layer) in layers.iter_mut().zip(worn) {
            *slot = Some(layer);
        }
        // A look read from a file is sorted; one that a host assembled may not be.
        layers.sort_by_key(|layer| layer.map_or(u8::MAX, |layer| layer.product.category.order()));
        for (to, layer) in self.layers.layers.iter_mut().zip(layers.into_iter().flatten()) {
            *to = layer_optics(layer, shown);
            self.layers.count += 1;
            self.masks.push(LayerMask { mask: Arc::clone(&layer.mask), wing: layer.wing });
        }
        true
    }

    /// Whether this is `look` as `preview` shows it.
    pub fn is_of(&self, look: &Look, preview: PreviewLight) -> bool {
        self.preview == preview && self.look == *look
    }

    /// Whether any layer of `look` shows.
    pub fn shows_anything(look: &Look) -> bool {
        look.layers.iter().any(shows)
    }

    /// Optics of every layer, the first next to the skin.
    pub fn layers(&self) -> &LookUniforms {
        &self.layers
    }

    /// Mask and wing of every layer.
    pub fn masks(&self) -> &[LayerMask] {
        &self.masks
    }

    /// Whether any layer lies in `chart`.
    pub fn has(&self, chart: Chart) -> bool {
        self.masks.iter().any(|layer| layer.mask.chart == chart)
    }

    /// Rows of lashes to draw.
    pub fn lashes(&self) -> impl Iterator<Item = &LashStyle> + Clone {
        self.masks.iter().flat_map(|layer| match &layer.mask.content {
            MaskContent::Lashes(styles) => styles.as_slice(),
            MaskContent::Shapes(_) => &[],
        })
    }
}

fn shows(layer: &Layer) -> bool {
    layer.amount > 0.0 && layer.product.coverage > 0.0
}
