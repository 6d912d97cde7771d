//! What every face of a picture wears: the session's looks, on the attract screen the shop's, on the jaw line swatches.

use std::sync::Arc;
use std::time::Duration;

use carmine::look::{Category, Layer, Look, Mask};
use carmine::render::WornSpan;

use crate::app::seen::Seen;
use crate::app::shop::Shop;
use crate::catalogue::{Catalogue, ItemId};
use crate::session::{JAW, Screen, Session};

/// Faces that the renderer dresses.
pub(super) const FACES: usize = carmine::MAX_FACES;
/// How long a new look takes to be drawn over the attract screen's model.
const REVEAL: Duration = Duration::from_millis(900);
/// Masks of the jaw's swatches.
const JAW_MASKS: [&str; JAW] = ["jaw-1", "jaw-2", "jaw-3"];

/// What is worn at one moment.
pub(super) struct Worn {
    /// A look for each face, in the order of the picture's faces.
    pub(super) looks: [Option<Arc<Look>>; FACES],
    /// The part of the width where it is drawn, if not everywhere.
    pub(super) span: Option<WornSpan>,
    /// It moves by itself.
    pub(super) animating: bool,
}

impl Worn {
    /// The shop's look on the attract screen's model, drawn on from the left.
    pub(super) fn on_attract(shop: &Shop, now: Duration) -> Self {
        let (look, since) = shop.attract_look(now);
        let part = (since.as_secs_f32() / REVEAL.as_secs_f32()).min(1.0);
        let eased = part * part * (3.0 - 2.0 * part);
        let looks = std::array::from_fn(|_| look.clone());
        Self { looks, span: Some(WornSpan { from: 0.0, to: eased }), animating: part < 1.0 }
    }

    /// What each face wears in a session.
    pub(super) fn in_session(session: &Session, seen: &Seen, jaw: &mut JawLook, catalogue: &Catalogue) -> Self {
        let jaw = (session.screen() == Screen::Shade && session.jaw()).then(|| jaw.of(session, catalogue)).flatten();
        let leading = session.people().leading_face();
        let mut looks: [Option<Arc<Look>>; FACES] = Default::default();
        for (look, face) in looks.iter_mut().zip(seen.observation.faces().iter()) {
            let id = face.id.0;
            *look = match &jaw {
                Some(jaw) if leading == Some(id) => Some(Arc::clone(jaw)),
                _ => session.look_of(id),
            };
        }
        let span = session.split().map(|from| WornSpan { from, to: 1.0 });
        Self { looks, span, animating: false }
    }
}

/// Looks for the faces of a frozen picture, in their order; the leader's is `lead` if given.
pub(super) fn looks_for(session: &Session, seen: &Seen, lead: Option<&Look>) -> Vec<Arc<Look>> {
    let leading = session.people().leading_face().or(seen.observation.faces().first().map(|face| face.id.0));
    let look = |id: u32| match lead {
        Some(lead) if Some(id) == leading => Arc::new(lead.clone()),
        _ => session.look_of(id).unwrap_or_default(),
    };
    seen.observation.faces().iter().map(|face| look(face.id.0)).collect()
}

/// The best foundations on the jaw line, on otherwise bare skin. Rebuilt only if they change.
#[derive(Default)]
pub(super) struct JawLook(Option<(Vec<ItemId>, Arc<Look>)>);

impl JawLook {
    fn of(&mut self, session: &Session, catalogue: &Catalogue) -> Option<Arc<Look>> {
        let best = session.matches().iter().take(JAW).map(|(id, _)| id);
        if let Some((ids, look)) = &self.0
            && ids.iter().eq(best.clone())
        {
            return Some(Arc::clone(look));
        }
        let mut layers = Vec::with_capacity(JAW);
        for (id, mask) in best.clone().zip(JAW_MASKS) {
            let (product_id, product) = (Some(Arc::clone(id)), catalogue.item(id)?.product.clone());
            layers.push(Layer { product_id, product, amount: 1.0, mask: Mask::built_in(mask)?, wing: None });
        }
        debug_assert!(layers.iter().all(|layer| layer.product.category == Category::Foundation));
        let look = Arc::new(Look { name: String::new(), layers });
        self.0 = Some((best.cloned().collect(), Arc::clone(&look)));
        Some(look)
    }
}
