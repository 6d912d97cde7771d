//! Where the hair of the brows lies: landmarks give a brow's arch, but not its thickness.
//!
//! In: a frame and a fitted face. Out: per brow two parabolas along it, the middle of the hair and half its thickness,
//! between the landmarks' lower and upper edge.
//! 1. Sample columns across the brow, from below the lower landmarks to above the upper ones.
//! 2. Darkness of each place: how much less luminance it has than a line between the brightest skin below and above.
//! 3. Per column, weight, mean and spread of the darkness in a window around the hair found so far. Columns that are
//!    darkest far below (glasses, the lid's fold) or far above (a fringe) get little weight.
//! 4. Least squares of the parabolas with a ridge towards a usual brow, and back to 3.

use carmine_shaders::cpu::luminance;
use glam::{Mat3, Vec2, Vec3};

use super::landmark_points::points_px;
use super::pixel::linear_at;
use crate::face::{FittedFace, rings};
use crate::frame::Frame;

/// Where the hair of one brow lies between the brow's landmarks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BrowHair {
    /// Middle of the hair and half its thickness: 1, t and t² for t from −1 at the head to 1 at the tail.
    middle: Vec3,
    half: Vec3,
}

/// The prior: an average brow.
const USUAL: BrowHair = BrowHair { middle: Vec3::new(0.33, 0.05, 0.0), half: Vec3::new(0.48, 0.0, 0.0) };
/// Bounds of a brow's middle and half thickness.
const MIDDLE_MIN: f32 = -0.1;
const MIDDLE_MAX: f32 = 0.75;
const HALF_MIN: f32 = 0.28;
const HALF_MAX: f32 = 0.72;
/// Weight of the prior in clear columns, for place, slope and bend.
const RIDGE: Vec3 = Vec3::new(0.6, 2.5, 2.5);

const COLUMNS: usize = 13;
/// Samples of each column, side by side, as far as the next one on either side.
const SAMPLES: usize = 5;
const ROWS: usize = 25;
/// The rows' ends.
const BAND_LOW: f32 = -1.0;
const BAND_HIGH: f32 = 2.0;
/// The skin below the hair starts below the one, that above it above the other.
const SKIN_BELOW: f32 = 0.15;
const SKIN_ABOVE: f32 = 0.75;
/// Standard deviation of the window that follows the hair.
const WINDOW: f32 = 0.5;
/// Darkest places that are glasses or the lid's fold (surely below the first, not above the second), and a fringe (from
/// the first on, surely from the second).
const GLASSES_SURE: f32 = -0.45;
const GLASSES_NONE: f32 = -0.25;
const FRINGE_NONE: f32 = 1.1;
const FRINGE_SURE: f32 = 1.4;
/// Darkness that is not hair: an absolute part, and a share of the darkest in the column.
const BARE_DARKNESS: f32 = 0.03;
const BARE_PART: f32 = 0.3;
/// Greatest weight of a column.
const COLUMN_WEIGHT_MAX: f32 = 1.5;
/// The window moves to where the hair was found.
const ROUNDS: usize = 3;
/// Half the thickness of an even band over its standard deviation.
const HALF_OVER_SIGMA: f32 = 1.75;
/// Shortest brow that is measured: below it noise dominates.
const LENGTH_MIN_PX: f32 = 8.0;

impl Default for BrowHair {
    fn default() -> Self {
        USUAL
    }
}

impl BrowHair {
    /// Lower and upper edge of the hair at `x` from the head (0) to the tail (1), over the band between the lower (0)
    /// and the upper landmarks (1).
    pub fn edges(&self, x: f32) -> (f32, f32) {
        let basis = basis(x);
        let middle = self.middle.dot(basis).clamp(MIDDLE_MIN, MIDDLE_MAX);
        let half = self.half.dot(basis).clamp(HALF_MIN, HALF_MAX);
        (middle - half, middle + half)
    }

    pub(super) fn lerp(self, to: Self, part: f32) -> Self {
        Self { middle: self.middle.lerp(to.middle, part), half: self.half.lerp(to.half, part) }
    }
}

fn basis(x: f32) -> Vec3 {
    let t = 2.0 * x.clamp(0.0, 1.0) - 1.0;
    Vec3::new(1.0, t, t * t)
}

fn row_y(row: usize) -> f32 {
    BAND_LOW + (BAND_HIGH - BAND_LOW) * row as f32 / (ROWS - 1) as f32
}

/// The hair of the right and the left brow; `None` for a brow that is too small.
pub(super) fn brows(frame: &Frame<'_>, face: &FittedFace) -> [Option<BrowHair>; 2] {
    rings::BROW_EDGES.map(|edges| {
        let [lower, upper] = edges.map(|edge| points_px(face, &edge));
        (lower[0].distance(lower[4]) >= LENGTH_MIN_PX).then(|| {
            let columns: [Column; COLUMNS] = std::array::from_fn(|column| Column::seen(frame, &lower, &upper, column));
            fitted(&columns)
        })
    })
}

/// How much darker than the skin above and below a column through the brow is, row by row from below.
struct Column {
    darkness: [f32; ROWS],
    /// How likely the darkness there is hair, 0–1.
    trust: f32,
}

