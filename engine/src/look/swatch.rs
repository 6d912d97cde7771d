//! A product as it is seen before it is worn: a smear, a pan, a stroke, drawn by a little renderer of its own.
//!
//! A form (smear, pan, stroke, lens, brow, lashes) says for every pixel how high the product stands, how
//! much of the pixel it covers and how deep it is; the studio lights that by the product's finish.
//!
//! Places are −1 to 1 across the picture, x to the right, y up.

mod brow;
mod lashes;
mod lens;
mod pan;
mod smear;
mod strand;
mod stroke;
mod studio;

use glam::Vec2;

use super::{Category, Finish, Product};

/// The product at one pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Body {
    /// Above the card, as long as the picture's half side is 1.
    height: f32,
    /// Part of the pixel that is covered, 0–1.
    cover: f32,
    /// How much product lies here, 0–1 of the most: what can be looked through is paler where it is thin.
    depth: f32,
    /// Lightness of the masstone here: 1, but less in a crease or between fibres.
    shade: f32,
}

/// What a form needs to know.
#[derive(Clone, Copy, Debug)]
struct Canvas {
    /// Width of a pixel.
    pixel: f32,
    /// Makes one product's grain unlike another's.
    seed: u32,
}

impl Canvas {
    /// Soft edge of one pixel: 1 inside, where `distance` is negative.
    fn inside(self, distance: f32) -> f32 {
        (0.5 - distance / self.pixel).clamp(0.0, 1.0)
    }
}

/// The smallest picture that is drawn.
const SIDE_MIN: usize = 8;

/// A picture of the product, `side_px` wide and high (at least 8): RGBA, 8 bits, sRGB, straight alpha, rows from the top;
/// nothing but the product and its soft shadow, to be laid on any ground. The same product always gives the same picture.
///
/// Where nothing shines the colour is the masstone. What can be looked through (gloss, sheer, glitter) lies on a white
/// card.
pub fn swatch(product: &Product, side_px: usize) -> Vec<u8> {
    let side = side_px.max(SIDE_MIN);
    let canvas = Canvas { pixel: 2.0 / side as f32, seed: seed(&product.name) };
    let mut bodies = vec![Body::default(); side * side];
    match form(product) {
        Form::Smear(smear) => fill(&mut bodies, side, |at| smear.at(at, canvas)),
        Form::Pan(pan) => fill(&mut bodies, side, |at| pan.at(at, canvas)),
        Form::Stroke(stroke) => fill(&mut bodies, side, |at| stroke.at(at, canvas)),
        Form::Lens => fill(&mut bodies, side, |at| lens::at(at, canvas)),
        Form::Brow => brow::draw(canvas, side, &mut bodies),
        Form::Lashes => lashes::draw(product, canvas, side, &mut bodies),
    }
    studio::light(product, canvas, side, &bodies)
}

enum Form {
    Smear(smear::Smear),
    Pan(pan::Pan),
    Stroke(stroke::Stroke),
    Lens,
    Brow,
    Lashes,
}

/// How a product is usually shown.
fn form(product: &Product) -> Form {
    use Category as C;
    let wet = matches!(product.finish, Finish::Cream | Finish::Gloss | Finish::Sheer);
    match product.category {
        C::LipGloss => Form::Smear(smear::Smear::GLOSS),
        C::Lipstick if wet && product.finish != Finish::Cream => Form::Smear(smear::Smear::GLOSS),
        C::Lipstick => Form::Smear(smear::Smear::LIPSTICK),
        C::Foundation if product.coverage < 0.1 => Form::Pan(pan::Pan::POWDER),
        C::Foundation => Form::Smear(smear::Smear::FOUNDATION),
        C::Concealer => Form::Smear(smear::Smear::CONCEALER),
        C::Blush | C::Bronzer | C::Contour | C::Highlighter | C::Eyeshadow if wet => Form::Smear(smear::Smear::CREAM),
        C::Eyeshadow if product.finish.has_flakes() => Form::Pan(pan::Pan::FOIL),
        C::Eyeshadow => Form::Pan(pan::Pan::SHADOW),
        C::Blush => Form::Pan(pan::Pan::BLUSH),
        C::Bronzer => Form::Pan(pan::Pan::BRONZER),
        C::Contour => Form::Pan(pan::Pan::CONTOUR),
        C::Highlighter => Form::Pan(pan::Pan::HIGHLIGHTER),
        C::Eyeliner if matches!(product.finish, Finish::Matte | Finish::Cream) => Form::Stroke(stroke::Stroke::KOHL),
        C::Eyeliner => Form::Stroke(stroke::Stroke::LIQUID),
        C::LipLiner => Form::Stroke(stroke::Stroke::PENCIL),
        C::Brow => Form::Brow,
        C::Mascara => Form::Smear(smear::Smear::MASCARA),
        C::Lens => Form::Lens,
        C::Lashes => Form::Lashes,
    }
}

fn fill(bodies: &mut [Body], side: usize, at: impl Fn(Vec2) -> Body) {
    for (number, body) in bodies.iter_mut().enumerate() {
        *body = at(place(number, side));
    }
}

/// Middle of a pixel.
fn place(number: usize, side: usize) -> Vec2 {
    let (x, y) = ((number % side) as f32 + 0.5, (number / side) as f32 + 0.5);
    Vec2::new(2.0 * x / side as f32 - 1.0, 1.0 - 2.0 * y / side as f32)
}

fn smoothstep(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// FNV-1a.
fn seed(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests;
