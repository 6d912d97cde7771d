//! The white of the eyes (sclera) as a reference for the light: its colour does not depend on the skin's tone.
//!
//! In: a frame and a fitted face; later, the irradiance over normals. Out: the exposure by the sclera, its colour, and
//! how much of it is visible.
//! 1. Sample beside the irises, with a margin to the lids for the landmarks' error.
//! 2. Per side of an iris: sort by luminance, leave out lashes and vessels, and catch-lights; keep a mean and a high
//!    percentile.
//! 3. Divide each side's luminance by the irradiance on it, and take the mean of the two brightest sides: a single one
//!    may be a catch-light, and the others may be hidden or in the shade.
//! 4. The trust depends on how many sides are visible, how wide the eyes are open, and how pale the sclera is.
//!
//! Constants were chosen on 40 still pictures of 35 people.

use glam::{Vec2, Vec3};

use super::chroma::log_chroma;
use super::landmark_points::EyeContour;
use super::pixel::linear_at;
use super::ranked_colours::RankedColours;
use crate::face::FittedFace;
use crate::frame::Frame;
use crate::polygon;

/// Luminance of the sclera (about 0.6), shaded by lids and lashes, on the better lit sides: so that light-skinned
/// people's skin comes out at L* 68 on average.
const ALBEDO: f32 = 0.38;
/// Samples beside an iris.
const COLUMNS: usize = 6;
const ROWS: usize = 5;
/// Where they lie, in radii of the iris: along the eye from its centre and to the next one, down from it and to the
/// next one.
const FIRST_COLUMN: f32 = 1.2;
const COLUMN_STEP: f32 = 0.14;
const FIRST_ROW: f32 = -0.2;
const ROW_STEP: f32 = 0.15;
/// What must lie in the eye's opening around a sample, in radii: above and below, and away from the iris.
const MARGIN_LIDS: f32 = 0.25;
const MARGIN_CORNER: f32 = 0.2;
/// Least width of an eye that is sampled.
const WIDTH_MIN_PX: f32 = 14.0;
const SAMPLES_MIN: usize = 4;
/// Parts of the sorted samples, in percent: below are lashes and vessels, above are catch-lights; what stands for the
/// side.
const KEPT_FROM: usize = 40;
const KEPT_TO: usize = 90;
const LUMINANCE_AT: usize = 65;
/// An eyeball beside the iris faces sideways by this, and may face a lamp.
const SIDEWAYS: Vec3 = Vec3::new(0.64, 0.0, 0.77);
/// Greatest irradiance that a side is divided by. The least is 1, since the light's shade cannot be told from the
/// lids'.
const LIT_MAX: f32 = 1.5;
/// The second best side counts if it is no darker than this part of the best.
const SECOND_MIN: f32 = 0.7;
/// Sides in sight for full trust, and trust in a single one.
const SIDES_FOR_TRUST: f32 = 3.0;
const TRUST_OF_ONE: f32 = 0.5;
/// Openness of the eyes above which the trust rises, the range until it is full, and the least trust.
const OPEN_MIN: f32 = 0.2;
const OPEN_RANGE: f32 = 0.08;
const TRUST_OF_NARROW: f32 = 0.15;
/// Redness (ln red / green) of lids or the rim of glasses, the range to the paler sclera, and the least trust.
const RED: f32 = 0.95;
const RED_RANGE: f32 = 0.3;
const TRUST_OF_RED: f32 = 0.1;

/// The sclera's measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sclera {
    /// Exposure by the sclera, independent of the skin's tone.
    pub exposure: f32,
    /// Its mean linear colour.
    pub colour: Vec3,
    /// How much of it is visible, 0–1.
    pub trust: f32,
}

/// What lies beside one iris, on one side.
#[derive(Clone, Copy, Debug, Default)]
struct ScleraSide {
    luminance: f32,
    /// Mean linear colour.
    colour: Vec3,
    normal_camera: Vec3,
}

