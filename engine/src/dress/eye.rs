use glam::{Mat3, Quat, Vec2, Vec3};

use super::contour::{STEPS, smooth};
use super::relief::Relief;
use crate::face::FittedFace;

/// Landmarks along one lid, corners included.
pub(super) const LID_POINTS: usize = 9;
/// Columns of a mesh along one lid.
pub(super) const COLUMNS: usize = (LID_POINTS - 1) * STEPS + 1;

/// An eye narrower than this cannot be told from noise, in pixels.
const NARROWEST_PX: f32 = 3.0;
/// Widths of the soft rim at the eye's opening: smallest, in eye widths, largest. In pixels but for the middle one.
const RIM: (f32, f32, f32) = (0.7, 0.03, 1.5);
/// Openings between which a lid stops touching the other one, in rims.
const TOUCHING: (f32, f32) = (0.5, 2.0);
/// Part of a lid at either corner over which its normals turn to the eye's upright, as the chart does.
const TURN: f32 = 0.18;
/// Farthest that a normal leans from the upright, as a sine: past it neighbouring columns would cross.
const LEAN: f32 = 0.5;

/// Landmarks round one eye, each row from the inner corner to the outer one.
pub(super) struct EyePoints {
    pub upper: [u16; LID_POINTS],
    pub lower: [u16; LID_POINTS],
    /// Above the upper line: at the lid's fold, then under the brow.
    pub above: [&'static [u16]; 2],
    /// Below the lower line.
    pub below: [&'static [u16]; 2],
    /// From the outer corner to the temple.
    pub temple: [u16; 4],
    /// From the inner corner to the nose.
    pub nose: [u16; 3],
    /// The iris: centre, then its rim on the side of the outer corner, above, on the other side, below.
    pub iris: [u16; 5],
}

/// The eyes, right and left.
pub(super) const EYES: [EyePoints; 2] = [
    EyePoints {
        upper: [133, 173, 157, 158, 159, 160, 161, 246, 33],
        lower: [133, 155, 154, 153, 145, 144, 163, 7, 33],
        above: [&[190, 56, 28, 27, 29, 30, 247], &[221, 222, 223, 224, 225]],
        below: [&[112, 26, 22, 23, 24, 110, 25], &[233, 232, 231, 230, 229, 228]],
        temple: [33, 226, 35, 143],
        nose: [133, 243, 244],
        iris: [468, 471, 470, 469, 472],
    },
    EyePoints {
        upper: [362, 398, 384, 385, 386, 387, 388, 466, 263],
        lower: [362, 382, 381, 380, 374, 373, 390, 249, 263],
        above: [&[414, 286, 258, 257, 259, 260, 467], &[441, 442, 443, 444, 445]],
        below: [&[341, 256, 252, 253, 254, 339, 255], &[453, 452, 451, 450, 449, 448]],
        temple: [263, 446, 265, 372],
        nose: [362, 463, 464],
        iris: [473, 474, 475, 476, 477],
    },
];

/// One eye as the camera sees it: a frame of its own and the lash line of either lid.
///
/// Points and directions are in `frame_px` with the landmarks' depth as z: x right, y down, z away from the camera,
/// seen along z without perspective.
pub(super) struct Eye {
    /// From the inner corner to the outer one: its length is the eye's width wherever the head looks.
    pub across: Vec3,
    /// The face's upright, of the same length, at right angles to `across`.
    pub up: Vec3,
    /// Out of the face, of the same length.
    pub front: Vec3,
    /// See `across`.
    pub width_px: f32,
    /// Upper, then lower lid.
    pub lids: [Lid; 2],
    /// Width of the soft rim at the opening.
    pub rim_px: f32,
    /// Largest opening over the eye's width, whatever the head's turn: some 0.3 when open, 0 when closed.
    pub openness: f32,
}

/// One lid's lash line.
pub(super) struct Lid {
    pub line: [Vec3; COLUMNS],
    /// Share of the line's length from the inner corner: 0–1, growing.
    pub x: [f32; COLUMNS],
    /// Out of the eye's opening: unit vector of x along `across` and y along `up`, y ≥ 0 above and ≤ 0 below.
    pub away: [Vec2; COLUMNS],
    /// How far the other lid is, ≥ 0.
    pub gap_px: [f32; COLUMNS],
    pub relief: [Relief; COLUMNS],
}

impl Eye {
    /// The right eye (0) or the left one (1); `None` where there is nothing to draw on.
    pub fn new(face: &FittedFace, side: usize) -> Option<Self> {
        let points = &EYES[side];
        let at = |index: u16| face.landmarks_px[usize::from(index)];
        let across = at(points.upper[LID_POINTS - 1]) - at(points.upper[0]);
        let width_px = across.length();
        let turn = frame_from_face(face, usize::from(points.upper[LID_POINTS - 1]));
        let outwards = across.try_normalize()?;
        let up = turn.y_axis.reject_from_normalized(outwards).try_normalize()? * width_px;
        let front = turn.z_axis * width_px;
        if !(width_px >= NARROWEST_PX && width_px.is_finite() && up.is_finite() && front.is_finite()) {
            return None;
        }
        let rim_px = (RIM.1 * width_px).clamp(RIM.0, RIM.2);
        let mut lids = [Lid::new(&points.upper, at), Lid::new(&points.lower, at)];
        let openness = meet(&mut lids, up, width_px);
        let mut eye = Self { across, up, front, width_px, lids, rim_px, openness };
        let frame = (eye.across, eye.up, eye.front);
        eye.lids[0].measure(frame, face, &points.above, 1.0);
        eye.lids[1].measure(frame, face, &points.below, -1.0);
        Some(eye)
    }

    /// How much of its lid's rim a column needs none of, because the lids touch: 1 closed, 0 open.
    pub fn touching(&self, gap_px: f32) -> f32 {
        1.0 - smoothstep(TOUCHING.0 * self.rim_px, TOUCHING.1 * self.rim_px, gap_px)
    }

    /// The point `away` (x along the corners' line, y upright, z out of the face; in eye widths) from `from`.
    pub fn point(&self, from: Vec3, away: Vec3) -> Vec3 {
        from + self.across * away.x + self.up * away.y + self.front * away.z
    }
}

impl Lid {
    fn new(points: &[u16; LID_POINTS], at: impl Fn(u16) -> Vec3) -> Self {
        let mut line = [Vec3::ZERO; COLUMNS];
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
            x: [0.0; COLUMNS],
            away: [Vec2::Y; COLUMNS],
            gap_px: [0.0; COLUMNS],
            relief: [Relief::default(); COLUMNS],
        }
    }

    /// Lengths, normals and the surface next to a finished line; `sign` is 1 above and −1 below.
    fn measure(&mut self, frame: (Vec3, Vec3, Vec3), face: &FittedFace, rows: &[&[u16]; 2], sign: f32) {
        let (across, up, _) = frame;
        let flat = |v: Vec3| Vec2::new(v.dot(across), v.dot(up)) / across.length_squared();
        let mut length = 0.0;
        for column in 1..COLUMNS {
            length += flat(self.line[column] - self.line[column - 1]).length();
            self.x[column] = length;
        }
        for (column, x) in self.x.iter_mut().enumerate() {
            *x = if length > 1e-3 { *x / length } else { column as f32 / (COLUMNS - 1) as f32 };
        }
        for column in 0..COLUMNS {
            // Over a wide chord, since single landmarks tremble.
            let (before, after) = (column.saturating_sub(STEPS), (column + STEPS).min(COLUMNS - 1));
            let along = flat(self.line[after] - self.line[before]).normalize_or(Vec2::X);
            let x = self.x[column];
            let free = smoothstep(0.0, TURN, x) * smoothstep(0.0, TURN, 1.0 - x);
            let lean = (-along.y * sign).clamp(-LEAN, LEAN) * free;
            self.away[column] = Vec2::new(lean, sign * (1.0 - lean * lean).sqrt());
        }
        Relief::of_lid(&mut self.relief, &self.line, frame, face, rows);
    }
}

/// Takes lids that cross back to where they meet, and says how far the eye is open.
fn meet(lids: &mut [Lid; 2], up: Vec3, width_px: f32) -> f32 {
    let upright = up.truncate();
    // Seen from far above or below, the opening says nothing.
    let shortened = (upright.length() / width_px).max(0.5);
    let upright = upright.normalize_or(Vec2::NEG_Y);
    let [upper, lower] = lids;
    let mut widest = 0_f32;
    for column in 0..COLUMNS {
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

/// Directions of the face as its neighbourhood of `vertex` is seen: without perspective, along z.
fn frame_from_face(face: &FittedFace, vertex: usize) -> Mat3 {
    let to_vertex = face.camera_from_face.transform_point3(face.mesh_face_cm[vertex]).normalize_or(Vec3::NEG_Z);
    let facing = Mat3::from_quat(Quat::from_rotation_arc(to_vertex, Vec3::NEG_Z));
    let turned = |axis: Vec3| {
        let camera = facing * face.camera_from_face.transform_vector3(axis);
        (camera * Vec3::new(1.0, -1.0, -1.0)).normalize_or_zero()
    };
    Mat3::from_cols(turned(Vec3::X), turned(Vec3::Y), turned(Vec3::Z))
}

pub(super) fn smoothstep(low: f32, high: f32, value: f32) -> f32 {
    let t = ((value - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
