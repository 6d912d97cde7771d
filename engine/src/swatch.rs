//! Swatches: pictures of a product by itself (a smear, a pan, a stroke), drawn by a small CPU renderer.
//!
//! In: a product and a size. Out: a square picture, RGBA8, with nothing but the product and its soft shadow.
//!
//! 1. The category and the finish choose a form: smear, pan, liner stroke, lens, brow or lashes.
//! 2. The form gives for every pixel the product's height, its coverage of the pixel and its depth.
//! 3. The studio shades that height field by the product's finish.
//!
//! Places are −1 to 1 across the picture, x to the right, y up. Shapes and lights were set by eye; a matte product's
//! colour is its masstone, which a test holds within ΔE00 3.

mod brow;
mod flakes;
mod lashes;
mod lens;
mod liner_stroke;
mod pan;
mod shadow;
mod smear;
mod strand;
mod studio;
mod texel;

use crate::look::{Category, Finish, Product};
use liner_stroke::LinerStroke;
use pan::Pan;
use smear::Smear;
use texel::{FormContext, ProductTexel, fill};

/// The smallest picture that is drawn.
const SIDE_MIN: usize = 8;

/// A picture of the product, `side_px` wide and high (at least 8): RGBA, 8 bits, sRGB, straight alpha, rows from the
/// top; nothing but the product and its soft shadow, to be laid on any ground. The same product always gives the same
/// picture.
///
/// Outside reflections the colour is the masstone. Transparent products (gloss, sheer, glitter) lie on a white card.
pub fn paint(product: &Product, side_px: usize) -> Vec<u8> {
    let side = side_px.max(SIDE_MIN);
    let context = FormContext { pixel: 2.0 / side as f32, seed: seed(&product.name) };
    let mut texels = vec![ProductTexel::default(); side * side];
    match form(product) {
        Form::Smear(smear) => fill(&mut texels, side, |at| smear.at(at, context)),
        Form::Pan(pan) => fill(&mut texels, side, |at| pan.at(at, context)),
        Form::LinerStroke(stroke) => fill(&mut texels, side, |at| stroke.at(at, context)),
        Form::Lens => fill(&mut texels, side, |at| lens::at(at, context)),
        Form::Brow => brow::draw(context, side, &mut texels),
        Form::Lashes => lashes::draw(product, context, side, &mut texels),
    }
    studio::light(product, context, side, &texels)
}

enum Form {
    Smear(Smear),
    Pan(Pan),
    LinerStroke(LinerStroke),
    Lens,
    Brow,
    Lashes,
}

/// How a product is usually shown.
fn form(product: &Product) -> Form {
    use Category as C;
    let wet = matches!(product.finish, Finish::Cream | Finish::Gloss | Finish::Sheer);
    match product.category {
        C::LipGloss => Form::Smear(Smear::GLOSS),
        C::Lipstick if wet && product.finish != Finish::Cream => Form::Smear(Smear::GLOSS),
        C::Lipstick => Form::Smear(Smear::LIPSTICK),
        C::Foundation if product.coverage < 0.1 => Form::Pan(Pan::POWDER),
        C::Foundation => Form::Smear(Smear::FOUNDATION),
        C::Concealer => Form::Smear(Smear::CONCEALER),
        C::Blush | C::Bronzer | C::Contour | C::Highlighter | C::Eyeshadow if wet => Form::Smear(Smear::CREAM),
        C::Eyeshadow if product.finish.has_flakes() => Form::Pan(Pan::FOIL),
        C::Eyeshadow => Form::Pan(Pan::SHADOW),
        C::Blush => Form::Pan(Pan::BLUSH),
        C::Bronzer => Form::Pan(Pan::BRONZER),
        C::Contour => Form::Pan(Pan::CONTOUR),
        C::Highlighter => Form::Pan(Pan::HIGHLIGHTER),
        C::Eyeliner if matches!(product.finish, Finish::Matte | Finish::Cream) => Form::LinerStroke(LinerStroke::KOHL),
        C::Eyeliner => Form::LinerStroke(LinerStroke::LIQUID),
        C::LipLiner => Form::LinerStroke(LinerStroke::PENCIL),
        C::Brow => Form::Brow,
        C::Mascara => Form::Smear(Smear::MASCARA),
        C::Lens => Form::Lens,
        C::Lashes => Form::Lashes,
    }
}

/// FNV-1a.
fn seed(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests;