/// The sclera of one face as it was sampled.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ScleraSamples {
    sides: [ScleraSide; 4],
    count: usize,
    /// The wider eye's opening over its width.
    widest: f32,
}

impl ScleraSamples {
    /// Nothing for closed or tiny eyes.
    pub fn take(frame: &Frame<'_>, face: &FittedFace) -> Self {
        let mut samples = Self::default();
        for (eye, to_nose) in EyeContour::both(face).iter().zip([1.0, -1.0]) {
            let width = eye.across().length();
            if width < WIDTH_MIN_PX || !eye.iris_radius.is_finite() {
                continue;
            }
            for side in [-1.0, 1.0] {
                let seen = beside_iris(frame, eye, side);
                let count = seen.len();
                if count < SAMPLES_MIN {
                    continue;
                }
                let normal = SIDEWAYS * Vec3::new(side * to_nose, 1.0, 1.0);
                samples.sides[samples.count] = ScleraSide {
                    luminance: seen.luminance(count * LUMINANCE_AT / 100),
                    colour: seen.mean(count * KEPT_FROM / 100..count * KEPT_TO / 100),
                    normal_camera: face.camera_from_face.transform_vector3(normal).normalize_or(Vec3::Z),
                };
                samples.count += 1;
                samples.widest = samples.widest.max(eye.down().length() / width);
            }
        }
        samples
    }

    /// Evaluates the samples. `light`: irradiance on a normal in camera space, over that on one towards the camera.
    pub fn read(&self, light: impl Fn(Vec3) -> f32) -> Option<Sclera> {
        if self.count == 0 {
            return None;
        }
        let (mut best, mut second) = (ScleraSide::default(), ScleraSide::default());
        for &side in &self.sides[..self.count] {
            let lit = light(side.normal_camera).clamp(1.0, LIT_MAX);
            let side = ScleraSide { luminance: side.luminance / lit, ..side };
            if side.luminance > best.luminance {
                (best, second) = (side, best);
            } else if side.luminance > second.luminance {
                second = side;
            }
        }
        let two = self.count > 1 && second.luminance > SECOND_MIN * best.luminance;
        if !two {
            second = best;
        }
        let (level, colour) = (0.5 * (best.luminance + second.luminance), 0.5 * (best.colour + second.colour));
        let sides = if two { (self.count as f32 / SIDES_FOR_TRUST).min(1.0) } else { TRUST_OF_ONE };
        let open = ((self.widest - OPEN_MIN) / OPEN_RANGE).clamp(TRUST_OF_NARROW, 1.0);
        let pale = ((RED - log_chroma(colour).x) / RED_RANGE).clamp(TRUST_OF_RED, 1.0);
        Some(Sclera { exposure: level / ALBEDO, colour, trust: sides * open * pale })
    }
}

/// The colours on one side of an iris: −1 towards the outer corner, 1 towards the inner one.
fn beside_iris(frame: &Frame<'_>, eye: &EyeContour, side: f32) -> RankedColours<{ COLUMNS * ROWS }> {
    let (across, radius) = (eye.across(), eye.iris_radius);
    let along = across / across.length();
    let down = eye.down().normalize_or_zero() * radius;
    let margins = [down * MARGIN_LIDS, down * -MARGIN_LIDS, along * (side * radius * MARGIN_CORNER)];
    let places = (0..COLUMNS * ROWS).map(|step| {
        let (column, row) = ((step % COLUMNS) as f32, (step / COLUMNS) as f32);
        let aside = along * (side * radius * (FIRST_COLUMN + COLUMN_STEP * column));
        eye.iris_centre + aside + down * (ROW_STEP * row + FIRST_ROW)
    });
    let is_open = |at: &Vec2| margins.iter().all(|&margin| polygon::contains(&eye.opening, *at + margin));
    RankedColours::of(places.filter(is_open).map(|at| linear_at(frame, at)))
}
