//! One eye: the lash lines of both lids, and how far it is open.
//!
//! In: a fitted face. Out: per lid a smooth line of columns with its share of length, its outward direction, the gap to
//! the other lid, and the surface of the skin beside it. Points are in `frame_px` with the landmarks' depth as z, seen
//! without perspective.
//!
//! 1. The lid's landmarks become a smooth curve.
//! 2. Where the lids' lines cross, both move to their midpoint; the widest gap over the eye's width is its openness.
//! 3. Directions out of the opening are perpendicular to a wide chord of the line, and upright at the corners.
//! 4. The skin's relief is measured along every column (`relief`).

use carmine_shaders::cpu::smoothstep;
use glam::{Vec2, Vec3};

use super::contour::{STEPS, smooth};
use super::eye_frame::EyeFrame;
use super::eye_landmarks::{EYES, LID_COLUMNS, LID_POINTS};
use super::relief::Relief;
use crate::face::FittedFace;

/// Width of the soft rim at the eye's opening, in eye widths, and its bounds.
const RIM: f32 = 0.03;
const RIM_MIN_PX: f32 = 0.7;
const RIM_MAX_PX: f32 = 1.5;
/// Gap up to which the lids touch, and from which they are apart, in rim widths.
const TOUCHING_RIMS: f32 = 0.5;
const APART_RIMS: f32 = 2.0;
/// Share of a lid's length at either corner over which its directions turn to the eye's upright, as the chart does.
const TURN: f32 = 0.18;
/// Largest lean of a direction from the upright, as a sine: beyond it neighbouring columns would cross.
const LEAN: f32 = 0.5;

/// One eye as the camera sees it: a frame of its own and the lash line of either lid.
pub(super) struct Eye {
    pub frame: EyeFrame,
    /// Upper, then lower lid.
    pub lids: [LidLine; 2],
    /// Width of the soft rim at the opening.
    pub rim_px: f32,
    /// Largest opening over the eye's width, whatever the head's turn: some 0.3 when open, 0 when closed.
    pub openness: f32,
}

/// One lid's lash line.
pub(super) struct LidLine {
    pub line: [Vec3; LID_COLUMNS],
    /// Share of the line's length from the inner corner: 0–1, growing.
    pub x: [f32; LID_COLUMNS],
    /// Out of the eye's opening: unit vector of x along `across` and y along `up`, y ≥ 0 above and ≤ 0 below.
    pub away: [Vec2; LID_COLUMNS],
    /// How far the other lid is, ≥ 0.
    pub gap_px: [f32; LID_COLUMNS],
    pub relief: [Relief; LID_COLUMNS],
}

impl Eye {
    /// The right eye (0) or the left one (1); `None` where there is nothing to draw on.
    pub fn new(face: &FittedFace, side: usize) -> Option<Self> {
        let points = &EYES[side];
        let frame = EyeFrame::new(face, points)?;
        let at = |index: u16| face.landmarks_px[usize::from(index)];
        let mut lids = [LidLine::new(&points.upper, at), LidLine::new(&points.lower, at)];
        let openness = meet(&mut lids, frame.up, frame.width_px);
        lids[0].measure(&frame, face, &points.above, 1.0);
        lids[1].measure(&frame, face, &points.below, -1.0);
        let rim_px = (RIM * frame.width_px).clamp(RIM_MIN_PX, RIM_MAX_PX);
        Some(Self { frame, lids, rim_px, openness })
    }

    /// Whether the lids touch at a column, which then needs no soft rim: 1 touching, 0 apart.
    pub fn touching(&self, gap_px: f32) -> f32 {
        1.0 - smoothstep(TOUCHING_RIMS * self.rim_px, APART_RIMS * self.rim_px, gap_px)
    }
}

impl LidLine {
    fn new(points: &[u16; LID_POINTS], at: impl Fn(u16) -> Vec3) -> Self {
        let mut line = [Vec3::ZERO; LID_COLUMNS];
        let mut column = 0;
        smooth(
            |point| at(points[point]),
            LID_POINTS,
            |point: Vec3| {
                line[column] = point;
                column += 1;
            },
        );
        Self {
            line,
            x: [0.0; LID_COLUMNS],
            away: [Vec2::Y; LID_COLUMNS],
            gap_px: [0.0; LID_COLUMNS],
            relief: [Relief::default(); LID_COLUMNS],
        }
    }

    /// Computes lengths, directions and the skin beside a finished line; `sign` is 1 for the upper lid, −1 for the
    /// lower.
    fn measure(&mut self, frame: &EyeFrame, face: &FittedFace, rows: &[&[u16]; 2], sign: f32) {
        let across = frame.across;
        let flat = |v: Vec3| Vec2::new(v.dot(across), v.dot(frame.up)) / across.length_squared();
        let mut length = 0.0;
        for column in 1..LID_COLUMNS {
            length += flat(self.line[column] - self.line[column - 1]).length();
            self.x[column] = length;
        }
        for (column, x) in self.x.iter_mut().enumerate() {
            *x = if length > 1e-3 { *x / length } else { column as f32 / (LID_COLUMNS - 1) as f32 };
        }
        for column in 0..LID_COLUMNS {
            // Over a wide chord, since single landmarks jitter.
            let (before, after) = (column.saturating_sub(STEPS), (column + STEPS).min(LID_COLUMNS - 1));
            let along = flat(self.line[after] - self.line[before]).normalize_or(Vec2::X);
            let x = self.x[column];
            let free = smoothstep(0.0, TURN, x) * smoothstep(0.0, TURN, 1.0 - x);
            let lean = (-along.y * sign).clamp(-LEAN, LEAN) * free;
            self.away[column] = Vec2::new(lean, sign * (1.0 - lean * lean).sqrt());
        }
        Relief::of_lid(&mut self.relief, &self.line, frame, face, rows);
    }
}

/// Moves lids that cross to their midpoint, sets the gaps, and returns the eye's openness.
fn meet(lids: &mut [LidLine; 2], up: Vec3, width_px: f32) -> f32 {
    let upright = up.truncate();
    // Seen from far above or below, the foreshortening is too strong to undo: limit it.
    let shortened = (upright.length() / width_px).max(0.5);
    let upright = upright.normalize_or(Vec2::NEG_Y);
    let [upper, lower] = lids;
    let mut widest = 0_f32;
    for column in 0..LID_COLUMNS {
        let gap = (upper.line[column] - lower.line[column]).truncate().dot(upright);
        if gap <= 0.0 {
            let middle = upper.line[column].midpoint(lower.line[column]);
            (upper.line[column], lower.line[column]) = (middle, middle);
        }
        (upper.gap_px[column], lower.gap_px[column]) = (gap.max(0.0), gap.max(0.0));
        widest = widest.max(gap);
    }
    widest / shortened / width_px
}
