//! The landmarks round the eyes, and how finely the lids' lines are cut.

use super::contour::STEPS;

/// Landmarks along one lid, corners included.
pub(super) const LID_POINTS: usize = 9;
/// Columns of a mesh along one lid.
pub(super) const LID_COLUMNS: usize = (LID_POINTS - 1) * STEPS + 1;

/// Landmarks round one eye, each row from the inner corner to the outer one.
pub(super) struct EyeLandmarks {
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
pub(super) const EYES: [EyeLandmarks; 2] = [
    EyeLandmarks {
        upper: [133, 173, 157, 158, 159, 160, 161, 246, 33],
        lower: [133, 155, 154, 153, 145, 144, 163, 7, 33],
        above: [&[190, 56, 28, 27, 29, 30, 247], &[221, 222, 223, 224, 225]],
        below: [&[112, 26, 22, 23, 24, 110, 25], &[233, 232, 231, 230, 229, 228]],
        temple: [33, 226, 35, 143],
        nose: [133, 243, 244],
        iris: [468, 471, 470, 469, 472],
    },
    EyeLandmarks {
        upper: [362, 398, 384, 385, 386, 387, 388, 466, 263],
        lower: [362, 382, 381, 380, 374, 373, 390, 249, 263],
        above: [&[414, 286, 258, 257, 259, 260, 467], &[441, 442, 443, 444, 445]],
        below: [&[341, 256, 252, 253, 254, 339, 255], &[453, 452, 451, 450, 449, 448]],
        temple: [263, 446, 265, 372],
        nose: [362, 463, 464],
        iris: [473, 474, 475, 476, 477],
    },
];