impl Column {
    fn seen(frame: &Frame<'_>, lower: &[Vec2; 5], upper: &[Vec2; 5], column: usize) -> Self {
        let level: [f32; ROWS] = std::array::from_fn(|row| {
            let samples = (0..SAMPLES).map(|sample| {
                let aside = 2.0 * sample as f32 / (SAMPLES - 1) as f32 - 1.0;
                let x = ((column as f32 + aside) / (COLUMNS - 1) as f32).clamp(0.0, 1.0);
                let at = along(lower, x).lerp(along(upper, x), row_y(row));
                luminance(linear_at(frame, at))
            });
            samples.sum::<f32>() / SAMPLES as f32
        });
        let brightest = |rows: std::ops::Range<usize>| {
            rows.max_by(|&a, &b| level[a].total_cmp(&level[b])).map_or((0.0, 1.0), |row| (row_y(row), level[row]))
        };
        let rows_until = |y: f32| ((y - BAND_LOW) / (BAND_HIGH - BAND_LOW) * (ROWS - 1) as f32) as usize + 1;
        let (below, above) = (brightest(0..rows_until(SKIN_BELOW)), brightest(rows_until(SKIN_ABOVE)..ROWS));
        let darkness = std::array::from_fn(|row| {
            let t = ((row_y(row) - below.0) / (above.0 - below.0)).clamp(0.0, 1.0);
            let skin = below.1 + (above.1 - below.1) * t;
            (1.0 - level[row] / skin.max(1e-4)).max(0.0)
        });
        let darkest = (0..ROWS).max_by(|&a, &b| f32::total_cmp(&darkness[a], &darkness[b])).map_or(0.0, row_y);
        let is_past = |from: f32, to: f32| ((darkest - from) / (to - from)).clamp(0.0, 1.0);
        Self { darkness, trust: is_past(GLASSES_SURE, GLASSES_NONE) * (1.0 - is_past(FRINGE_NONE, FRINGE_SURE)) }
    }

    /// The hair around `middle`.
    fn hair(&self, middle: f32) -> ColumnHair {
        let least = BARE_DARKNESS + BARE_PART * self.darkness.iter().fold(0.0, |most: f32, &dark| most.max(dark));
        let weigh = |row: usize| {
            let away = (row_y(row) - middle) / WINDOW;
            (self.darkness[row] - least).max(0.0) * (-0.5 * away * away).exp()
        };
        let (mut sum, mut first, mut second) = (0.0, 0.0, 0.0);
        for row in 0..ROWS {
            let (weight, y) = (weigh(row), row_y(row));
            (sum, first, second) = (sum + weight, first + weight * y, second + weight * y * y);
        }
        let mean = first / sum.max(1e-6);
        let sigma = (second / sum.max(1e-6) - mean * mean).max(0.0).sqrt();
        ColumnHair { weight: (sum * self.trust).min(COLUMN_WEIGHT_MAX), mean, sigma }
    }
}

/// The hair of one column: how much of it there is, its mean place, and its standard deviation.
struct ColumnHair {
    weight: f32,
    mean: f32,
    sigma: f32,
}

/// A place on one row of landmarks, 0 head – 1 tail.
fn along(edge: &[Vec2; 5], x: f32) -> Vec2 {
    let at = x * 4.0;
    let step = (at as usize).min(3);
    edge[step].lerp(edge[step + 1], at - step as f32)
}

/// Fits the curves to the columns: least squares with a ridge towards the prior.
fn fitted(columns: &[Column; COLUMNS]) -> BrowHair {
    let mut hair = USUAL;
    let at = |column: usize| basis(column as f32 / (COLUMNS - 1) as f32);
    for _ in 0..ROUNDS {
        let mut squares = Mat3::from_diagonal(RIDGE);
        let (mut middle, mut half) = (RIDGE * USUAL.middle, RIDGE * USUAL.half);
        for (index, column) in columns.iter().enumerate() {
            let basis = at(index);
            let ColumnHair { weight, mean, sigma } = column.hair(hair.middle.dot(basis).clamp(MIDDLE_MIN, MIDDLE_MAX));
            squares += Mat3::from_cols(basis * basis.x, basis * basis.y, basis * basis.z) * weight;
            middle += basis * (weight * mean);
            half += basis * (weight * HALF_OVER_SIGMA * sigma);
        }
        let solve = squares.inverse();
        hair = BrowHair { middle: solve * middle, half: solve * half };
    }
    hair
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A brow that is dark between two places of the band.
    fn dark(from: f32, to: f32) -> BrowHair {
        let darkness = std::array::from_fn(|row| if (from..=to).contains(&row_y(row)) { 0.6 } else { 0.0 });
        fitted(&std::array::from_fn(|_| Column { darkness, trust: 1.0 }))
    }

    #[test]
    fn the_band_settles_on_the_hair() {
        for (from, to) in [(-0.4, 0.6), (0.0, 0.7), (0.2, 1.0)] {
            let (lower, upper) = dark(from, to).edges(0.5);
            assert!((lower - from).abs() < 0.12 && (upper - to).abs() < 0.12, "{from}–{to}: {lower}–{upper}");
        }
    }

    #[test]
    fn without_hair_it_is_the_usual_brow() {
        let columns = std::array::from_fn(|_| Column { darkness: [0.0; ROWS], trust: 1.0 });
        let (found, usual) = (fitted(&columns).edges(0.5), USUAL.edges(0.5));
        assert!((found.0 - usual.0).abs() < 1e-4 && (found.1 - usual.1).abs() < 1e-4);
        assert!(dark(-1.0, -0.9).edges(0.0).0 >= MIDDLE_MIN - HALF_MAX);
    }
}
